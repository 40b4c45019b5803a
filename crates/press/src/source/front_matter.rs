//! The YAML at the head of a Markdown or HTML article.

use super::broken_yaml;
use super::names::{Names, Placed};
use super::swallowed;
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
        return Err(headless(file, text));
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

/// What stands in the place of a head. `text` has no mark of its encoding any more.
fn headless(file: &str, text: &str) -> Fault {
    let written = text.trim_start();
    let line = text[..text.len() - written.len()].matches('\n').count() + 1;
    let first = written.split(['\n', '\r']).next().unwrap_or_default().trim_end();
    let is_mac = !text.contains('\n') && text.contains('\r');
    let found = match first {
        "---" if is_mac => "has line ends of an old Mac (CR alone); save the file with line ends of Unix or Windows",
        "---" if line > 1 => "has an empty line before the front matter; begin the file with `---`",
        "---" => "has a blank before `---`; begin the file with `---`",
        "+++" => {
            "has front matter in TOML (`+++`), as Hugo takes it; write it as YAML, `title: …`, between two lines `---`"
        }
        it if it.len() > 3 && it.bytes().all(|it| it == b'-') => {
            "begins with more than three dashes; write `---` above the front matter and below it"
        }
        it if it.starts_with("---") => "has something behind the `---` of its first line; leave `---` alone on it",
        "" => "is empty; begin the file with `---`, `title: …`, `date: …`, `---`",
        _ => "has no front matter; begin the file with `---`, `title: …`, `date: …`, `---`",
    };
    Fault::line(file, if written.is_empty() { 1 } else { line }, found)
}

/// Reads the head of a file.
///
/// # Errors
/// With the line in the file, when a key is unknown, given twice or of another type.
pub fn read(file: &str, yaml: &str) -> Result<FrontMatter, Fault> {
    let (front, faults) = read_on(file, yaml);
    faults.into_iter().next().map_or(Ok(front), Err)
}

/// Reads the head of a file past keys and words that are unknown, and gives back what else is in it and all that is wrong.
pub fn read_on(file: &str, yaml: &str) -> (FrontMatter, Vec<Fault>) {
    let (mut yaml, mut faults) = (yaml.to_owned(), Vec::new());
    if let Some(fault) = swallowed::find(file, &yaml) {
        return (FrontMatter::default(), vec![fault]);
    }
    while !yaml.trim().is_empty() {
        let error = match serde_saphyr::from_str(&yaml) {
            Ok(front) => return (front, faults),
            Err(error) => error,
        };
        faults.push(broken_yaml::explain(file, &yaml, &error));
        match broken_yaml::unknown(&error).and_then(|line| without(&yaml, line)) {
            Some(rest) => yaml = rest,
            None => break,
        }
    }
    (FrontMatter::default(), faults)
}

/// A head without the key that begins in a line, its other lines where they were.
fn without(yaml: &str, line: usize) -> Option<String> {
    let lines: Vec<&str> = yaml.split('\n').collect();
    let is_key = |it: &str| !it.starts_with([' ', '-', '#', '\t']) && it.contains(':');
    lines.get(line).filter(|it| is_key(it))?;
    let end = lines.iter().skip(line + 1).position(|it| is_key(it)).map_or(lines.len(), |it| line + 1 + it);
    let kept = |(at, it): (usize, &&str)| if (line..end).contains(&at) { String::new() } else { (*it).to_owned() };
    Some(lines.iter().enumerate().map(kept).collect::<Vec<_>>().join("\n"))
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
    fn what_is_no_head_is_named() {
        for (text, said) in [
            ("+++\ntitle = \"A\"\n+++\n", "a.md:1: has front matter in TOML (`+++`)"),
            ("\n\n---\ntitle: A\n---\n", "a.md:3: has an empty line before the front matter"),
            (" ---\ntitle: A\n---\n", "a.md:1: has a blank before `---`"),
            ("----\ntitle: A\n----\n", "a.md:1: begins with more than three dashes"),
            ("--- # head\ntitle: A\n---\n", "a.md:1: has something behind the `---`"),
            ("---\rtitle: A\r---\r", "a.md:1: has line ends of an old Mac"),
            ("", "a.md:1: is empty"),
            ("# Title\n", "a.md:1: has no front matter; begin the file with `---`"),
        ] {
            let fault = split("a.md", text).expect_err(text).to_string();
            assert!(fault.starts_with(said), "{fault}");
        }
    }

    #[test]
    fn a_day_is_a_date() {
        let at = |text: &str| Spanned::new(text.to_owned(), Location::UNKNOWN, Location::UNKNOWN);
        assert_eq!(date("a.md", "date", &at("2025-02-18")).map(|it| it.unix()), Ok(1_739_836_800));
        assert!(date("a.md", "date", &at("18.02.2025")).is_err());
    }
}
