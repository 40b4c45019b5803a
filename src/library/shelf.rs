//! The shelf of what can be continued.

use super::reading::Reading;
use super::store::Library;
use crate::browser::cache;
use crate::fixed::{Fix, Fixed};
use crate::messages::Key;
use crate::paths::Route;
use crate::site::Site;
use jumpline_article::Permalink;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Articles on the shelf.
const ON_SHELF: usize = 3;
/// Articles that are looked for where there is no network.
const LOOKED_FOR: usize = 40;

/// The shelf; nothing where nothing was begun.
#[component]
pub fn Begun(
    /// What is kept.
    library: Library,
) -> impl IntoView {
    let begun = Memo::new(move |_| library.readings().begun());
    move || {
        let begun = begun.get();
        if begun.is_empty() {
            return None;
        }
        let site = Site::current();
        let articles = begun.into_iter().take(ON_SHELF).map(|it| one(&site, &it)).collect::<Vec<_>>();
        Some(
            view! {
                <section class="continue" aria-labelledby="continue-title">
                    <h2 class="shelf-title" id="continue-title">
                        <a href=site.href(&Route::Library)>{site.text(Key::ContinueReading)}</a>
                    </h2>
                    <ul>{articles}</ul>
                </section>
            }
            .late(),
        )
    }
}

/// The articles that open without a network.
#[component]
pub fn AtHand(
    /// What is kept.
    library: Library,
) -> impl IntoView {
    let (found, is_more) = (RwSignal::new(Vec::<Reading>::new()), RwSignal::new(false));
    let site = Site::current();
    Effect::new(move || {
        if !library.is_open() {
            return;
        }
        let (site, readings) = (site.clone(), library.readings());
        spawn_local(async move {
            let mut there = Vec::new();
            let saved = readings.saved();
            let unsaved = readings.history().into_iter().filter(|it| it.saved == 0);
            let all: Vec<Reading> = saved.into_iter().chain(unsaved).collect();
            let has_more = all.len() > LOOKED_FOR;
            for reading in all.into_iter().take(LOOKED_FOR) {
                let page = link(&site, &reading);
                if cache::has(&page).await || cache::has(&format!("{page}article.json")).await {
                    there.push(reading);
                }
            }
            let _ = is_more.try_set(has_more);
            let _ = found.try_set(there);
        });
    });
    move || {
        let found = found.get();
        if found.is_empty() {
            return None;
        }
        let site = Site::current();
        let articles = found.iter().map(|it| one(&site, it)).collect::<Vec<_>>();
        Some(
            view! {
                <section class="continue" aria-labelledby="at-hand-title">
                    <h2 class="shelf-title" id="at-hand-title">{site.text(Key::OfflineThere)}</h2>
                    <ul>{articles}</ul>
                    {is_more.get().then(|| more(&site))}
                </section>
            }
            .late(),
        )
    }
}

/// Where the others are.
fn more(site: &Site) -> Fixed {
    view! { <p><a href=site.href(&Route::Library)>{site.text(Key::OfflineMore)}</a></p> }.late()
}

/// How far an article got, in words: that it was read, what is left of it, or what all of it takes.
pub fn about(site: &Site, reading: &Reading) -> String {
    match (reading.done, reading.is_begun()) {
        (true, _) => site.text(Key::MarkRead).to_owned(),
        (_, true) => site.messages.count(Key::MinutesLeft, reading.minutes_left()),
        _ => site.messages.count(Key::ReadingTime, reading.minutes.max(1)),
    }
}

fn one(site: &Site, reading: &Reading) -> Fixed {
    let tongue = site.tongue(reading.language());
    view! {
        <li>
            <a href=link(site, reading) lang=tongue.lang dir=tongue.dir>{reading.title.clone()}</a>
            <span class="meta">{about(site, reading)}</span>
        </li>
    }
    .late()
}

/// The address of an article.
pub fn link(site: &Site, reading: &Reading) -> String {
    let route = Permalink::new(&reading.permalink).map_or(Route::Nowhere, Route::Article);
    site.href(&route)
}
