//! Fields of a form: what was typed into them, and the files that were chosen.

use super::document;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};

/// Bytes of a text file that are read at most: no link is longer.
const LIMIT: f64 = 100_000.0;

/// Takes what stands in a text area, and leaves it empty.
pub fn take(id: &str) -> String {
    let area =
        document().and_then(|it| it.get_element_by_id(id)).and_then(|it| it.dyn_into::<HtmlTextAreaElement>().ok());
    area.map_or_else(String::new, |area| {
        let text = area.value();
        area.set_value("");
        text
    })
}

/// The text of the file that was chosen in a field, and the field as it was before.
pub async fn chosen_text(id: &str) -> Option<String> {
    let input: HtmlInputElement = document()?.get_element_by_id(id)?.dyn_into().ok()?;
    let file = input.files()?.get(0)?;
    let part = file.slice_with_f64_and_f64(0.0, LIMIT).ok()?;
    let text = JsFuture::from(part.text()).await.ok()?.as_string();
    input.set_value("");
    text
}
