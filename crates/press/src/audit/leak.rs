//! What the audit found, as a publisher reads it.

use super::layer::Encoding;
use std::fmt;

/// Leaks that are listed; the others are counted.
const LISTED: usize = 50;

/// Something that is locked, and stands where anybody can read it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Leak {
    /// Path below the site's folder.
    pub file: String,
    /// Where in the file.
    pub place: Place,
    /// What leaks.
    pub secret: Secret,
    /// How it is written, outermost first.
    pub encodings: Vec<Encoding>,
    /// The beginning of it as it stands in the file; empty for a key.
    pub excerpt: String,
}

/// Where a leak stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// In the path of the file.
    Name,
    /// In the file, from this byte on.
    Byte(usize),
}

/// What leaks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Secret {
    /// Text of a gated article, by its permalink and its source.
    Text {
        /// Permalink.
        article: String,
        /// Its file in the content.
        source: String,
    },
    /// A key, by its name.
    Key(String),
    /// The e-mail address of a reader.
    Address {
        /// The file that keeps it.
        source: String,
    },
}

impl fmt::Display for Leak {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.file)?;
        match self.place {
            Place::Name => f.write_str("its name holds ")?,
            Place::Byte(at) => write!(f, "byte {at}: ")?,
        }
        match &self.secret {
            Secret::Text { article, source } => write!(f, "locked text of {article} ({source})")?,
            Secret::Key(name) => write!(f, "the key `{name}`")?,
            Secret::Address { source } => write!(f, "the e-mail address of a reader ({source})")?,
        }
        for (at, encoding) in self.encodings.iter().enumerate() {
            write!(f, "{} {encoding}", if at == 0 { "," } else { " in" })?;
        }
        if !self.excerpt.is_empty() {
            write!(f, ": `{}`", self.excerpt)?;
        }
        Ok(())
    }
}

/// All that the audit found. Never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaks(Vec<Leak>);

impl Leaks {
    /// `Err` when there is a leak.
    pub(super) fn check(mut leaks: Vec<Leak>) -> Result<(), Self> {
        leaks.sort();
        if leaks.is_empty() { Ok(()) } else { Err(Self(leaks)) }
    }

    /// One by one, in the order of the files.
    pub fn iter(&self) -> impl Iterator<Item = &Leak> {
        self.0.iter()
    }
}

impl fmt::Display for Leaks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, leak) in self.0.iter().take(LISTED).enumerate() {
            if index > 0 {
                f.write_str("\nerror: ")?;
            }
            leak.fmt(f)?;
        }
        if let Some(more) = self.0.len().checked_sub(LISTED).filter(|it| *it > 0) {
            write!(f, "\n… and {more} more")?;
        }
        let count = self.0.len();
        write!(
            f,
            "\n{count} leak{}; do not publish this folder: take out of the public parts what is locked, and build again",
            if count == 1 { "" } else { "s" }
        )
    }
}

impl std::error::Error for Leaks {}
