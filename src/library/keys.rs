//! Keys for who reads many articles: on to the next, back, save, and what there is. They can be turned off (WCAG 2.1.4).

use crate::browser::storage::{self, Shelf};
use crate::browser::{boot, dialog, keyboard, list, names, share};
use crate::components::dialog::Dialog;
use crate::components::library::has_keys;
use crate::fixed::{Fix, Fixed, flag};
use crate::messages::Key;
use crate::navigation::Navigation;
use crate::parts;
use crate::site::Site;
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::RefCell;
use std::rc::Rc;

/// Id of the dialog that names them.
const HELP: &str = "keys";
const TITLE: &str = "keys-title";
/// Every key, what it presses (never what would take something away), and its words. The last one is heard by every page.
const ALL: [(&str, &str, Key); 4] = [
    ("j", ".neighbours a[rel=next]", Key::KeysNext),
    ("k", ".neighbours a[rel=prev]", Key::KeysPrevious),
    ("s", ".article-tools button[aria-pressed=false]", Key::SaveOffline),
    ("?", "", Key::KeysTitle),
];

/// Whether they act, for every switch in every tab.
#[derive(Clone, Copy)]
struct Act(RwSignal<bool>);

impl Act {
    fn current() -> Self {
        parts::once(|| {
            let act = Self(RwSignal::new(has_keys()));
            storage::on_change(names::KEYS.to_owned(), move || act.0.set(has_keys()));
            act
        })
    }
}

/// Turns them on or off.
fn turn(act: Act, is_on: bool) {
    act.0.set(is_on);
    // Without storage it holds as long as the page: they are read anew at every key.
    let _ = match is_on {
        true => storage::remove(Shelf::Device, names::KEYS),
        false => storage::write(Shelf::Device, names::KEYS, "off"),
    };
}

/// Listens, for as long as the reader lives.
pub fn listen() {
    keyboard::on_key(move |key| {
        let found = ALL.iter().find(|it| it.0 == key && !it.1.is_empty());
        found.is_some_and(|it| has_keys() && share::press(it.1))
    });
}

/// Draws the dialog that names them, on whatever page, until it is closed or another page comes.
pub fn help() {
    let Some(root) = boot::root().filter(|_| list::element(HELP).is_none()) else { return };
    let held = Rc::new(RefCell::new(None));
    let closing = Rc::clone(&held);
    let closed = move || {
        let held = closing.take();
        // Not while its own event is being answered.
        spawn_local(async move { drop(held) });
    };
    held.replace(Some(mount_to(root, move || explained(closed))));
}

fn explained(closed: impl Fn() + 'static) -> Fixed {
    let site = Site::current();
    let place = Navigation::current().place();
    Effect::new(move |is_here: Option<bool>| {
        place.track();
        if is_here.is_some() {
            dialog::close(HELP);
        }
        true
    });
    let has_saving = site.publication().app.offline;
    let known = ALL.into_iter().filter(|it| has_saving || it.2 != Key::SaveOffline);
    let row = |(key, _, words)| view! { <div><dt><kbd>{key}</kbd></dt><dd>{site.text(words)}</dd></div> }.late();
    let rows = known.map(row).collect::<Vec<_>>();
    let inside = view! {
        <h2 id=TITLE tabindex="-1" autofocus>{site.text(Key::KeysTitle)}</h2>
        <dl class="facts keys">{rows}</dl>
        {switch(&site)}
        <p class="dialog-end">
            <button class="button" type="button" on:click=|_| dialog::close(HELP)>{site.text(Key::Close)}</button>
        </p>
    }
    .late();
    view! { <Dialog id=HELP labelled_by=TITLE closed inside /> }.late()
}

/// On or off.
pub fn switch(site: &Site) -> Fixed {
    let (label, act) = (site.text(Key::KeysOn), Act::current());
    view! {
        <p>
            <label class="check">
                <input type="checkbox" prop:checked=flag(move || act.0.get()) on:change=move |event| turn(act, event_target_checked(&event)) />
                " "{label}
            </label>
        </p>
    }
    .late()
}
