//! What goes with an article and stands nowhere in its text: files, and the page elsewhere that it is about.

use super::links::Context;
use super::tree::{self, Element, Node};
use crate::site::address::{self, Address};
use crate::source::Head;
use jumpline_article::Attachment;

/// Players and links for the end of a text.
pub(super) fn shown(head: &Head, text: &[Node], context: &Context<'_>) -> Vec<Node> {
    let is_new = |url: &str| {
        let mut is_there = false;
        let names = |it: &Element| ["href", "src"].iter().any(|name| it.get(name) == Some(url));
        tree::walk(text, &mut |node| is_there |= node.element().is_some_and(names));
        !is_there
    };
    let about = head.external_url.as_deref().filter(|it| is_new(it)).map(|url| {
        let name = url.split_once("://").map_or(url, |it| it.1).trim_end_matches('/');
        paragraph(url, name)
    });
    let files = head.attachments.iter().filter(|it| is_new(&it.url)).map(|it| file(it, context));
    about.into_iter().chain(files).collect()
}

fn file(attachment: &Attachment, context: &Context<'_>) -> Node {
    let url = attachment.url.as_str();
    let name = url.split(['?', '#']).next().unwrap_or(url).rsplit('/').next().unwrap_or(url);
    let name = attachment.title.as_deref().filter(|it| !it.trim().is_empty()).unwrap_or(name);
    let player = ["audio", "video"].into_iter().find(|it| attachment.mime_type.starts_with(&format!("{it}/")));
    let is_ours = match address::of(url, context.folder, context.publication) {
        Address::Media(_) => true,
        Address::Remote(url) => address::is_media_host(&url, context.publication),
        Address::Path(_) | Address::Other => false,
    };
    match player.filter(|_| is_ours) {
        Some(player) => {
            let caption = Element::new("figcaption").holding(vec![Node::Text(name.to_owned())]);
            let player = Element::new(player).with("src", url);
            Node::Element(Element::new("figure").holding(vec![Node::Element(player), Node::Element(caption)]))
        }
        None => paragraph(url, name),
    }
}

fn paragraph(url: &str, name: &str) -> Node {
    let link = Element::new("a").with("href", url).holding(vec![Node::Text(name.to_owned())]);
    Node::Element(Element::new("p").holding(vec![Node::Element(link)]))
}
