//! The YAML at the head of a Markdown or HTML article.

use super::broken_yaml;
use super::names::{Names, Placed};
use crate::fault::Fault;
use jumpline_article::{Date, Visibility};
use serde::{Deserialize, Deserializer};
use serde_saphyr::{Location, Spanned};

/// What the head of an article may say; `docs/content.md` explains every key.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs, reason = "docs/content.md explains every key")]
pub struct FrontMatter {
    pub title: Option<Spanned<String>>,
    pub date: Option<Spanned<String>>,
    pub updated: Option<Spanned<String>>,
    pub id: Option<String>,
    pub permalink: Option<Spanned<String>>,
    pub aliases: Option<Spanned<Names>>,
    pub slug: Option<Spanned<String>>,
    pub standfirst: Option<String>,
    pub summary: Option<String>,
    pub section: Option<Spanned<String>>,
    pub authors: Placed,
    pub tags: Placed,
    pub image: Option<Spanned<String>>,
    pub image_alt: Option<String>,
    pub image_caption: Option<String>,
    #[serde(deserialize_with = "stated")]
    pub visibility: Option<Spanned<Option<Visibility>>>,
    #[serde(deserialize_with = "stated")]
    pub tiers: Option<Spanned<Names>>,
    pub comments: Option<Commenting>,
    pub language: Option<Spanned<String>>,
    pub draft: bool,
}

/// A key that is there. Without a value it would count as absent, and what was to be locked would be public.
fn stated<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// Whether an article takes comments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Commenting {
    /// It does.
    Open,
    /// It does not.
    Closed,
}

/// A file in its two parts.
#[derive(Debug)]
pub struct Parts<'a> {
    /// What stands between the `---` lines.
    pub yaml: &'a str,
    /// What stands below them.
    pub body: &'a str,
    /// The line that the body begins at, from 1.
    pub body_line: usize,
}

/// Separates the head from the body.
///
/// # Errors
/// When there is no head, or it does not end.
pub fn split<'a>(file: &str, text: &'a str) -> Result<Parts<'a>, Fault> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    if first.trim_end() != "---" {
        return Err(Fault::line(
            file,
            1,
            "has no front matter; begin the file with `---`, `title: …`, `date: …`, `---`",
        ));
    }
    let mut at = first.len();
    for (index, line) in lines.enumerate() {
        if line.trim_end() == "---" {
            return Ok(Parts { yaml: &text[first.len()..at], body: &text[at + line.len()..], body_line: index + 3 });
        }
        at += line.len();
    }
    Err(Fault::line(file, 1, "the front matter does not end; close it with a line `---`"))
}

/// Reads the head of a file.
///
/// # Errors
/// With the line in the file, when a key is unknown, given twice or of another type.
pub fn read(file: &str, yaml: &str) -> Result<FrontMatter, Fault> {
    if yaml.trim().is_empty() {
        return Ok(FrontMatter::default());
    }
    serde_saphyr::from_str(yaml).map_err(|error| broken_yaml::explain(file, yaml, &error))
}

/// A fault at a place of the head, which begins below the first line of its file.
pub fn fault_at(file: &str, place: &Location, message: impl Into<String>) -> Fault {
    let known = place.line() > 0;
    Fault {
        line: if known { place.line() as usize + 1 } else { 1 },
        column: if known { place.column() as usize } else { 0 },
        ..Fault::file(file, message)
    }
}

/// Reads a date of the head: RFC 3339, or a day, which begins at midnight UTC.
///
/// # Errors
/// With the line, when it is neither.
pub fn date(file: &str, key: &str, text: &Spanned<String>) -> Result<Date, Fault> {
    let written = text.value.trim();
    Date::parse(written).or_else(|| Date::parse(&format!("{written}T00:00:00Z"))).ok_or_else(|| {
        let message =
            format!("`{key}: {written}` is not a date; write 2025-02-18 or, with the time, 2025-02-18T09:30:00+01:00");
        fault_at(file, &text.referenced, message)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_cut_off() {
        let parts = split("a.md", "\u{feff}---\r\ntitle: A\r\n---\r\nBody\n---\n").expect("has a head");
        assert_eq!((parts.yaml, parts.body, parts.body_line), ("title: A\r\n", "Body\n---\n", 4));
        assert!(split("a.md", "# Title\n").is_err());
        assert!(split("a.md", "---\ntitle: A\n").is_err());
        assert!(split("a.md", "").is_err());
    }

    #[test]
    fn a_day_is_a_date() {
        let at = |text: &str| Spanned::new(text.to_owned(), Location::UNKNOWN, Location::UNKNOWN);
        assert_eq!(date("a.md", "date", &at("2025-02-18")).map(|it| it.unix()), Ok(1_739_836_800));
        assert!(date("a.md", "date", &at("18.02.2025")).is_err());
    }
}
