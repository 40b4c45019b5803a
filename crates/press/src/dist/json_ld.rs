//! Structured data for search engines (schema.org), as JSON that cannot end its script.

use super::cards::Cards;
use crate::render::{html, tree};
use crate::site::address::absolute;
use jumpline::messages::{Key, Messages};
use jumpline_article::{Comment, Item, ListingKind, Page, Publication};
use serde_json::{Value, json};

/// Comments that search engines are told of; the page has all of them.
const COMMENTS: usize = 50;

/// What a page is, and where it stands; `None` where there is nothing to find.
pub(super) fn of(
    publication: &Publication,
    messages: Messages,
    cards: &Cards,
    page: &Page,
    comments: &[Comment],
) -> Option<String> {
    let graph = match page {
        Page::Article(item) => {
            vec![article(publication, cards, item, comments), breadcrumb(crumbs(publication, messages, item))]
        }
        Page::Listing(feed) => {
            let listing = feed.listing.as_ref()?;
            if listing.kind == ListingKind::Home {
                vec![website(publication)]
            } else {
                let name = match listing.kind {
                    ListingKind::Archive => messages.text(Key::ArchiveTitle).to_owned(),
                    _ => listing.name.clone(),
                };
                let here = (name, absolute(&listing.path, publication));
                vec![breadcrumb(vec![home(publication, messages), here])]
            }
        }
        Page::Subscribe | Page::Account | Page::Library | Page::NotFound | Page::Unfilled => return None,
    };
    let document = json!({ "@context": "https://schema.org", "@graph": graph });
    Some(document.to_string().replace('<', "\\u003c"))
}

fn article(publication: &Publication, cards: &Cards, item: &Item, comments: &[Comment]) -> Value {
    let extension = item.jumpline.as_ref();
    let is_article = extension.is_some_and(|it| it.kind.is_article());
    let mut value = json!({
        "@type": if is_article { "NewsArticle" } else { "WebPage" },
        "@id": item.url,
        "url": item.url,
        "mainEntityOfPage": item.url,
        "inLanguage": item.language.as_deref().unwrap_or(publication.language.tag()),
        "publisher": publisher(publication),
    });
    let mut set = |key: &str, found: Option<Value>| {
        if let (Some(found), Some(object)) = (found, value.as_object_mut()) {
            object.insert(key.to_owned(), found);
        }
    };
    set(if is_article { "headline" } else { "name" }, item.title.as_deref().map(Value::from));
    set("description", item.summary.as_deref().map(Value::from));
    set("datePublished", item.date_published.as_ref().map(|it| it.as_str().into()));
    set("dateModified", item.date_modified.as_ref().or(item.date_published.as_ref()).map(|it| it.as_str().into()));
    set("image", cards.of(item).filter(|it| it.is_own).map(|it| json!([it.url])));
    let authors: Vec<Value> = item.authors.iter().map(|it| author(publication, it)).collect();
    set("author", (!authors.is_empty()).then(|| authors.into()));
    if is_article {
        let section = extension.and_then(|it| it.section.as_ref()).and_then(|it| publication.section(it));
        set("articleSection", section.map(|it| it.title.as_str().into()));
        set("keywords", (!item.tags.is_empty()).then(|| item.tags.clone().into()));
        set("wordCount", extension.map(|it| it.words.into()));
        set("isAccessibleForFree", Some((!item.is_gated()).into()));
        set("commentCount", extension.map(|it| it.comments.count.into()));
        let written = comments.iter().filter(|it| it.status.is_published()).take(COMMENTS);
        let written: Vec<Value> = written.map(|it| comment(item, it, publication)).collect();
        set("comment", (!written.is_empty()).then(|| written.into()));
    }
    if item.is_gated() {
        // Google, "Subscription and paywalled content": only class selectors are read.
        let part = json!({ "@type": "WebPageElement", "isAccessibleForFree": false, "cssSelector": ".paywall" });
        set("hasPart", Some(part));
    }
    value
}

fn comment(item: &Item, comment: &Comment, publication: &Publication) -> Value {
    let nodes = html::parse(&comment.content_html).unwrap_or_default();
    let url = format!("{}#{}", item.url.as_deref().unwrap_or_default(), comment.id.anchor());
    let somebody = || Messages::host(publication.language).text(Key::CommentSomebody);
    let name = if comment.author.is_empty() { somebody() } else { &comment.author };
    json!({
        "@type": "Comment",
        "url": url,
        "author": { "@type": "Person", "name": name },
        "dateCreated": comment.date.as_str(),
        "text": tree::text(&nodes).trim(),
        "upvoteCount": comment.likes,
    })
}

fn author(publication: &Publication, author: &jumpline_article::Author) -> Value {
    let name = author.name.as_deref().unwrap_or_default();
    let said = publication.authors.iter().find(|it| it.name == name).and_then(|it| it.desk);
    // Nobody is called "The …": that is a desk, and so is the publication itself.
    let is_desk = said.unwrap_or_else(|| name.starts_with("The ") || name == publication.title);
    json!({ "@type": if is_desk { "Organization" } else { "Person" }, "name": name, "url": author.url })
}

fn publisher(publication: &Publication) -> Value {
    json!({ "@type": "NewsMediaOrganization", "name": publication.title, "url": absolute("/", publication) })
}

fn website(publication: &Publication) -> Value {
    json!({
        "@type": "WebSite",
        "name": publication.title,
        "description": publication.description,
        "url": absolute("/", publication),
        "inLanguage": publication.language.tag(),
        "publisher": publisher(publication),
    })
}

/// Names and absolute URLs, from the front page down.
type Crumbs = Vec<(String, String)>;

fn home(publication: &Publication, messages: Messages) -> (String, String) {
    (messages.text(Key::Home).to_owned(), absolute("/", publication))
}

/// Home › Section › Title.
fn crumbs(publication: &Publication, messages: Messages, item: &Item) -> Crumbs {
    let section = item.jumpline.as_ref().and_then(|it| it.section.as_ref()).and_then(|it| publication.section(it));
    let section = section.map(|it| (it.title.clone(), absolute(&format!("/section/{}/", it.slug), publication)));
    let here = (item.title.clone().unwrap_or_else(|| item.id.clone()), item.url.clone().unwrap_or_default());
    [home(publication, messages)].into_iter().chain(section).chain([here]).collect()
}

fn breadcrumb(crumbs: Crumbs) -> Value {
    let steps: Vec<Value> = crumbs
        .into_iter()
        .enumerate()
        .map(|(at, (name, url))| json!({ "@type": "ListItem", "position": at + 1, "name": name, "item": url }))
        .collect();
    json!({ "@type": "BreadcrumbList", "itemListElement": steps })
}
