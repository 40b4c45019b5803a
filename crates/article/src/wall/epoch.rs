//! Months of the wall: an epoch, and the key of one tier in one.

use crate::{Date, Slug};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A month, `2026-11`. Counted from year 0, so that epochs can be subtracted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Epoch(u32);

impl Epoch {
    /// The far end that every tier's chain is computed back from.
    pub const FAR: Self = Self(2200 * 12);

    /// The month of a date, where it was written.
    pub fn of(date: &Date) -> Self {
        let (year, month, _) = date.civil();
        Self(u32::try_from(year).unwrap_or(0) * 12 + u32::from(month) - 1).min(Self::FAR)
    }

    /// Reads `yyyy-mm`.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-').filter(|it| it.0.len() == 4 && it.1.len() == 2)?;
        let number = |text: &str| text.bytes().all(|it| it.is_ascii_digit()).then(|| text.parse::<u32>().ok())?;
        let (year, month) = (number(year)?, number(month).filter(|it| (1..=12).contains(it))?);
        Some(Self(year * 12 + month - 1)).filter(|it| *it <= Self::FAR)
    }

    /// Year and month (1–12).
    pub fn civil(self) -> (i32, u8) {
        ((self.0 / 12) as i32, (self.0 % 12 + 1) as u8)
    }

    /// Months from an earlier epoch to this one; 0 when it is not earlier.
    pub fn since(self, earlier: Self) -> u32 {
        self.0.saturating_sub(earlier.0)
    }

    /// The month before.
    pub fn previous(self) -> Self {
        Self(self.0.saturating_sub(1))
    }
}

impl fmt::Display for Epoch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = self.civil();
        write!(f, "{year:04}-{month:02}")
    }
}

impl TryFrom<String> for Epoch {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("`{text}` is not a month; expected 2026-11"))
    }
}

impl From<Epoch> for String {
    fn from(epoch: Epoch) -> String {
        epoch.to_string()
    }
}

/// Whose key wraps a content key (`kid`, RFC 7515 §4.1.4): `members`, or `<tier>/<yyyy-mm>`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Kid {
    /// The key that every page carries: a soft wall, for whoever has subscribed.
    Members,
    /// A tier's key of one month.
    Tier(Slug, Epoch),
}

impl fmt::Display for Kid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Members => f.write_str("members"),
            Self::Tier(tier, epoch) => write!(f, "{tier}/{epoch}"),
        }
    }
}

impl TryFrom<String> for Kid {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if text == "members" {
            return Ok(Self::Members);
        }
        let parts = text.split_once('/').and_then(|(tier, month)| Some((tier, Epoch::parse(month)?)));
        match parts {
            Some((tier, epoch)) if Slug::from_name(tier).as_str() == tier => {
                Ok(Self::Tier(Slug::from_name(tier), epoch))
            }
            _ => Err(format!("`{text}` names no key; expected members, or a tier and a month such as paid/2026-11")),
        }
    }
}

impl From<Kid> for String {
    fn from(kid: Kid) -> String {
        kid.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_counted() {
        let epoch = |text| Epoch::parse(text).expect("is a month");
        assert_eq!(epoch("2027-01").since(epoch("2026-11")), 2);
        assert_eq!(epoch("2027-01").previous().to_string(), "2026-12");
        assert_eq!(Date::parse("2026-12-31T23:30:00-05:00").map(|it| Epoch::of(&it)), Epoch::parse("2026-12"));
        for text in ["2026-13", "2026-00", "26-1", "2026-1", "2026-011", "+026-01", "9999-01", "2026"] {
            assert_eq!(Epoch::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_kid_reads_as_it_is_written() {
        for text in ["members", "paid/2026-11", "friends-of-the-paper/2025-02"] {
            assert_eq!(Kid::try_from(text.to_owned()).map(String::from), Ok(text.to_owned()));
        }
        for text in ["", "paid", "paid/", "Paid/2026-11", "a/b/2026-11", "/2026-11"] {
            assert!(Kid::try_from(text.to_owned()).is_err(), "{text}");
        }
    }
}
