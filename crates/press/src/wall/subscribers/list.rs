//! A list of subscribers is read: who pays, for what, and until when.

use super::columns::{Columns, Why};
use super::{Rules, Subscriber};
use crate::fault::{Fault, Faults};
use csv::{ReaderBuilder, StringRecord, Trim};
use jiff::civil::Date;
use jumpline_article::Slug;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// What stands between the cells: Excel writes semicolons or tabs where a comma divides a number.
const SEPARATORS: &[u8] = b",;\t";

/// What a list says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// Who pays, each once, in the order of the list.
    pub subscribers: Vec<Subscriber>,
    /// Lines that give no pass.
    pub passed_over: PassedOver,
    /// Addresses that it contradicts itself about, and what was made of it.
    pub doubted: Vec<String>,
}

/// Lines that give no pass, counted by why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PassedOver(BTreeMap<Why, usize>);

impl PassedOver {
    /// Whether every line gives one.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for PassedOver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (why, count)) in self.0.iter().enumerate() {
            let why = match why {
                Why::PaysNothing if *count == 1 => "who pays nothing",
                Why::PaysNothing => "who pay nothing",
                Why::Deleted => "deleted",
                Why::Status(status) => status,
            };
            write!(f, "{}{count} {why}", if at == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}

/// Reads a list.
///
/// # Errors
/// With every line that is wrong: no address, an unknown tier or status, no day.
pub fn read(csv: &[u8], rules: &Rules<'_>) -> Result<Listed, Faults> {
    let file = rules.file;
    let csv = csv.strip_prefix(b"\xef\xbb\xbf").unwrap_or(csv);
    let (stated, csv) = separator(csv);
    let above = u64::from(stated.is_some());
    let unreadable = |error: csv::Error| {
        let line = error.position().map_or(1, csv::Position::line) + above;
        Fault::line(file, line as usize, "is not a list that can be read; save it as CSV in UTF-8")
    };
    let mut reader = reader(csv, stated);
    let head = 1 + above;
    let columns =
        Columns::of(reader.headers().map_err(unreadable)?).map_err(|it| Fault::line(file, head as usize, it))?;
    let mut last = head;
    let (mut found, mut faults, mut passed_over) = (Vec::new(), Vec::new(), PassedOver::default());
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                faults.push(unreadable(error));
                continue;
            }
        };
        let line = line_of(&record, csv) + above;
        last = line;
        if is_torn(&record, &columns, csv) {
            let message = "ends before its time: the list is cut off here, or a quotation mark is not closed; save it as CSV again";
            faults.push(Fault::line(file, line as usize, message));
            continue;
        }
        match columns.passes_over(&record) {
            Ok(Some(why)) => *passed_over.0.entry(why).or_default() += 1,
            Ok(None) => match columns.subscriber(&record, rules) {
                Ok(subscriber) => found.push((line, subscriber)),
                Err(message) => faults.push(Fault::line(file, line as usize, message)),
            },
            Err(message) => faults.push(Fault::line(file, line as usize, message)),
        }
    }
    // One that stays open takes in whatever follows.
    if csv.iter().filter(|it| **it == b'"').count() % 2 == 1 && faults.is_empty() {
        let message = "a quotation mark is opened and never closed here, or in a line before; close it, or save the list as CSV again";
        faults.push(Fault::line(file, last as usize, message));
    }
    Faults::check(faults, true)?;
    let (subscribers, doubted) = once_each(found, rules.today);
    Ok(Listed { subscribers, passed_over, doubted })
}

/// Whether a record has fewer cells than it should for another reason than that Excel leaves out empty ones at the end of a line.
fn is_torn(record: &StringRecord, columns: &Columns, csv: &[u8]) -> bool {
    let is_last = || {
        let from = record.position().map_or(0, |it| it.byte() as usize);
        csv.get(from..).is_some_and(|it| !it.trim_ascii_start().contains(&b'\n'))
    };
    record.len() < columns.needed() && (record.iter().any(|it| it.contains('\n')) || is_last())
}

/// Where a record begins. The reader of CSV names the blank lines before it.
fn line_of(record: &StringRecord, csv: &[u8]) -> u64 {
    let Some(position) = record.position() else { return 1 };
    let blank = csv.get(position.byte() as usize..).unwrap_or_default();
    let blank = blank.iter().take_while(|it| matches!(it, b'\n' | b'\r'));
    position.line() + blank.filter(|it| **it == b'\n').count() as u64
}

/// The separator that a first line `sep=;` tells Excel, and what follows that line.
fn separator(csv: &[u8]) -> (Option<u8>, &[u8]) {
    let end = csv.iter().position(|it| *it == b'\n').map_or(csv.len(), |it| it + 1);
    let line = csv[..end].strip_suffix(b"\n").unwrap_or(&csv[..end]);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let bare = line.strip_prefix(b"\"").and_then(|it| it.strip_suffix(b"\"")).unwrap_or(line);
    match bare.split_at_checked(4) {
        Some((word, [separator])) if word.eq_ignore_ascii_case(b"sep=") => (Some(*separator), &csv[end..]),
        _ => (None, csv),
    }
}

/// Reads with the separator by which there is a column of addresses.
fn reader(csv: &[u8], stated: Option<u8>) -> csv::Reader<&[u8]> {
    let with =
        |separator: u8| ReaderBuilder::new().delimiter(separator).flexible(true).trim(Trim::All).from_reader(csv);
    let fits = |it: &mut csv::Reader<&[u8]>| it.headers().is_ok_and(Columns::has_addresses);
    stated
        .iter()
        .chain(SEPARATORS)
        .map(|it| with(*it))
        .find_map(|mut it| fits(&mut it).then_some(it))
        .unwrap_or_else(|| with(b','))
}

/// Somebody may have several subscriptions, and has one pass: what is paid for now, until the latest day.
fn once_each(found: Vec<(u64, Subscriber)>, today: Date) -> (Vec<Subscriber>, Vec<String>) {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut grouped: Vec<Vec<(u64, Subscriber)>> = Vec::new();
    for (line, subscriber) in found {
        let at = *places.entry(subscriber.email.clone()).or_insert(grouped.len());
        match grouped.get_mut(at) {
            Some(group) => group.push((line, subscriber)),
            None => grouped.push(vec![(line, subscriber)]),
        }
    }
    let (mut subscribers, mut doubted) = (Vec::new(), Vec::new());
    for mut group in grouped {
        let name = group.iter().map(|it| &it.1.name).find(|it| !it.is_empty()).cloned().unwrap_or_default();
        // What has ended would otherwise be given again with what has not.
        if group.iter().any(|it| it.1.until >= today) {
            group.retain(|it| it.1.until >= today);
        }
        let lines: Vec<String> = group.iter().map(|it| it.0.to_string()).collect();
        let tiers_of =
            |it: &[(u64, Subscriber)]| it.iter().flat_map(|it| it.1.tiers.clone()).collect::<BTreeSet<Slug>>();
        let tiers = tiers_of(&group);
        group.sort_by_key(|it| it.1.until);
        let Some(latest) = group.last().map(|it| it.1.clone()) else { continue };
        group.retain(|it| it.1.until == latest.until);
        if tiers_of(&group) != tiers {
            doubted.push(format!(
                "{} stands in lines {} with other tiers and days; one pass opens all of them until {}",
                latest.email,
                lines.join(" and "),
                latest.until
            ));
        }
        subscribers.push(Subscriber { name, tiers: tiers.into_iter().collect(), ..latest });
    }
    (subscribers, doubted)
}

#[cfg(test)]
mod tests {
    use super::super::tests::with;
    use super::*;
    use jiff::civil::date;

    fn list(csv: &str) -> Result<Vec<Subscriber>, String> {
        with(|it| read(csv.as_bytes(), it).map(|it| it.subscribers).map_err(|it| it.to_string()))
    }

    #[test]
    fn lists_of_others_are_understood() {
        for csv in [
            "\u{feff}until,EMAIL,Tier,x\n2027-01-31,A@b.example,friends,y\n",
            "email,name,note,tiers,until\n\"a@b.example\",,\"a\nb\",Friends,2027-01-31\n",
            "email,active_subscription,expiry,plan,tier\na@b.example,true,2027-01-31T08:00:00.000Z,yearly,paid\nc@b.example,false,,,\n",
            "id,Customer Email,Current Period End (UTC),tier\nsub_1,a@b.example,2027-01-31 10:00,paid\n",
        ] {
            let found = list(csv).expect("is sound");
            let whole = Subscriber {
                email: "a@b.example".to_owned(),
                name: String::new(),
                tiers: vec![Slug::from_name("paid")],
                until: date(2027, 1, 31),
            };
            assert_eq!(found, [whole], "{csv}");
        }
    }

    #[test]
    fn the_dashboard_of_substack_gives_passes_to_who_pays_only() {
        for (csv, paying) in [
            (
                "Email,Name,Subscription type,Expires at,Paid upgrade date,Cancel date\na@b.example,A,Free,,,\n\
                 c@b.example,C,Annual,2027-07-01T00:00:00.000Z,2026-07-15T00:00:00.000Z,\nd@b.example,D,Comp,2027-07-01,,\n",
                &["c@b.example", "d@b.example"][..],
            ),
            (
                "Email,Name,Stripe plan,Cancel date,Start date,Paid upgrade date,Activity,Type\na@b.example,A,,,2025-01-01,,5,Free\n\
                 c@b.example,C,Monthly,,2025-02-01,2025-03-01,3,Paid\nd@b.example,D,,,2025-02-01,,3,Comp\n",
                &["c@b.example", "d@b.example"],
            ),
            ("Email,Stripe plan\na@b.example,\nc@b.example,Monthly\n", &["c@b.example"]),
            // Elsewhere a type may be anything.
            ("email,type\na@b.example,Free\n", &["a@b.example"]),
        ] {
            let rules = |it: &Rules<'_>| {
                let rules = Rules { tier: Some(Slug::from_name("paid")), until: Some(date(2027, 1, 31)), ..*it };
                read(csv.as_bytes(), &rules).expect("is sound").subscribers
            };
            let found: Vec<String> = with(rules).into_iter().map(|it| it.email).collect();
            assert_eq!(found, paying, "{csv}");
        }
        let error = list("Email,Name,Paid upgrade date\na@b.example,A,\n").expect_err("does not say who pays");
        assert!(error.contains("is a list of Substack without a column that says who pays"), "{error}");
    }

    #[test]
    fn tiers_are_known_by_their_titles() {
        let tiers = [("paid", "Friends"), ("all", "Gold, and more"), ("garden", "Gold")];
        let tiers = tiers.map(|it| (Slug::from_name(it.0), it.1.to_owned()));
        let of = |csv: &str, tier: Option<&str>| {
            let rules =
                |it: &Rules<'_>| read(csv.as_bytes(), &Rules { tiers: &tiers, tier: tier.map(Slug::from_name), ..*it });
            let found = with(rules).map_err(|it| it.to_string())?.subscribers;
            Ok::<_, String>(found.first().map(|it| it.tiers.iter().map(Slug::as_str).collect::<Vec<_>>().join(" ")))
        };
        for (cell, names) in [
            ("Gold, and more,friends", "all paid"),
            ("Gold ; gold, And More", "all garden"),
            ("paid|all", "all paid"),
            ("Gold", "garden"),
        ] {
            let csv = format!("email,tiers,until\na@b.example,\"{cell}\",2027-01-31\n");
            assert_eq!(of(&csv, None).expect("is sound").as_deref(), Some(names), "{cell}");
        }
        let unknown = of("email,tier,until\na@b.example,\"Gold, and\",2027-01-31\n", None).expect_err("is unknown");
        assert!(unknown.contains("there is no tier `and`"), "{unknown}");
        let stripe = |plan: &str| format!("id,Customer Email,Plan,until\nsub_1,a@b.example,{plan},2027-01-31\n");
        assert_eq!(of(&stripe("friends"), Some("all")).expect("is sound").as_deref(), Some("paid"));
        assert_eq!(of(&stripe("price_4"), Some("all")).expect("is sound").as_deref(), Some("all"));
        assert!(of(&stripe("price_4"), None).expect_err("names none").contains("say which with --tier"));
    }

    #[test]
    fn every_wrong_line_is_named() {
        let csv = "email,tier,until,status\nx,paid,2027-01-31,active\na@b.example,glod,2027-01-31,active\na@b.example,gold,soon,active\n\
            c@b.example,gold,,active\nd@b.example,gold,2027-01-31,active\ne@b.example,,2027-01-31,active\nf@b.example,gold,2027-01-31,odd\n";
        assert_eq!(
            list(csv).expect_err("is broken"),
            "list.csv:2: `x` is no email address\nerror: list.csv:3: there is no tier `glod`; did you mean `gold`?\n\
             error: list.csv:4: `soon` is not a day; write 2027-01-31\nerror: list.csv:5: names no last day; say which with --until\n\
             error: list.csv:8: the status `odd` does not say who pays; known are active, trialing, past_due, canceled, cancelled, incomplete, \
             incomplete_expired, unpaid, paused; take that column out of the list when it says something else\n5 errors; nothing was written"
        );
        assert!(
            list("mail,tier\n").expect_err("is broken").contains("has no column `email`; its columns are mail, tier")
        );
    }

    #[test]
    fn a_list_that_is_cut_off_lapses_nobody() {
        let head = "email,name,tier,until\na@b.example,A,gold,2027-01-31\n";
        let cut = list(&format!("{head}c@b.example,C")).expect_err("is cut off");
        assert!(cut.contains("list.csv:3: ends before its time"), "{cut}");
        let open = list(&format!("{head}b@b.example,\"B,gold,2027-01-31\nc@b.example,C,gold,2027-01-31\n"));
        let open = open.expect_err("has an open quotation mark");
        assert!(open.contains("list.csv:3: ends before its time"), "{open}");
        let last = list(&format!("{head}b@b.example,B,gold,\"2027-01-31\nc@b.example,C,gold,2027-01-31\n"));
        let last = last.expect_err("has an open quotation mark at the end");
        assert!(last.contains("list.csv:3:"), "{last}");
        // Excel leaves out empty cells at the end of a line.
        let short = list(&format!("{head}b@b.example,B\nc@b.example,C,gold,2027-01-31\n")).expect("is whole");
        assert_eq!(short.len(), 2);
    }

    #[test]
    fn a_first_line_for_excel_is_no_head() {
        for (first, separator) in [("sep=;\r\n", ";"), ("\u{feff}\"SEP=|\"\n", "|"), ("sep=\t\n", "\t")] {
            let rows = "email,tier,until\na@b.example,paid,2027-01-31\nx,paid,2027-01-31\n".replace(',', separator);
            let error = list(&format!("{first}{rows}")).expect_err("has a wrong line");
            assert_eq!(error, "list.csv:4: `x` is no email address");
        }
    }

    #[test]
    fn a_wrong_line_is_named_after_blank_ones() {
        let error = list("email,tier,until\n\n\nx,gold,2027-01-31\n").expect_err("is broken");
        assert!(error.starts_with("list.csv:4: `x` is no email address"), "{error}");
    }
}
