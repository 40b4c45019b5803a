//! The foot of every page.

use super::preferences::LayoutSwitch;
use crate::messages::Key;
use crate::paths::Route;
use crate::site::Site;
use leptos::prelude::*;

/// Pages, feeds, the publisher's notice, and the way out of the mobile version.
#[component]
pub fn Foot() -> impl IntoView {
    let site = Site::current();
    let publication = site.publication();
    let pages = publication
        .pages
        .iter()
        .map(|page| {
            let route = Route::Article(page.permalink.clone());
            view! { <li><a href=site.href(&route)>{page.title.clone()}</a></li> }
        })
        .collect_view();
    let notice = (!publication.notice.is_empty()).then(|| view! { <p class="notice">{publication.notice.clone()}</p> });
    let has_lock = publication.paywall.lock.is_some();
    view! {
        <footer class="foot">
            <p class="foot-name"><a href=site.href(&Route::Home)>{publication.title.clone()}</a></p>
            <p class="foot-about">{publication.description.clone()}</p>
            <nav aria-label=site.text(Key::FootNav)>
                <ul>
                    <li><a href=site.href(&Route::archive())>{site.text(Key::ArchiveTitle)}</a></li>
                    <li><a href=site.href(&Route::Library)>{site.text(Key::LibraryTitle)}</a></li>
                    <li><a href=site.href(&Route::Subscribe)>{site.text(Key::Subscribe)}</a></li>
                    {has_lock.then(|| view! { <li><a href=site.href(&Route::Account)>{site.text(Key::AccountTitle)}</a></li> })}
                    <li><a href=site.file("/feed.xml")>{site.text(Key::FeedRss)}</a></li>
                    <li><a href=site.file("/feed.json")>{site.text(Key::FeedJson)}</a></li>
                    {pages}
                </ul>
            </nav>
            {notice}
            <p class="foot-end">
                <LayoutSwitch />
                <a href="#top">{site.text(Key::BackToTop)}</a>
            </p>
        </footer>
    }
}
