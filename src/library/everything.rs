//! The library as a whole: installing the site, the keys, all of it as a file, and away with it.

use super::file::NotRead;
use super::store::Library;
use super::{file, keys, offline};
use crate::browser::{device, document, download, field, install};
use crate::components::library::marker;
use crate::components::preferences::Choices;
use crate::fixed::{Fix, flag, text};
use crate::messages::Key;
use crate::paywall::pass;
use crate::site::Site;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Id of the field for a file.
const FILE: &str = "library-file";
/// Ids of the button that asks before it deletes, and of the one that calls it off.
const DELETE: &str = "library-delete";
const KEEP: &str = "library-keep";

/// Installing the site, and the keys.
#[component]
pub fn Settled(
    /// What is kept.
    library: Library,
) -> impl IntoView {
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
pub fn Everything(
    /// What is kept.
    library: Library,
) -> impl IntoView {
    let site = Site::current();
    let (asks, said) = (RwSignal::new(false), RwSignal::new(None::<Key>));
    let choices: Choices = expect_context();
    let save = {
        let site = site.clone();
        move |_| {
            let site = site.clone();
            spawn_local(async move {
                let made = file::write(library, &site).await;
                let _ = said.try_set(made.is_err().then_some(Key::LibraryExportBad));
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
                let said_now = match file::read(library, &site, choices, &json).await {
                    Ok(missing) if missing.is_empty() => Key::LibraryImported,
                    Ok(missing) => {
                        let _ = said.try_set(Some(Key::LibraryImportFetching));
                        match offline::save_again(library, &site, &missing).await {
                            true => Key::LibraryImported,
                            false => Key::LibraryImportUnsaved,
                        }
                    }
                    Err(NotRead::Format) => Key::LibraryImportBad,
                    Err(NotRead::Comments) => Key::LibraryImportHalf,
                };
                let _ = said.try_set(Some(said_now));
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
            <p role="alert" hidden=flag(move || !asks.get())>{site.text(Key::DeleteAllAsk)}</p>
            <p class="said" role="status">{words}</p>
        </section>
    }
    .late()
}
