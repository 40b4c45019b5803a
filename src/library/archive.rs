//! The whole archive, taken along.

use super::journey;
use super::offline;
use super::rows::size;
use super::store::Library;
use crate::browser::document;
use crate::fixed::{Fix, flag, text};
use crate::messages::Key;
use crate::site::Site;
use jumpline_article::offline::Archive;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Ids of the button, and of what is said.
const TAKE: &str = "library-take";
const SAID: &str = "library-taken";

/// How much of the archive is here.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stand {
    /// Its list is on its way.
    Awaited,
    /// Its list did not come.
    Unknown,
    /// So many of all its articles.
    Known { done: usize, all: usize, bytes: u64, has_lists: bool },
}

impl Stand {
    fn of(library: Library, site: &Site, archive: Option<&Option<Archive>>) -> Self {
        match archive {
            None => Self::Awaited,
            Some(None) => Self::Unknown,
            Some(Some(archive)) => Self::Known {
                done: library.readings().count_of(archive),
                all: archive.articles.len(),
                bytes: archive.bytes(),
                has_lists: library.journey.follows_lists(site, &archive.lists),
            },
        }
    }

    fn is_awaited(self) -> bool {
        matches!(self, Self::Awaited)
    }

    /// Whether there is nothing left to take, or nobody knows what.
    fn is_over(self) -> bool {
        match self {
            Self::Awaited => false,
            Self::Unknown => true,
            Self::Known { done, all, has_lists, .. } => done == all && has_lists,
        }
    }

    /// How many of how many, for a bar that never has the length 0.
    fn share(self) -> (usize, usize) {
        match self {
            Self::Known { done, all, .. } => (done, all.max(1)),
            _ => (0, 1),
        }
    }

    fn words(self, site: &Site, is_over: bool) -> String {
        let count = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
        match self {
            Self::Awaited => site.text(Key::Loading).to_owned(),
            Self::Unknown => site.text(Key::ArchiveUnknown).to_owned(),
            Self::Known { all, .. } if is_over => site.messages.count(Key::ArchiveDone, count(all)),
            Self::Known { done: 0, all, bytes, .. } => {
                let articles = site.messages.count(Key::ArchiveArticles, count(all));
                [&articles, site.text(Key::ListJoin), &size(site, bytes)].concat()
            }
            Self::Known { done, all, .. } => {
                let (done, all) = (site.messages.number(count(done)), site.messages.number(count(all)));
                site.messages.fill(Key::ArchiveProgress, &[("done", &done), ("all", &all)])
            }
        }
    }
}

/// What is said aloud of taking it: not each article that has come.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Turn {
    is_on: bool,
    failed: Option<Key>,
    is_over: bool,
}

impl Turn {
    fn words(self, site: &Site, was_on: bool, stand: impl Fn() -> String) -> String {
        let begins = match (self.failed, was_on) {
            (Some(key), _) => return site.text(key).to_owned(),
            _ if self.is_over => "",
            (None, false) if self.is_on => site.text(Key::ArchiveBegun),
            (None, true) if !self.is_on && !journey::is_asked_for(site) => site.text(Key::ArchivePaused),
            _ => return String::new(),
        };
        [begins, " ", &stand()].concat().trim_start().to_owned()
    }
}

/// Taking the whole archive along.
#[component]
pub fn TheArchive(
    /// What is kept.
    library: Library,
) -> impl IntoView {
    let site = Site::current();
    let archive = RwSignal::new(None::<Option<Archive>>);
    let taking = library.journey;
    {
        let site = site.clone();
        spawn_local(async move {
            let known = offline::archive(&site).await.ok();
            let _ = archive.try_update(|it| *it = Some(known));
        });
    }
    let stand = {
        let site = site.clone();
        // One count of what is here for all that follows.
        Memo::new(move |_| archive.with(|it| Stand::of(library, &site, it.as_ref())))
    };
    let is_over = flag(move || !taking.is_on.get() && stand.get().is_over());
    let about = {
        let site = site.clone();
        text(move || match taking.ended.get().failure() {
            Some(key) => site.text(key).to_owned(),
            None => stand.get().words(&site, is_over.get()),
        })
    };
    let aloud = RwSignal::new(String::new());
    Effect::new({
        let site = site.clone();
        move |before: Option<Option<Turn>>| {
            if stand.get().is_awaited() {
                return None;
            }
            let now = Turn { is_on: taking.is_on.get(), failed: taking.ended.get().failure(), is_over: is_over.get() };
            if now.is_over && document::is_focused(TAKE) {
                // The button goes, and who pressed it shall not stand at the top of the page.
                document::focus(SAID);
            } else if let Some(before) = before.flatten().filter(|it| *it != now) {
                let stand = stand.get_untracked();
                aloud.set(now.words(&site, before.is_on, || stand.words(&site, now.is_over)));
            }
            Some(now)
        }
    });
    let press = {
        let site = site.clone();
        move |_| {
            if taking.is_on.get_untracked() {
                return journey::pause(library, &site);
            }
            if let Some(Some(archive)) = archive.get_untracked() {
                journey::take(library, site.clone(), archive);
            }
        }
    };
    let label = {
        let site = site.clone();
        text(move || {
            let key = match taking.is_on.get() {
                true => Key::ArchivePause,
                false if journey::is_begun(&site) => Key::ArchiveResume,
                false => Key::ArchiveStart,
            };
            site.text(key).to_owned()
        })
    };
    let is_idle = flag(move || {
        let (done, all) = stand.get().share();
        // Where something is saved there will be a bar, and its place is kept.
        let is_expected = || stand.get().is_awaited() && library.readings().0.iter().any(|it| it.saved > 0);
        !taking.is_on.get() && (done == 0 || done == all) && !is_expected()
    });
    // Its place is kept: what stands below is pressed meanwhile.
    let is_awaited = flag(move || stand.get().is_awaited());
    let (done, all) = (move || stand.get().share().0.to_string(), move || stand.get().share().1.to_string());
    view! {
        <section aria-labelledby="library-archive">
            <h2 class="shelf-title" id="library-archive">{site.text(Key::ArchiveTakeTitle)}</h2>
            <p id=SAID tabindex="-1">{about}</p>
            <p class="visually-hidden" role="status">{aloud}</p>
            <progress hidden=is_idle value=done max=all aria-labelledby="library-archive"></progress>
            <p class="actions" class:is-awaited=is_awaited hidden=is_over><button class="button" id=TAKE type="button" on:click=press>{label}</button></p>
        </section>
    }
    .late()
}
