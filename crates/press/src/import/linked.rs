//! Ids that links from other articles lead to: who linked to one once still does, so it is kept where it stands.

use super::{disk, text};
use std::collections::HashSet;
use std::fs;
use std::path::Path;

/// Bytes of an id; what is longer is none.
const LONGEST: usize = 200;

/// Gathers the fragments of addresses in a text, HTML or Markdown, as they are written and decoded.
pub(super) fn gather(text: &str, into: &mut HashSet<String>) {
    for (at, _) in text.match_indices('#') {
        // Neither `&#8217;`, nor a heading of Markdown, nor a colour, nor what leads within the article.
        let is_address = |it: char| it.is_alphanumeric() || matches!(it, '/' | '=' | '?' | '-' | '_' | '.' | '%');
        if !text[..at].chars().next_back().is_some_and(is_address) {
            continue;
        }
        let rest = &text[at + 1..];
        let ends =
            |it: char| it.is_whitespace() || matches!(it, '"' | '\'' | '<' | '>' | '(' | ')' | '[' | ']' | '#' | '\\');
        let id = &rest[..rest.find(ends).unwrap_or(rest.len())];
        if id.is_empty() || id.len() > LONGEST {
            continue;
        }
        let decoded = text::percent_decode(&text::decode(id));
        if decoded != id {
            into.insert(decoded);
        }
        into.insert(id.to_owned());
    }
}

/// Gathers them from the articles and pages that lie in the content already.
pub(super) fn gather_from(content: &Path, into: &mut HashSet<String>) {
    for file in disk::articles(content) {
        // What is no text is told by a build.
        if let Ok(text) = fs::read_to_string(file) {
            gather(&text, into);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fragments_of_other_pages_are_gathered() {
        let mut found = HashSet::new();
        gather(
            "<a href=\"https://a.example/b/#one\">1</a> <a href='/?p=3#two&amp;x'>2</a> [3](/c/#%C3%BCber) \
             <a href=\"#own\"> &#8217; # head <b style=\"color:#fff\"> <a href=\"/d/#\">",
            &mut found,
        );
        let mut found: Vec<_> = found.iter().map(String::as_str).collect();
        found.sort_unstable();
        assert_eq!(found, ["%C3%BCber", "one", "two&amp;x", "two&x", "über"]);
    }
}
