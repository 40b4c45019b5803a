//! The whole archive, taken along.

use super::journey;
use super::listed::{Archive, Piece};
use super::offline::{self, Saving};
use super::store::Library;
use super::view::size;
use crate::browser::document;
use crate::fixed::{Fix, flag, text};
use crate::messages::Key;
use crate::site::Site;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Ids of the button, and of what is said.
const TAKE: &str = "library-take";
const SAID: &str = "library-taken";

/// Taking the whole archive along.
#[component]
pub fn TheArchive(
    /// What is kept.
    library: Library,
) -> impl IntoView {
    let site = Site::current();
    let known = RwSignal::new(None::<Result<Archive, ()>>);
    let taking = library.journey;
    let is_on = move || taking.is_on.get();
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
                let kept = readings.0.iter().filter(|it| it.saved > 0);
                let mut kept: Vec<&str> = kept.map(|it| it.permalink.as_str()).collect();
                kept.sort_unstable();
                let is_saved = |it: &&Piece| kept.binary_search(&it.permalink.as_str()).is_ok();
                Some((archive.articles.iter().filter(is_saved).count(), archive.articles.len()))
            }
            _ => None,
        })
    });
    let elsewhere = RwSignal::new(0_u32);
    journey::on_lists(&site, move || {
        let _ = elsewhere.try_update(|it| *it += 1);
    });
    let is_over = {
        let site = site.clone();
        flag(move || {
            elsewhere.track();
            let has_lists = || {
                known.with(|it| {
                    it.as_ref().is_some_and(|it| it.as_ref().is_ok_and(|it| journey::has_lists(&site, &it.lists)))
                })
            };
            let is_known = known.with(Option::is_some);
            is_known && !is_on() && saved.get().is_none_or(|(done, all)| done == all && has_lists())
        })
    };
    // The button goes, and who pressed it shall not stand at the top of the page.
    Effect::new(move || {
        if is_over.get() && document::is_focused(TAKE) {
            document::focus(SAID);
        }
    });
    let about = {
        let site = site.clone();
        text(move || {
            let size = known.with(|it| match it {
                Some(Ok(archive)) => Some(size(&site, archive.bytes())),
                _ => None,
            });
            match (size, saved.get(), taking.ended.get()) {
                (_, _, Saving::Missing) => site.text(Key::SaveFailed).to_owned(),
                (_, _, Saving::Full) => site.text(Key::SaveFull).to_owned(),
                (_, _, Saving::Blocked) => site.text(Key::SaveBlocked).to_owned(),
                (Some(_), Some((_, all)), _) if is_over.get() => site.messages.count(Key::ArchiveDone, count(all)),
                (Some(size), Some((0, all)), _) => {
                    let articles = site.messages.count(Key::ArchiveArticles, count(all));
                    [&articles, site.text(Key::ListJoin), &size].concat()
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
            if taking.is_on.get_untracked() {
                return journey::pause(library, &site);
            }
            if let Some(Ok(archive)) = known.get_untracked() {
                journey::take(library, site.clone(), archive);
            }
        }
    };
    let label = {
        let site = site.clone();
        text(move || {
            let key = match is_on() {
                true => Key::ArchivePause,
                false if journey::is_begun(&site) => Key::ArchiveResume,
                false => Key::ArchiveStart,
            };
            site.text(key).to_owned()
        })
    };
    let (done, all) = (
        move || saved.get().map_or(0, |it| it.0).to_string(),
        move || saved.get().map_or(1, |it| it.1.max(1)).to_string(),
    );
    let is_idle = flag(move || {
        // Where something is saved there will be a bar, and its place is kept.
        let is_awaited = || known.with(Option::is_none) && library.readings().0.iter().any(|it| it.saved > 0);
        !is_on() && saved.get().map_or_else(|| !is_awaited(), |it| it.0 == 0 || it.0 == it.1)
    });
    // Its place is kept: what stands below is pressed meanwhile.
    let is_awaited = move || known.with(Option::is_none);
    view! {
        <section aria-labelledby="library-archive">
            <h2 class="shelf-title" id="library-archive">{site.text(Key::ArchiveTakeTitle)}</h2>
            <p role="status" id=SAID tabindex="-1">{about}</p>
            <progress hidden=is_idle value=done max=all aria-labelledby="library-archive"></progress>
            <p class="actions" class:is-awaited=is_awaited hidden=is_over><button class="button" id=TAKE type="button" on:click=press>{label}</button></p>
        </section>
    }
    .late()
}
