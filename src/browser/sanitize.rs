//! The one function that puts HTML into the page: parsed inert, then rebuilt node by node from the allow-list.

use super::{document, window};
use jumpline_article::allow;
use web_sys::{Document, DomParser, Element, Node, SupportedType};

/// Deepest nesting that is kept; what lies deeper loses its elements and keeps its text.
const DEPTH: usize = 200;

const HTML: &str = "http://www.w3.org/1999/xhtml";

/// [`fill`], as a directive for an element that may have been prerendered: then it is left as it is.
pub fn fill_empty(target: Element, html: String) {
    if target.first_child().is_none() {
        fill(&target, &html);
    }
}

/// Fills an empty element with HTML of any origin: articles, comments, answers of servers.
///
/// `DOMParser` builds a document without a browsing context, in which no script runs and nothing loads. From it only elements and
/// attributes of [`allow`] are made anew, so that no parser reads the result a second time (which is where mutation XSS lives).
pub fn fill(target: &Element, html: &str) {
    let Some(document) = document() else { return };
    let Ok(parsed) = DomParser::new().and_then(|it| it.parse_from_string(html, SupportedType::TextHtml)) else {
        return;
    };
    let Some(body) = parsed.body() else { return };
    let host = window().and_then(|it| it.location().host().ok()).unwrap_or_default();
    // Children still to be visited, with the new parent and its depth; a stack, since the Wasm's own is small.
    let mut stack: Vec<(Node, Node, usize)> = Vec::new();
    push_children(&mut stack, &body, target, 0);
    while let Some((node, parent, depth)) = stack.pop() {
        match node.node_type() {
            Node::TEXT_NODE => {
                let text = document.create_text_node(&node.node_value().unwrap_or_default());
                let _ = parent.append_child(&text);
            }
            Node::ELEMENT_NODE => {
                use wasm_bindgen::JsCast;
                let Some(element) = node.dyn_ref::<Element>() else { continue };
                let name = element.local_name();
                let is_html = element.namespace_uri().as_deref() == Some(HTML);
                if !is_html || allow::DROPPED.contains(&name.as_str()) {
                    continue;
                }
                let made = (depth < DEPTH && allow::ELEMENTS.contains(&name.as_str()))
                    .then(|| rebuild(&document, element, &name, &host))
                    .flatten();
                match made {
                    Some(made) => {
                        let _ = parent.append_child(&made);
                        push_children(&mut stack, element, &made, depth + 1);
                    }
                    None => push_children(&mut stack, element, &parent, depth),
                }
            }
            _ => {}
        }
    }
}

fn push_children(stack: &mut Vec<(Node, Node, usize)>, of: &Node, parent: &Node, depth: usize) {
    let mut child = of.last_child();
    while let Some(node) = child {
        child = node.previous_sibling();
        stack.push((node, parent.clone(), depth));
    }
}

fn rebuild(document: &Document, element: &Element, name: &str, host: &str) -> Option<Element> {
    if name == "input" && !element.get_attribute("type").is_some_and(|it| it.eq_ignore_ascii_case("checkbox")) {
        return None;
    }
    let made = document.create_element(name).ok()?;
    let attributes = element.attributes();
    for index in 0..attributes.length() {
        let Some(attribute) = attributes.item(index) else { continue };
        let (key, value) = (attribute.name(), attribute.value());
        if allow::attribute(name, &key) && value_passes(&key, &value) {
            let _ = made.set_attribute(&key, &value);
        }
    }
    if name == "input" {
        let _ = made.set_attribute("disabled", "");
    }
    if name == "a" {
        use wasm_bindgen::JsCast;
        let leaves = made
            .dyn_ref::<web_sys::HtmlAnchorElement>()
            .is_some_and(|it| matches!(it.protocol().as_str(), "http:" | "https:") && it.host() != host);
        if leaves {
            let _ = made.set_attribute("rel", allow::LINK_REL);
        }
    }
    Some(made)
}

fn value_passes(key: &str, value: &str) -> bool {
    match key {
        "id" => allow::id(value),
        "srcset" => value.split(',').all(|it| allow::url(it.trim())),
        _ if allow::URL_ATTRIBUTES.contains(&key) => allow::url(value),
        _ => true,
    }
}
