//! The library's page: what stands there before anything of the reader's own is known.

use crate::components::breadcrumb::Breadcrumb;
use crate::components::library::WholeLibrary;
use crate::messages::Key;
use crate::site::Site;
use leptos::prelude::*;

/// What the reader keeps on this device.
#[component]
pub fn Library() -> impl IntoView {
    let site = Site::current();
    view! {
        <Breadcrumb here=site.text(Key::LibraryTitle).to_owned() />
        <header class="listing-head">
            <h1 id="title" tabindex="-1">{site.text(Key::LibraryTitle)}</h1>
            <p class="standfirst">{site.text(Key::LibraryIntro)}</p>
        </header>
        <WholeLibrary />
        <p class="without-script">{site.text(Key::LibraryNoScript)}</p>
    }
}
