//! Pages on the host, with the same views as in the browser.

use crate::app::App;
use crate::comments::Snapshot;
use crate::messages::Messages;
use crate::paths::Route;
use crate::site::Site;
use jumpline_article::{Boot, Comment, Page};
use leptos::prelude::*;

/// The HTML for inside `#app`; `comments` are those of the article, as [`jumpline_article::CommentFile::published`] gives them.
pub fn page(boot: &Boot, messages: &Messages, comments: &[Comment]) -> String {
    let owner = Owner::new();
    let html = owner.with(|| {
        provide_context(Snapshot(comments.to_vec()));
        let site = Site::new(boot.publication.clone(), *messages);
        view! { <App site route=route(&boot.page) page=boot.page.clone() /> }.to_html()
    });
    owner.cleanup();
    html
}

/// The text of `<title>`, not escaped.
pub fn title(boot: &Boot, messages: &Messages) -> String {
    Site::new(boot.publication.clone(), *messages).window_title(&boot.page)
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
