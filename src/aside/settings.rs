//! Reading settings: theme, typeface, text size and what else makes a page one's own.

use crate::components::preferences::Choices;
use crate::fixed::{Fix, Fixed, flag};
use crate::messages::Key;
use crate::preferences::Setting;
use crate::site::Site;
use leptos::prelude::*;

/// What most look for, and what a few cannot read without.
const FIRST: [Setting; 3] = [Setting::Theme, Setting::Font, Setting::Size];
const FURTHER: [Setting; 6] =
    [Setting::Measure, Setting::Leading, Setting::Justified, Setting::Hyphens, Setting::Pictures, Setting::Motion];

/// All of them: what few look for is folded.
#[component]
pub fn Settings() -> impl IntoView {
    let site = Site::current();
    let choices: Choices = expect_context();
    let (kept, lost) = (site.text(Key::SettingsKept), site.text(Key::SettingsLost));
    let note = move || if choices.kept().get() { kept } else { lost };
    view! {
        {options_of(&site, choices, &FIRST)}
        <details>
            <summary>{site.text(Key::SettingsFurther)}</summary>
            {options_of(&site, choices, &FURTHER)}
        </details>
        <p class="preferences-note" role="status">{note}</p>
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
    .late()
}
