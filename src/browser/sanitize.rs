//! The one function that puts HTML into the page: parsed inert, then rebuilt node by node from the allow-list.

use super::{document, window};
use jumpline_article::allow;
use wasm_bindgen::JsCast;
use web_sys::{Document, DomParser, Element, HtmlFormElement, Node, SupportedType, TreeWalker};

/// Deepest nesting that is kept; what lies deeper loses its elements and keeps its text.
const DEPTH: usize = 200;

const HTML: &str = "http://www.w3.org/1999/xhtml";

/// [`fill`], as a directive for an element that may have been prerendered: then it is left as it is.
pub fn fill_empty(target: Element, html: String) {
    if target.first_child().is_none() {
        fill(&target, &html);
    }
}

/// Tags of a comment from which on it is shown as text: a browser takes seconds to parse what is left open ten thousand times.
const MOST_TAGS: usize = 2000;

/// [`fill`] for what a stranger wrote: nothing but the elements of [`allow::COMMENT_ELEMENTS`], links marked as a reader's.
pub fn fill_comment(target: Element, html: String) {
    if html.matches('<').count() > MOST_TAGS {
        return target.set_text_content(Some(&html));
    }
    fill_from(&target, &html, &Rules { elements: allow::COMMENT_ELEMENTS, is_comment: true, host: String::new() });
}

/// Appends the HTML of an article to an element.
///
/// `DOMParser` builds a document without a browsing context, in which no script runs and nothing loads. From it only elements and
/// attributes of [`allow`] are made anew, so that no parser reads the result a second time (which is where mutation XSS lives).
///
/// The parsed nodes are walked by a `TreeWalker` and not by their own properties: the document and its forms answer to the names of
/// what they hold before their own (DOM clobbering), so that `<img name=body>` hides the body, and `<input name=lastChild>` can
/// lead a walk in a circle.
pub fn fill(target: &Element, html: &str) {
    let host = window().and_then(|it| it.location().host().ok()).unwrap_or_default();
    fill_from(target, html, &Rules { elements: allow::ELEMENTS, is_comment: false, host });
}

/// What may stand in an element.
struct Rules {
    elements: &'static [&'static str],
    /// A comment's elements keep nothing but the address of a link.
    is_comment: bool,
    host: String,
}

fn fill_from(target: &Element, html: &str, rules: &Rules) {
    let Some(document) = document() else { return };
    let Ok(parsed) = DomParser::new().and_then(|it| it.parse_from_string(html, SupportedType::TextHtml)) else {
        return;
    };
    let Ok(walker) = document.create_tree_walker_with_what_to_show(&parsed, ELEMENTS_AND_TEXT) else { return };
    // Where children go, one entry for each level of the walk, and how deep that is in what is made. The walker goes through <html>,
    // <head> and <body> too: no body holds them, so they are unwrapped or dropped as anywhere else.
    let mut open: Vec<(Node, usize)> = vec![(target.clone().into(), 0)];
    let mut next = walker.first_child().ok().flatten();
    while let Some(node) = next {
        let Some((parent, depth)) = open.last().cloned() else { return };
        let inside = visit(&document, &node, &parent, depth, rules);
        let child = inside.as_ref().and_then(|_| walker.first_child().ok().flatten());
        next = match (inside, child) {
            (Some(inside), Some(child)) => {
                open.push(inside);
                Some(child)
            }
            _ => follow(&walker, &mut open),
        };
    }
}

/// `NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT`.
const ELEMENTS_AND_TEXT: u32 = 1 | 4;

/// The node that follows one whose children are done with.
fn follow(walker: &TreeWalker, open: &mut Vec<(Node, usize)>) -> Option<Node> {
    loop {
        if let Some(sibling) = walker.next_sibling().ok().flatten() {
            return Some(sibling);
        }
        walker.parent_node().ok().flatten()?;
        open.pop();
    }
}

/// Makes what a node may become. Gives where its children go, or nothing when they are dropped with it.
fn visit(document: &Document, node: &Node, parent: &Node, depth: usize, rules: &Rules) -> Option<(Node, usize)> {
    // A form is unwrapped, and never asked anything.
    if node.is_instance_of::<HtmlFormElement>() {
        return Some((parent.clone(), depth));
    }
    let Some(element) = node.dyn_ref::<Element>() else {
        let text = document.create_text_node(&node.node_value().unwrap_or_default());
        let _ = parent.append_child(&text);
        return None;
    };
    let name = element.local_name();
    if element.namespace_uri().as_deref() != Some(HTML) || allow::DROPPED.contains(&name.as_str()) {
        return None;
    }
    if depth < DEPTH
        && rules.elements.contains(&name.as_str())
        && let Some(made) = rebuild(document, element, &name, rules)
    {
        let _ = parent.append_child(&made);
        return Some((made.into(), depth + 1));
    }
    Some((parent.clone(), depth))
}

fn rebuild(document: &Document, element: &Element, name: &str, rules: &Rules) -> Option<Element> {
    if name == "input" && !element.get_attribute("type").is_some_and(|it| it.eq_ignore_ascii_case("checkbox")) {
        return None;
    }
    let made = document.create_element(name).ok()?;
    let attributes = element.attributes();
    for index in 0..attributes.length() {
        let Some(attribute) = attributes.item(index) else { continue };
        let (key, value) = (attribute.name(), attribute.value());
        let is_allowed = if rules.is_comment { key == "href" } else { allow::attribute(name, &key) };
        if is_allowed && value_passes(&key, &value) {
            let _ = made.set_attribute(&key, &value);
        }
    }
    if name == "input" {
        let _ = made.set_attribute("disabled", "");
    }
    if name == "a" && rules.is_comment {
        let _ = made.set_attribute("rel", allow::COMMENT_LINK_REL);
    } else if name == "a" {
        let leaves = made
            .dyn_ref::<web_sys::HtmlAnchorElement>()
            .is_some_and(|it| matches!(it.protocol().as_str(), "http:" | "https:") && it.host() != rules.host);
        if leaves {
            let _ = made.set_attribute("rel", allow::LINK_REL);
        }
    }
    Some(made)
}

fn value_passes(key: &str, value: &str) -> bool {
    match key {
        "id" => allow::id(value),
        "data-sealed" => allow::sealed(value),
        "srcset" => value.split(',').all(|it| allow::url(it.trim())),
        _ if allow::URL_ATTRIBUTES.contains(&key) => allow::url(value),
        _ => true,
    }
}
