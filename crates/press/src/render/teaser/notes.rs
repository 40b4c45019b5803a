//! Notes below a gated body: those of the teaser stand below it, all of them below the rest.

use crate::render::tree::{Element, Node, text, walk};
use std::collections::HashSet;

/// The text of notes that the teaser does not have.
pub(super) fn hidden_notes(notes: &Element, kept: Option<&Element>) -> String {
    let ids = kept.map(|it| ids(&it.children)).unwrap_or_default();
    let list = notes.children.iter().filter_map(Node::element).find(|it| it.name == "ol");
    let items = list.into_iter().flat_map(|it| &it.children);
    let is_hidden = |it: &&Node| it.element().is_none_or(|it| it.get("id").is_none_or(|it| !ids.contains(it)));
    items.filter(is_hidden).map(|it| text(std::slice::from_ref(it))).collect::<Vec<_>>().join(" ")
}

pub(super) fn is_notes(node: &Node) -> bool {
    node.element().is_some_and(|it| it.name == "section" && it.has_class("footnotes"))
}

/// The notes that [`take_notes`] takes: no marker cuts them.
pub(in crate::render) fn notes_below(nodes: &[Node]) -> &[Node] {
    nodes.iter().rposition(is_notes).map_or(&[], |at| &nodes[at..=at])
}

pub(super) fn take_notes(nodes: &mut Vec<Node>) -> Option<Element> {
    let at = nodes.iter().rposition(is_notes)?;
    match nodes.remove(at) {
        Node::Element(notes) => Some(notes),
        Node::Text(_) | Node::Comment(_) => None,
    }
}

/// The notes that the shown part refers to, or a note among them does.
pub(super) fn keep_notes(mut notes: Element, shown: &[Node]) -> Option<Element> {
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

pub(super) fn ids(nodes: &[Node]) -> HashSet<String> {
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
