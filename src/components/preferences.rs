//! Reading settings: theme, typeface, text size, and the layout of a narrow screen.

use crate::fixed::{Fix, Fixed, flag};
use crate::messages::Key;
use crate::preferences::{Font, Layout, Preferences, Size, Theme};
use crate::site::Site;
use leptos::prelude::*;

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

    /// Takes over what is kept on this device; `index.html` has already shown it on the page.
    pub fn load(self) {
        self.chosen.set(Preferences::load());
    }

    fn change(self, change: impl FnOnce(&mut Preferences)) {
        self.chosen.update(change);
        self.kept.set(self.chosen.get_untracked().apply().is_ok());
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
    let theme = Theme::ALL.iter().map(|it| {
        let key = match it {
            Theme::System => Key::ThemeSystem,
            Theme::Light => Key::ThemeLight,
            Theme::Sepia => Key::ThemeSepia,
            Theme::Dark => Key::ThemeDark,
        };
        option(
            it.name(),
            key,
            move || choices.chosen.with(|now| now.theme == *it),
            move || choices.change(|now| now.theme = *it),
        )
    });
    let font = Font::ALL.iter().map(|it| {
        let key = match it {
            Font::Serif => Key::FontSerif,
            Font::Sans => Key::FontSans,
        };
        option(
            it.name(),
            key,
            move || choices.chosen.with(|now| now.font == *it),
            move || choices.change(|now| now.font = *it),
        )
    });
    let size = [Size::Small, Size::Normal, Size::Large, Size::Larger].into_iter().map(|it| {
        let key = match it {
            Size::Small => Key::SizeSmall,
            Size::Normal => Key::SizeNormal,
            Size::Large => Key::SizeLarge,
            Size::Larger => Key::SizeLarger,
        };
        option(
            it.name(),
            key,
            move || choices.chosen.with(|now| now.size == it),
            move || choices.change(|now| now.size = it),
        )
    });
    let note = move || site_note(choices.kept.get());
    let legend = |key: Key| view! { <legend>{site.text(key)}</legend> };
    view! {
        <button class="button preferences-button" type="button" popovertarget="preferences" aria-label=site.text(Key::ReadingSettings)>
            <span aria-hidden="true">"Aa"</span>
        </button>
        <div class="preferences" id="preferences" popover="auto" role="dialog" aria-label=site.text(Key::ReadingSettings)>
            <fieldset>
                {legend(Key::Theme)}
                {options("theme", theme.collect())}
            </fieldset>
            <fieldset>
                {legend(Key::Font)}
                {options("font", font.collect())}
            </fieldset>
            <fieldset>
                {legend(Key::Size)}
                {options("size", size.collect())}
            </fieldset>
            <p class="preferences-note" role="status">{note}</p>
            <button class="button" type="button" popovertarget="preferences" popovertargetaction="hide">{site.text(Key::Close)}</button>
        </div>
    }
}

fn site_note(kept: bool) -> &'static str {
    Site::current().text(if kept { Key::SettingsKept } else { Key::SettingsLost })
}

/// One of several that exclude each other.
struct Choice {
    name: &'static str,
    label: Key,
    is_chosen: Signal<bool>,
    choose: Callback<()>,
}

fn option(
    name: &'static str,
    label: Key,
    is_chosen: impl Fn() -> bool + Send + Sync + 'static,
    choose: impl Fn() + Send + Sync + 'static,
) -> Choice {
    Choice { name, label, is_chosen: flag(is_chosen), choose: Callback::new(move |()| choose()) }
}

/// Radio buttons, one a choice.
fn options(group: &'static str, all: Vec<Choice>) -> Fixed {
    let site = Site::current();
    let radios = all
        .into_iter()
        .map(|Choice { name, label, is_chosen, choose }| {
            view! {
                <label class="choice" data-choice=name>
                    <input type="radio" name=group value=name prop:checked=is_chosen on:change=move |_| choose.run(()) />
                    <span>{site.text(label)}</span>
                </label>
            }
        })
        .collect_view();
    view! { <div class="choices">{radios}</div> }.fix()
}

/// *Exit mobile version* on a narrow screen, and the way back.
#[component]
pub fn LayoutSwitch() -> impl IntoView {
    let site = Site::current();
    let choices: Choices = expect_context();
    let is_full = move || choices.chosen.with(|it| it.layout == Layout::Full);
    let exit = site.text(Key::ExitMobile);
    let back = site.text(Key::MobileVersion);
    let switch = move |_| {
        let next = if is_full() { Layout::Mobile } else { Layout::Full };
        choices.change(|it| it.layout = next);
    };
    view! {
        <button class="link layout-switch" type="button" on:click=switch>
            {move || if is_full() { back } else { exit }}
        </button>
    }
}
