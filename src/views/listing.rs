//! A section, a tag or an author: everything in it, newest first.

use crate::components::breadcrumb::Breadcrumb;
use crate::components::card::{Card, CardKind};
use crate::components::pager::Pager;
use crate::fixed::{Fix, Fixed, words};
use crate::messages::Key;
use crate::paths::Route;
use crate::site::Site;
use jumpline_article::{Feed, Listing, ListingKind};
use leptos::prelude::*;

/// One page of a section, a tag or an author.
#[component]
pub fn Listing(
    /// The page's listing.
    feed: Feed,
) -> impl IntoView {
    let site = Site::current();
    let listing = feed.listing?;
    let heading = match listing.kind {
        ListingKind::Tag => site.messages.fill(Key::TagTitle, &[("name", &listing.name)]),
        _ => listing.name.clone(),
    };
    let with_section = listing.kind != ListingKind::Section;
    let cards = feed
        .items
        .into_iter()
        .map(|item| view! { <Card item kind=CardKind::Plain level=2 with_section /> })
        .collect_view();
    let (messages, total) = (site.messages, listing.total);
    let count = words(move || messages.count(Key::PieceCount, total));
    let about = feed.description.filter(|it| !it.is_empty()).map(|it| view! { <p class="standfirst">{it}</p> });
    let feeds = (listing.kind == ListingKind::Section).then(|| {
        let file = |name: &str| site.file(&format!("{}{name}", listing.path));
        view! {
            <span class="listing-feeds">
                <a href=file("feed.xml")>{site.text(Key::FeedRss)}</a>
                <a href=file("feed.json")>{site.text(Key::FeedJson)}</a>
            </span>
        }
    });
    // Feeds of nothing, and a count of it, would say the same three times.
    let is_empty = total == 0;
    let meta = (!is_empty).then(|| view! { <p class="meta"><span>{count}</span>{feeds}</p> });
    let empty = is_empty.then(|| nothing(&site, Key::EmptyListing, &Route::archive(), Key::ArchiveAll));
    let place = place_of(&site, &listing);
    Some(view! {
        <Breadcrumb here=heading.clone() />
        <header class="listing-head">
            <h1 id="title" tabindex="-1"><bdi>{heading}</bdi>{place}</h1>
            {about}
            {meta}
        </header>
        <div class="rows">{cards}{empty}</div>
        <Pager listing />
    })
}

/// Which page of a list this is, after its heading, for who does not see where one goes on; nothing on the first.
pub fn place_of(site: &Site, listing: &Listing) -> Option<Fixed> {
    let place = (listing.page > 1).then(|| [site.text(Key::ListJoin), &site.page_of(listing)].concat())?;
    Some(view! { <span class="visually-hidden">{place}</span> }.fix())
}

/// A sentence where nothing stands yet, and a way on.
pub fn nothing(site: &Site, sentence: Key, on: &Route, label: Key) -> Fixed {
    view! {
        <div class="empty">
            <p>{site.text(sentence)}</p>
            <a class="button" href=site.href(on)>{site.text(label)}</a>
        </div>
    }
    .fix()
}
