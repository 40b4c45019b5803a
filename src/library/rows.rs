//! The lists of the library, row by row.

use super::reading::{Reading, Readings};
use super::shelf::{self, link};
use super::store::Library;
use super::view::Wanted;
use super::{journey, offline};
use crate::browser::document;
use crate::components::notices::Notices;
use crate::fixed::{Fix, Fixed};
use crate::messages::Key;
use crate::site::Site;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Articles of a list that are drawn before somebody asks for the others.
const SHOWN: usize = 50;

/// One of the three lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    Begun,
    Saved,
    History,
}

impl List {
    /// Its id, its title, and what stands there when it is empty.
    fn words(self) -> (&'static str, Key, Key) {
        match self {
            Self::Begun => ("library-begun", Key::ContinueReading, Key::EmptyBegun),
            Self::Saved => ("library-saved", Key::Saved, Key::EmptySaved),
            Self::History => ("library-history", Key::HistoryTitle, Key::EmptyHistory),
        }
    }

    fn of(self, readings: &Readings) -> Vec<Reading> {
        match self {
            Self::Begun => readings.begun(),
            Self::Saved => readings.saved(),
            Self::History => readings.history(),
        }
    }

    /// Takes an article out of it.
    fn remove(self, library: Library, site: &Site, reading: &Reading) {
        let name = reading.permalink.clone();
        match self {
            Self::Saved => {
                library.offer(Some(&name));
                offline::remove(library, site, &name);
                let site = site.clone();
                // What was removed before.
                spawn_local(async move { offline::clear_removed(library, &site).await });
            }
            // A place is forgotten, the history stays.
            Self::Begun => {
                library.change(vec![name.clone()], move |all| all.change(&name, |it| (it.share, it.paragraph) = (0, 0)))
            }
            Self::History => library.change(vec![name.clone()], move |all| {
                all.change(&name, |it| (it.at, it.share, it.done) = (0, 0, false));
            }),
        }
    }
}

/// What was removed from a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Removed {
    list: List,
    reading: Reading,
    /// Whether the whole archive was to be kept, which ends with that.
    was_archive: bool,
}

impl Removed {
    /// Puts it back as it was. `false` when it cannot be.
    async fn put_back(self, library: Library, site: &Site) -> bool {
        let Self { list, reading, was_archive } = self;
        let name = reading.permalink.clone();
        match list {
            List::Saved => {
                let is_back = offline::put_back(library, site, reading).await;
                if is_back && was_archive {
                    journey::keep_going(site, true);
                }
                return is_back;
            }
            List::Begun => library.change(vec![name.clone()], move |all| {
                all.change(&name, |it| (it.share, it.paragraph) = (reading.share, reading.paragraph));
            }),
            List::History => library.change(vec![name.clone()], move |all| {
                all.change(&name, |it| {
                    let (saved, bytes, digest) = (it.saved, it.bytes, std::mem::take(&mut it.digest));
                    *it = Reading { saved, bytes, digest, ..reading.clone() };
                });
            }),
        }
        true
    }
}

/// A list, and what was removed from it last.
pub(super) fn part(library: Library, wanted: RwSignal<Wanted>, list: List) -> Fixed {
    let site = Site::current();
    let (id, title, empty) = list.words();
    let is_wanted = RwSignal::new(false);
    // While an archive is taken along everything is told three times a second, and most of it is no news here: who has the focus in a list
    // that is drawn anew has lost it.
    let all = Memo::new(move |_| list.of(&library.readings()));
    let rows = {
        let site = site.clone();
        move || {
            let all = all.get();
            let empty = if all.is_empty() { empty } else { Key::EmptyFilter };
            let mut some = wanted.with(|it| it.choose(all, site.messages.language()));
            if some.is_empty() {
                return view! { <p class="empty">{site.text(empty)}</p> }.late();
            }
            let others = some.split_off(SHOWN.min(some.len()));
            let rows = some.into_iter().map(|it| row(&site, library, it, list, wanted)).collect::<Vec<_>>();
            let others = (!others.is_empty()).then(|| more(&site, library, others, list, wanted, is_wanted));
            view! { <ul class="library-list">{rows}</ul> {others} }.late()
        }
    };
    // What came back by itself, since it was read in another tab, is not put back over that.
    let is_gone = move |it: &Reading| all.with(|all| all.iter().all(|other| other.permalink != it.permalink));
    let last = Memo::new(move |_| {
        let removed = wanted.with(|it| it.removed.clone()).filter(|it| it.list == list);
        removed.filter(|it| is_gone(&it.reading))
    });
    let removed = {
        let site = site.clone();
        move || last.get().map(|removed| undo(&site, library, removed, wanted))
    };
    view! {
        <section aria-labelledby=id>
            <h2 class="shelf-title" id=id tabindex="-1">{site.text(title)}</h2>
            <p class="library-removed" role="status">{removed}</p>
            {rows}
        </section>
    }
    .late()
}

/// The end of a long list, drawn when it is opened.
fn more(
    site: &Site,
    library: Library,
    others: Vec<Reading>,
    list: List,
    wanted: RwSignal<Wanted>,
    is_wanted: RwSignal<bool>,
) -> Fixed {
    let label = site.messages.count(Key::MoreArticles, u32::try_from(others.len()).unwrap_or(u32::MAX));
    let is_open = is_wanted.get_untracked();
    let open = move |_| {
        if !is_wanted.get_untracked() {
            is_wanted.set(true);
        }
    };
    let rows = {
        let site = site.clone();
        move || {
            let rows = || others.iter().map(|it| row(&site, library, it.clone(), list, wanted)).collect::<Vec<_>>();
            is_wanted.get().then(|| view! { <ul class="library-list">{rows()}</ul> }.late())
        }
    };
    view! { <details class="library-more" open=is_open on:toggle=open><summary>{label}</summary>{rows}</details> }
        .late()
}

fn row(site: &Site, library: Library, reading: Reading, list: List, wanted: RwSignal<Wanted>) -> Fixed {
    let remove_label = format!("{}: {}", site.text(Key::Remove), reading.title);
    let about = match list {
        List::Saved => size(site, reading.bytes),
        _ => shelf::about(site, &reading),
    };
    let (href, tongue, title) = (link(site, &reading), site.tongue(reading.language()), reading.title.clone());
    let remove = {
        let site = site.clone();
        move |_| {
            // The button is about to go, and who pressed it shall not stand at the top of the page.
            document::focus(list.words().0);
            let was_archive = journey::is_asked_for(&site);
            wanted.update(|it| it.removed = Some(Removed { list, reading: reading.clone(), was_archive }));
            list.remove(library, &site, &reading);
        }
    };
    view! {
        <li>
            <a href=href lang=tongue.lang dir=tongue.dir>{title}</a>
            <span class="meta">{about}</span>
            <button class="link" type="button" aria-label=remove_label on:click=remove>{site.text(Key::Remove)}</button>
        </li>
    }
    .late()
}

/// What was removed, and the way back, which stays until it has led there.
fn undo(site: &Site, library: Library, removed: Removed, wanted: RwSignal<Wanted>) -> Fixed {
    let said = site.messages.fill(Key::Removed, &[("title", &removed.reading.title)]);
    let label = site.text(Key::Undo);
    let (site, notices) = (site.clone(), Notices::current());
    let put_back = move |_| {
        let (site, removed) = (site.clone(), removed.clone());
        document::focus(removed.list.words().0);
        spawn_local(async move {
            if !removed.clone().put_back(library, &site).await {
                return notices.say(site.text(Key::SaveFailed).to_owned());
            }
            wanted.update(|it| it.removed = it.removed.take().filter(|it| *it != removed));
        });
    };
    view! { <span>{said}</span> " " <button class="link" type="button" on:click=put_back>{label}</button> }.late()
}

/// A size as a person reads it. Without fractions, which every language writes in its own way.
pub(super) fn size(site: &Site, bytes: u64) -> String {
    let (unit, name) = if bytes < 2_000_000 { (1000, "kB") } else { (1_000_000, "MB") };
    let count = u32::try_from((bytes + unit / 2) / unit).unwrap_or(u32::MAX).max(1);
    format!("{} {name}", site.messages.number(count))
}
