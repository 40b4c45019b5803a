//! What stands at the lower edge of the window: that there is no network, and that a new edition is ready.

use crate::browser::storage::{self, Shelf};
use crate::browser::worker::{self, Worker};
use crate::browser::{install, names, post, time};
use crate::components::library::was_here;
use crate::fixed::{Fix, flag};
use crate::messages::Key;
use crate::navigation::Navigation;
use crate::site::Site;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Milliseconds that the page has for itself before the service worker is put in charge.
const LATER: u32 = 200;
/// Milliseconds that the browser has for its offer.
const PATIENCE: u32 = 3_000;

/// How it stands with network and edition; provided once, at the root.
#[derive(Clone, Copy)]
pub struct Notices {
    is_offline: RwSignal<bool>,
    is_ready: RwSignal<bool>,
    /// Whether the site can be installed, and nobody was asked.
    is_installable: RwSignal<bool>,
    worker: StoredValue<Option<Worker>, LocalStorage>,
}

impl Notices {
    /// Nobody has looked yet.
    pub fn new() -> Self {
        Self {
            is_offline: RwSignal::new(false),
            is_ready: RwSignal::new(false),
            is_installable: RwSignal::new(false),
            worker: StoredValue::new_local(None),
        }
    }

    /// Puts the service worker in charge, and looks for a network. After the page has mounted.
    pub fn load(self, site: &Site) {
        let look = move || {
            if self.is_offline.get_untracked() == post::is_online() {
                self.is_offline.set(!post::is_online());
            }
        };
        look();
        post::on_network(look);
        if !site.publication().app.offline {
            return;
        }
        // Once, and only to somebody who has come back.
        let is_asked = storage::read_own(site.publication().base.as_str(), names::INSTALL).ok().flatten().is_some();
        if was_here(site) && !is_asked {
            time::after(PATIENCE, move || self.is_installable.set(install::is_offered()));
        }
        let (url, scope) = (site.file("/sw.js"), site.file("/"));
        let (navigation, of_lists) = (Navigation::current(), site.clone());
        // Not among all that a page does when it comes to life.
        time::after(LATER, move || {
            spawn_local(async move {
                let ready = move || self.is_ready.set(true);
                let renewed = move |list: &str| navigation.renew(&of_lists, list);
                let worker = worker::start(&url, &scope, ready, renewed).await;
                self.worker.set_value(worker);
            });
        });
    }
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
                    <button class="button" type="button" on:click=move |_| later.set(true)>{site.text(Key::EditionLater)}</button>
                </p>
            }
            .late()
        })
    };
    let asked = StoredValue::new(storage::own(Site::current().publication().base.as_str(), names::INSTALL));
    let answer = move |is_yes: bool| {
        if is_yes {
            install::ask();
        }
        // Without storage it is asked again at the next visit.
        let _ = asked.with_value(|it| storage::write(Shelf::Device, it, "asked"));
        notices.is_installable.set(false);
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
        <div class="notices" role="status">
            <p class="notice-offline" hidden=is_online>{move || notices.is_offline.get().then_some(offline)}</p>
            {edition}
            {install}
        </div>
    }
}
