//! From one page of a listing to the next.

use crate::fixed::Fix;
use crate::messages::Key;
use crate::paths::page_of;
use crate::site::Site;
use jumpline_article::Listing;
use leptos::prelude::*;

/// Newer, which page this is, older. Nothing when there is one page.
#[component]
pub fn Pager(
    /// The page that is shown.
    listing: Listing,
) -> impl IntoView {
    if listing.pages < 2 {
        return None;
    }
    let site = Site::current();
    let link = |page: u32, rel: &'static str, key: Key| {
        let href = site.file(&page_of(&listing.path, page));
        view! { <a class="button" href=href rel=rel>{site.text(key)}</a> }
    };
    let newer = (listing.page > 1).then(|| link(listing.page - 1, "prev", Key::NewerPage));
    let older = (listing.page < listing.pages).then(|| link(listing.page + 1, "next", Key::OlderPage));
    Some(
        view! {
            <nav class="pager" aria-label=site.text(Key::Pages)>
                <span>{newer}</span>
                <span class="pager-place">{site.page_of(&listing)}</span>
                <span>{older}</span>
            </nav>
        }
        .fix(),
    )
}
