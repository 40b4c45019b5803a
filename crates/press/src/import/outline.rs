//! Whether two bodies are the same to a reader: the same words, and the same things in the same order.

use crate::render::tree::{Element, Node};

/// Elements that make no difference to a reader, or that a renderer adds by itself.
const SILENT: &[&str] = &["p", "thead", "tbody", "span", "br"];

/// Elements that begin a new line.
const BLOCKS: &[&str] = &[
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "blockquote",
    "pre",
    "hr",
    "table",
    "caption",
    "tr",
    "td",
    "th",
    "figure",
    "figcaption",
    "div",
    "section",
    "details",
    "summary",
    "dl",
    "dt",
    "dd",
];

/// Attributes that a renderer adds by itself.
const ADDED: &[&str] = &["scope", "role", "tabindex", "aria-label", "aria-describedby", "disabled"];

/// Compares two bodies.
pub(super) fn same(one: &[Node], other: &[Node]) -> bool {
    let outline = |nodes: &[Node]| {
        let mut outline = Outline::default();
        outline.nodes(nodes, false);
        outline
    };
    let (one, other) = (outline(one), outline(other));
    one.text() == other.text() && one.things == other.things
}

#[derive(Default)]
struct Outline {
    text: String,
    things: Vec<String>,
}

impl Outline {
    fn nodes(&mut self, nodes: &[Node], verbatim: bool) {
        for node in nodes {
            match node {
                Node::Text(text) if verbatim => {
                    self.text.push_str(&text.replace(' ', "\u{2420}").replace('\n', "\u{2424}"))
                }
                Node::Text(text) => self.text.extend(text.chars().map(|it| if it.is_whitespace() { ' ' } else { it })),
                Node::Comment(_) => {}
                Node::Element(element) => self.element(element, verbatim),
            }
        }
    }

    fn element(&mut self, element: &Element, verbatim: bool) {
        if !SILENT.contains(&element.name.as_str()) || !element.attributes.is_empty() {
            self.things.push(describe(element));
        }
        let block = BLOCKS.contains(&element.name.as_str());
        if block {
            self.text.push('\n');
        }
        if element.name == "br" {
            self.text.push_str(" \u{240d} ");
        }
        let verbatim = verbatim || element.name == "pre";
        if element.name == "pre" {
            // The last line break of a block of code is nobody's.
            let mut inner = Self::default();
            inner.nodes(&element.children, true);
            self.text.push_str(inner.text.trim_end_matches('\u{2424}'));
            self.things.append(&mut inner.things);
        } else {
            self.nodes(&element.children, verbatim);
        }
        if block {
            self.text.push('\n');
        }
    }

    fn text(&self) -> String {
        let lines = self.text.lines().map(|it| it.split_whitespace().collect::<Vec<_>>().join(" "));
        lines.filter(|it| !it.is_empty()).collect::<Vec<_>>().join("\n")
    }
}

/// What an element is, in a word, with the attributes that mean something and the text that it holds.
fn describe(element: &Element) -> String {
    let attributes = element.attributes.iter().filter(|it| !ADDED.contains(&it.0.as_str()));
    let attributes: Vec<String> = attributes.map(|(name, value)| format!("{name}={value}")).collect();
    let text = match element.name.as_str() {
        "a" | "em" | "strong" | "code" | "li" | "td" | "th" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "s" | "del" => {
            element.text().split_whitespace().collect::<Vec<_>>().join(" ")
        }
        _ => String::new(),
    };
    let name = if element.name == "s" { "del" } else { &element.name };
    format!("{name}[{}]{text}", attributes.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::html::parse;

    #[test]
    fn a_difference_is_a_difference() {
        let same = |one: &str, other: &str| same(&parse(one).expect("is shallow"), &parse(other).expect("is shallow"));
        for (one, other) in [
            ("<p>a\nb</p>", "<p>a b</p>"),
            ("<ul><li>a</li></ul>", "<ul>\n<li><p>a</p>\n</li></ul>"),
            ("<pre><code>a\n</code></pre>", "<pre><code>a</code></pre>"),
            ("<table><tr><th>a</th></tr></table>", "<table><thead><tr><th scope=col>a</th></tr></thead></table>"),
            ("<p>a <em>b</em></p>", "<p>a <em>b</em></p>\n"),
        ] {
            assert!(same(one, other), "{one} {other}");
        }
        for (one, other) in [
            ("<p>a</p><p>b</p>", "<p>a b</p>"),
            ("<p>a<br>b</p>", "<p>a b</p>"),
            ("<p>a<em>b</em></p>", "<p>a <em>b</em></p>"),
            ("<p><em>ab</em></p>", "<p>ab</p>"),
            ("<p><em>a</em>b</p>", "<p><em>ab</em></p>"),
            ("<p><a href=x>a</a></p>", "<p><a href=y>a</a></p>"),
            ("<p><img src=x alt=1></p>", "<p><img src=x alt=2></p>"),
            ("<pre>a  b</pre>", "<pre>a b</pre>"),
            ("<pre>a\nb</pre>", "<pre>a b</pre>"),
            ("<ul><li>a</li><li>b</li></ul>", "<ul><li>a</li></ul><ul><li>b</li></ul>"),
            ("<ol start=2><li>a</li></ol>", "<ol><li>a</li></ol>"),
            ("<p dir=rtl>a</p>", "<p>a</p>"),
            ("<h2>a</h2>", "<h3>a</h3>"),
            ("<ul><li>a<ul><li>b</li></ul></li></ul>", "<ul><li>a</li><li>b</li></ul>"),
        ] {
            assert!(!same(one, other), "{one} {other}");
        }
    }
}
