//! Where a gated body breaks off: nothing after that place is published.

use super::marker::{find, marker};
use super::tree::{Element, Node, text, walk};
use super::words;
use std::collections::HashSet;

/// A gated body in its two parts.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// What everybody sees.
    pub(super) shown: Vec<Node>,
    /// What follows it. All notes are with it: the reader puts them in the place of the teaser's own.
    pub(super) rest: Vec<Node>,
    /// Text that stands in the rest and nowhere else.
    pub(super) hidden: String,
}

/// Parts a body at the first marker; without one, after the first paragraphs. Notes that the shown part refers to stay with it.
pub(super) fn part(mut nodes: Vec<Node>) -> Parts {
    let notes = take_notes(&mut nodes);
    let (mut shown, mut rest) = match find(&nodes) {
        Some(_) => {
            let mut open = true;
            at_marker(nodes, &mut open)
        }
        None => after_paragraphs(nodes),
    };
    let mut hidden = text(&rest);
    if let Some(notes) = notes {
        let kept = keep_notes(notes.clone(), &shown);
        hidden.push(' ');
        hidden.push_str(&hidden_notes(&notes, kept.as_ref()));
        rest.push(Node::Element(notes));
        shown.extend(kept.map(Node::Element));
    }
    Parts { shown, rest, hidden }
}

/// An element that the marker stands in goes on in the rest.
fn at_marker(nodes: Vec<Node>, open: &mut bool) -> (Vec<Node>, Vec<Node>) {
    let (mut shown, mut rest) = (Vec::new(), Vec::new());
    for node in nodes {
        match node {
            node if !*open => rest.push(node),
            Node::Comment(comment) if marker(&comment).is_some() => *open = false,
            Node::Element(mut element) => {
                let (before, after) = at_marker(std::mem::take(&mut element.children), open);
                if !*open && !after.iter().all(Node::is_blank) {
                    let mut further = Element { children: after, ..element.clone() };
                    further.remove("id");
                    rest.push(Node::Element(further));
                }
                element.children = before;
                if *open || !element.children.iter().all(Node::is_blank) {
                    shown.push(Node::Element(element));
                }
            }
            other => shown.push(other),
        }
    }
    (shown, rest)
}

/// At most two paragraphs and at most a third of the words, so that a short article is not given away.
fn after_paragraphs(nodes: Vec<Node>) -> (Vec<Node>, Vec<Node>) {
    let limit = words::count(&text(&nodes)).total() / 3;
    let (mut shown, mut paragraphs, mut read) = (Vec::new(), 0, 0);
    let mut nodes = nodes.into_iter().peekable();
    while let Some(node) = nodes.peek() {
        match node {
            Node::Element(element) if element.name == "p" => {
                read += words::count(&element.text()).total();
                if paragraphs == 2 || read > limit {
                    break;
                }
                paragraphs += 1;
            }
            node if node.is_blank() => {}
            _ => break,
        }
        shown.extend(nodes.next());
    }
    (shown, nodes.collect())
}

/// The text of notes that the teaser does not have.
fn hidden_notes(notes: &Element, kept: Option<&Element>) -> String {
    let ids = kept.map(|it| ids(&it.children)).unwrap_or_default();
    let list = notes.children.iter().filter_map(Node::element).find(|it| it.name == "ol");
    let items = list.into_iter().flat_map(|it| &it.children);
    let is_hidden = |it: &&Node| it.element().is_none_or(|it| it.get("id").is_none_or(|it| !ids.contains(it)));
    items.filter(is_hidden).map(|it| text(std::slice::from_ref(it))).collect::<Vec<_>>().join(" ")
}

/// Ids that the teaser keeps when the rest stands below it: all but those of its notes, which go then.
pub(super) fn lasting_ids(shown: &[Node]) -> HashSet<String> {
    shown.iter().filter(|it| !is_notes(it)).flat_map(|it| ids(std::slice::from_ref(it))).collect()
}

fn is_notes(node: &Node) -> bool {
    node.element().is_some_and(|it| it.name == "section" && it.has_class("footnotes"))
}

fn take_notes(nodes: &mut Vec<Node>) -> Option<Element> {
    let at = nodes.iter().rposition(is_notes)?;
    match nodes.remove(at) {
        Node::Element(notes) => Some(notes),
        Node::Text(_) | Node::Comment(_) => None,
    }
}

/// The notes that the shown part refers to, or a note among them does.
fn keep_notes(mut notes: Element, shown: &[Node]) -> Option<Element> {
    let list = notes.children.iter_mut().find_map(|it| match it {
        Node::Element(list) if list.name == "ol" => Some(list),
        _ => None,
    })?;
    let id = |node: &Node| node.element().and_then(|it| it.get("id")).map(ToOwned::to_owned);
    let mut wanted = targets(shown);
    loop {
        let known = wanted.len();
        let kept = list.children.iter().filter(|it| id(it).is_some_and(|it| wanted.contains(&it)));
        let further: Vec<String> = kept.flat_map(|it| targets(std::slice::from_ref(it))).collect();
        wanted.extend(further);
        if wanted.len() == known {
            break;
        }
    }
    list.children.retain(|it| it.is_blank() || id(it).is_some_and(|it| wanted.contains(&it)));
    if list.children.iter().all(Node::is_blank) {
        return None;
    }
    let mut there = ids(shown);
    there.extend(ids(&list.children));
    prune_back_links(&mut list.children, &there);
    Some(notes)
}

fn targets(nodes: &[Node]) -> HashSet<String> {
    let mut found = HashSet::new();
    walk(nodes, &mut |node| {
        let href = node.element().filter(|it| it.get("role") == Some("doc-noteref")).and_then(|it| it.get("href"));
        found.extend(href.and_then(|it| it.strip_prefix('#')).map(ToOwned::to_owned));
    });
    found
}

fn ids(nodes: &[Node]) -> HashSet<String> {
    let mut found = HashSet::new();
    walk(nodes, &mut |node| found.extend(node.element().and_then(|it| it.get("id")).map(ToOwned::to_owned)));
    found
}

fn prune_back_links(nodes: &mut Vec<Node>, there: &HashSet<String>) {
    let leads_nowhere = |node: &Node| {
        node.element().is_some_and(|it| {
            it.get("role") == Some("doc-backlink")
                && it.get("href").and_then(|it| it.strip_prefix('#')).is_some_and(|it| !there.contains(it))
        })
    };
    nodes.retain(|it| !leads_nowhere(it));
    for node in nodes {
        if let Node::Element(element) = node {
            prune_back_links(&mut element.children, there);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::html::{parse, write};
    use crate::render::markdown;
    use crate::render::tests::labels;

    fn teaser(html: &str) -> String {
        write(&part(parse(html).expect("is shallow")).shown).expect("is shallow")
    }

    #[test]
    fn nothing_after_the_marker_is_shown() {
        for (html, shown) in [
            ("<p>a</p><!--more--><p>SECRET</p>", "<p>a</p>"),
            ("<p>a</p><!-- Members-Only --><p>SECRET</p>", "<p>a</p>"),
            ("<div><p>a<!--more-->SECRET</p><p>SECRET</p></div><p>SECRET</p>", "<div><p>a</p></div>"),
            ("<p>a</p><blockquote><!--more--><p>SECRET</p></blockquote>", "<p>a</p>"),
            ("<!-- wp:paragraph --><p>a</p><!-- wp:jetpack/paywall /--><p>SECRET</p>", "<p>a</p>"),
            ("<p>a</p><!--more Read on--><p>SECRET</p><!--members-only--><p>SECRET</p>", "<p>a</p>"),
            ("<!--more--><p>SECRET</p>", ""),
        ] {
            assert_eq!(teaser(html), shown, "{html}");
        }
    }

    #[test]
    fn the_rest_goes_on_where_the_teaser_ends() {
        for (html, rest) in [
            ("<p>a</p><!--more--><p>b</p>", "<p>b</p>"),
            ("<div><p id=\"x\">a<!--more-->b</p><p>c</p></div><p>d</p>", "<div><p>b</p><p>c</p></div><p>d</p>"),
            ("<p>a</p><blockquote><!--more--><p>b</p></blockquote>", "<blockquote><p>b</p></blockquote>"),
            ("<p>a<!--more--></p><p>b</p><!--members-only--><p>c</p>", "<p>b</p><p>c</p>"),
            ("<p>all of it</p>", "<p>all of it</p>"),
        ] {
            let parts = part(parse(html).expect("is shallow"));
            assert_eq!(write(&parts.rest).expect("is shallow"), rest, "{html}");
        }
    }

    #[test]
    fn only_what_stands_nowhere_else_is_hidden() {
        let text = "A[^a].\n\n<!--more-->\n\nB[^b], again[^a].\n\n[^a]: Shown.\n[^b]: Deep.\n";
        let parts = part(parse(&markdown::to_html(text, &labels())).expect("is shallow"));
        assert!(write(&parts.rest).is_ok_and(|it| it.contains("Shown") && it.contains("Deep")));
        assert!(parts.hidden.contains("Deep") && !parts.hidden.contains("Shown"), "{}", parts.hidden);
    }

    #[test]
    fn without_a_marker_a_third_is_shown_at_most() {
        assert_eq!(teaser("<p>one two</p><p>three</p><p>4 5 6 7</p><p>8 9 10</p>"), "<p>one two</p><p>three</p>");
        assert_eq!(teaser("<p>one two</p><p>three</p>"), "");
        assert_eq!(teaser("<p>all of it</p>"), "");
        assert_eq!(teaser("<ul><li>SECRET</li></ul><p>b</p>"), "");
    }

    #[test]
    fn notes_follow_what_refers_to_them() {
        let text = "A[^a].\n\n<!--more-->\n\nB[^b], again[^a].\n\n[^a]: Shown[^c].\n[^b]: SECRET.\n[^c]: Shown too.\n";
        let html = teaser(&markdown::to_html(text, &labels()));
        assert!(html.contains("Shown") && html.contains("Shown too"), "{html}");
        assert!(!html.contains("SECRET") && !html.contains("fnref-1-2"), "{html}");
        assert!(!teaser(&markdown::to_html("A\n\n<!--more-->\n\nB[^b]\n\n[^b]: SECRET", &labels())).contains("SECRET"));
    }
}
