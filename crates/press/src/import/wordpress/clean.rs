//! A body as the reader wants it: what WordPress and its themes need is taken off, addresses lead to the new site.

use super::embeds;
use super::export::Export;
use super::media::Uploads;
use super::places::{self, Place, media_path};
use crate::import::remarks::Remarks;
use crate::import::report::Topic;
use crate::render::tree::{Element, Node, replace, walk};
use jumpline_article::allow;
use std::collections::HashSet;

/// Elements that stand beside paragraphs, not in them.
pub(super) const BLOCKS: &[&str] = &[
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

/// Elements of which only what they hold is kept, each part a block of its own.
const UNWRAPPED_BLOCKS: &[&str] = &[
    "div", "section", "article", "aside", "header", "footer", "main", "nav", "hgroup", "center", "fieldset", "form",
    "address", "body",
];

/// Elements that go with everything inside them; a reader cannot use them.
const CONTROLS: &[&str] = &["button", "select", "textarea", "option", "datalist", "label", "progress", "meter"];

/// What an article is cleaned with.
pub(super) struct Cleaner<'a> {
    pub(super) export: &'a Export,
    pub(super) uploads: &'a mut Uploads,
    pub(super) remarks: &'a mut Remarks,
    /// How the report names the article.
    pub(super) name: &'a str,
    /// Whether everybody may see this part.
    pub(super) in_clear: bool,
    /// Ids that a link of the article leads to.
    pub(super) targets: &'a HashSet<String>,
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
        paragraphs(replace(nodes, &mut |node| match node {
            Node::Element(element) => self.element(element),
            Node::Comment(_) => Vec::new(),
            text => vec![text],
        }))
    }

    fn element(&mut self, mut element: Element) -> Vec<Node> {
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
            "video" | "audio" | "source" => self.player(&mut element),
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
        match element.name.as_str() {
            name if UNWRAPPED_BLOCKS.contains(&name) && blocks && (!spoken || name != "div") => match spoken {
                true => vec![Node::Element(Element {
                    name: "div".to_owned(),
                    children: paragraphs(element.children),
                    ..element
                })],
                false => paragraphs(element.children),
            },
            "p" => split(element),
            "span" | "bdi" | "bdo" if element.attributes.is_empty() => element.children,
            "span" | "col" | "colgroup" if element.attributes.is_empty() => element.children,
            "ul" | "ol" if is_gallery(&element) => pictures(element.children),
            "blockquote" => vec![Node::Element(Element { children: paragraphs(element.children), ..element })],
            name if !allow::ELEMENTS.contains(&name) => element.children,
            _ => vec![Node::Element(element)],
        }
    }

    /// Keeps attributes that mean something here.
    fn attributes(&mut self, element: &mut Element) {
        let is_heading = matches!(element.name.as_bytes(), [b'h', b'1'..=b'6']);
        let Element { name: element_name, attributes, .. } = element;
        attributes.retain_mut(|(name, value)| match name.as_str() {
            "id" => allow::id(value) && (is_heading || self.targets.contains(value)),
            "class" => {
                let kept = |it: &&str| it.starts_with("language-") || it.starts_with("align-") || *it == "footnotes";
                *value = value.split_ascii_whitespace().filter(kept).collect::<Vec<_>>().join(" ");
                !value.is_empty()
            }
            "style" | "role" | "tabindex" | "aria-label" | "aria-describedby" | "loading" | "decoding" | "sizes"
            | "srcset" => false,
            name if allow::URL_ATTRIBUTES.contains(&name) => allow::url(value) && allow::attribute(element_name, name),
            name => allow::attribute(element_name, name),
        });
    }

    fn script(&mut self, element: &Element) -> Vec<Node> {
        let gist = element.get("src").filter(|it| it.contains("gist.github.com")).map(|it| it.trim_end_matches(".js"));
        if let Some(url) = gist.and_then(embeds::watch) {
            self.remarks.detail(Topic::Changed, "embeds became links", url.as_str());
            return vec![embeds::link(&url, None, Vec::new())];
        }
        self.remarks.remark(Topic::LeftOut, "scripts inside the text");
        Vec::new()
    }

    fn control(&mut self) -> Vec<Node> {
        self.remarks.remark(Topic::LeftOut, "fields and buttons of forms inside the text");
        Vec::new()
    }

    fn frame(&mut self, element: &Element) -> Vec<Node> {
        let address = element.get("src").or(element.get("data")).or(element.get("data-src")).unwrap_or_default();
        let Some(url) = embeds::watch(address) else {
            self.remarks.remark(Topic::LeftOut, "frames without an address");
            return Vec::new();
        };
        self.remarks.detail(Topic::Changed, "embeds became links", url.as_str());
        vec![embeds::link(&url, element.get("title"), Vec::new())]
    }

    fn figure(&mut self, mut figure: Element) -> Vec<Node> {
        let (caption, mut inside): (Vec<Node>, Vec<Node>) = std::mem::take(&mut figure.children)
            .into_iter()
            .partition(|it| it.element().is_some_and(|it| it.name == "figcaption"));
        let words = caption.iter().filter_map(Node::element).flat_map(|it| it.children.clone()).collect::<Vec<_>>();
        if figure.get("class").is_some_and(|it| it.contains("wp-block-embed")) {
            return self.embed(inside, words);
        }
        let is = |it: &Node, names: &[&str]| it.element().is_some_and(|it| it.is(names));
        if inside.iter().any(|it| is(it, &["figure"])) {
            let mut nodes = pictures(inside);
            if !words.iter().all(Node::is_blank) {
                nodes.push(Node::Element(Element::new("p").holding(words)));
            }
            return nodes;
        }
        if let Some(at) = inside.iter().position(|it| is(it, &["table"])) {
            if let Node::Element(table) = &mut inside[at]
                && !words.iter().all(Node::is_blank)
                && !table.children.iter().any(|it| is(it, &["caption"]))
            {
                table.children.insert(0, Node::Element(Element::new("caption").holding(words)));
            }
            return inside;
        }
        if inside.iter().any(|it| is(it, &["blockquote", "pre", "p", "ul", "ol"])) && words.iter().all(Node::is_blank) {
            return paragraphs(inside);
        }
        if inside.iter().all(Node::is_blank) {
            return paragraphs(words);
        }
        self.attributes(&mut figure);
        figure.children = inside.into_iter().filter(|it| !it.is_blank()).collect();
        figure
            .children
            .extend(caption.into_iter().filter(|it| it.element().is_some_and(|it| !it.text().trim().is_empty())));
        vec![Node::Element(figure)]
    }

    /// A block that WordPress would have filled with another site's player.
    fn embed(&mut self, inside: Vec<Node>, caption: Vec<Node>) -> Vec<Node> {
        let text = crate::render::tree::text(&inside);
        let address = text.split_whitespace().find(|it| it.starts_with("http://") || it.starts_with("https://"));
        let Some(url) = address.and_then(embeds::watch) else {
            let mut nodes = paragraphs(inside);
            nodes.extend(paragraphs(caption));
            return nodes;
        };
        // An address of our own was a card of our own.
        if let Place::Path(path) = places::find(url.as_str(), self.export, self.uploads) {
            let link = Element::new("a").with("href", path).holding(vec![Node::Text(url.to_string())]);
            return vec![Node::Element(Element::new("p").holding(vec![Node::Element(link)]))];
        }
        self.remarks.detail(Topic::Changed, "embeds became links", url.as_str());
        vec![embeds::link(&url, None, caption)]
    }

    fn image(&mut self, mut image: Element) -> Vec<Node> {
        if image.has_class("emoji") || image.has_class("wp-smiley") {
            return vec![Node::Text(image.get("alt").unwrap_or_default().to_owned())];
        }
        // Plugins that load pictures late keep the address elsewhere.
        let late = ["data-src", "data-lazy-src", "data-original", "data-orig-file"];
        let shown = image.get("src").filter(|it| !it.is_empty() && !it.starts_with("data:"));
        let Some(src) = shown.or_else(|| late.iter().find_map(|it| image.get(it))).map(ToOwned::to_owned) else {
            self.remarks.remark(Topic::LeftOut, "pictures that are written into the text itself (`data:`)");
            return Vec::new();
        };
        let dot = |it: Option<&str>| it.is_some_and(|it| matches!(it, "0" | "1"));
        let number =
            image.get("class").and_then(|it| it.split_ascii_whitespace().find_map(|it| it.strip_prefix("wp-image-")));
        let attachment = number.and_then(|it| self.export.attachments.get(it));
        if image.get("alt").is_none_or(|it| it.trim().is_empty()) {
            let alt = attachment.map_or(String::new(), |it| it.alt.clone());
            image.set("alt", alt);
        }
        match places::find(&src, self.export, self.uploads) {
            Place::Upload(file) => {
                self.uploads.want(&file, self.name, self.in_clear);
                image.set("src", media_path(&file));
                // They were those of a shrunken copy; the press measures the original.
                image.remove("width");
                image.remove("height");
            }
            Place::Refused | Place::Other(_) => {
                self.remarks.detail(Topic::LeftOut, "pictures without a usable address", &shorten(&src));
                return Vec::new();
            }
            Place::Remote(_) if dot(image.get("width")) && dot(image.get("height")) => {
                self.remarks.detail(Topic::LeftOut, "invisible pictures that count readers", &shorten(&src));
                return Vec::new();
            }
            Place::Remote(url) | Place::Lost(url) | Place::Path(url) => {
                let text = "shows pictures from another host; copy them into media/, or name the host in `media_hosts`";
                self.remarks.detail(Topic::Check, text, &shorten(&url));
                image.set("src", url);
                for name in ["width", "height"] {
                    if image.get(name).is_some_and(|it| it.parse::<u32>().is_err()) {
                        image.remove(name);
                    }
                }
            }
        }
        self.attributes(&mut image);
        vec![Node::Element(image)]
    }

    fn link(&mut self, mut link: Element) -> Vec<Node> {
        let place = link.get("href").map(|it| places::find(it, self.export, self.uploads));
        let mut own_picture = false;
        match place {
            Some(Place::Upload(file)) => {
                let path = media_path(&file);
                let shown = link.children.iter().filter(|it| !it.is_blank()).collect::<Vec<_>>();
                own_picture = matches!(shown.as_slice(), [Node::Element(it)] if it.name == "img" && it.get("src") == Some(path.as_str()));
                self.uploads.want(&file, self.name, self.in_clear);
                link.set("href", path);
            }
            Some(Place::Path(path) | Place::Remote(path) | Place::Other(path)) => link.set("href", path),
            Some(Place::Lost(url)) => {
                self.remarks.detail(
                    Topic::Check,
                    "links to a page of the old site that did not come in",
                    &shorten(&url),
                );
                link.set("href", url);
            }
            Some(Place::Refused) => {
                let href = link.remove("href").unwrap_or_default();
                self.remarks.detail(Topic::LeftOut, "links that would run code or lead nowhere", &shorten(&href));
            }
            None => {}
        }
        self.attributes(&mut link);
        // A picture that opens itself, larger: it is shown in full already.
        if own_picture || link.attributes.is_empty() { link.children } else { vec![Node::Element(link)] }
    }

    fn player(&mut self, player: &mut Element) {
        for name in ["src", "poster"] {
            let Some(address) = player.get(name).map(ToOwned::to_owned) else { continue };
            match places::find(&address, self.export, self.uploads) {
                Place::Upload(file) => {
                    self.uploads.want(&file, self.name, self.in_clear);
                    player.set(name, media_path(&file));
                }
                Place::Refused => drop(player.remove(name)),
                _ => {
                    let text =
                        "plays film or sound from another host; copy it into media/, or name the host in `media_hosts`";
                    self.remarks.detail(Topic::Check, text, &shorten(&address));
                }
            }
        }
        if player.name != "source" {
            player.set("controls", "");
        }
    }
}

/// An address as a report prints it.
fn shorten(address: &str) -> String {
    let short: String = address.chars().filter(|it| !it.is_control()).take(120).collect();
    if short.len() < address.len() { format!("{short}…") } else { short }
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

fn is_gallery(list: &Element) -> bool {
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

/// The figures of a gallery, one after the other.
fn pictures(nodes: Vec<Node>) -> Vec<Node> {
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

fn is_block(node: &Node) -> bool {
    node.element().is_some_and(|it| it.is(BLOCKS) || it.is(&["li", "dt", "dd", "summary", "figcaption", "caption"]))
}

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
fn split(paragraph: Element) -> Vec<Node> {
    if paragraph.attributes.is_empty() {
        return paragraphs(paragraph.children);
    }
    let with = |node| match node {
        Node::Element(it) if it.name == "p" => {
            Node::Element(Element { attributes: paragraph.attributes.clone(), ..it })
        }
        node => node,
    };
    paragraphs(paragraph.children).into_iter().map(with).collect()
}
