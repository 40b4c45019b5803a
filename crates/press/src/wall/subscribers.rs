//! A list of subscribers, as Ghost, Substack and Stripe export it, becomes passes.

use super::day;
use super::passes::{Origin, Pass, fresh_id};
use crate::fault::{Fault, Faults};
use crate::source::nearest::nearest;
use jiff::civil::Date;
use jumpline_article::wall::Status;
use jumpline_article::{Slug, Tier};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Names of columns: ours first, then what others call them. Compared in lower case.
const EMAIL: &[&str] = &["email", "customer email"];
const NAME: &[&str] = &["name", "customer name"];
const TIER: &[&str] = &["tier", "tiers"];
const UNTIL: &[&str] = &["until", "expiry", "current period end (utc)"];
/// Substack lists readers who pay nothing, too, and says `false` here.
const PAYING: &[&str] = &["active_subscription"];

/// What a list is read with.
#[derive(Debug)]
pub struct Rules<'a> {
    /// The file's name, for messages.
    pub file: &'a str,
    /// The publication's tiers, by name and title.
    pub tiers: &'a [(Slug, String)],
    /// The tier of who has none in the list.
    pub tier: Option<Slug>,
    /// The last day of who has none in the list.
    pub until: Option<Date>,
    /// Today.
    pub today: Date,
    /// The letters that every pass begins with.
    pub mark: &'a str,
}

/// One line of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscriber {
    /// In lower case.
    pub email: String,
    /// May be empty.
    pub name: String,
    /// What is paid for, sorted.
    pub tiers: Vec<Slug>,
    /// Until when.
    pub until: Date,
}

/// What an import changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Subscribers in the list.
    pub listed: usize,
    /// New passes.
    pub issued: usize,
    /// Passes whose tier, last day or name is another now.
    pub changed: usize,
    /// Passes that are no longer in the list.
    pub left: usize,
    /// Addresses whose revoked pass lives again.
    pub revived: Vec<String>,
    /// Addresses whose pass stays revoked, since the list has nothing new for them.
    pub still_revoked: usize,
    /// Lines of readers who pay nothing.
    pub passed_over: usize,
}

impl Changes {
    /// Whether the list of passes is another now.
    pub fn any(&self) -> bool {
        self.issued + self.changed + self.left + self.revived.len() > 0
    }
}

impl fmt::Display for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let s = if self.listed == 1 { "" } else { "s" };
        write!(f, "{} subscriber{s}: ", self.listed)?;
        if !self.any() {
            f.write_str("nothing has changed")?;
        } else {
            write!(f, "{} new, {} changed, {} left the list and lapsed", self.issued, self.changed, self.left)?;
        }
        if self.passed_over > 0 {
            write!(f, ", {} who pay nothing passed over", self.passed_over)?;
        }
        if self.still_revoked > 0 {
            write!(f, ", {} stay revoked", self.still_revoked)?;
        }
        self.revived
            .iter()
            .try_for_each(|it| write!(f, "\n{it} was revoked and is live again: the list says it is paid"))
    }
}

/// Reads a list. Gives back the subscribers, and how many lines of readers who pay nothing were passed over.
///
/// # Errors
/// With every line that is wrong: no address, one that stands there twice, an unknown tier, no day.
pub fn read(csv: &[u8], rules: &Rules<'_>) -> Result<(Vec<Subscriber>, usize), Faults> {
    let file = rules.file;
    let csv = csv.strip_prefix(b"\xef\xbb\xbf").unwrap_or(csv);
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(csv);
    let unreadable = |error: csv::Error| {
        let line = error.position().map_or(1, csv::Position::line);
        Fault::line(file, line as usize, "is not a list that can be read; save it as CSV in UTF-8")
    };
    let headers = reader.headers().map_err(|it| Faults::from(unreadable(it)))?.clone();
    let column = |names: &[&str]| {
        let at = |name: &&str| headers.iter().position(|it| it.eq_ignore_ascii_case(name));
        names.iter().find_map(at)
    };
    let Some(email) = column(EMAIL) else {
        let found: Vec<&str> = headers.iter().collect();
        return Err(Fault::line(file, 1, format!("has no column `email`; its columns are {}", found.join(", "))).into());
    };
    let columns =
        Columns { email, name: column(NAME), tier: column(TIER), until: column(UNTIL), paying: column(PAYING) };
    let (mut found, mut faults, mut passed_over) = (Vec::new(), Vec::new(), 0);
    let mut lines: BTreeMap<String, u64> = BTreeMap::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                faults.push(unreadable(error));
                continue;
            }
        };
        let line = record.position().map_or(1, csv::Position::line);
        if columns.pays_nothing(&record) {
            passed_over += 1;
            continue;
        }
        match columns.subscriber(&record, rules) {
            Ok(subscriber) => {
                if let Some(first) = lines.insert(subscriber.email.clone(), line) {
                    let message = format!("`{}` stands in line {first} already; keep one of them", subscriber.email);
                    faults.push(Fault::line(file, line as usize, message));
                }
                found.push(subscriber);
            }
            Err(message) => faults.push(Fault::line(file, line as usize, message)),
        }
    }
    Faults::check(faults, true)?;
    Ok((found, passed_over))
}

struct Columns {
    email: usize,
    name: Option<usize>,
    tier: Option<usize>,
    until: Option<usize>,
    paying: Option<usize>,
}

impl Columns {
    fn pays_nothing(&self, record: &csv::StringRecord) -> bool {
        self.paying.and_then(|it| record.get(it)).is_some_and(|it| it.eq_ignore_ascii_case("false"))
    }

    fn subscriber(&self, record: &csv::StringRecord, rules: &Rules<'_>) -> Result<Subscriber, String> {
        let cell = |at: Option<usize>| at.and_then(|it| record.get(it)).filter(|it| !it.is_empty());
        let email = cell(Some(self.email)).unwrap_or_default().to_lowercase();
        if !email.split_once('@').is_some_and(|it| !it.0.is_empty() && it.1.contains('.')) {
            return Err(format!("`{email}` is no email address"));
        }
        let tiers = match cell(self.tier) {
            Some(names) => {
                names.split([',', ';', '|']).map(|it| tier(it.trim(), rules)).collect::<Result<BTreeSet<_>, _>>()?
            }
            None => BTreeSet::from([rules.tier.clone().ok_or("names no tier; say which with --tier")?]),
        };
        let until = match cell(self.until) {
            Some(text) => day::parse(text).ok_or_else(|| format!("`{text}` is not a day; write 2027-01-31"))?,
            None => rules.until.ok_or("names no last day; say which with --until")?,
        };
        let name = cell(self.name).unwrap_or_default().to_owned();
        Ok(Subscriber { email, name, tiers: tiers.into_iter().collect(), until })
    }
}

fn tier(name: &str, rules: &Rules<'_>) -> Result<Slug, String> {
    let slug = Slug::from_name(name);
    let known = rules.tiers.iter().find(|it| it.0 == slug || it.1.eq_ignore_ascii_case(name));
    known.map(|it| it.0.clone()).ok_or_else(|| {
        let names = || rules.tiers.iter().map(|it| it.0.as_str());
        match nearest(name, names()) {
            Some(meant) => format!("there is no tier `{name}`; did you mean `{meant}`?"),
            None => format!("there is no tier `{name}`; known are {}", names().collect::<Vec<_>>().join(", ")),
        }
    })
}

/// Names and titles of a publication's tiers.
pub fn known_tiers(names: &[Slug], tiers: &[Tier]) -> Vec<(Slug, String)> {
    let title = |name: &Slug| tiers.iter().find(|it| it.name == *name).map(|it| it.title.clone()).unwrap_or_default();
    names.iter().map(|it| (it.clone(), title(it))).collect()
}

/// Brings the passes up to the list. Only passes that came by import are touched.
///
/// # Errors
/// When the system has no random numbers.
pub fn apply(passes: &mut Vec<Pass>, listed: Vec<Subscriber>, rules: &Rules<'_>) -> anyhow::Result<Changes> {
    let mut changes = Changes { listed: listed.len(), ..Changes::default() };
    let imported = passes.iter().enumerate().filter(|it| it.1.origin == Origin::Imported);
    let known: BTreeMap<String, usize> = imported.filter_map(|(at, it)| Some((it.email.clone()?, at))).collect();
    let mut there = BTreeSet::new();
    for subscriber in listed {
        let Some(at) = known.get(&subscriber.email).copied() else {
            changes.issued += 1;
            passes.push(Pass {
                id: fresh_id(rules.mark)?,
                name: subscriber.name,
                email: Some(subscriber.email),
                tiers: subscriber.tiers,
                until: subscriber.until,
                issued: rules.today,
                revoked: None,
                left: None,
                origin: Origin::Imported,
            });
            continue;
        };
        there.insert(at);
        update(&mut passes[at], subscriber, rules.today, &mut changes);
    }
    for at in known.into_values().filter(|it| !there.contains(it)) {
        let pass = &mut passes[at];
        if pass.left.is_none() && pass.status(rules.today) == Status::Live {
            pass.left = Some(rules.today);
            changes.left += 1;
        }
    }
    Ok(changes)
}

fn update(pass: &mut Pass, subscriber: Subscriber, today: Date, changes: &mut Changes) {
    let before = pass.clone();
    if pass.revoked.is_some() {
        // The same list again is no reason; a day that is later than what was revoked is a new payment.
        if subscriber.until <= today || subscriber.until <= pass.until {
            changes.still_revoked += 1;
            return;
        }
        pass.revoked = None;
    }
    pass.left = None;
    pass.tiers = subscriber.tiers;
    pass.until = subscriber.until;
    if !subscriber.name.is_empty() {
        pass.name = subscriber.name;
    }
    if before.revoked.is_some() {
        changes.revived.push(subscriber.email);
    } else if *pass != before {
        changes.changed += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 25);

    fn with<T>(run: impl FnOnce(&Rules<'_>) -> T) -> T {
        let tiers = [(Slug::from_name("paid"), "Friends".to_owned()), (Slug::from_name("gold"), "Gold".to_owned())];
        run(&Rules { file: "list.csv", tiers: &tiers, tier: None, until: None, today: TODAY, mark: "st0c" })
    }

    fn list(csv: &str) -> Result<Vec<Subscriber>, String> {
        with(|it| read(csv.as_bytes(), it).map(|it| it.0).map_err(|it| it.to_string()))
    }

    fn import(passes: &mut Vec<Pass>, csv: &str) -> Changes {
        with(|it| apply(passes, read(csv.as_bytes(), it).expect("is sound").0, it).expect("has random numbers"))
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
    fn every_wrong_line_is_named() {
        let csv = "email,tier,until\nx,paid,2027-01-31\na@b.example,glod,2027-01-31\na@b.example,gold,soon\n\
            c@b.example,gold,\nd@b.example,gold,2027-01-31\nD@b.example,paid,2027-01-31\ne@b.example,,2027-01-31\n";
        assert_eq!(
            list(csv).expect_err("is broken"),
            "list.csv:2: `x` is no email address\nerror: list.csv:3: there is no tier `glod`; did you mean `gold`?\n\
             error: list.csv:4: `soon` is not a day; write 2027-01-31\nerror: list.csv:5: names no last day; say which with --until\n\
             error: list.csv:7: `d@b.example` stands in line 6 already; keep one of them\n\
             error: list.csv:8: names no tier; say which with --tier\n6 errors; nothing was written"
        );
        assert!(
            list("mail,tier\n").expect_err("is broken").contains("has no column `email`; its columns are mail, tier")
        );
    }

    #[test]
    fn a_list_is_followed() {
        let both = "email,tier,until\na@b.example,paid,2027-01-31\nc@b.example,gold,2027-01-31\n";
        let mut passes = Vec::new();
        assert_eq!(import(&mut passes, both).issued, 2);
        let before = passes.clone();
        assert!(!import(&mut passes, both).any(), "the same list twice changes nothing");
        assert_eq!(passes, before);
        let one = "email,tier,until\na@b.example,\"paid,gold\",2027-06-30\n";
        let changes = import(&mut passes, one);
        assert_eq!((changes.changed, changes.left), (1, 1));
        assert_eq!((passes[0].tiers.len(), passes[1].status(TODAY)), (2, Status::Lapsed));
        assert_eq!(passes[0].id, before[0].id, "the link stays the same");
        assert_eq!(import(&mut passes, both).changed, 2, "who comes back is live again");
        assert_eq!(passes[1].status(TODAY), Status::Live);
    }

    #[test]
    fn what_was_revoked_comes_back_with_a_new_payment_only() {
        let list = |until: &str| format!("email,tier,until\na@b.example,paid,{until}\n");
        let mut passes = Vec::new();
        import(&mut passes, &list("2027-01-31"));
        passes[0].revoked = Some(TODAY);
        assert_eq!(import(&mut passes, &list("2027-01-31")).still_revoked, 1);
        assert_eq!(passes[0].status(TODAY), Status::Revoked);
        let changes = import(&mut passes, &list("2027-02-28"));
        assert_eq!(changes.revived, ["a@b.example"]);
        assert!(changes.to_string().contains("a@b.example was revoked and is live again"), "{changes}");
        assert_eq!(passes[0].status(TODAY), Status::Live);
    }

    #[test]
    fn passes_that_were_issued_are_left_alone() {
        let mut passes = Vec::new();
        import(&mut passes, "email,tier,until\na@b.example,paid,2027-01-31\n");
        passes[0].origin = Origin::Issued;
        let changes = import(&mut passes, "email,tier,until\nc@b.example,paid,2027-01-31\n");
        assert_eq!((changes.issued, changes.left, passes[0].status(TODAY)), (1, 0, Status::Live));
    }
}
