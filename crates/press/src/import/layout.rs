//! Blocks and what stands loose between them: a body is a row of blocks when this is done.

use crate::render::tree::{Element, Node};

/// Elements that stand beside paragraphs, not in them.
const BLOCKS: &[&str] = &[
    "blockquote",
    "details",
    "div",
    "dl",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
];

/// Blocks stay, what stands loose between them becomes paragraphs.
pub(super) fn paragraphs(nodes: Vec<Node>) -> Vec<Node> {
    let (mut blocks, mut loose): (Vec<Node>, Vec<Node>) = (Vec::new(), Vec::new());
    let gather = |loose: &mut Vec<Node>, blocks: &mut Vec<Node>| {
        let mut loose = trimmed(std::mem::take(loose));
        match loose.as_slice() {
            [] => {}
            [Node::Element(it)] if it.is(&["video", "audio", "picture"]) => {
                blocks.push(Node::Element(Element::new("figure").holding(loose)));
            }
            _ => blocks.push(Node::Element(Element::new("p").holding(std::mem::take(&mut loose)))),
        }
    };
    for node in nodes {
        if is_block(&node) {
            gather(&mut loose, &mut blocks);
            // An item without a list gets one.
            match node {
                Node::Element(item) if item.name == "li" => match blocks.last_mut() {
                    Some(Node::Element(list)) if list.name == "ul" => list.children.push(Node::Element(item)),
                    _ => blocks.push(Node::Element(Element::new("ul").holding(vec![Node::Element(item)]))),
                },
                Node::Element(it) if it.is(&["dt", "dd", "summary", "figcaption", "caption"]) => {
                    blocks.extend(paragraphs(it.children));
                }
                node => blocks.push(node),
            }
        } else {
            loose.push(node);
        }
    }
    gather(&mut loose, &mut blocks);
    blocks
}

/// Without white space and line breaks at its ends.
fn trimmed(mut nodes: Vec<Node>) -> Vec<Node> {
    let empty = |it: &Node| {
        it.is_blank()
            || matches!(it, Node::Element(it) if it.name == "br" || (it.is(&["span", "em", "strong", "a", "u", "p"]) && it.attributes.is_empty() && it.children.iter().all(Node::is_blank)))
    };
    while nodes.last().is_some_and(empty) {
        nodes.pop();
    }
    let start = nodes.iter().position(|it| !empty(it)).unwrap_or(nodes.len());
    nodes.drain(..start);
    // Nothing is seen of white space that follows a line break.
    let mut broken = false;
    for node in &mut nodes {
        match node {
            Node::Text(text) if broken => {
                *text = text.trim_start_matches(|it: char| it.is_ascii_whitespace()).to_owned()
            }
            _ => {}
        }
        broken = node.element().is_some_and(|it| it.name == "br");
    }
    if let Some(Node::Text(text)) = nodes.first_mut() {
        *text = text.trim_start_matches(|it: char| it.is_ascii_whitespace()).to_owned();
    }
    if let Some(Node::Text(text)) = nodes.last_mut() {
        *text = text.trim_end_matches(|it: char| it.is_ascii_whitespace()).to_owned();
    }
    nodes
}

/// A paragraph cannot hold blocks: it is divided around them.
pub(super) fn split(paragraph: Element) -> Vec<Node> {
    if paragraph.attributes.is_empty() {
        return paragraphs(paragraph.children);
    }
    let mut attributes = paragraph.attributes;
    let with = |node| match node {
        Node::Element(it) if it.name == "p" => {
            let it = Element { attributes: attributes.clone(), ..it };
            // One place has an id.
            attributes.retain(|it| it.0 != "id");
            Node::Element(it)
        }
        node => node,
    };
    paragraphs(paragraph.children).into_iter().map(with).collect()
}

/// The figures of a gallery, one after the other.
pub(super) fn pictures(nodes: Vec<Node>) -> Vec<Node> {
    let mut flat = Vec::new();
    for node in nodes {
        match node {
            Node::Element(item) if item.is(&["li", "ul", "div"]) => flat.extend(pictures(item.children)),
            Node::Element(image) if image.name == "img" => {
                flat.push(Node::Element(Element::new("figure").holding(vec![Node::Element(image)])));
            }
            node if node.is_blank() => {}
            node => flat.push(node),
        }
    }
    paragraphs(flat)
}

/// Whether every item of a list is a picture, as galleries were written once.
pub(super) fn is_gallery(list: &Element) -> bool {
    let items: Vec<_> = list.children.iter().filter(|it| !it.is_blank()).collect();
    let is_picture = |it: &&Node| {
        it.element().is_some_and(|it| {
            it.name == "li"
                && it.children.iter().any(|it| it.element().is_some_and(|it| it.name == "figure"))
                && it.text().len() < 2000
        })
    };
    !items.is_empty() && items.iter().all(is_picture)
}

fn is_block(node: &Node) -> bool {
    node.element().is_some_and(|it| it.is(BLOCKS) || it.is(&["li", "dt", "dd", "summary", "figcaption", "caption"]))
}
