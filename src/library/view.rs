//! The library: what was begun, saved and read.

use super::archive::TheArchive;
use super::everything::{Everything, Settled};
use super::offline;
use super::reading::Reading;
use super::rows::{List, Removed, part};
use super::store::Library;
use crate::browser::collate::{self, Order};
use crate::browser::{device, document};
use crate::fixed::{Fix, flag, text};
use crate::messages::Key;
use crate::parts;
use crate::site::Site;
use jumpline_article::Language;
use leptos::prelude::*;
use leptos::task::{spawn_local, tick};

/// Id of what is said first.
const SAID: &str = "library-said";

/// Which articles, and in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wanted {
    words: String,
    by_title: bool,
    /// What was removed last.
    pub(super) removed: Option<Removed>,
}

impl Wanted {
    fn fits(&self, reading: &Reading) -> bool {
        let words = self.words.trim();
        words.is_empty() || collate::plain(&reading.title).contains(&collate::plain(words))
    }

    pub(super) fn choose(&self, readings: Vec<Reading>, language: Language) -> Vec<Reading> {
        let mut some: Vec<Reading> = readings.into_iter().filter(|it| self.fits(it)).collect();
        if self.by_title {
            let order = Order::of(language);
            some.sort_by(|one, other| order.compare(&one.title, &other.title));
        }
        some
    }
}

/// All of the library.
#[component]
pub fn Whole(
    /// What is kept.
    library: Library,
) -> impl IntoView {
    let site = Site::current();
    // Who comes back to the library finds it as it was.
    let wanted = parts::once(|| RwSignal::new(Wanted::default()));
    wanted.update(|it| it.removed = None);
    on_cleanup({
        let site = site.clone();
        // Nobody can take back any more what was removed here.
        move || {
            library.offer(None);
            spawn_local(async move { offline::clear_removed(library, &site).await });
        }
    });
    let (words, is_by_title) = wanted.with_untracked(|it| (it.words.clone(), it.by_title));
    let is_new = device::was_forgotten();
    let (memory, gone) = (site.text(Key::LibraryMemory), if is_new { site.text(Key::DeleteDone) } else { "" });
    let said = text(move || {
        // What was brought in since is not gone.
        let is_empty = || library.readings().0.is_empty();
        match is_new || library.lasts() {
            false => memory,
            true if is_empty() => gone,
            true => "",
        }
        .to_owned()
    });
    if is_new {
        spawn_local(async {
            tick().await;
            document::bring(SAID, SAID);
        });
    }
    // Where the focus is led to it, it need not be said.
    let role = (!is_new).then_some("status");
    let (latest, by_title) = (site.text(Key::SortLatest), site.text(Key::SortTitle));
    let told = {
        let site = site.clone();
        text(move || {
            let count = || library.readings().0.iter().filter(|it| wanted.with(|wanted| wanted.fits(it))).count();
            match wanted.with(|it| it.words.is_empty()) {
                true => String::new(),
                false => site.messages.count(Key::PieceCount, u32::try_from(count()).unwrap_or(u32::MAX)),
            }
        })
    };
    let type_words = move |event| wanted.update(|it| (it.words, it.removed) = (event_target_value(&event), None));
    let sort = move |event| wanted.update(|it| it.by_title = event_target_value(&event) == "title");
    let is_empty = flag(move || library.readings().0.len() < 2);
    // At once, since whatever came later would push the rest away.
    let all = move || {
        library.is_open().then(|| {
            let site = Site::current();
            let archive = site.publication().app.offline.then(|| view! { <TheArchive library /> });
            view! {
                <p class="library-tools" hidden=is_empty>
                    <label>{site.text(Key::FilterLabel)}" "<input type="search" value=words.clone() on:input=type_words /></label>
                    <label>
                        {site.text(Key::SortLabel)}" "
                        <select on:change=sort><option value="latest">{latest}</option><option value="title" selected=is_by_title>{by_title}</option></select>
                    </label>
                </p>
                {part(library, wanted, List::Begun)}
                {part(library, wanted, List::Saved)}
                {part(library, wanted, List::History)}
                {archive}
                <Settled />
                <Everything library />
            }
            .late()
        })
    };
    view! {
        <p class="said" role=role id=SAID tabindex="-1">{said}</p>
        <p class="visually-hidden" role="status">{told}</p>
        {all}
    }
    .late()
}
