//! Fields of a form: what was typed into them, and the files that were chosen.

use super::document;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};

/// Bytes of a text file that are read at most: no link is longer.
const LIMIT: f64 = 100_000.0;

fn get(id: &str) -> Option<web_sys::Element> {
    document()?.get_element_by_id(id)
}

/// What stands in a field or a text area; empty when it is not there.
pub fn value(id: &str) -> String {
    let Some(element) = get(id) else { return String::new() };
    match element.dyn_into::<HtmlInputElement>() {
        Ok(input) => input.value(),
        Err(other) => other.dyn_into::<HtmlTextAreaElement>().map_or_else(|_| String::new(), |it| it.value()),
    }
}

/// Puts a text into a field or a text area. It counts as what a field begins with, and not as typed.
pub fn set_value(id: &str, text: &str) {
    let Some(element) = get(id) else { return };
    match element.dyn_into::<HtmlInputElement>() {
        Ok(input) => {
            input.set_default_value(text);
            input.set_value(text);
        }
        Err(other) => {
            if let Ok(area) = other.dyn_into::<HtmlTextAreaElement>() {
                area.set_value(text);
            }
        }
    }
}

/// Whether a box is ticked.
pub fn is_checked(id: &str) -> bool {
    get(id).and_then(|it| it.dyn_into::<HtmlInputElement>().ok()).is_some_and(|it| it.checked())
}

/// Ticks a box, or no longer.
pub fn set_checked(id: &str, checked: bool) {
    if let Some(input) = get(id).and_then(|it| it.dyn_into::<HtmlInputElement>().ok()) {
        input.set_checked(checked);
    }
}

/// The text of the file that was chosen in a field, and the field as it was before.
pub async fn chosen_text(id: &str) -> Option<String> {
    chosen(id, LIMIT).await
}

/// As [`chosen_text`], of a file of any length.
pub async fn chosen_document(id: &str) -> Option<String> {
    chosen(id, f64::MAX).await
}

async fn chosen(id: &str, limit: f64) -> Option<String> {
    let input: HtmlInputElement = get(id)?.dyn_into().ok()?;
    let file = input.files()?.get(0)?;
    let part = file.slice_with_f64_and_f64(0.0, limit.min(file.size())).ok()?;
    let text = JsFuture::from(part.text()).await.ok()?.as_string();
    input.set_value("");
    text
}
