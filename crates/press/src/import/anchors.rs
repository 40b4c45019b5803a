//! Places in a body that links of it lead to.

use crate::render::tree::{Element, Node, walk, walk_mut};
use jumpline_article::allow;
use std::collections::HashSet;

/// Gives anchors of old, `<a name="one">`, the id that a browser takes the name for. One that a body may not have, or that
/// something else has, stays a name, which is dropped.
pub(super) fn name(nodes: &mut [Node]) {
    let mut taken = ids(nodes);
    walk_mut(nodes, &mut |element| {
        if element.name != "a" || element.get("id").is_some_and(|it| it == element.get("name").unwrap_or(it)) {
            return;
        }
        let Some(name) = element.remove("name").filter(|it| allow::id(it) && taken.insert(it.clone())) else { return };
        match element.get("id") {
            None => element.set("id", name),
            // Two names for one place: the other gets an anchor of its own.
            Some(_) => element.children.insert(0, Node::Element(Element::new("span").with("id", name))),
        }
    });
}

/// Gives the id of an element of which only what it holds is kept to the first of that, so that links still lead there.
pub(super) fn keep(id: Option<String>, mut nodes: Vec<Node>) -> Vec<Node> {
    let Some(id) = id else { return nodes };
    let anchor = |id: String| Node::Element(Element::new("span").with("id", id));
    let first = nodes.iter_mut().find(|it| !it.is_blank());
    match first {
        Some(Node::Element(it)) if it.get("id").is_none() => it.set("id", id),
        Some(Node::Element(it)) if it.get("id") == Some(id.as_str()) => {}
        Some(Node::Element(it)) if it.is(&["p", "h1", "h2", "h3", "h4", "h5", "h6"]) => {
            it.children.insert(0, anchor(id));
        }
        _ => nodes.insert(0, anchor(id)),
    }
    nodes
}

/// Marks what leads from a text to its notes as the press' own footnotes do, so that a note goes where its reference is: a
/// teaser has the notes that it refers to.
pub(super) fn refer(nodes: &mut [Node]) {
    let mut notes = HashSet::new();
    walk(nodes, &mut |node| {
        if let Some(section) = node.element().filter(|it| it.name == "section" && it.has_class("footnotes")) {
            notes.extend(ids(&section.children));
        }
    });
    if notes.is_empty() {
        return;
    }
    let leads_to_note = |it: &Element| {
        let href = it.get("href").and_then(|it| it.strip_prefix('#'));
        it.name == "a" && href.is_some_and(|it| notes.contains(it))
    };
    walk_mut(nodes, &mut |element| {
        if leads_to_note(element) {
            element.set("role", "doc-noteref");
        } else if element.name == "sup" && element.children.iter().filter_map(Node::element).any(leads_to_note) {
            element.add_class("footnote-ref");
        }
    });
}

fn ids(nodes: &[Node]) -> HashSet<String> {
    let mut ids = HashSet::new();
    walk(nodes, &mut |node| ids.extend(node.element().and_then(|it| it.get("id")).map(ToOwned::to_owned)));
    ids
}
