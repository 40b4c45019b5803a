//! The day on which a build is made.

use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};

/// Today: `SOURCE_DATE_EPOCH` when it is set (seconds since 1970, as reproducible builds have it), the clock otherwise.
pub fn today() -> Date {
    let stated = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|it| it.trim().parse().ok());
    let stated = stated.and_then(|it| Timestamp::from_second(it).ok());
    match stated {
        Some(moment) => moment.to_zoned_datetime(TimeZone::UTC).date(),
        None => Timestamp::now().to_zoned_datetime(TimeZone::system()).date(),
    }
}

/// Reads `2027-01-31`, and the day of a moment such as `2027-01-31T10:00:00Z` or `2027-01-31 10:00`.
pub fn parse(text: &str) -> Option<Date> {
    let (day, rest) = text.trim().split_at_checked(10)?;
    let sound = rest.is_empty() || rest.starts_with(['T', ' ']);
    let bytes = day.as_bytes();
    // Eight digits are a date to jiff, too.
    (sound && bytes[4] == b'-' && bytes[7] == b'-').then(|| day.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read() {
        for text in ["2027-01-31", " 2027-01-31 ", "2027-01-31T10:00:00.000Z", "2027-01-31 10:00"] {
            assert_eq!(parse(text).map(|it| it.to_string()).as_deref(), Some("2027-01-31"), "{text}");
        }
        for text in ["", "2027-02-30", "2027-1-31", "31.01.2027", "2027-01-311", "20270131xx", "2027-01", "ü027-01-31"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
