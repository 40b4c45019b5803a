//! The time zone of a site: Ghost keeps every date in UTC, and shows them by the clock of its publisher.

use super::export::Export;
use crate::import::report::{Report, Topic};
use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jumpline_article::Date;

/// What Ghost calls the setting, and what it called it before its third version.
const SETTINGS: [&str; 2] = ["timezone", "active_timezone"];

/// The zone that the site names, or UTC. By the press' own list of zones, so that an import is the same on every machine.
pub(super) fn of(export: &Export) -> TimeZone {
    zone(&name(export)).unwrap_or(TimeZone::UTC)
}

/// Says when the zone is not known.
pub(super) fn remark(export: &Export, report: &mut Report) {
    let name = name(export);
    if !name.is_empty() && zone(&name).is_none() {
        let text = format!("the site's time zone `{name}` is not known here, so dates stand in UTC");
        report.remark(Topic::Check, text, "");
    }
}

fn name(export: &Export) -> String {
    SETTINGS.iter().map(|it| export.setting(it)).find(|it| !it.is_empty()).unwrap_or_default()
}

fn zone(name: &str) -> Option<TimeZone> {
    TimeZoneDatabase::bundled().get(name).ok()
}

/// The same moment as clocks of the zone show it. A date that came with an offset keeps it.
pub(super) fn local(date: Date, zone: &TimeZone) -> Date {
    let at = |date: &Date| {
        let offset = zone.to_offset(Timestamp::from_second(date.unix()).ok()?).seconds();
        // Before there were zones, clocks differed by seconds, which no offset of RFC 3339 can say.
        let minutes = i64::from(offset / 60);
        if offset == 0 || offset % 60 != 0 || !date.as_str().ends_with('Z') {
            return None;
        }
        let clock = Date::from_unix(date.unix() + i64::from(offset))?;
        let sign = if minutes < 0 { '-' } else { '+' };
        let (hours, minutes) = (minutes.abs() / 60, minutes.abs() % 60);
        Date::parse(&format!("{}{sign}{hours:02}:{minutes:02}", clock.as_str().trim_end_matches('Z')))
    };
    at(&date).unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_stands_there_as_the_publishers_clock_showed_it() {
        for (name, date, expected) in [
            ("Europe/Berlin", "2025-02-18T23:30:00Z", "2025-02-19T00:30:00+01:00"),
            ("Europe/Berlin", "2025-07-18T10:00:00Z", "2025-07-18T12:00:00+02:00"),
            ("Europe/London", "2025-02-18T10:00:00Z", "2025-02-18T10:00:00Z"),
            ("America/St_Johns", "2025-02-18T02:00:00Z", "2025-02-17T22:30:00-03:30"),
            ("Asia/Kathmandu", "2025-02-18T10:00:00Z", "2025-02-18T15:45:00+05:45"),
            ("Etc/UTC", "2025-02-18T10:00:00Z", "2025-02-18T10:00:00Z"),
            ("Europe/Berlin", "2025-02-18T10:00:00+09:00", "2025-02-18T10:00:00+09:00"),
            ("Europe/Berlin", "1850-01-01T00:00:00Z", "1850-01-01T00:00:00Z"),
        ] {
            let date = Date::parse(date).expect("is a date");
            let shown = local(date.clone(), &zone(name).expect("is a zone"));
            assert_eq!((shown.as_str(), shown.unix()), (expected, date.unix()), "{name}");
        }
        assert!(zone("Europe/Nowhere").is_none());
    }
}
