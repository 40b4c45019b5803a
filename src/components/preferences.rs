//! Reading settings: theme, typeface, text size and what else makes a page one's own.

use crate::browser::{names, storage};
use crate::components::panel::panel;
use crate::fixed::{Fix, Fixed, flag};
use crate::messages::Key;
use crate::preferences::{Preferences, Setting};
use crate::site::Site;
use leptos::prelude::*;

/// Id of the panel.
const PANEL: &str = "preferences";
/// What most look for, and what a few cannot read without.
const FIRST: [Setting; 3] = [Setting::Theme, Setting::Font, Setting::Size];
const FURTHER: [Setting; 6] =
    [Setting::Measure, Setting::Leading, Setting::Justified, Setting::Hyphens, Setting::Pictures, Setting::Motion];

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

    fn choose(self, setting: Setting, name: &str) {
        self.chosen.update(|it| it.choose(setting, name));
        let chosen = self.chosen.get_untracked();
        chosen.show();
        self.kept.set(chosen.keep().is_ok());
    }

    fn is_chosen(self, setting: Setting, name: &str) -> bool {
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
    let choices: Choices = expect_context();
    let (kept, lost) = (site.text(Key::SettingsKept), site.text(Key::SettingsLost));
    let note = move || if choices.kept.get() { kept } else { lost };
    // What few look for is drawn for those who do: in every page it would be in the way of the first paint.
    let is_wanted = RwSignal::new(false);
    let further = {
        let site = site.clone();
        move || is_wanted.get().then(|| options_of(&site, choices, &FURTHER))
    };
    let settings = view! {
        {options_of(&site, choices, &FIRST)}
        <details on:toggle=move |_| is_wanted.set(true)>
            <summary on:click=move |_| is_wanted.set(true)>{site.text(Key::SettingsFurther)}</summary>
            {further}
        </details>
        <p class="preferences-note" role="status">{note}</p>
    }
    .fix();
    view! {
        <button class="button preferences-button" type="button" popovertarget=PANEL aria-label=site.text(Key::ReadingSettings)>
            <span aria-hidden="true">"Aa"</span>
        </button>
        {panel(PANEL, "preferences", Key::ReadingSettings, settings)}
    }
}

fn options_of(site: &Site, choices: Choices, all: &[Setting]) -> Vec<Fixed> {
    all.iter().map(|it| options(site, choices, *it)).collect()
}

/// Radio buttons, one a choice.
fn options(site: &Site, choices: Choices, setting: Setting) -> Fixed {
    let (group, legend) = setting.name();
    let radios = setting.choices().iter().map(|(name, label)| {
        let is_chosen = flag(move || choices.is_chosen(setting, name));
        view! {
            <label class="choice" data-choice=*name>
                <input type="radio" name=group value=*name prop:checked=is_chosen on:change=move |_| choices.choose(setting, name) />
                <span>{site.text(*label)}</span>
            </label>
        }
    });
    let radios = radios.collect_view();
    view! {
        <fieldset>
            <legend>{site.text(legend)}</legend>
            <div class="choices">{radios}</div>
        </fieldset>
    }
    .fix()
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
