//! The front page: lead story, latest, sections.

use crate::components::card::{Card, CardKind};
use crate::components::library::ContinueShelf;
use crate::fixed::Fix;
use crate::messages::Key;
use crate::paths::Route;
use crate::site::Site;
use crate::views::listing::nothing;
use jumpline_article::{Feed, Item, Shelf};
use leptos::prelude::*;

/// The front page.
#[component]
pub fn Home(
    /// Its listing: the lead first, then the latest, then whatever else the shelves name.
    feed: Feed,
) -> impl IntoView {
    let site = Site::current();
    let shelves = feed.listing.map(|it| it.shelves).unwrap_or_default();
    let latest = LATEST.min(feed.items.len().saturating_sub(1));
    let Some((lead, rest)) = feed.items.split_first() else {
        return view! {
            <h1 id="title" class="visually-hidden" tabindex="-1">{site.publication().title.clone()}</h1>
            {nothing(&site, Key::EmptyArchive, &Route::Subscribe, Key::SubscribeNow)}
        }
        .fix();
    };
    let cards =
        rest[..latest].iter().map(|item| view! { <Card item=item.clone() kind=CardKind::Plain /> }).collect_view();
    let shelves =
        shelves.into_iter().map(|shelf| view! { <SectionShelf shelf items=feed.items.clone() /> }).collect_view();
    // A heading over nothing would be the first thing that a young publication says.
    let latest = (latest > 0).then(|| {
        view! {
            <section class="latest" aria-labelledby="latest-title">
                <h2 class="shelf-title" id="latest-title">{site.text(Key::Latest)}</h2>
                <div class="cards">{cards}</div>
                <p class="more"><a href=site.href(&Route::archive())>{site.text(Key::ArchiveAll)}</a></p>
            </section>
        }
        .soon()
    });
    view! {
        <h1 id="title" class="visually-hidden" tabindex="-1">{site.publication().title.clone()}</h1>
        <Card item=lead.clone() kind=CardKind::Lead level=2 />
        <ContinueShelf />
        {latest}
        {view! { <div class="shelves">{shelves}</div> }.soon()}
    }
    .fix()
}

/// Cards below the lead story.
pub const LATEST: usize = 6;

/// The newest of one section.
#[component]
fn SectionShelf(shelf: Shelf, items: Vec<Item>) -> impl IntoView {
    let site = Site::current();
    let section = site.publication().section(&shelf.section)?.clone();
    let cards = shelf
        .items
        .iter()
        .filter_map(|id| items.iter().find(|it| it.id == *id))
        .map(|item| view! { <Card item=item.clone() kind=CardKind::Brief with_section=false /> })
        .collect_view();
    let heading = format!("shelf-{}", section.slug);
    Some(view! {
        <section class="shelf" aria-labelledby=heading.clone()>
            <h2 class="shelf-title" id=heading.clone()>
                <a href=site.href(&Route::section(&section.slug))>{section.title.clone()}</a>
            </h2>
            {cards}
        </section>
    })
}
