//! Single keys, pressed where nothing is written.

use super::dialog;
use super::document;
use super::history::listen;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

/// Calls back with every key that is pressed alone, outside of fields, and while no menu or dialog is open. What answers `true` has used it.
pub fn on_key(pressed: impl Fn(&str) -> bool + 'static) {
    let Some(document) = document() else { return };
    listen(&document, "keydown", move |event: KeyboardEvent| {
        let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
        let writes = "input:not([type=radio],[type=checkbox]), textarea, select, [contenteditable]";
        let is_written = target.is_some_and(|it| it.closest(writes).ok().flatten().is_some());
        let with_others = event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing();
        let is_alone = !is_written && !with_others && !event.repeat();
        if is_alone && !dialog::is_any_open() && pressed(&event.key()) {
            event.prevent_default();
        }
    });
}
