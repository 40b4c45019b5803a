//! A body as the reader wants it: what the old site and its themes need is taken off, addresses lead to the new site.

use super::anchors;
use super::home::Home;
use super::layout::{is_gallery, paragraphs, pictures, split};
use super::media::Media;
use crate::import::remarks::Remarks;
use crate::import::report::Topic;
use crate::render::tree::{Element, Node, replace, walk};
use jumpline_article::allow;
use std::collections::HashSet;

/// Elements of which only what they hold is kept, each part a block of its own.
const UNWRAPPED_BLOCKS: &[&str] = &[
    "div", "section", "article", "aside", "header", "footer", "main", "nav", "hgroup", "center", "fieldset", "form",
    "address", "body",
];

/// Elements that go with everything inside them; a reader cannot use them. Of buttons and labels only the words are left by
/// now.
const CONTROLS: &[&str] = &["select", "textarea", "option", "datalist", "progress", "meter"];

/// What an article is cleaned with.
pub(super) struct Cleaner<'a> {
    /// The site that it comes from.
    pub(super) home: &'a dyn Home,
    pub(super) media: &'a mut Media,
    pub(super) remarks: &'a mut Remarks,
    /// How the report names the article.
    pub(super) name: &'a str,
    /// Whether everybody may see this part.
    pub(super) in_clear: bool,
    /// Ids that a link of the article leads to.
    pub(super) targets: &'a HashSet<String>,
    /// Ids that links of other articles lead to.
    pub(super) linked: &'a HashSet<String>,
}

/// Ids that links of a body lead to.
pub(super) fn targets(nodes: &[Node]) -> HashSet<String> {
    let mut targets = HashSet::new();
    walk(nodes, &mut |node| {
        let href = node.element().and_then(|it| it.get("href")).and_then(|it| it.strip_prefix('#'));
        targets.extend(href.map(ToOwned::to_owned));
    });
    targets
}

impl Cleaner<'_> {
    /// Cleans a body. At the top nothing but blocks is left.
    pub(super) fn clean(&mut self, nodes: Vec<Node>) -> Vec<Node> {
        let nodes = self.prepare(nodes, false);
        paragraphs(replace(nodes, &mut |node| match node {
            Node::Element(element) => self.element(element),
            Node::Comment(_) => Vec::new(),
            text => vec![text],
        }))
    }

    fn element(&mut self, mut element: Element) -> Vec<Node> {
        // As places were named before every element could have an id.
        if element.name == "a"
            && element.get("id").is_none()
            && let Some(name) = element.remove("name")
        {
            element.set("id", name);
        }
        match element.name.as_str() {
            "script" => return self.script(&element),
            "style" | "noscript" | "template" | "link" | "meta" | "title" | "base" | "head" => return Vec::new(),
            "canvas" | "applet" | "noembed" | "noframes" | "frameset" | "xmp" | "plaintext" => {
                self.remarks.detail(
                    Topic::LeftOut,
                    "programs and old markup inside the text",
                    &format!("<{}>", element.name),
                );
                return Vec::new();
            }
            "iframe" | "embed" | "object" => return self.frame(&element),
            "input" if element.get("type").is_none_or(|it| it != "checkbox") => return self.control(),
            name if CONTROLS.contains(&name) => return self.control(),
            "img" => return self.image(element),
            "figure" => return self.figure(element),
            "a" => return self.link(element),
            "video" | "audio" | "source" | "track" => self.player(&mut element),
            "pre" => code(&mut element),
            _ => {}
        }
        let renamed = match element.name.as_str() {
            "b" => "strong",
            "i" => "em",
            "strike" => "s",
            "tt" => "code",
            "acronym" => "abbr",
            "dir" | "menu" => "ul",
            name => name,
        };
        element.name = renamed.to_owned();
        align(&mut element);
        let blocks = element.name != "section" || !element.has_class("footnotes");
        self.attributes(&mut element);
        let spoken = element.get("dir").is_some() || element.get("lang").is_some();
        let id = element.get("id").map(ToOwned::to_owned);
        match element.name.as_str() {
            name if UNWRAPPED_BLOCKS.contains(&name) && blocks && (!spoken || name != "div") => match spoken {
                true => vec![Node::Element(Element {
                    name: "div".to_owned(),
                    children: paragraphs(element.children),
                    ..element
                })],
                false => anchors::keep(id, paragraphs(element.children)),
            },
            "p" => split(element),
            "span" | "bdi" | "bdo" | "col" | "colgroup" if element.attributes.is_empty() => element.children,
            "ul" | "ol" if is_gallery(&element) => anchors::keep(id, pictures(element.children)),
            // What an editor fills only in the browser leaves a list of nothing.
            "ul" | "ol" if element.children.iter().all(Node::is_blank) => anchors::keep(id, Vec::new()),
            "blockquote" => vec![Node::Element(Element { children: paragraphs(element.children), ..element })],
            name if !allow::ELEMENTS.contains(&name) => anchors::keep(id, element.children),
            _ => vec![Node::Element(element)],
        }
    }

    /// The id of an element, where a link leads to it and a body may have it.
    pub(super) fn id(&self, element: &Element) -> Option<String> {
        element.get("id").filter(|it| self.is_wanted(it)).map(ToOwned::to_owned)
    }

    fn is_wanted(&self, id: &str) -> bool {
        allow::id(id) && (self.targets.contains(id) || self.linked.contains(id))
    }

    /// Keeps attributes that mean something here.
    pub(super) fn attributes(&mut self, element: &mut Element) {
        let is_heading = matches!(element.name.as_bytes(), [b'h', b'1'..=b'6']);
        let id = self.id(element);
        let Element { name: element_name, attributes, .. } = element;
        attributes.retain_mut(|(name, value)| match name.as_str() {
            "id" => id.is_some() || is_heading && allow::id(value),
            "class" => {
                let kept =
                    |it: &&str| it.starts_with("language-") || it.starts_with("align-") || it.starts_with("footnote");
                *value = value.split_ascii_whitespace().filter(kept).collect::<Vec<_>>().join(" ");
                !value.is_empty()
            }
            "role" => element_name == "a" && matches!(value.as_str(), "doc-noteref" | "doc-backlink"),
            "style" | "tabindex" | "aria-label" | "aria-describedby" | "loading" | "decoding" | "sizes" | "srcset" => {
                false
            }
            name if allow::URL_ATTRIBUTES.contains(&name) => allow::url(value) && allow::attribute(element_name, name),
            name => allow::attribute(element_name, name),
        });
    }
}

/// `brush: php` and `lang-php` are how plugins name a language.
fn code(pre: &mut Element) {
    let class = pre.get("class").unwrap_or_default().replace([';', ','], " ");
    let words: Vec<&str> = class.split_ascii_whitespace().collect();
    let after = |name: &str| words.iter().position(|it| *it == name).and_then(|at| words.get(at + 1)).copied();
    let prefixed = |prefix: &str| words.iter().find_map(|it| it.strip_prefix(prefix)).filter(|it| !it.is_empty());
    let language =
        after("brush:").or_else(|| prefixed("brush:")).or_else(|| prefixed("lang-")).or_else(|| prefixed("lang:"));
    let Some(language) = language.map(|it| format!("language-{it}")) else { return };
    let inner = pre.children.iter().any(|it| it.element().is_some_and(|it| it.name == "code"));
    if !inner {
        let children = std::mem::take(&mut pre.children);
        pre.children = vec![Node::Element(Element::new("code").with("class", language).holding(children))];
    }
}

/// Cells say how they are aligned by class, as the press does.
fn align(cell: &mut Element) {
    if cell.is(&["td", "th"]) {
        let class = cell.get("class").unwrap_or_default();
        let side = ["left", "center", "right"].iter().find(|it| {
            class.contains(&format!("text-align-{it}"))
                || cell.get("align") == Some(**it)
                || cell.get("data-align") == Some(**it)
        });
        if let Some(side) = side {
            cell.set("class", format!("align-{side}"));
        }
    }
}
