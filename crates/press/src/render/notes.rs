//! Footnotes that no reader finds, marks without a note and notes without a mark; and gates that stand in a note.

use super::body::{Body, short};
use super::marker::{find, misspelt};
use super::tree::Node;
use super::{html, markdown};
use crate::fault::Fault;
use crate::source::Format;
use pulldown_cmark::{CowStr, Event, Parser, Tag, TagEnd};
use std::collections::{HashMap, HashSet};

/// Warns of what is lost.
pub(super) fn look(body: &Body<'_>) -> Vec<Fault> {
    if body.format != Format::Markdown || !body.text.contains("[^") {
        return Vec::new();
    }
    let mut notes = Notes::default();
    notes.read(body.text);
    let mut told = notes.lost();
    told.extend(std::mem::take(&mut notes.told));
    told.sort();
    told.into_iter().map(|(at, message)| Fault::line(body.file, body.line_at(at), message)).collect()
}

/// A gate in a note of a gated body. The notes stand below the text, those of the teaser too, so nothing is cut there: what follows
/// such a marker would be public.
pub(super) fn gate(body: &Body<'_>, notes: &[Node]) -> Option<Fault> {
    if find(notes).is_none() && misspelt(notes, true).is_none() {
        return None;
    }
    let message = "a marker that ends the teaser stands in a footnote, where nothing can be cut; put it into the text, on a line of its \
                   own that begins at the margin";
    Some(Fault::line(body.file, body.line_at(gate_at(body).unwrap_or(0)), message))
}

/// Where the first marker in a note is written.
fn gate_at(body: &Body<'_>) -> Option<usize> {
    let is_gate = |text: &str| html::parse(text).is_ok_and(|it| find(&it).is_some() || misspelt(&it, true).is_some());
    if body.format == Format::Html {
        let below = body.text.find("footnotes")?;
        let comments = body.text[below..].match_indices("<!--").map(|it| below + it.0);
        let ends = |at: usize| body.text[at..].find("-->").map_or(body.text.len(), |it| at + it + 3);
        return comments.into_iter().find(|at| is_gate(&body.text[*at..ends(*at)]));
    }
    let mut depth = 0;
    for (event, range) in Parser::new_ext(body.text, markdown::OPTIONS).into_offset_iter() {
        match event {
            Event::Start(Tag::FootnoteDefinition(_)) => depth += 1,
            Event::End(TagEnd::FootnoteDefinition) => depth -= 1,
            Event::Html(text) | Event::InlineHtml(text) if depth > 0 && is_gate(&text) => return Some(range.start),
            _ => {}
        }
    }
    None
}

#[derive(Default)]
struct Notes<'a> {
    /// Which notes a note refers to, by the outer one's label; the text itself has none.
    refers: HashMap<Option<CowStr<'a>>, Vec<CowStr<'a>>>,
    /// Every definition, and where it stands.
    defined: Vec<(CowStr<'a>, usize)>,
    told: Vec<(usize, String)>,
}

impl<'a> Notes<'a> {
    fn read(&mut self, text: &'a str) {
        let mut open: Vec<CowStr<'a>> = Vec::new();
        let mut mark: Option<(usize, String)> = None;
        for (event, range) in Parser::new_ext(text, markdown::OPTIONS).into_offset_iter() {
            if let Event::Text(piece) = &event {
                mark = self.unknown(mark, piece, range.start);
                continue;
            }
            mark = None;
            match event {
                Event::Start(Tag::FootnoteDefinition(label)) => {
                    self.defined.push((label.clone(), range.start));
                    open.push(label);
                }
                Event::End(TagEnd::FootnoteDefinition) => drop(open.pop()),
                Event::FootnoteReference(label) => self.refers.entry(open.last().cloned()).or_default().push(label),
                _ => {}
            }
        }
    }

    /// Follows the pieces in which the parser gives a mark that it knows no note for: `[`, `^2`, `]`.
    fn unknown(&mut self, mark: Option<(usize, String)>, piece: &str, at: usize) -> Option<(usize, String)> {
        match (mark, piece) {
            (_, "[") => Some((at, String::new())),
            (Some((at, label)), "]") if label.len() > 1 && !label.contains(char::is_whitespace) => {
                let label = short(&label);
                let mend = format!("write `[{label}]: …` below, or `\\[{label}]` when readers should see it like this");
                self.told.push((at, format!("`[{label}]` refers to no note; {mend}")));
                None
            }
            (Some((at, label)), piece) if !label.is_empty() || piece.starts_with('^') => Some((at, label + piece)),
            _ => None,
        }
    }

    fn lost(&self) -> Vec<(usize, String)> {
        let mut shown: HashSet<&CowStr<'a>> = HashSet::new();
        let mut next: Vec<&CowStr<'a>> = self.refers.get(&None).into_iter().flatten().collect();
        while let Some(label) = next.pop() {
            if shown.insert(label) {
                next.extend(self.refers.get(&Some(label.clone())).into_iter().flatten());
            }
        }
        let mut seen = HashSet::new();
        let message = |(label, at): &'_ (CowStr<'a>, usize)| {
            let name = short(label);
            let is_double = !seen.insert(label.clone());
            let message = if is_double {
                format!("the note `[^{name}]` is given twice, and readers see only the first; give it another name")
            } else if !shown.contains(label) {
                format!("nothing refers to the note `[^{name}]`, so nobody sees it; write `[^{name}]` where it belongs")
            } else {
                return None;
            };
            Some((*at, message))
        };
        self.defined.iter().filter_map(message).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let body = Body { file: "a.md", text, line: 5, format: Format::Markdown };
        look(&body).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_is_lost_is_named_with_its_line() {
        assert_eq!(
            told("a[^1] b[^2]\n\n[^1]: A.\n\n[^3]: C.\n"),
            [
                "a.md:5: `[^2]` refers to no note; write `[^2]: …` below, or `\\[^2]` when readers should see it like this",
                "a.md:9: nothing refers to the note `[^3]`, so nobody sees it; write `[^3]` where it belongs",
            ]
        );
        let twice = told("a[^1]\n\n[^1]: A.\n\n[^1]: B.\n");
        assert!(twice.len() == 1 && twice[0].starts_with("a.md:9: the note `[^1]` is given twice"), "{twice:?}");
        assert_eq!(told("[^a]: b[^c]\n\n[^c]: [^a]\n").len(), 2, "notes that refer to each other only");
        assert_eq!(told("a[^with_sign]\n").len(), 1);
    }

    #[test]
    fn what_is_found_is_not() {
        for text in ["a[^1]\n\n[^1]: b[^2]\n\n[^2]: c\n", "`[^1]` \\[^2] [^a b] [^3](/x) [^]", "```\n[^1]\n```\n"] {
            assert_eq!(told(text), [""; 0], "{text}");
        }
    }
}
