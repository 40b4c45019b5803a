//! Paths of the site: the base it lives below, permalinks and slugs.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Where the site lives on its host: `/` or `/repo/`. Begins and ends with a slash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct BasePath(String);

impl BasePath {
    /// Makes a base of whatever a person typed: `repo`, `/repo`, `/repo/` are one.
    pub fn new(text: &str) -> Self {
        match text.trim_matches('/') {
            "" => Self("/".to_owned()),
            inner => Self(format!("/{inner}/")),
        }
    }

    /// The base itself, with both slashes.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A path below the site's root (`/archive/`) as the browser must ask for it (`/repo/archive/`).
    pub fn join(&self, path: &str) -> String {
        format!("{}{}", self.0, path.trim_start_matches('/'))
    }

    /// The path below the site's root, or `None` when it lies outside the site.
    pub fn strip<'a>(&self, path: &'a str) -> Option<&'a str> {
        if path.len() + 1 == self.0.len() && self.0.starts_with(path) {
            return Some("/");
        }
        path.starts_with(&self.0).then(|| &path[self.0.len() - 1..])
    }
}

impl Default for BasePath {
    fn default() -> Self {
        Self::new("/")
    }
}

impl From<String> for BasePath {
    fn from(text: String) -> Self {
        Self::new(&text)
    }
}

impl From<BasePath> for String {
    fn from(base: BasePath) -> String {
        base.0
    }
}

/// An article's own path below the base: `/2025/02/18/slug/`. Begins and ends with a slash, has no `.` or `..` step, no
/// query and no fragment, and is not percent-encoded.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Permalink(String);

impl Permalink {
    /// Checks a path and gives it its two slashes.
    pub fn new(text: &str) -> Result<Self, String> {
        let inner = text.trim_matches('/');
        let bad_step = |step: &str| step.is_empty() || step == "." || step == "..";
        let bad_character = |it: char| it.is_control() || matches!(it, '?' | '#' | '\\' | '<' | '>' | '"' | '%');
        if inner.is_empty() || inner.split('/').any(bad_step) || inner.contains(bad_character) {
            return Err(format!("`{text}` is not a permalink; expected a path such as /2025/02/18/slug/"));
        }
        Ok(Self(format!("/{inner}/")))
    }

    /// What stands for a permalink that a file does not name, until the press gives it one.
    #[cfg(feature = "host")]
    pub fn missing() -> Self {
        Self(String::new())
    }

    /// Whether a file did not name it.
    #[cfg(feature = "host")]
    pub fn is_missing(&self) -> bool {
        self.0.is_empty()
    }

    /// The path with both slashes.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Permalink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Permalink {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::new(&text)
    }
}

impl From<Permalink> for String {
    fn from(permalink: Permalink) -> String {
        permalink.0
    }
}

/// One step of a path, made from a name: `Current Events & News` is `current-events-news`, `C++` is `c-plus-plus`.
/// Letters of any script stay.
/// The press checks a slug that it reads, since folders are named after it; the reader takes what the press wrote.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "host", serde(try_from = "String", into = "String"))]
#[cfg_attr(not(feature = "host"), serde(transparent))]
pub struct Slug(String);

impl Slug {
    /// The slug of a name. Only ASCII is lowered: the Unicode tables would cost the reader 14 kB, and a slug needs to be
    /// equal on both sides, not beautiful.
    pub fn from_name(name: &str) -> Self {
        let mut slug = String::with_capacity(name.len());
        let mut is_spelled = false;
        for it in name.chars() {
            // At the end of a word they are what tells it from another: `C`, `C++`, `C#`.
            if let ('+' | '#', false) = (it, slug.is_empty() || slug.ends_with('-')) {
                slug.push_str(if it == '+' { "-plus" } else { "-sharp" });
                is_spelled = true;
                continue;
            }
            if std::mem::take(&mut is_spelled) {
                slug.push('-');
            }
            match it {
                'A'..='Z' => slug.push(it.to_ascii_lowercase()),
                'a'..='z' | '0'..='9' => slug.push(it),
                '\'' | '’' | '\u{ad}' => {}
                it if !it.is_ascii() && !is_separator(it) => slug.push(it),
                _ if slug.ends_with('-') || slug.is_empty() => {}
                _ => slug.push('-'),
            }
        }
        let kept = slug.trim_end_matches('-').len();
        slug.truncate(kept);
        if slug.is_empty() {
            slug.push('-');
        }
        Self(slug)
    }

    /// The slug's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(feature = "host")]
impl TryFrom<String> for Slug {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match Self::from_name(&text) {
            slug if slug.0 == text => Ok(slug),
            slug if slug.0 == "-" => Err(format!("`{text}` is not a slug; write a word of letters and digits")),
            slug => Err(format!("`{text}` is not a slug; write `{slug}`")),
        }
    }
}

#[cfg(feature = "host")]
impl From<Slug> for String {
    fn from(slug: Slug) -> String {
        slug.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Spaces and punctuation outside ASCII: Latin-1 signs, general punctuation, CJK punctuation.
pub(crate) fn is_separator(it: char) -> bool {
    matches!(it, '\u{80}'..='\u{bf}' | '\u{d7}' | '\u{f7}' | '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}' | '\u{60c}' | '\u{61b}' | '\u{61f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_joins_and_strips() {
        let base = BasePath::new("repo");
        assert_eq!(base.as_str(), "/repo/");
        assert_eq!(base.join("/archive/"), "/repo/archive/");
        assert_eq!(base.strip("/repo/archive/"), Some("/archive/"));
        assert_eq!(base.strip("/repo"), Some("/"));
        assert_eq!(base.strip("/repository/"), None);
        assert_eq!(BasePath::new("/").join("/a/"), "/a/");
        assert_eq!(BasePath::new("/").strip("/a/"), Some("/a/"));
    }

    #[test]
    fn a_permalink_cannot_climb_out() {
        for path in ["", "/", "..", "/a/../b/", "/a//b/", "a?b", "a#b", "a\\b", "a/./b", "/%2e%2e/", "/a\nb/"] {
            assert!(Permalink::new(path).is_err(), "{path}");
        }
        assert_eq!(Permalink::new("2025/02/18/slug").map(String::from), Ok("/2025/02/18/slug/".to_owned()));
    }

    #[test]
    fn a_slug_keeps_letters_of_any_script() {
        for (name, slug) in [
            ("Current Events & News Analysis", "current-events-news-analysis"),
            ("  What’s new?  ", "whats-new"),
            ("Öl — und Gas", "Öl-und-gas"),
            ("日本 の 海", "日本-の-海"),
            ("أخبار، اليوم", "أخبار-اليوم"),
            ("!!!", "-"),
            ("C++", "c-plus-plus"),
            ("C# and F#", "c-sharp-and-f-sharp"),
            ("A+B, 50+", "a-plus-b-50-plus"),
            ("#hashtag + more", "hashtag-more"),
        ] {
            assert_eq!(Slug::from_name(name).as_str(), slug, "{name}");
            assert_eq!(Slug::from_name(slug).as_str(), slug, "a slug is its own slug");
        }
    }

    #[cfg(feature = "host")]
    #[test]
    fn a_slug_that_is_read_cannot_climb_out() {
        for text in ["../../escaped", "a b", "A", "", "/", "a/", "a\\b", "-a", "!!!"] {
            assert!(Slug::try_from(text.to_owned()).is_err(), "{text}");
        }
        let error = Slug::try_from("Harbour & Sea".to_owned()).expect_err("is a name");
        assert_eq!(error, "`Harbour & Sea` is not a slug; write `harbour-sea`");
        assert_eq!(Slug::try_from("Öl-und-gas".to_owned()), Ok(Slug::from_name("Öl und Gas")));
    }
}
