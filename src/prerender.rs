//! Pages on the host, with the same views as in the browser.

use crate::app::App;
use crate::comments::Snapshot;
use crate::paths::Route;
use crate::site::Site;
use jumpline_article::{Comment, Page};
use leptos::prelude::*;

/// The HTML for inside `#app`; `comments` are those of the article, as [`jumpline_article::CommentFile::published`] gives them.
pub fn page(site: &Site, page: &Page, comments: &[Comment]) -> String {
    let owner = Owner::new();
    let html = owner.with(|| {
        provide_context(Snapshot(comments.to_vec()));
        view! { <App site=site.clone() route=route(page) page=page.clone() /> }.to_html()
    });
    owner.cleanup();
    html
}

/// Where a page stands.
pub fn route(page: &Page) -> Route {
    match page {
        Page::Article(item) => match &item.jumpline {
            Some(extension) => Route::Article(extension.permalink.clone()),
            None => Route::Nowhere,
        },
        Page::Listing(feed) => match &feed.listing {
            Some(listing) => Route::parse(&crate::paths::page_of(&listing.path, listing.page)),
            None => Route::Nowhere,
        },
        Page::Subscribe => Route::Subscribe,
        Page::Account => Route::Account,
        Page::Library => Route::Library,
        Page::NotFound | Page::Unfilled => Route::Nowhere,
    }
}
