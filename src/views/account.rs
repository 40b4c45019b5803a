//! The reader's pass: how to bring it, and what it opens.

use crate::components::breadcrumb::Breadcrumb;
use crate::messages::Key;
use crate::site::Site;
use leptos::prelude::*;

/// The pass page. The links that unlock lead here.
#[component]
pub fn Account() -> impl IntoView {
    let site = Site::current();
    view! {
        <Breadcrumb here=site.text(Key::AccountTitle).to_owned() />
        <header class="listing-head">
            <h1 id="title" tabindex="-1">{site.text(Key::AccountTitle)}</h1>
        </header>
    }
}
