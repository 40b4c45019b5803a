//! The tools of an article: back to the place of an earlier visit, how far it is, saving it.

use super::offline::{self, Saving};
use super::place::{PARAGRAPHS, Place};
use super::share::Share;
use super::store::Library;
use crate::browser::document;
use crate::components::library::Opened;
use crate::components::notices::Notices;
use crate::fixed::{Fix, flag, text};
use crate::messages::Key;
use crate::site::Site;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Id of the button that saves.
const SAVE: &str = "article-save";

/// The tools.
#[component]
pub fn Tools(
    /// What is kept.
    library: Library,
    /// The article.
    opened: Opened,
    /// Where its reader is.
    place: Place,
) -> impl IntoView {
    let site = Site::current();
    let permalink = opened.permalink.as_str().to_owned();
    let saving = RwSignal::new(Saving::Idle);
    let (title, url) = (opened.title.clone(), site.publication().absolute(&permalink));
    let is_saved = {
        let permalink = permalink.clone();
        Signal::derive(move || library.readings().of(&permalink).is_some_and(|it| it.saved > 0))
    };
    let save = {
        let site = site.clone();
        move |_| {
            let (site, opened) = (site.clone(), opened.clone());
            match (is_saved.get_untracked(), saving.get_untracked()) {
                (_, Saving::Working) => {}
                (true, _) => {
                    offline::remove(library, &site, opened.permalink.as_str());
                    spawn_local(async move { offline::clear_removed(library, &site).await });
                }
                (false, _) => offline::save(library, site, opened, saving),
            }
        }
    };
    // A key saves from anywhere in the article: who does not see the button is told, and who does not see at all. Where the button has the
    // focus, it says itself what it has become.
    Effect::new({
        let (site, notices) = (site.clone(), Notices::current());
        move |before: Option<(bool, Saving)>| {
            let now = (is_saved.get(), saving.get());
            let said = match now {
                _ if before.is_none_or(|it| it == now) => None,
                (true, _) => Some(Key::SavedOffline),
                (false, it) => it.failure(),
            };
            if let Some(key) = said.filter(|it| *it != Key::SavedOffline || !document::is_focused(SAVE)) {
                let words = site.text(key).to_owned();
                if document::is_in_view(SAVE) { notices.tell(words) } else { notices.say(words) }
            }
            now
        }
    });
    let label = {
        let site = site.clone();
        text(move || {
            let key = match (is_saved.get(), saving.get()) {
                (true, _) => Key::SavedOffline,
                (false, Saving::Working) => Key::Saving,
                (false, _) => Key::SaveOffline,
            };
            site.text(key).to_owned()
        })
    };
    let said = {
        let site = site.clone();
        text(move || saving.get().failure().map_or_else(String::new, |it| site.text(it).to_owned()))
    };
    let left = {
        let (site, permalink) = (site.clone(), permalink);
        text(move || {
            // Plurals take their time, and most who open an article have no place in it.
            if place.before.get().is_none() {
                return String::new();
            }
            let left = library.readings().of(&permalink).map_or(0, |it| it.minutes_left());
            site.messages.count(Key::MinutesLeft, left)
        })
    };
    let back = move |_| {
        if let Some(paragraph) = place.before.get_untracked() {
            place.before.set(None);
            document::go_to_one(PARAGRAPHS, paragraph);
        }
    };
    let share = move || place.share.get().to_string();
    let pressed = move || if is_saved.get() { "true" } else { "false" };
    // Without a service worker nothing that is saved would open.
    let save = site.publication().app.offline.then(|| {
        view! { <button class="button" type="button" id=SAVE aria-pressed=pressed on:click=save>{label}</button> }
            .late()
    });
    view! {
        <div class="place-bar" aria-hidden="true" style:--share=share></div>
        {save}
        <button class="button main" type="button" hidden=flag(move || place.before.get().is_none()) on:click=back>
            {site.text(Key::PlaceBack)}" · "{left}
        </button>
        <Share title url />
        <p class="said">{said}</p>
    }
    .late()
}
