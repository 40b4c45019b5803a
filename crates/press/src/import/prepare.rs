//! What has to be seen from outside before it is cleaned from within: controls in a form or in prose, and blocks of files.

use super::clean::Cleaner;
use crate::import::report::Topic;
use crate::render::tree::{Element, Node, text};

impl Cleaner<'_> {
    /// Takes the words off buttons and labels that are no part of a form, and leaves one link of a block that shows a file.
    pub(super) fn prepare(&mut self, nodes: Vec<Node>, in_form: bool) -> Vec<Node> {
        let mut prepared = Vec::with_capacity(nodes.len());
        for node in nodes {
            let Node::Element(mut element) = node else {
                prepared.push(node);
                continue;
            };
            if element.name == "div" && element.has_class("wp-block-file") {
                element.children = file(element.children);
            }
            let is_control = element.is(&["button", "label"]);
            // A title that opens what it stands above is a title in a form, too.
            let is_heading = matches!(element.name.as_bytes(), [b'h', b'1'..=b'6']);
            let in_form = (in_form || element.name == "form") && !is_heading;
            let children = std::mem::take(&mut element.children);
            if !is_control {
                element.children = self.prepare(children, in_form);
                prepared.push(Node::Element(element));
                continue;
            }
            let words = self.prepare(spoken(children), in_form);
            if in_form || text(&words).trim().is_empty() {
                prepared.extend(self.control());
                // A box to tick may stand in its label.
                let boxes = words.into_iter().filter(|it| it.element().is_some_and(|it| it.name == "input"));
                prepared.extend(boxes);
                continue;
            }
            self.remarks.remark(Topic::Changed, "buttons and labels became the words on them");
            prepared.extend(words);
        }
        prepared
    }
}

/// Without what is only drawn, such as the plus of a title that opens.
fn spoken(nodes: Vec<Node>) -> Vec<Node> {
    let is_drawn = |it: &Node| it.element().is_some_and(|it| it.get("aria-hidden") == Some("true"));
    nodes.into_iter().filter(|it| !is_drawn(it)).collect()
}

/// WordPress shows a file in a frame, by its name and by a button: one link says it all. A block with anything else in it
/// stays as it is.
fn file(nodes: Vec<Node>) -> Vec<Node> {
    let is_plain = |it: &Node| it.is_blank() || it.element().is_some_and(|it| it.is(&["a", "object"]));
    let mut links: Vec<Element> = Vec::new();
    for link in nodes.iter().filter_map(Node::element).filter(|it| it.name == "a" && it.get("href").is_some()) {
        match links.iter_mut().find(|it| it.get("href") == link.get("href")) {
            Some(it) if it.text().trim().is_empty() => *it = link.clone(),
            Some(_) => {}
            None => links.push(link.clone()),
        }
    }
    if links.is_empty() || !nodes.iter().all(is_plain) {
        return nodes;
    }
    links.into_iter().map(|it| Node::Element(Element::new("p").holding(vec![Node::Element(it)]))).collect()
}
