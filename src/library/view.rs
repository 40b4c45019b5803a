//! The library: what was begun, saved and read.

use super::archive::TheArchive;
use super::everything::{Everything, Settled};
use super::offline;
use super::reading::{Reading, Readings};
use super::shelf::{self, link};
use super::store::Library;
use crate::browser::collate::{self, Order};
use crate::browser::{device, document};
use crate::fixed::{Fix, Fixed, flag, text};
use crate::messages::Key;
use crate::parts;
use crate::site::Site;
use jumpline_article::{Language, Permalink};
use leptos::prelude::*;
use leptos::task::{spawn_local, tick};

/// Articles of a list that are drawn before somebody asks for the others.
const SHOWN: usize = 50;
/// Id of what is said first.
const SAID: &str = "library-said";

/// Which articles, and in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Wanted {
    words: String,
    by_title: bool,
    /// The title of what was removed last, to say so.
    removed: Option<String>,
}

impl Wanted {
    fn fits(&self, reading: &Reading) -> bool {
        let words = self.words.trim();
        words.is_empty() || collate::plain(&reading.title).contains(&collate::plain(words))
    }

    fn choose(&self, readings: Vec<Reading>, language: Language) -> Vec<Reading> {
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
    let (latest, by_title) = (site.text(Key::SortLatest), site.text(Key::SortTitle));
    let told = {
        let site = site.clone();
        text(move || {
            let count = || library.readings().0.iter().filter(|it| wanted.with(|wanted| wanted.fits(it))).count();
            match wanted.with(|it| (it.removed.clone(), it.words.is_empty())) {
                (Some(title), _) => site.messages.fill(Key::Removed, &[("title", &title)]),
                (None, true) => String::new(),
                (None, false) => site.messages.count(Key::PieceCount, u32::try_from(count()).unwrap_or(u32::MAX)),
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
                <Part library wanted list=List::Begun />
                <Part library wanted list=List::Saved />
                <Part library wanted list=List::History />
                {archive}
                <Settled />
                <Everything library />
            }
            .late()
        })
    };
    view! {
        <p class="said" role="status" id=SAID tabindex="-1">{said}</p>
        <p class="visually-hidden" role="status">{told}</p>
        {all}
    }
    .late()
}

/// One of the three lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum List {
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
}

#[component]
fn Part(library: Library, wanted: RwSignal<Wanted>, list: List) -> impl IntoView {
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
    view! {
        <section aria-labelledby=id>
            <h2 class="shelf-title" id=id tabindex="-1">{site.text(title)}</h2>
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
    let (href, tongue) = (link(site, &reading), site.tongue(reading.language()));
    let (name, title) = (reading.permalink.clone(), reading.title.clone());
    let remove = {
        let site = site.clone();
        move |_| {
            let name = name.clone();
            // The button is about to go, and who pressed it shall not stand at the top of the page.
            document::focus(list.words().0);
            let title = title.clone();
            wanted.update(|it| it.removed = Some(title));
            match (list, Permalink::new(&name)) {
                (List::Saved, Ok(permalink)) => offline::remove(library, site.clone(), permalink),
                // A place is forgotten, the history stays.
                (List::Begun, _) => library
                    .change(vec![name.clone()], move |all| all.change(&name, |it| (it.share, it.paragraph) = (0, 0))),
                _ => library.change(vec![name.clone()], move |all| {
                    all.change(&name, |it| (it.at, it.share, it.done) = (0, 0, false));
                }),
            }
        }
    };
    view! {
        <li>
            <a href=href lang=tongue.lang dir=tongue.dir>{reading.title}</a>
            <span class="meta">{about}</span>
            <button class="link" type="button" aria-label=remove_label on:click=remove>{site.text(Key::Remove)}</button>
        </li>
    }
    .late()
}

/// A size as a person reads it. Without fractions, which every language writes in its own way.
pub(super) fn size(site: &Site, bytes: u64) -> String {
    let (unit, name) = if bytes < 2_000_000 { (1000, "kB") } else { (1_000_000, "MB") };
    let count = u32::try_from((bytes + unit / 2) / unit).unwrap_or(u32::MAX).max(1);
    format!("{} {name}", site.messages.number(count))
}
