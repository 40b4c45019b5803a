//! Files that the audit cannot look into, which is not the same as finding nothing in them.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

/// A file in which something may stand that nobody looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Path below the site's folder.
    pub file: String,
    /// Why. Never empty.
    pub why: BTreeSet<Why>,
}

/// Why a file cannot be looked into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// It is locked with a password.
    Encrypted,
    /// It breaks off, or is not what it says that it is.
    Damaged,
    /// It is packed in a way that is not read here, such as 7z or Zstandard.
    Unknown,
    /// It unpacks to more than a file of its length should.
    TooLarge,
    /// Archives in archives in archives.
    TooDeep,
    /// A font of a PDF does not say which letters its glyphs are.
    Letters,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Encrypted => "encrypted",
            Self::Damaged => "damaged",
            Self::Unknown => "packed in a way that is not read here",
            Self::TooLarge => "unpacks to too much",
            Self::TooDeep => "packed too many times",
            Self::Letters => "a font in it does not say its letters",
        })
    }
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let why: Vec<_> = self.why.iter().map(Why::to_string).collect();
        write!(f, "{} ({})", self.file, why.join("; "))
    }
}
