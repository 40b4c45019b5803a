//! A moment as RFC 3339 writes it, kept as written so that a round trip changes nothing.

use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// An RFC 3339 date and time (`2025-02-18T21:04:00+03:00`). Ordered by the moment it names, not by its text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date(String);

impl Date {
    /// Reads an RFC 3339 date and time (section 5.6).
    pub fn parse(text: &str) -> Option<Self> {
        seconds(text).map(|_| Self(text.to_owned()))
    }

    /// The moment so many seconds after 1970-01-01T00:00:00Z, in UTC; `None` beyond the years 1 to 9999.
    pub fn from_unix(seconds: i64) -> Option<Self> {
        let (days, clock) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
        let (year, month, day) = civil_of(days)?;
        let (hour, minute, second) = (clock / 3600, clock / 60 % 60, clock % 60);
        Some(Self(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")))
    }

    /// The text as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Year, month (1–12) and day (1–31) at the place where it was written.
    pub fn civil(&self) -> (i32, u8, u8) {
        civil(self.0.as_bytes()).unwrap_or((1970, 1, 1))
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub fn unix(&self) -> i64 {
        seconds(&self.0).unwrap_or(0)
    }
}

impl TryFrom<String> for Date {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match seconds(&text) {
            Some(_) => Ok(Self(text)),
            None => Err(format!("`{text}` is not a date and time; expected RFC 3339, such as 2025-02-18T09:30:00Z")),
        }
    }
}

impl From<Date> for String {
    fn from(date: Date) -> String {
        date.0
    }
}

impl PartialOrd for Date {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Date {
    fn cmp(&self, other: &Self) -> Ordering {
        self.unix().cmp(&other.unix()).then_with(|| self.0.cmp(&other.0))
    }
}

fn number(digits: &[u8]) -> Option<i32> {
    digits.iter().try_fold(0, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + i32::from(digit - b'0')))
}

fn civil(text: &[u8]) -> Option<(i32, u8, u8)> {
    let (year, month, day) = (number(text.get(0..4)?)?, number(text.get(5..7)?)?, number(text.get(8..10)?)?);
    let days = match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    let dashes = text[4] == b'-' && text[7] == b'-';
    (dashes && (1..=days).contains(&day)).then_some((year, month as u8, day as u8))
}

fn seconds(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    let (year, month, day) = civil(bytes)?;
    let clock = |at: usize, below: i32| number(bytes.get(at..at + 2)?).filter(|it| *it < below);
    let (hour, minute, second) = (clock(11, 24)?, clock(14, 60)?, clock(17, 61)?);
    let separators = matches!(bytes[10], b'T' | b't' | b' ') && bytes[13] == b':' && bytes[16] == b':';
    let fraction = match bytes.get(19) {
        Some(b'.') => 1 + bytes[20..].iter().take_while(|it| it.is_ascii_digit()).count(),
        _ => 0,
    };
    let offset = match bytes.get(19 + fraction..)? {
        [b'Z' | b'z'] => 0,
        [sign @ (b'+' | b'-'), rest @ ..] if rest.len() == 5 && rest[2] == b':' => {
            let (hours, minutes) = (number(&rest[..2])?, number(&rest[3..])?);
            let minutes = (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)?;
            if *sign == b'-' { -minutes } else { minutes }
        }
        _ => return None,
    };
    let clock = i64::from(hour * 3600 + minute * 60 + second - offset * 60);
    (separators && fraction != 1).then(|| days_since_1970(year, month, day) * 86_400 + clock)
}

/// Days from the civil date, after Howard Hinnant's `days_from_civil`.
fn days_since_1970(year: i32, month: u8, day: u8) -> i64 {
    let year = i64::from(year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year - era * 400;
    let shifted = (i64::from(month) + 9) % 12;
    let day_of_year = (153 * shifted + 2) / 5 + i64::from(day) - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The civil date so many days after 1970-01-01, after Howard Hinnant's `civil_from_days`.
fn civil_of(days: i64) -> Option<(i64, i64, i64)> {
    let days = days.checked_add(719_468).filter(|it| (306..3_652_365).contains(it))?;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    Some((year, month, day_of_year - (153 * shifted + 2) / 5 + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_counted_from_1970() {
        for (text, unix) in [
            ("1970-01-01T00:00:00Z", 0),
            ("2025-02-18T09:30:00Z", 1_739_871_000),
            ("2025-02-18T12:30:00.250+03:00", 1_739_871_000),
            ("2000-02-29 00:00:00-00:30", 951_784_200),
        ] {
            assert_eq!(Date::parse(text).map(|it| it.unix()), Some(unix), "{text}");
        }
    }

    #[test]
    fn every_day_is_written_as_it_is_read() {
        for day in (-719_162..2_932_897).step_by(17).chain([11_016, 2_932_896, -719_162]) {
            let date = Date::from_unix(day * 86_400 + 3_661).expect("is within the years");
            let again = Date::parse(date.as_str()).expect("is written as dates are");
            assert_eq!(again.unix(), day * 86_400 + 3_661, "{date:?}");
        }
        assert_eq!(Date::from_unix(951_782_400).expect("is one").as_str(), "2000-02-29T00:00:00Z");
        assert_eq!(Date::from_unix(i64::MAX), None);
        assert_eq!(Date::from_unix(2_932_897 * 86_400), None);
        assert_eq!(Date::from_unix(-719_163 * 86_400), None);
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        for text in [
            "",
            "2025",
            "2025-02-18",
            "2025-02-30T00:00:00Z",
            "2025-13-01T00:00:00Z",
            "2025-02-18T24:00:00Z",
            "2025-02-18T09:30:00",
            "2025-02-18T09:30:00.Z",
            "2025-02-18T09:30:00+3",
            "2025-02-18T09:30:00Zjunk",
            "2025/02/18T09:30:00Z",
            "2025-02-18T09:30:00+ü0:0",
            "ü025-02-18T09:30:00Z",
        ] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }

    #[test]
    fn dates_are_ordered_by_moment() {
        let (rome, london) = (Date::parse("2025-02-18T10:00:00+01:00"), Date::parse("2025-02-18T09:30:00Z"));
        assert!(rome < london);
        assert_eq!(london.map(|it| it.civil()), Some((2025, 2, 18)));
    }
}
