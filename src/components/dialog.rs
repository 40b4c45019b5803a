//! A dialog over the page: a real `<dialog>`, so that the browser makes the rest inert and brings the focus back.

use crate::browser::dialog;
use crate::fixed::Fixed;
use leptos::prelude::*;
use leptos::task::{spawn_local, tick};

/// A modal dialog that opens as soon as it is drawn. Draw it only after the page has mounted.
///
/// It closes with Escape, a click beside it, and [`dialog::close`]. What is to have the focus first says `autofocus`.
#[component]
pub fn Dialog(
    /// Its id.
    id: &'static str,
    /// Id of its title.
    labelled_by: &'static str,
    /// Runs once it is closed, in whatever way.
    closed: impl Fn() + 'static,
    /// What it holds, fixed.
    inside: Fixed,
) -> impl IntoView {
    if cfg!(target_arch = "wasm32") {
        spawn_local(async move {
            tick().await;
            dialog::show(id);
        });
    }
    // A selection that is dragged out of the dialog ends beside it too.
    let pressed_beside = StoredValue::new(false);
    view! {
        <dialog
            class="dialog"
            id=id
            aria-labelledby=labelled_by
            on:close=move |_| closed()
            on:pointerdown=move |event| pressed_beside.set_value(dialog::is_on_backdrop(&event))
            on:click=move |event| if dialog::is_on_backdrop(&event) && pressed_beside.get_value() { dialog::close(id) }
        >
            <div class="dialog-sheet">{inside}</div>
        </dialog>
    }
}
