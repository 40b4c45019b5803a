//! An article's body.

use crate::site::Tongue;
use leptos::prelude::*;

/// The body, written by the press into the prerendered page. The browser's view declares no children, so hydration walks past
/// whatever stands there, however long it is.
#[cfg(not(target_arch = "wasm32"))]
#[component]
pub fn Body(
    /// Sanitised HTML.
    html: Option<String>,
    /// Its language.
    tongue: Tongue,
) -> impl IntoView {
    view! { <div class="prose" lang=tongue.lang dir=tongue.dir inner_html=html.unwrap_or_default()></div> }
}

/// The body: left alone where it was prerendered, else rebuilt by the sanitizer.
#[cfg(target_arch = "wasm32")]
#[component]
pub fn Body(
    /// HTML as `article.json` brought it.
    html: Option<String>,
    /// Its language.
    tongue: Tongue,
) -> impl IntoView {
    use crate::browser::sanitize::fill_empty;
    view! { <div class="prose" lang=tongue.lang dir=tongue.dir use:fill_empty=html.unwrap_or_default()></div> }
}
