//! Nothing stands at this address.

use crate::messages::Key;
use crate::paths::Route;
use crate::site::Site;
use leptos::prelude::*;

/// Says so, and shows the ways on.
#[component]
pub fn NotFound() -> impl IntoView {
    let site = Site::current();
    view! {
        <div class="notice-page">
            <h1 id="title" tabindex="-1">{site.text(Key::NotFoundTitle)}</h1>
            <p>{site.text(Key::NotFoundText)}</p>
            <p class="actions">
                <a class="button main" href=site.href(&Route::Home)>{site.text(Key::Home)}</a>
                <a class="button" href=site.href(&Route::archive())>{site.text(Key::ArchiveAll)}</a>
            </p>
        </div>
    }
}
