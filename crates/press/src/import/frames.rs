//! Figures of a body, and what other sites, scripts and forms had put into it.

use super::anchors;
use super::clean::Cleaner;
use super::embeds;
use super::home::{Place, media_path};
use super::layout::{paragraphs, pictures};
use crate::import::report::Topic;
use crate::render::tree::{Element, Node};

impl Cleaner<'_> {
    pub(super) fn script(&mut self, element: &Element) -> Vec<Node> {
        let gist = element.get("src").filter(|it| it.contains("gist.github.com")).map(|it| it.trim_end_matches(".js"));
        if let Some(url) = gist.and_then(embeds::watch) {
            self.remarks.detail(Topic::Changed, "embeds became links", url.as_str());
            return vec![embeds::link(&url, None, Vec::new())];
        }
        self.remarks.remark(Topic::LeftOut, "scripts inside the text");
        Vec::new()
    }

    pub(super) fn control(&mut self) -> Vec<Node> {
        self.remarks.remark(Topic::LeftOut, "fields and buttons of forms inside the text");
        Vec::new()
    }

    pub(super) fn frame(&mut self, element: &Element) -> Vec<Node> {
        let address = element.get("src").or(element.get("data")).or(element.get("data-src")).unwrap_or_default();
        let mut address = address.to_owned();
        // A file of our own, such as a PDF, or a page.
        match self.home.place(&address, self.media) {
            Place::Upload(file) => {
                self.media.want(&file, self.name, self.in_clear);
                let path = media_path(&file);
                self.remarks.detail(Topic::Changed, "embeds became links", &path);
                let name = file.rsplit('/').next().unwrap_or_default();
                return vec![embeds::own(path, element.get("title").unwrap_or(name))];
            }
            Place::Path(path) if !address.is_empty() => {
                self.remarks.detail(Topic::Changed, "embeds became links", &path);
                let name = element.get("title").unwrap_or(&address).to_owned();
                return vec![embeds::own(path, &name)];
            }
            Place::Lost(url) if !address.is_empty() => {
                let text = "shows a file of the old site that did not come in; it became a link to it";
                self.remarks.detail(Topic::Check, text, &url);
                address = url;
            }
            _ => {}
        }
        let Some(url) = embeds::watch(&address) else {
            self.remarks.remark(Topic::LeftOut, "frames without an address");
            return Vec::new();
        };
        self.remarks.detail(Topic::Changed, "embeds became links", url.as_str());
        vec![embeds::link(&url, element.get("title"), Vec::new())]
    }

    /// Of most figures only what they hold is kept.
    pub(super) fn figure(&mut self, figure: Element) -> Vec<Node> {
        let id = self.id(&figure);
        anchors::keep(id, self.shown(figure))
    }

    fn shown(&mut self, mut figure: Element) -> Vec<Node> {
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
        if let Place::Path(path) = self.home.place(url.as_str(), self.media) {
            return vec![embeds::own(path, url.as_str())];
        }
        self.remarks.detail(Topic::Changed, "embeds became links", url.as_str());
        vec![embeds::link(&url, None, caption)]
    }
}
