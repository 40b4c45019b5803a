//! The item of an article: what is not its text.

use super::tree::{Element, Node};
use super::{Renderer, words};
use crate::site::address;
use crate::source::Head;
use jumpline_article::{Author, Extension, Item};

/// Characters of a summary that is taken from the text.
const SUMMARY: usize = 220;

impl Renderer<'_> {
    /// Puts it together.
    pub(super) fn item(&self, head: Head, content: String, excerpt: Option<String>, extension: Extension) -> Item {
        let image = extension.image.as_ref().map(|it| self.absolute_image(&it.src));
        let author = |name: String| Author {
            url: Some(address::author(&name, self.publication)),
            name: Some(name),
            avatar: None,
        };
        Item {
            id: head.id,
            url: Some(address::absolute(head.permalink.as_str(), self.publication)),
            external_url: head.external_url,
            title: head.title,
            summary: head.summary.or(head.standfirst).or(excerpt),
            content_html: Some(content),
            image,
            date_published: head.date,
            date_modified: head.updated,
            authors: head.authors.into_iter().map(author).collect(),
            tags: head.tags,
            language: head.language.filter(|it| it != self.publication.language.tag()),
            jumpline: Some(extension),
            ..Item::default()
        }
    }

    fn absolute_image(&self, src: &str) -> String {
        // `src` is percent-encoded already.
        if src.starts_with('/') { address::absolute_encoded(src, self.publication) } else { src.to_owned() }
    }
}

/// What other systems put around paragraphs, and says nothing of them.
const WRAPPERS: &[&str] = &["article", "center", "div", "main", "section"];

fn paragraphs(nodes: &[Node]) -> Vec<&Element> {
    let inside = |it| match it {
        it if Element::is(it, WRAPPERS) => paragraphs(&it.children),
        it if it.name == "p" => vec![it],
        _ => Vec::new(),
    };
    nodes.iter().filter_map(Node::element).flat_map(inside).collect()
}

/// The first paragraphs of the published part, shortened.
pub(super) fn summary_of(nodes: &[Node]) -> Option<String> {
    let mut text = String::new();
    for element in paragraphs(nodes) {
        text.push_str(&element.text());
        text.push(' ');
        if text.len() > SUMMARY * 4 {
            break;
        }
    }
    Some(words::excerpt(&text, SUMMARY)).filter(|it| !it.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::html::parse;

    #[test]
    fn paragraphs_may_stand_in_wrappers() {
        let of = |html| summary_of(&parse(html).expect("is shallow"));
        let wrapped =
            "<div class=\"x\"><div><h2>No</h2><p>One.</p></div><blockquote><p>No</p></blockquote></div><p>Two.</p>";
        assert_eq!(of(wrapped).as_deref(), Some("One. Two."));
        assert_eq!(of("<ul><li><p>No</p></li></ul><div>No</div>"), None);
    }
}
