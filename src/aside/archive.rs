//! Everything that was published, by year and month.

use crate::components::breadcrumb::Breadcrumb;
use crate::components::byline::{Byline, Day};
use crate::components::card::gate_mark;
use crate::components::library::CardMark;
use crate::components::pager::Pager;
use crate::fixed::words;
use crate::messages::Key;
use crate::paths::{Route, page_of};
use crate::site::Site;
use crate::views::listing::{nothing, place_of};
use jumpline_article::{Feed, Item};
use leptos::prelude::*;

/// One page of the archive.
#[component]
pub fn Archive(
    /// The page's listing, newest first.
    feed: Feed,
) -> impl IntoView {
    let site = Site::current();
    let listing = feed.listing?;
    let (messages, total) = (site.messages, listing.total);
    let years = listing
        .years
        .iter()
        .map(|mark| {
            let href = format!("{}#year-{}", site.file(&page_of(&listing.path, mark.page)), mark.year);
            let (year, count) = (mark.year, mark.count);
            let count = words(move || messages.count(Key::PieceCount, count));
            view! { <li><a href=href>{words(move || messages.year(year))}</a>" "<span class="meta">{count}</span></li> }
        })
        .collect_view();
    let months = months(feed.items);
    let mut year_before = None;
    let groups = months
        .into_iter()
        .map(|(year, month, items)| {
            let opens_year = year_before.replace(year) != Some(year);
            let year_heading = opens_year
                .then(|| view! { <h2 class="archive-year" id=format!("year-{year}")>{words(move || messages.year(year))}</h2> });
            let entries = items.into_iter().map(|item| view! { <Entry item /> }).collect_view();
            view! {
                {year_heading}
                <section class="archive-month">
                    <h3>{words(move || messages.month(year, month))}</h3>
                    <ol>{entries}</ol>
                </section>
            }
        })
        .collect_view();
    let is_empty = listing.total == 0;
    let empty = is_empty.then(|| nothing(&site, Key::EmptyArchive, &Route::Subscribe, Key::SubscribeNow));
    let about = (!is_empty).then(|| {
        view! {
            <p class="meta">{words(move || messages.count(Key::PieceCount, total))}</p>
            <nav class="years" aria-label=site.text(Key::Years)><ul>{years}</ul></nav>
        }
    });
    let place = place_of(&site, &listing);
    Some(view! {
        <Breadcrumb here=site.text(Key::ArchiveTitle).to_owned() />
        <header class="listing-head">
            <h1 id="title" tabindex="-1">{site.text(Key::ArchiveTitle)}{place}</h1>
            {about}
        </header>
        <div class="archive">{groups}{empty}</div>
        <Pager listing />
    })
}

/// One line of the archive.
#[component]
fn Entry(item: Item) -> impl IntoView {
    let site = Site::current();
    let route = item.jumpline.as_ref().map_or(Route::Nowhere, |it| Route::Article(it.permalink.clone()));
    let permalink = item.jumpline.as_ref().map(|it| it.permalink.clone());
    let headline = site.headline(&item);
    let tongue = site.tongue(item.language.as_deref());
    let gated = gate_mark(&site, &item);
    view! {
        <li class="archive-entry">
            {item.date_published.map(|date| view! { <span class="meta"><Day date /></span> })}
            <span>
                <CardMark permalink />
                <a href=site.href(&route) lang=tongue.lang dir=tongue.dir data-ahead="">{headline}</a>
                <span class="meta"><Byline authors=item.authors />{gated}</span>
            </span>
        </li>
    }
}

/// Items by year and month, in their order; one without a date counts as its neighbour's month.
fn months(items: Vec<Item>) -> Vec<(i32, u8, Vec<Item>)> {
    let mut groups: Vec<(i32, u8, Vec<Item>)> = Vec::new();
    for item in items {
        let here = item.date_published.as_ref().map(|it| it.civil());
        match (groups.last_mut(), here) {
            (Some(group), None) => group.2.push(item),
            (Some(group), Some((year, month, _))) if (group.0, group.1) == (year, month) => group.2.push(item),
            (_, here) => {
                let (year, month, _) = here.unwrap_or((1970, 1, 1));
                groups.push((year, month, vec![item]));
            }
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use jumpline_article::Date;

    #[test]
    fn months_follow_the_order_of_the_items() {
        let item = |date: &str| Item { date_published: Date::parse(date), ..Item::default() };
        let all = ["2026-02-03T00:00:00Z", "2026-02-01T00:00:00Z", "", "2025-12-31T23:00:00-05:00"].map(item);
        let counted: Vec<_> = months(all.to_vec()).into_iter().map(|it| (it.0, it.1, it.2.len())).collect();
        assert_eq!(counted, [(2026, 2, 3), (2025, 12, 1)]);
    }
}
