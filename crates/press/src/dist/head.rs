//! The lines of a page's head that are its own: title, description, address, cards for social networks, feeds.

use super::cards::{Card, Cards};
use super::json_ld;
use crate::render::html::{escape_attribute, escape_text};
use crate::site::address::{self, absolute};
use jumpline::messages::Messages;
use jumpline::site::invitation;
use jumpline_article::{Comment, Feed, Item, ListingKind, Page, Publication};

/// The head of a page, every value escaped; `comments` are those of an article.
pub(super) fn head(
    publication: &Publication,
    messages: Messages,
    cards: &Cards,
    page: &Page,
    comments: &[Comment],
    title: &str,
) -> String {
    let mut lines = Lines::default();
    lines.push(format!("<title>{}</title>", escape_text(title)));
    match page {
        Page::Article(item) => article(&mut lines, publication, cards, item, title),
        Page::Listing(feed) => listing(&mut lines, publication, cards, feed, title),
        Page::Subscribe => {
            let about = publication.subscribe.invitation.as_str();
            let about = if about.is_empty() { messages.text(invitation(publication)) } else { about };
            website(&mut lines, publication, cards, title, about, &absolute("/subscribe/", publication));
        }
        Page::Account | Page::Library | Page::NotFound | Page::Unfilled => lines.meta("name", "robots", "noindex"),
    }
    feeds(&mut lines, publication, page);
    if let Some(json) = json_ld::of(publication, messages, cards, page, comments) {
        lines.push(format!("<script type=\"application/ld+json\">{json}</script>"));
    }
    lines.0
}

fn article(lines: &mut Lines, publication: &Publication, cards: &Cards, item: &Item, title: &str) {
    let title = item.title.as_deref().unwrap_or(title);
    let url = item.url.as_deref().unwrap_or_default();
    let extension = item.jumpline.as_ref();
    about(lines, item.summary.as_deref().unwrap_or_default());
    lines.link("canonical", url, "");
    let names: Vec<&str> = item.authors.iter().filter_map(|it| it.name.as_deref()).collect();
    if !names.is_empty() {
        lines.meta("name", "author", &names.join(", "));
    }
    let kind = if extension.is_some_and(|it| it.kind.is_article()) { "article" } else { "website" };
    open_graph(lines, publication, kind, title, item.summary.as_deref().unwrap_or_default(), url);
    let card = cards.of(item);
    for (name, date) in [("published", &item.date_published), ("modified", &item.date_modified)] {
        if let (Some(date), "article") = (date, kind) {
            lines.meta("property", &format!("article:{name}_time"), date.as_str());
        }
    }
    if let Some(section) = extension.and_then(|it| it.section.as_ref()).and_then(|it| publication.section(it)) {
        lines.meta("property", "article:section", &section.title);
    }
    for tag in &item.tags {
        lines.meta("property", "article:tag", tag);
    }
    picture(lines, card.as_ref());
}

/// Without `rel=next`: Firefox would fetch it at once, from the publication's own origin, which the policy forbids elsewhere.
fn listing(lines: &mut Lines, publication: &Publication, cards: &Cards, feed: &Feed, title: &str) {
    if feed.listing.is_none() {
        return;
    }
    let text = feed.description.as_deref().unwrap_or(&publication.description);
    website(lines, publication, cards, title, text, feed.home_page_url.as_deref().unwrap_or_default());
}

fn website(lines: &mut Lines, publication: &Publication, cards: &Cards, title: &str, text: &str, url: &str) {
    about(lines, text);
    lines.link("canonical", url, "");
    open_graph(lines, publication, "website", title, text, url);
    picture(lines, cards.publication());
}

/// The picture of a card. Twitter takes that of Open Graph; a small one is cut into a square, which a logo bears.
fn picture(lines: &mut Lines, card: Option<&Card>) {
    if let Some(card) = card {
        lines.meta("property", "og:image", &card.url);
        if let Some(kind) = &card.kind {
            lines.meta("property", "og:image:type", kind);
        }
        if let Some((width, height)) = card.size {
            lines.meta("property", "og:image:width", &width.to_string());
            lines.meta("property", "og:image:height", &height.to_string());
        }
        if !card.alt.is_empty() {
            lines.meta("property", "og:image:alt", &card.alt);
        }
    }
    let is_large = card.is_some_and(|it| it.is_own);
    lines.meta("name", "twitter:card", if is_large { "summary_large_image" } else { "summary" });
}

fn about(lines: &mut Lines, text: &str) {
    if !text.is_empty() {
        lines.meta("name", "description", text);
    }
}

fn open_graph(lines: &mut Lines, publication: &Publication, kind: &str, title: &str, text: &str, url: &str) {
    for (name, value) in
        [("type", kind), ("site_name", &publication.title), ("title", title), ("description", text), ("url", url)]
    {
        if !value.is_empty() {
            lines.meta("property", &format!("og:{name}"), value);
        }
    }
}

/// The site's feeds on every page, a section's own before them.
fn feeds(lines: &mut Lines, publication: &Publication, page: &Page) {
    let section = match page {
        Page::Listing(feed) => feed.listing.as_ref().filter(|it| it.kind == ListingKind::Section),
        _ => None,
    };
    let own = section.map(|it| (it.path.as_str(), format!("{} · {}", it.name, publication.title)));
    for (path, title) in own.into_iter().chain([("/", publication.title.clone())]) {
        for (kind, file) in [("application/rss+xml", "feed.xml"), ("application/feed+json", "feed.json")] {
            let more = format!(" type=\"{kind}\" title=\"{}\"", escape_attribute(&title));
            lines.link(
                "alternate",
                &address::ascii(&publication.base.join(&address::encode(&format!("{path}{file}")))),
                &more,
            );
        }
    }
}

#[derive(Default)]
struct Lines(String);

impl Lines {
    fn push(&mut self, line: String) {
        if !self.0.is_empty() {
            self.0.push_str("\n    ");
        }
        self.0.push_str(&line);
    }

    fn meta(&mut self, key: &str, name: &str, content: &str) {
        let content = content.split_whitespace().collect::<Vec<_>>().join(" ");
        self.push(format!("<meta {key}=\"{name}\" content=\"{}\">", escape_attribute(&content)));
    }

    fn link(&mut self, rel: &str, href: &str, more: &str) {
        self.push(format!("<link rel=\"{rel}\"{more} href=\"{}\">", escape_attribute(href)));
    }
}
