//! Reading settings: theme, typeface, text size and what else makes a page one's own.

use crate::aside::door;
use crate::browser::{dialog, names, storage};
use crate::components::panel::panel;
use crate::fixed::{Fix, once_alive};
use crate::messages::Key;
use crate::parts::{Part, Wanted};
use crate::preferences::{Preferences, Setting};
use crate::site::Site;
use leptos::prelude::*;

/// Id of the panel.
const PANEL: &str = "preferences";

/// The reader's choices as a signal; provided once, at the root, with the defaults until the page has mounted.
#[derive(Clone, Copy)]
pub struct Choices {
    chosen: RwSignal<Preferences>,
    kept: RwSignal<bool>,
}

impl Choices {
    /// The defaults, which the server rendered too.
    pub fn new() -> Self {
        Self { chosen: RwSignal::new(Preferences::default()), kept: RwSignal::new(true) }
    }

    /// Takes over what is kept on this device, which `index.html` has already shown on the page, and what other tabs choose.
    pub fn load(self) {
        let chosen = Preferences::load();
        chosen.tint();
        self.chosen.set(chosen);
        storage::on_change(names::PREFERENCES.to_owned(), move || self.take_over());
    }

    /// Takes over what was written to storage past this signal, and shows it.
    pub fn take_over(self) {
        let chosen = Preferences::load();
        chosen.show();
        self.chosen.set(chosen);
    }

    /// Whether the browser keeps them beyond this page.
    pub fn kept(self) -> ReadSignal<bool> {
        self.kept.read_only()
    }

    /// Makes a choice, shows it and keeps it.
    pub fn choose(self, setting: Setting, name: &str) {
        self.chosen.update(|it| it.choose(setting, name));
        let chosen = self.chosen.get_untracked();
        chosen.show();
        self.kept.set(chosen.keep().is_ok());
    }

    /// Whether a choice is the reader's.
    pub fn is_chosen(self, setting: Setting, name: &str) -> bool {
        self.chosen.with(|it| it.get(setting) == name)
    }
}

impl Default for Choices {
    fn default() -> Self {
        Self::new()
    }
}

/// The button *Aa* and the panel that it opens.
#[component]
pub fn PreferencesControl() -> impl IntoView {
    let site = Site::current();
    let settings = Wanted::new(Part::Aside);
    // Who opened it before the reader came waits for what is in it.
    once_alive(move || {
        if dialog::is_shown(PANEL) {
            settings.load();
        }
    });
    let inside = {
        let site = site.clone();
        move || match settings.loaded() {
            Some(Ok(())) => door::settings(),
            Some(Err(error)) => view! { <p role="alert">{error.sentence(&site)}</p> }.late(),
            None => view! { <p role="status">{site.text(Key::Loading)}</p> }.fix(),
        }
    };
    view! {
        <button
            class="button preferences-button"
            type="button"
            popovertarget=PANEL
            aria-label=site.text(Key::ReadingSettings)
            on:pointerenter=move |_| settings.load()
            on:focus=move |_| settings.load()
            on:click=move |_| settings.load()
        >
            <span aria-hidden="true">"Aa"</span>
        </button>
        {panel(PANEL, "preferences", Key::ReadingSettings, inside.fix())}
    }
}

/// *Exit mobile version* on a narrow screen, and the way back.
#[component]
pub fn LayoutSwitch() -> impl IntoView {
    let site = Site::current();
    let choices: Choices = expect_context();
    let is_full = move || choices.is_chosen(Setting::Layout, "full");
    let (exit, back) = (site.text(Key::ExitMobile), site.text(Key::MobileVersion));
    let switch = move |_| choices.choose(Setting::Layout, if is_full() { "mobile" } else { "full" });
    view! {
        <button class="link layout-switch" type="button" on:click=switch>
            {move || if is_full() { back } else { exit }}
        </button>
    }
}
