//! A panel that a button opens over the page, and that closes when the focus leaves it.

use crate::browser::dialog;
use crate::fixed::{Fix, Fixed};
use crate::messages::Key;
use crate::site::Site;
use leptos::prelude::*;

/// A panel of this id; its button is the one whose `popovertarget` names it.
pub fn panel(id: &'static str, class: &'static str, label: Key, content: Fixed) -> Fixed {
    let site = Site::current();
    view! {
        <div
            class=class
            id=id
            popover="auto"
            role="dialog"
            aria-label=site.text(label)
            on:focusout=move |event| dialog::close_when_left(id, &event)
        >
            {content}
            <p class="panel-end">
                <button class="button" type="button" popovertarget=id popovertargetaction="hide">{site.text(Key::Close)}</button>
            </p>
        </div>
    }
    .fix()
}
