//! Files that the page makes and the reader keeps.

use super::document;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// Offers a JSON document as a file.
pub fn json(name: &str, text: &str) {
    let kind = BlobPropertyBag::new();
    kind.set_type("application/json");
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let made = Blob::new_with_str_sequence_and_options(&parts, &kind);
    let Some(url) = made.ok().and_then(|it| Url::create_object_url_with_blob(&it).ok()) else { return };
    let link = document().and_then(|it| it.create_element("a").ok()).and_then(|it| it.dyn_into().ok());
    if let Some(link) = link {
        let link: HtmlAnchorElement = link;
        link.set_href(&url);
        link.set_download(name);
        link.click();
    }
    // The browser holds the bytes by then, but WebKit begins to read them only later.
    super::time::after(60_000, move || {
        let _ = Url::revoke_object_url(&url);
    });
}
