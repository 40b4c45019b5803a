//! Markdown to HTML: CommonMark with tables, footnotes, strikethrough, task lists and heading attributes.

use super::html::escape_attribute;
use super::labels::Labels;
use pulldown_cmark::{Alignment, CowStr, Event, Options, Parser, Tag, TagEnd, html};
use std::collections::HashMap;
use std::ops::Range;

/// What is understood besides CommonMark.
pub(super) const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES);

/// Where a Markdown body has HTML, and not code or text that looks like it.
pub(super) fn raw_html(markdown: &str) -> Vec<Range<usize>> {
    let events = Parser::new_ext(markdown, OPTIONS).into_offset_iter();
    events.filter(|it| matches!(it.0, Event::Html(_) | Event::InlineHtml(_))).map(|it| it.1).collect()
}

/// The HTML of a Markdown body. Not sanitised: raw HTML goes through.
pub(crate) fn to_html(markdown: &str, labels: &Labels) -> String {
    let (body, notes) = part_notes(Parser::new_ext(markdown, OPTIONS));
    let mut numbers = Numbers::default();
    let mut text = String::with_capacity(markdown.len() * 3 / 2);
    html::push_html(&mut text, Cells::over(numbers.refer(body).into_iter()));
    text.push_str(&endnotes(&notes, numbers, labels));
    text
}

type Events<'a> = Vec<Event<'a>>;

/// Takes the definitions of footnotes out of the text.
fn part_notes<'a>(events: impl Iterator<Item = Event<'a>>) -> (Events<'a>, HashMap<CowStr<'a>, Events<'a>>) {
    let (mut body, mut notes) = (Vec::new(), HashMap::new());
    let mut open: Vec<(CowStr<'a>, Events<'a>)> = Vec::new();
    for event in events {
        match event {
            Event::Start(Tag::FootnoteDefinition(label)) => open.push((label, Vec::new())),
            Event::End(TagEnd::FootnoteDefinition) => {
                if let Some((label, note)) = open.pop() {
                    notes.entry(label).or_insert(note);
                }
            }
            event => open.last_mut().map_or(&mut body, |it| &mut it.1).push(event),
        }
    }
    (body, notes)
}

/// Numbers footnotes in the order in which the text refers to them.
#[derive(Default)]
struct Numbers<'a> {
    order: Vec<CowStr<'a>>,
    references: HashMap<CowStr<'a>, usize>,
}

impl<'a> Numbers<'a> {
    fn refer(&mut self, events: Events<'a>) -> Events<'a> {
        let number = |event| match event {
            Event::FootnoteReference(label) => Event::InlineHtml(self.reference(label).into()),
            other => other,
        };
        events.into_iter().map(number).collect()
    }

    fn reference(&mut self, label: CowStr<'a>) -> String {
        let number = match self.order.iter().position(|it| *it == label) {
            Some(at) => at + 1,
            None => {
                self.order.push(label.clone());
                self.order.len()
            }
        };
        let count = self.references.entry(label).or_default();
        *count += 1;
        let id = reference_id(number, *count);
        format!(
            "<sup class=\"footnote-ref\"><a href=\"#fn-{number}\" id=\"{id}\" role=\"doc-noteref\">{number}</a></sup>"
        )
    }
}

fn reference_id(number: usize, count: usize) -> String {
    if count == 1 { format!("fnref-{number}") } else { format!("fnref-{number}-{count}") }
}

/// The notes at the end, each with a link back to every place that refers to it.
fn endnotes<'a>(notes: &HashMap<CowStr<'a>, Events<'a>>, mut numbers: Numbers<'a>, labels: &Labels) -> String {
    let mut written: Vec<Events<'a>> = Vec::new();
    // A note may refer to a further note, so the list can grow while it is written.
    while let Some(label) = numbers.order.get(written.len()).cloned() {
        let note = notes.get(&label).cloned().unwrap_or_default();
        let note = numbers.refer(note);
        written.push(note);
    }
    if written.is_empty() {
        return String::new();
    }
    let title = escape_attribute(&labels.footnotes);
    let mut text = format!("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"{title}\">\n<ol>\n");
    for (index, mut note) in written.into_iter().enumerate() {
        let number = index + 1;
        let count = numbers.references.get(&numbers.order[index]).copied().unwrap_or(1);
        let back: String = (1..=count).map(|it| back_link(number, it, count > 1, labels)).collect();
        let at = note.len() - usize::from(matches!(note.last(), Some(Event::End(TagEnd::Paragraph))));
        note.insert(at, Event::InlineHtml(back.into()));
        text.push_str(&format!("<li id=\"fn-{number}\">\n"));
        html::push_html(&mut text, Cells::over(note.into_iter()));
        text.push_str("</li>\n");
    }
    text.push_str("</ol>\n</section>\n");
    text
}

fn back_link(number: usize, count: usize, is_one_of_many: bool, labels: &Labels) -> String {
    let which = if count == 1 { number.to_string() } else { format!("{number}.{count}") };
    let name = escape_attribute(&labels.footnote_back.replace("{number}", &which));
    let id = reference_id(number, count);
    let mark = if is_one_of_many { format!("<sup>{count}</sup>") } else { String::new() };
    format!(
        " <a href=\"#{id}\" role=\"doc-backlink\" class=\"footnote-back\" aria-label=\"{name}\">\u{21a9}\u{fe0e}{mark}</a>"
    )
}

/// Aligns cells by class: the usual `style` would need `unsafe-inline`.
struct Cells<I> {
    events: I,
    alignments: Vec<Alignment>,
    column: usize,
    head: bool,
}

impl<'a, I: Iterator<Item = Event<'a>>> Cells<I> {
    fn over(events: I) -> Self {
        Self { events, alignments: Vec::new(), column: 0, head: false }
    }

    fn open(&mut self) -> Event<'a> {
        let class = match self.alignments.get(self.column) {
            Some(Alignment::Left) => " class=\"align-left\"",
            Some(Alignment::Center) => " class=\"align-center\"",
            Some(Alignment::Right) => " class=\"align-right\"",
            Some(Alignment::None) | None => "",
        };
        self.column += 1;
        Event::InlineHtml(if self.head { format!("<th scope=\"col\"{class}>") } else { format!("<td{class}>") }.into())
    }
}

impl<'a, I: Iterator<Item = Event<'a>>> Iterator for Cells<I> {
    type Item = Event<'a>;

    fn next(&mut self) -> Option<Event<'a>> {
        let event = self.events.next()?;
        match &event {
            Event::Start(Tag::Table(alignments)) => self.alignments.clone_from(alignments),
            Event::Start(Tag::TableHead) => (self.head, self.column) = (true, 0),
            Event::End(TagEnd::TableHead) => self.head = false,
            Event::Start(Tag::TableRow) => self.column = 0,
            Event::Start(Tag::TableCell) => return Some(self.open()),
            Event::End(TagEnd::TableCell) => {
                return Some(Event::InlineHtml(if self.head { "</th>" } else { "</td>" }.into()));
            }
            Event::Start(Tag::CodeBlock(pulldown_cmark::CodeBlockKind::Fenced(info))) => {
                let language: String = info.split([' ', ',', '{']).next().unwrap_or_default().to_owned();
                let fenced = Tag::CodeBlock(pulldown_cmark::CodeBlockKind::Fenced(language.into()));
                return Some(Event::Start(fenced));
            }
            _ => {}
        }
        Some(event)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::tests::labels;

    #[test]
    fn footnotes_are_numbered_as_the_text_meets_them() {
        let html =
            to_html("A[^b] and B[^a], A again[^b].\n\n[^a]: First.\n[^b]: Second[^c].\n[^c]: Third.\n", &labels());
        let order: Vec<_> = ["Second", "First", "Third"].iter().map(|it| html.find(it)).collect();
        assert!(order.is_sorted() && order.iter().all(Option::is_some), "{html}");
        for part in [
            "<a href=\"#fn-1\" id=\"fnref-1-2\" role=\"doc-noteref\">1</a>",
            "<li id=\"fn-1\">\n<p>Second<sup class=\"footnote-ref\"><a href=\"#fn-3\"",
            "aria-label=\"Back to the text of note 1.2\">\u{21a9}\u{fe0e}<sup>2</sup></a>",
            "aria-label=\"Back to the text of note 2\">\u{21a9}\u{fe0e}</a>",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
    }

    #[test]
    fn cells_are_aligned_without_style() {
        let html = to_html("| a | b |\n|:-:|--:|\n| 1 | 2 |\n", &labels());
        assert!(html.contains("<th scope=\"col\" class=\"align-center\">a</th>"), "{html}");
        assert!(html.contains("<td class=\"align-right\">2</td>"), "{html}");
        assert!(!html.contains("style"), "{html}");
    }

    #[test]
    fn markdown_is_not_too_clever() {
        assert_eq!(to_html("\"a\" -- b...\n", &labels()), "<p>\"a\" -- b...</p>\n");
        assert_eq!(to_html("~~a~~\n", &labels()), "<p><del>a</del></p>\n");
    }
}
