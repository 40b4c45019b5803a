//! The library as a whole: installing the site, the keys, all of it as a file, and away with it.

use super::file::NotRead;
use super::store::Library;
use super::{file, keys, offline};
use crate::browser::{device, document, download, field, install};
use crate::components::library::marker;
use crate::components::preferences::Choices;
use crate::fixed::{Fix, flag, text};
use crate::messages::Key;
use crate::parts;
use crate::paywall::pass;
use crate::site::Site;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Id of the field for a file.
const FILE: &str = "library-file";
/// Ids of the button that asks before it deletes, and of the one that calls it off.
const DELETE: &str = "library-delete";
const KEEP: &str = "library-keep";

/// Whether the browser offers to install the site.
#[derive(Clone, Copy)]
struct Offered(RwSignal<bool>);

/// Installing the site, and the keys.
#[component]
pub fn Settled() -> impl IntoView {
    let site = Site::current();
    // The browser may offer it only while this is being read.
    let Offered(is_offered) = parts::once(|| {
        let is_offered = RwSignal::new(false);
        install::on_offer(move || is_offered.set(true));
        Offered(is_offered)
    });
    is_offered.set(install::is_offered() && !install::is_installed());
    let ask = move |_| {
        install::ask();
        is_offered.set(false);
    };
    let apple = (install::is_apple() && !install::is_installed())
        .then(|| view! { <p>{site.text(Key::InstallApple)}</p> }.late());
    view! {
        <section aria-labelledby="library-settled">
            <h2 class="shelf-title" id="library-settled">{site.text(Key::InstallTitle)}</h2>
            {apple}
            <p class="actions" hidden=flag(move || !is_offered.get())>
                <button class="button" type="button" on:click=ask>{site.text(Key::Install)}</button>
            </p>
            {keys::switch(&site)}
        </section>
    }
    .late()
}

/// Everything as a file, and away with it.
#[component]
pub fn Everything(
    /// What is kept.
    library: Library,
) -> impl IntoView {
    let site = Site::current();
    let (asks, said) = (RwSignal::new(false), RwSignal::new(String::new()));
    let choices: Choices = expect_context();
    let save = {
        let site = site.clone();
        move |_| {
            let site = site.clone();
            spawn_local(async move {
                let made = file::write(library, &site).await;
                let word = if made.is_err() { site.text(Key::LibraryExportBad) } else { "" };
                let _ = said.try_set(word.to_owned());
                if let Ok(json) = made {
                    download::json("library.json", &json);
                }
            });
        }
    };
    let bring = {
        let site = site.clone();
        move |_| {
            let site = site.clone();
            spawn_local(async move {
                let Some(json) = field::chosen_document(FILE).await else { return };
                let say = |words: &[&str]| drop(said.try_set(words.concat()));
                let taken = match file::read(library, &site, choices, &json).await {
                    Ok(taken) => taken,
                    Err(NotRead::Format) => return say(&[site.text(Key::LibraryImportBad)]),
                    Err(NotRead::Later) => return say(&[site.text(Key::LibraryImportLater)]),
                };
                let is_offered = taken.is_kept && site.publication().app.offline;
                let is_whole = taken.missing.is_empty() || !is_offered || {
                    say(&[site.text(Key::LibraryImportFetching)]);
                    offline::save_again(library, &site, &taken.missing).await
                };
                let word = site.text(match (taken.is_kept, taken.has_comments, is_whole) {
                    (false, ..) => Key::LibraryImportUnkept,
                    (_, false, _) => Key::LibraryImportHalf,
                    (.., false) => Key::LibraryImportUnsaved,
                    _ => Key::LibraryImported,
                });
                match taken.left_out {
                    0 => say(&[word]),
                    count => say(&[word, " ", &site.messages.count(Key::LibraryImportLeft, count)]),
                }
            });
        }
    };
    let delete = {
        let site = site.clone();
        move |_| {
            asks.set(false);
            let base = site.publication().base.as_str().to_owned();
            let mut databases = vec![marker(&site), crate::components::comments::marker(&site)];
            databases.extend(site.publication().paywall.lock.as_ref().map(pass::name));
            spawn_local(async move {
                library.clear().await;
                device::forget(&base, &databases).await;
                // Pass, subscription, settings: the page still shows them.
                device::begin_anew();
            });
        }
    };
    // The harmless answer comes where the question was pressed: a double click shall not be one.
    let ask = move |_| {
        asks.set(true);
        document::focus_soon(KEEP);
    };
    let keep = move |_| {
        asks.set(false);
        document::focus_soon(DELETE);
    };
    view! {
        <section aria-labelledby="library-all">
            <h2 class="shelf-title" id="library-all">{site.text(Key::LibraryAll)}</h2>
            <p>{site.text(Key::LibraryAllText)}</p>
            <div class="actions">
                <button class="button" type="button" on:click=save>{site.text(Key::LibraryExport)}</button>
                <label class="button" for=FILE>{site.text(Key::LibraryImport)}</label>
                <input class="visually-hidden" type="file" id=FILE accept="application/json,.json" on:change=bring />
            </div>
            // Its room is there before, since the harmless answer stays where the question was pressed.
            <p role="alert" class:is-awaited=move || !asks.get()>{site.text(Key::DeleteAllAsk)}</p>
            <div class="actions">
                <button class="button" id=DELETE type="button" hidden=flag(move || asks.get()) on:click=ask>
                    {site.text(Key::DeleteAll)}
                </button>
                <button class="button" id=KEEP type="button" hidden=flag(move || !asks.get()) on:click=keep>
                    {site.text(Key::DeleteKeep)}
                </button>
                <button class="button" type="button" hidden=flag(move || !asks.get()) on:click=delete>
                    {site.text(Key::DeleteAllReally)}
                </button>
            </div>
            <p class="said" role="status">{text(move || said.get())}</p>
        </section>
    }
    .late()
}
