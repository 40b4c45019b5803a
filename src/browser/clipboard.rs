//! The clipboard.

use super::{member, window};
use wasm_bindgen_futures::JsFuture;

/// Milliseconds for which it is said that something was copied.
pub const SAID: u32 = 4000;

/// Copies a text; `false` when the browser refuses.
pub async fn copy(text: &str) -> bool {
    let Some(window) = window() else { return false };
    // Absent where the page is not in a secure context.
    if member(&window.navigator(), "clipboard").is_undefined() {
        return false;
    }
    JsFuture::from(window.navigator().clipboard().write_text(text)).await.is_ok()
}
