//! Where things stand in a body, for messages.

use super::markdown;
use crate::source::Format;
use std::ops::Range;

/// Characters of a tag that a message quotes.
const QUOTED: usize = 60;

/// A body as the file has it.
pub(super) struct Body<'a> {
    /// The file's name.
    pub(super) file: &'a str,
    /// What is written there.
    pub(super) text: &'a str,
    /// The line of the file that it begins at.
    pub(super) line: usize,
    /// How it is written.
    pub(super) format: Format,
}

impl Body<'_> {
    /// Where the file has HTML, and not text that looks like it.
    fn raw(&self) -> Vec<Range<usize>> {
        match self.format {
            Format::Html => std::iter::once(0..self.text.len()).collect(),
            Format::Markdown => markdown::raw_html(self.text),
        }
    }

    /// The line of a place in the text.
    pub(super) fn line_at(&self, at: usize) -> usize {
        self.line + self.text[..at].matches('\n').count()
    }

    /// The line of a piece of HTML; the body's first when it is written in another way there.
    pub(super) fn line_of(&self, html: &str) -> usize {
        let at = self.raw().into_iter().find_map(|it| Some(it.start + self.text[it].find(html)?));
        self.line_at(at.or_else(|| self.text.find(html)).unwrap_or(0))
    }

    /// The line of the first tag of this name, and the tag as it is written.
    pub(super) fn tag(&self, name: &str) -> (usize, String) {
        let open = format!("<{name}");
        let find = |range: Range<usize>| {
            let lower = self.text[range.clone()].to_ascii_lowercase();
            let ends = |at: &usize| {
                lower[at + open.len()..].starts_with(|it: char| it.is_whitespace() || it == '>' || it == '/')
            };
            let at =
                lower.match_indices(&open).map(|it| it.0).find(|it| ends(it) || *it + open.len() == lower.len())?;
            Some(range.start + at)
        };
        let Some(at) = self.raw().into_iter().find_map(find) else { return (self.line, format!("{open}>")) };
        let tag = &self.text[at..];
        let tag = tag.find('>').map_or(tag, |it| &tag[..=it]);
        (self.line_at(at), short(tag))
    }
}

/// A text on one line, as long as a message bears.
pub(super) fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
