//! The library: what was begun, saved and read, and all that can be done with it.

use super::keys;
use super::offline::{self, Archive, Journey, Saving};
use super::reading::{Export, Reading};
use super::shelf::link;
use super::store::Library;
use crate::browser::{device, download, field, install};
use crate::components::library::marker;
use crate::fixed::{Fix, Fixed, flag, text};
use crate::messages::Key;
use crate::site::Site;
use jumpline_article::Permalink;
use leptos::prelude::*;
use leptos::task::spawn_local;

const FILE: &str = "library-file";

/// Which articles, and in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Wanted {
    words: String,
    by_title: bool,
}

impl Wanted {
    fn choose(&self, readings: Vec<Reading>) -> Vec<Reading> {
        let words = self.words.to_lowercase();
        let mut some: Vec<Reading> =
            readings.into_iter().filter(|it| it.title.to_lowercase().contains(words.trim())).collect();
        if self.by_title {
            some.sort_by_key(|it| it.title.to_lowercase());
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
    let wanted = RwSignal::new(Wanted::default());
    let memory = site.text(Key::LibraryMemory);
    let memory = text(move || if library.lasts() { String::new() } else { memory.to_owned() });
    let (latest, by_title) = (site.text(Key::SortLatest), site.text(Key::SortTitle));
    let type_words = move |event| wanted.update(|it| it.words = event_target_value(&event));
    let sort = move |event| wanted.update(|it| it.by_title = event_target_value(&event) == "title");
    let is_empty = flag(move || library.readings().0.len() < 2);
    view! {
        <p class="said" role="status">{memory}</p>
        <p class="library-tools" hidden=is_empty>
            <label>{site.text(Key::FilterLabel)}" "<input type="search" on:input=type_words /></label>
            <label>
                {site.text(Key::SortLabel)}" "
                <select on:change=sort><option value="latest">{latest}</option><option value="title">{by_title}</option></select>
            </label>
        </p>
        <Part library wanted title=Key::ContinueReading empty=Key::EmptyBegun which=0 />
        <Part library wanted title=Key::Saved empty=Key::EmptySaved which=1 />
        <Part library wanted title=Key::HistoryTitle empty=Key::EmptyHistory which=2 />
        <TheArchive library />
        <Settled library />
        <Everything library />
    }
    .late()
}

/// One of the three lists.
#[component]
fn Part(library: Library, wanted: RwSignal<Wanted>, title: Key, empty: Key, which: u8) -> impl IntoView {
    let site = Site::current();
    let id = format!("library-{which}");
    let list = {
        let site = site.clone();
        move || {
            if !library.is_open() {
                return None;
            }
            let readings = library.readings();
            let all = match which {
                0 => readings.begun(),
                1 => readings.saved(),
                _ => readings.history(),
            };
            let some = wanted.with(|it| it.choose(all));
            if some.is_empty() {
                return Some(view! { <p class="empty">{site.text(empty)}</p> }.late());
            }
            let rows = some.into_iter().map(|it| row(&site, library, it, which)).collect::<Vec<_>>();
            Some(view! { <ul class="library-list">{rows}</ul> }.late())
        }
    };
    view! {
        <section aria-labelledby=id.clone()>
            <h2 class="shelf-title" id=id.clone()>{site.text(title)}</h2>
            {list}
        </section>
    }
    .late()
}

fn row(site: &Site, library: Library, reading: Reading, which: u8) -> Fixed {
    let remove_label = format!("{}: {}", site.text(Key::Remove), reading.title);
    let about = match which {
        1 => size(site, reading.bytes),
        _ if reading.done => site.text(Key::MarkRead).to_owned(),
        _ => site.messages.count(Key::MinutesLeft, reading.minutes_left()),
    };
    let href = link(site, &reading);
    let name = reading.permalink.clone();
    let remove = {
        let site = site.clone();
        move |_| {
            let name = name.clone();
            match (which, Permalink::new(&name)) {
                (1, Ok(permalink)) => offline::remove(library, site.clone(), permalink),
                // A place is forgotten, the history stays.
                (0, _) => library.change(move |all| all.change(&name, |it| (it.share, it.paragraph) = (0, 0))),
                _ => library.change(move |all| all.change(&name, |it| (it.at, it.share, it.done) = (0, 0, false))),
            }
        }
    };
    view! {
        <li>
            <a href=href>{reading.title}</a>
            <span class="meta">{about}</span>
            <button class="link" type="button" aria-label=remove_label on:click=remove>{site.text(Key::Remove)}</button>
        </li>
    }
    .late()
}

/// Megabytes, as a person reads them.
fn size(site: &Site, bytes: u64) -> String {
    let tenths = u32::try_from(bytes.div_ceil(100_000)).unwrap_or(u32::MAX);
    let (whole, tenth) = (site.messages.number(tenths / 10), site.messages.number(tenths % 10));
    if tenths >= 100 { format!("{whole} MB") } else { format!("{whole}.{tenth} MB") }
}

/// Taking the whole archive along.
#[component]
fn TheArchive(library: Library) -> impl IntoView {
    let site = Site::current();
    let known = RwSignal::new(None::<Result<Archive, ()>>);
    let journey = Journey { is_on: RwSignal::new(false), ended: RwSignal::new(Saving::Idle) };
    let look = {
        let site = site.clone();
        move || {
            let site = site.clone();
            spawn_local(async move {
                let archive = offline::archive(&site).await.map_err(drop);
                let _ = known.try_update(|it| *it = Some(archive));
            });
        }
    };
    look();
    let count = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
    let saved = Signal::derive(move || {
        let readings = library.readings();
        known.with(|it| match it {
            Some(Ok(archive)) => {
                let is_saved = |it: &&offline::Piece| readings.of(it.permalink.as_str()).is_some_and(|it| it.saved > 0);
                Some((archive.articles.iter().filter(is_saved).count(), archive.articles.len()))
            }
            _ => None,
        })
    });
    let about = {
        let site = site.clone();
        text(move || {
            let size = known.with(|it| match it {
                Some(Ok(archive)) => Some(size(&site, archive.articles.iter().map(|it| it.bytes).sum())),
                _ => None,
            });
            match (size, saved.get(), journey.ended.get()) {
                (_, _, Saving::Missing) => site.text(Key::SaveFailed).to_owned(),
                (_, _, Saving::Full) => site.text(Key::SaveFull).to_owned(),
                (Some(_), Some((done, all)), _) if done == all => site.messages.count(Key::ArchiveDone, count(all)),
                (Some(size), Some((0, all)), _) => {
                    let articles = site.messages.count(Key::ArchiveArticles, count(all));
                    format!("{articles}, {size}")
                }
                (Some(_), Some((done, all)), _) => {
                    let (done, all) = (site.messages.number(count(done)), site.messages.number(count(all)));
                    site.messages.fill(Key::ArchiveProgress, &[("done", &done), ("all", &all)])
                }
                _ if known.with(Option::is_some) => site.text(Key::ArchiveUnknown).to_owned(),
                _ => site.text(Key::Loading).to_owned(),
            }
        })
    };
    let press = {
        let site = site.clone();
        move |_| {
            if journey.is_on.get_untracked() {
                offline::keep_going(&site, false);
                return journey.is_on.set(false);
            }
            if let Some(Ok(archive)) = known.get_untracked() {
                offline::take(library, site.clone(), archive, journey);
            }
        }
    };
    let label = {
        let site = site.clone();
        text(move || {
            let key = match journey.is_on.get() {
                true => Key::ArchivePause,
                false if offline::is_begun(&site) => Key::ArchiveResume,
                false => Key::ArchiveStart,
            };
            site.text(key).to_owned()
        })
    };
    let is_over = flag(move || saved.get().is_none_or(|(done, all)| done == all));
    let (done, all) = (
        move || saved.get().map_or(0, |it| it.0).to_string(),
        move || saved.get().map_or(1, |it| it.1.max(1)).to_string(),
    );
    let is_idle = flag(move || !journey.is_on.get() && saved.get().is_none_or(|it| it.0 == 0 || it.0 == it.1));
    view! {
        <section aria-labelledby="library-archive">
            <h2 class="shelf-title" id="library-archive">{site.text(Key::ArchiveTakeTitle)}</h2>
            <p role="status">{about}</p>
            <progress hidden=is_idle value=done max=all aria-labelledby="library-archive"></progress>
            <p class="actions" hidden=is_over><button class="button" type="button" on:click=press>{label}</button></p>
        </section>
    }
    .late()
}

/// Installing the site, and the keys.
#[component]
fn Settled(library: Library) -> impl IntoView {
    let site = Site::current();
    let is_offered = RwSignal::new(install::is_offered() && !install::is_installed());
    let ask = move |_| {
        install::ask();
        is_offered.set(false);
    };
    let apple = (install::is_apple() && !install::is_installed())
        .then(|| view! { <p>{site.text(Key::InstallApple)}</p> }.late());
    let help = move || library.help.get().then(|| keys::help(library));
    view! {
        <section aria-labelledby="library-settled">
            <h2 class="shelf-title" id="library-settled">{site.text(Key::InstallTitle)}</h2>
            {apple}
            <p class="actions" hidden=flag(move || !is_offered.get())>
                <button class="button" type="button" on:click=ask>{site.text(Key::Install)}</button>
            </p>
            {keys::switch(&site)}
            {help}
        </section>
    }
    .late()
}

/// Everything as a file, and away with it.
#[component]
fn Everything(library: Library) -> impl IntoView {
    let site = Site::current();
    let (asks, said) = (RwSignal::new(false), RwSignal::new(None::<Key>));
    let save = move |_| {
        let export = Export { version: 1, readings: library.readings_now().0.clone() };
        if let Ok(json) = serde_json::to_string_pretty(&export) {
            download::json("library.json", &json);
        }
    };
    let bring = move |_| {
        spawn_local(async move {
            let file = field::chosen_document(FILE).await;
            match file.and_then(|it| serde_json::from_str::<Export>(&it).ok()) {
                Some(file) if file.version == 1 => {
                    library.change(move |all| all.take_in(file.readings.clone()));
                    said.set(Some(Key::LibraryImported));
                }
                _ => said.set(Some(Key::LibraryImportBad)),
            }
        });
    };
    let delete = {
        let site = site.clone();
        move |_| {
            if !asks.get_untracked() {
                return asks.set(true);
            }
            asks.set(false);
            let base = site.publication().base.as_str().to_owned();
            let mut databases = vec![marker(&site), crate::components::comments::marker(&site)];
            databases.extend(site.publication().paywall.lock.as_ref().map(|it| format!("jumpline:{}", it.mark)));
            spawn_local(async move {
                library.clear().await;
                device::forget(&base, &databases).await;
                said.set(Some(Key::DeleteDone));
            });
        }
    };
    let (ask, really) = (site.text(Key::DeleteAll), site.text(Key::DeleteAllReally));
    let label = text(move || if asks.get() { really } else { ask }.to_owned());
    let words = {
        let site = site.clone();
        text(move || said.get().map_or_else(String::new, |it| site.text(it).to_owned()))
    };
    view! {
        <section aria-labelledby="library-all">
            <h2 class="shelf-title" id="library-all">{site.text(Key::LibraryAll)}</h2>
            <p>{site.text(Key::LibraryAllText)}</p>
            <div class="actions">
                <button class="button" type="button" on:click=save>{site.text(Key::LibraryExport)}</button>
                <label class="button" for=FILE>{site.text(Key::LibraryImport)}</label>
                <input class="visually-hidden" type="file" id=FILE accept="application/json,.json" on:change=bring />
                <button class="button" type="button" on:click=delete>{label}</button>
                <button class="button" type="button" hidden=flag(move || !asks.get()) on:click=move |_| asks.set(false)>
                    {site.text(Key::DeleteKeep)}
                </button>
            </div>
            <p class="said" role="status">{words}</p>
        </section>
    }
    .late()
}
