//! What stands at the lower edge of the window: that there is no network, and that a new edition is ready.

use crate::browser::storage::{self, Shelf};
use crate::browser::worker::{self, Worker};
use crate::browser::{document, install, names, post, time};
use crate::fixed::{Fix, flag};
use crate::messages::Key;
use crate::site::Site;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Milliseconds that the page has for itself before the service worker is put in charge.
const LATER: u32 = 200;
/// Milliseconds that the browser has for its offer.
const PATIENCE: u32 = 3_000;

/// Milliseconds that something is said for.
const SAID: u32 = 6_000;

/// Milliseconds without a page of ours after which the next one is another visit.
const AWAY: u64 = 1_800_000;
/// What is kept once somebody was asked to install the site.
const ASKED: &str = "asked";

/// How it stands with network and edition; provided once, at the root.
#[derive(Clone, Copy)]
pub struct Notices {
    is_offline: RwSignal<bool>,
    is_ready: RwSignal<bool>,
    /// Whether the site can be installed, and nobody was asked.
    is_installable: RwSignal<bool>,
    /// What somebody is told who does not see where it came about; it goes by itself.
    said: RwSignal<Option<String>>,
    /// What is said for a while to who does not see it: sentences alone, without the buttons beside them.
    aloud: RwSignal<String>,
    worker: StoredValue<Option<Worker>, LocalStorage>,
}

impl Notices {
    /// Nobody has looked yet.
    pub fn new() -> Self {
        Self {
            is_offline: RwSignal::new(false),
            is_ready: RwSignal::new(false),
            is_installable: RwSignal::new(false),
            said: RwSignal::new(None),
            aloud: RwSignal::new(String::new()),
            worker: StoredValue::new_local(None),
        }
    }

    /// The notices of the current view.
    pub fn current() -> Self {
        expect_context()
    }

    /// Says something for a while to who does not see it.
    pub fn tell(self, words: String) {
        self.aloud.set(words.clone());
        time::after(SAID, move || {
            if self.aloud.with_untracked(|it| *it == words) {
                self.aloud.set(String::new());
            }
        });
    }

    /// Says something for a while.
    pub fn say(self, words: String) {
        self.tell(words.clone());
        self.said.set(Some(words.clone()));
        time::after(SAID, move || {
            if self.said.with_untracked(|it| *it == Some(words)) {
                self.said.set(None);
            }
        });
    }

    /// Puts the service worker in charge, and looks for a network. After the page has mounted.
    pub fn load(self, site: &Site) {
        let [offline, ready, ask] = [Key::Offline, Key::EditionReady, Key::InstallAsk].map(|it| site.text(it));
        let look = move || {
            let is_offline = !post::is_online();
            if self.is_offline.get_untracked() != is_offline {
                self.is_offline.set(is_offline);
                if is_offline {
                    self.tell(offline.to_owned());
                }
            }
        };
        look();
        post::on_network(look);
        if !site.publication().app.offline {
            return;
        }
        let base = site.publication().base.clone();
        time::after(PATIENCE, move || {
            if install::is_offered() && has_come_back(base.as_str()) {
                self.is_installable.set(true);
                self.tell(ask.to_owned());
            }
        });
        let (url, scope) = (site.file("/sw.js"), site.file("/"));
        // Not among all that a page does when it comes to life.
        time::after(LATER, move || {
            spawn_local(async move {
                let ready = move || {
                    self.is_ready.set(true);
                    self.tell(ready.to_owned());
                };
                let worker = worker::start(&url, &scope, ready).await;
                self.worker.set_value(worker);
            });
        });
    }
}

/// Whether somebody has come back, and was never asked. Says so once, and notes it: an offer stands once, whatever becomes of it.
fn has_come_back(base: &str) -> bool {
    let Ok(kept) = storage::read_own(base, names::INSTALL) else { return false };
    let now = time::now() as u64;
    let has = match kept.map(|it| it.parse::<u64>()) {
        None => false,
        Some(Ok(before)) => now.abs_diff(before) > AWAY,
        // It was asked.
        Some(Err(_)) => return false,
    };
    let note = if has { ASKED.to_owned() } else { now.to_string() };
    storage::write(Shelf::Device, &storage::own(base, names::INSTALL), &note).is_ok() && has
}

impl Default for Notices {
    fn default() -> Self {
        Self::new()
    }
}

/// The notices. Nothing stands there as long as there is nothing to say.
#[component]
pub fn NoticesPlace() -> impl IntoView {
    let (site, notices): (Site, Notices) = (Site::current(), expect_context());
    let later = RwSignal::new(false);
    // What was pressed is gone afterwards.
    let put_off = move || {
        later.set(true);
        document::focus("main");
    };
    let offline = site.text(Key::Offline);
    let is_ready = move || notices.is_ready.get() && !later.get();
    let renew = move |_| {
        notices.worker.with_value(|it| {
            if let Some(worker) = it {
                worker.renew();
            }
        });
    };
    let edition = move || {
        is_ready().then(|| {
            let site = Site::current();
            view! {
                <p class="notice-edition">
                    <span>{site.text(Key::EditionReady)}</span>
                    <button class="button main" type="button" on:click=renew>{site.text(Key::EditionShow)}</button>
                    <button class="button" type="button" on:click=move |_| put_off()>{site.text(Key::EditionLater)}</button>
                </p>
            }
            .late()
        })
    };
    let answer = move |is_yes: bool| {
        if is_yes {
            install::ask();
        }
        notices.is_installable.set(false);
        document::focus("main");
    };
    let install = move || {
        notices.is_installable.get().then(|| {
            let site = Site::current();
            view! {
                <p class="notice-install">
                    <span>{site.text(Key::InstallAsk)}</span>
                    <button class="button main" type="button" on:click=move |_| answer(true)>{site.text(Key::Install)}</button>
                    <button class="button" type="button" on:click=move |_| answer(false)>{site.text(Key::InstallNo)}</button>
                </p>
            }
            .late()
        })
    };
    let is_online = flag(move || !notices.is_offline.get());
    view! {
        <div class="notices">
            <div class="visually-hidden" role="status" aria-atomic="true">{move || notices.aloud.get()}</div>
            <p class="notice-offline" hidden=is_online>{move || notices.is_offline.get().then_some(offline)}</p>
            {move || notices.said.get().map(|it| view! { <p>{it}</p> }.late())}
            {edition}
            {install}
        </div>
    }
}
