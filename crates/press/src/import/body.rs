//! A body's HTML becomes what is written, divided where its gate stands.

use super::clean::{Cleaner, targets};
use super::gates::{self, Break, Gate};
use super::home::Home;
use super::media::Media;
use super::prose::{Prose, Writer};
use super::remarks::Remarks;
use super::report::Topic;
use super::{anchors, text};
use crate::render::tree::Node;
use crate::render::{html, words};
use jumpline_article::{Date, Slug, Visibility};
use std::collections::HashSet;

/// Characters of a title that is taken from the text.
const TITLE: usize = 60;

/// A body that is ready to be written.
pub(super) struct Body {
    pub(super) prose: Prose,
    pub(super) gate: Gate,
    /// Plain text of the part that everybody may read.
    pub(super) open: String,
}

/// What a body is made with.
pub(super) struct Shown<'a> {
    pub(super) home: &'a dyn Home,
    pub(super) media: &'a mut Media,
    pub(super) remarks: &'a mut Remarks,
    /// How the report names the article.
    pub(super) name: &'a str,
    /// Ids that links of other articles lead to.
    pub(super) linked: &'a HashSet<String>,
}

/// Makes a body of tamed HTML. `shape` turns what the old site's editor made into plain elements.
pub(super) fn write(
    source: &str,
    gate: Gate,
    writer: &Writer,
    shown: Shown<'_>,
    mut shape: impl FnMut(Vec<Node>) -> Vec<Node>,
) -> Body {
    let Shown { home, media, remarks, name, linked } = shown;
    let mut nodes = html::parse(source).unwrap_or_else(|error| {
        remarks.detail(Topic::Check, "was reduced to its bare text", &error.to_string());
        vec![Node::Text(text::visible(source))]
    });
    anchors::name(&mut nodes);
    anchors::refer(&mut nodes);
    let targets = targets(&nodes);
    let (before, after) = gates::divide(nodes, gate.at);
    let (before, after) = (shape(before), shape(after));
    let public = gate.visibility == Visibility::Public;
    let mut cleaner = Cleaner { home, media, remarks, name, in_clear: true, targets: &targets, linked };
    let before = cleaner.clean(before);
    cleaner.in_clear = public;
    let after = cleaner.clean(after);
    let marker = match gate.at {
        Break::None => None,
        Break::More => Some("<!--more-->"),
        Break::Gate | Break::Start => Some("<!--members-only-->"),
    };
    // A marker at the very end or with nothing before it in a public article says nothing.
    let marker = marker.filter(|_| !public || !before.is_empty() && !after.is_empty());
    let open = if public { [before.as_slice(), after.as_slice()].concat() } else { before.clone() };
    Body { prose: writer.write(&before, marker, &after), gate, open: text::tidy(&text::spaced(&open)) }
}

/// The title that an article has; without one the beginning of its text, or its date when that is not for everybody.
pub(super) fn title(given: &str, open: &str, date: &Date, remarks: &mut Remarks) -> String {
    if !given.is_empty() {
        return given.to_owned();
    }
    let beginning = words::excerpt(open, TITLE);
    let title = if beginning.is_empty() { date.as_str()[..10].to_owned() } else { beginning };
    remarks.detail(Topic::Changed, "had no title and got one of its text or date", &format!("“{title}”"));
    title
}

/// Names of tags, each address once.
pub(super) fn distinct(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in names {
        let slug = Slug::from_name(&tag);
        if !tag.is_empty() && !tags.iter().any(|it| Slug::from_name(it) == slug) {
            tags.push(tag);
        }
    }
    tags
}
