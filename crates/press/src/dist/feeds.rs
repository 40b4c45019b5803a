//! Feeds of the whole publication and of every section: full text for public articles, the teaser for gated ones.

use super::rss;
use crate::render::Rendered;
use crate::render::html::{self, TooDeep};
use crate::render::srcset;
use crate::render::tree::{self, Element, Node};
use crate::site::{Site, address};
use jumpline::messages::{Key, Messages};
use jumpline::site::direction;
use jumpline_article::feed::JSON_FEED;
use jumpline_article::{Feed, Item, Permalink, Publication};

/// Articles in a feed.
const ITEMS: usize = 50;

/// Every feed, by path.
///
/// # Errors
/// When a body cannot be read back, which no body of this press is.
pub fn feeds(site: &Site, messages: Messages) -> Result<Vec<(String, Vec<u8>)>, TooDeep> {
    let publication = &site.publication;
    let all: Vec<&Rendered> = site.articles.iter().take(ITEMS).collect();
    let mut written = both(publication, messages, "/", &publication.title, &publication.description, &all)?;
    for section in &publication.sections {
        let belongs =
            |it: &&Rendered| it.item.jumpline.as_ref().is_some_and(|it| it.section.as_ref() == Some(&section.slug));
        let members: Vec<&Rendered> = site.articles.iter().filter(belongs).take(ITEMS).collect();
        let path = format!("/section/{}/", section.slug);
        let title = format!("{} · {}", section.title, publication.title);
        written.extend(both(publication, messages, &path, &title, &section.description, &members)?);
    }
    Ok(written)
}

fn both(
    publication: &Publication,
    messages: Messages,
    path: &str,
    title: &str,
    about: &str,
    articles: &[&Rendered],
) -> Result<Vec<(String, Vec<u8>)>, TooDeep> {
    let items = articles.iter().map(|it| item(publication, messages, &it.item)).collect::<Result<Vec<_>, _>>()?;
    let url = |file: &str| address::absolute(&format!("{path}{file}"), publication);
    let mut feed = Feed {
        version: JSON_FEED.to_owned(),
        title: title.to_owned(),
        home_page_url: Some(url("")),
        feed_url: Some(url("feed.json")),
        description: Some(about.to_owned()).filter(|it| !it.is_empty()),
        language: Some(publication.language.tag().to_owned()),
        items,
        ..Feed::default()
    };
    let at = |file: &str| format!("{path}{file}").trim_start_matches('/').to_owned();
    let xml = rss::write(&Feed { feed_url: Some(url("feed.xml")), ..feed.clone() });
    for extension in feed.items.iter_mut().filter_map(|it| it.jumpline.as_mut()) {
        extension.image = None;
    }
    Ok(vec![(at("feed.json"), feed.to_json().into_bytes()), (at("feed.xml"), xml.into_bytes())])
}

/// An item as it stands outside the site: absolute, and without what only the reader needs.
fn item(publication: &Publication, messages: Messages, item: &Item) -> Result<Item, TooDeep> {
    let url = item.url.clone().unwrap_or_default();
    let mut nodes = html::parse(item.content_html.as_deref().unwrap_or_default())?;
    nodes = tree::replace(nodes, &mut |node| vec![boxes(node)]);
    let origin = publication.url.trim_end_matches('/');
    tree::walk_mut(&mut nodes, &mut |element| outside(element, origin, &url));
    if item.is_gated() {
        let more = Node::Text(messages.text(Key::ContinueReading).to_owned());
        let link = Element::new("a").with("href", &url).holding(vec![more]);
        nodes.push(Node::Element(Element::new("p").holding(vec![Node::Element(link)])));
    }
    // In RSS only the feed has a language.
    if let Some(language) = &item.language {
        let tongue = Element::new("div").with("dir", direction(language)).with("lang", language);
        nodes = vec![Node::Element(tongue.holding(nodes))];
    }
    Ok(Item {
        id: lasting_id(&item.id, publication),
        attachments: item.attachments.clone(),
        content_html: Some(html::write(&nodes)?),
        ..item.to_card()
    })
}

/// The id by which programs that follow a feed know an article again: one that is a path names it in its publication only. It is
/// that of the id and not of the article's page, whose path may have changed since.
fn lasting_id(id: &str, publication: &Publication) -> String {
    if !id.starts_with('/') {
        return id.to_owned();
    }
    let path = Permalink::new(id);
    address::absolute(path.as_ref().map_or(id, Permalink::as_str), publication)
}

/// The box of a task as a sign: elsewhere it could be ticked, or would be taken out as part of a form.
fn boxes(node: Node) -> Node {
    match node {
        Node::Element(input) if input.name == "input" => {
            let sign = if input.get("checked").is_some() { "☑" } else { "☐" };
            let label = input.get("aria-label").unwrap_or_default();
            let span = Element::new("span").with("aria-label", label).with("role", "img");
            Node::Element(span.holding(vec![Node::Text(sign.to_owned())]))
        }
        other => other,
    }
}

fn outside(element: &mut Element, origin: &str, url: &str) {
    for name in ["href", "src", "poster"] {
        let absolute = match element.get(name) {
            Some(path) if path.starts_with('/') && !path.starts_with("//") => {
                format!("{origin}{}", address::ascii(path))
            }
            Some(fragment) if fragment.starts_with('#') => format!("{url}{fragment}"),
            _ => continue,
        };
        element.set(name, absolute);
    }
    if let Some(set) = element.get("srcset") {
        let mut candidates = srcset::parse(set);
        for it in candidates.iter_mut().filter(|it| it.url.starts_with('/')) {
            it.url = format!("{origin}{}", address::ascii(&it.url));
        }
        element.set("srcset", srcset::write(&candidates));
    }
    for name in ["tabindex", "loading", "decoding"] {
        element.remove(name);
    }
}
