//! Home › Section › Title.

use crate::fixed::Fix;
use crate::messages::Key;
use crate::paths::Route;
use crate::site::{Site, Tongue};
use leptos::prelude::*;

/// The way to the page, outermost first.
#[component]
pub fn Breadcrumb(
    /// Steps between home and this page.
    #[prop(optional)]
    steps: Vec<(Route, String)>,
    /// This page.
    here: String,
    /// The language of its name.
    #[prop(optional)]
    tongue: Tongue,
) -> impl IntoView {
    let site = Site::current();
    let steps = std::iter::once((Route::Home, site.text(Key::Home).to_owned())).chain(steps);
    let links = steps.map(|(route, name)| view! { <li><a href=site.href(&route)>{name}</a></li> }).collect_view();
    view! {
        <nav class="breadcrumb" aria-label=site.text(Key::Breadcrumb)>
            <ol>{links}<li aria-current="page"><span lang=tongue.lang dir=tongue.dir>{here}</span></li></ol>
        </nav>
    }
    .fix()
}
