//! Keys for who reads many articles: on to the next, back, save, and what there is. They can be turned off (WCAG 2.1.4).

use super::store::Library;
use crate::browser::storage::{self, Shelf};
use crate::browser::{dialog, keyboard, list, names, share};
use crate::components::dialog::Dialog;
use crate::fixed::{Fix, Fixed};
use crate::messages::Key;
use crate::site::Site;
use leptos::prelude::*;

/// Id of the dialog that names them.
const HELP: &str = "keys";
const TITLE: &str = "keys-title";
/// Where it is drawn.
const PLACES: &str = ".article-tools > .button, #library-settled, .continue-place .continue";

/// Every key, what it presses, and its words.
const ALL: [(&str, &str, Key); 4] = [
    ("j", ".neighbours a[rel=next]", Key::KeysNext),
    ("k", ".neighbours a[rel=prev]", Key::KeysPrevious),
    ("s", ".article-tools button[aria-pressed]", Key::SaveOffline),
    ("?", "", Key::KeysTitle),
];

/// Whether they are on.
pub fn are_on() -> bool {
    storage::read(Shelf::Device, names::KEYS).ok().flatten().as_deref() != Some("off")
}

/// Turns them on or off.
pub fn turn(is_on: bool) {
    // Without storage it holds as long as the page: they are read anew at every key.
    let _ = match is_on {
        true => storage::remove(Shelf::Device, names::KEYS),
        false => storage::write(Shelf::Device, names::KEYS, "off"),
    };
}

/// Listens, for as long as the reader lives.
pub fn listen(library: Library) {
    keyboard::on_key(move |key| {
        let Some((_, selector, _)) = ALL.iter().find(|it| it.0 == key).filter(|_| are_on()) else { return false };
        if selector.is_empty() {
            // Elsewhere nobody draws the dialog, and it would spring up over the next article.
            let is_drawn = list::has(PLACES);
            if is_drawn {
                library.help.set(true);
            }
            return is_drawn;
        }
        share::press(selector)
    });
}

/// The dialog that names them.
pub fn help(library: Library) -> Fixed {
    let site = Site::current();
    let rows =
        ALL.map(|(key, _, words)| view! { <div><dt><kbd>{key}</kbd></dt><dd>{site.text(words)}</dd></div> }.late());
    let rows = rows.into_iter().collect::<Vec<_>>();
    let inside = view! {
        <h2 id=TITLE>{site.text(Key::KeysTitle)}</h2>
        <dl class="facts keys">{rows}</dl>
        {switch(&site)}
        <p class="dialog-end">
            <button class="button" type="button" autofocus on:click=|_| dialog::close(HELP)>{site.text(Key::Close)}</button>
        </p>
    }
    .late();
    view! { <Dialog id=HELP labelled_by=TITLE closed=move || library.help.set(false) inside /> }.late()
}

/// On or off.
pub fn switch(site: &Site) -> Fixed {
    let label = site.text(Key::KeysOn);
    view! {
        <p>
            <label class="check">
                <input type="checkbox" prop:checked=are_on() on:change=move |event| turn(event_target_checked(&event)) />
                " "{label}
            </label>
        </p>
    }
    .late()
}
