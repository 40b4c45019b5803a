//! Passing something on by what the system offers (W3C, Web Share API).

use super::{document, window};
use js_sys::Reflect;
use wasm_bindgen_futures::JsFuture;
use web_sys::ShareData;

/// Whether the system offers it.
pub fn is_there() -> bool {
    window().is_some_and(|it| Reflect::has(&it.navigator(), &"share".into()).unwrap_or(false))
}

/// Offers a page to the system. Whether anybody took it is nobody's business.
pub async fn page(title: &str, url: &str) {
    let Some(window) = window() else { return };
    let data = ShareData::new();
    data.set_title(title);
    data.set_url(url);
    let _ = JsFuture::from(window.navigator().share_with_data(&data)).await;
}

/// Presses the first button or link that a selector finds; `false` when there is none.
pub fn press(selector: &str) -> bool {
    use wasm_bindgen::JsCast;
    let found = document().and_then(|it| it.query_selector(selector).ok().flatten());
    let Some(element) = found.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) else { return false };
    element.click();
    true
}
