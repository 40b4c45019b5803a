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
mod tests;
