//! Articles saved for a time without a network: their files lie in a cache of which nothing is ever dropped by itself.

use super::reading::{Reading, Readings};
use super::store::Library;
use super::{files, journey};
use crate::browser::cache::{self, NotKept};
use crate::browser::{fetch, time, worker};
use crate::components::library::Opened;
use crate::messages::Key;
use crate::site::Site;
use jumpline_article::Permalink;
use jumpline_article::offline::{Archive, Piece};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What the press says about saving: every article, and the files that belong to it.
const LIST: &str = "/offline.json";

/// How saving goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Saving {
    /// Nobody asked for it.
    #[default]
    Idle,
    /// It is on its way.
    Working,
    /// A file did not come.
    Missing,
    /// There is no room.
    Full,
    /// The browser keeps nothing.
    Blocked,
}

impl Saving {
    /// Why it came to nothing, as the reader is told.
    pub(super) fn failure(self) -> Option<Key> {
        match self {
            Self::Idle | Self::Working => None,
            Self::Missing => Some(Key::SaveFailed),
            Self::Full => Some(Key::SaveFull),
            Self::Blocked => Some(Key::SaveBlocked),
        }
    }
}

impl From<NotKept> for Saving {
    fn from(error: NotKept) -> Self {
        match error {
            NotKept::Missing => Self::Missing,
            NotKept::Full => Self::Full,
            NotKept::Blocked => Self::Blocked,
        }
    }
}

/// The list of every article.
///
/// # Errors
/// When it does not come, or is of another release.
pub async fn archive(site: &Site) -> Result<Archive, NotKept> {
    let json = fetch::text(&site.file(LIST)).await.map_err(|_| NotKept::Missing)?;
    Archive::from_json(&json).map_err(|_| NotKept::Missing)
}

/// Sees to it that what is saved opens, and stays: what somebody wants to keep shall not be dropped when room gets scarce. Firefox asks the
/// reader, who may take their time.
pub(super) fn prepare(site: &Site) {
    spawn_local(cache::persist());
    if site.publication().app.offline {
        let (url, scope) = (site.file("/sw.js"), site.file("/"));
        spawn_local(async move { drop(worker::register(&url, &scope).await) });
    }
}

/// Saves one article.
pub fn save(library: Library, site: Site, opened: Opened, saving: RwSignal<Saving>) {
    saving.set(Saving::Working);
    prepare(&site);
    let era = library.era();
    spawn_local(async move {
        let done = async {
            if !library.can_last().await {
                return Err(NotKept::Blocked);
            }
            let archive = archive(&site).await?;
            let piece = archive.articles.iter().find(|it| it.permalink == opened.permalink).ok_or(NotKept::Missing)?;
            if let Err(error) = files::fetch_all(&site, &files::saved_files(&site).await?, &piece.files).await {
                forget_rest(library, &site, piece).await;
                return Err(error);
            }
            let kept = remember(library, era, vec![piece.clone()]).await;
            if kept.is_err() {
                let name = opened.permalink.as_str().to_owned();
                library.change(vec![name.clone()], move |all| all.change(&name, |it| (it.saved, it.bytes) = (0, 0)));
                forget_rest(library, &site, piece).await;
            }
            kept
        };
        let result = done.await.map_or_else(Saving::from, |()| Saving::Idle);
        let _ = saving.try_update(|it| *it = result);
    });
}

/// Saves what was saved on another device. `false` when some of it could not be.
pub async fn save_again(library: Library, site: &Site, articles: &[String]) -> bool {
    prepare(site);
    let Ok(mut archive) = archive(site).await else { return false };
    // One that is not in it was taken down since.
    archive.articles.retain(|it| articles.iter().any(|saved| saved == it.permalink.as_str()));
    save_one_by_one(library, site, &archive.articles, &|_| true).await
}

/// Saves again what has changed since it was saved. What does not come stays as it is until the next visit.
pub(super) async fn renew(library: Library, site: &Site, mut archive: Archive) {
    let saved = library.readings_now();
    archive.articles.retain(|it| saved.has(it) && !saved.has_newest(it));
    // Somebody may have removed it meanwhile.
    if !archive.articles.is_empty() {
        save_one_by_one(library, site, &archive.articles, &|it| library.readings_now().has(it)).await;
        files::sweep(library, site).await;
    }
}

/// `false` when some of them could not be saved; the others are, where they are still wanted.
async fn save_one_by_one(library: Library, site: &Site, pieces: &[Piece], is_wanted: &dyn Fn(&Piece) -> bool) -> bool {
    let era = library.era();
    let Ok(kept) = files::saved_files(site).await else { return false };
    let mut is_whole = true;
    for piece in pieces {
        if !is_wanted(piece) {
            continue;
        }
        match files::fetch_all(site, &kept, &piece.files).await {
            Ok(()) if !is_wanted(piece) => {
                files::forget_own(site, &piece.permalink, &library.readings_now().saved()).await
            }
            Ok(()) => is_whole &= remember(library, era, vec![piece.clone()]).await.is_ok(),
            Err(_) => {
                is_whole = false;
                forget_rest(library, site, piece).await;
            }
        }
    }
    is_whole
}

/// Says that these are here, unless all was forgotten meanwhile, their files with it. It shows at once; whether it is kept takes longer.
pub(super) fn remember(library: Library, era: u32, pieces: Vec<Piece>) -> impl Future<Output = Result<(), NotKept>> {
    let articles = pieces.iter().map(|it| it.permalink.as_str().to_owned()).collect();
    let now = time::now() as u64;
    let is_wanted = !pieces.is_empty() && era == library.era();
    let change = move |all: &mut Readings| {
        for piece in &pieces {
            all.change(piece.permalink.as_str(), |it| {
                (it.title, it.language, it.minutes) = (piece.title.clone(), piece.language.clone(), piece.minutes);
                (it.saved, it.bytes, it.digest) = (now, piece.bytes, piece.digest.clone());
            });
        }
    };
    let kept = is_wanted.then(|| library.keep(articles, change));
    async move {
        match kept {
            Some(kept) => kept.await,
            None => Ok(()),
        }
    }
}

/// Takes an article out of what is saved. Its files lie there until [`clear_removed`]: who takes that back has them, also without a network.
pub fn remove(library: Library, site: &Site, name: &str) {
    // What is taken along again at the next visit would not be gone.
    journey::pause(library, site);
    let name = name.to_owned();
    library.change(vec![name.clone()], move |all| all.change(&name, |it| it.saved = 0));
}

/// Puts an article back among what is saved. `false` when its files are gone meanwhile, and do not come again.
pub(super) async fn put_back(library: Library, site: &Site, reading: Reading) -> bool {
    let name = reading.permalink.clone();
    let is_saved = || library.readings_now().of(&reading.permalink).is_some_and(|it| it.saved > 0);
    let again = reading.clone();
    let change = move |all: &mut Readings| {
        if all.of(&again.permalink).is_some_and(Reading::is_removed) {
            all.change(&again.permalink, |it| it.saved = again.saved);
        }
    };
    let _ = library.keep(vec![name.clone()], change).await;
    if !is_saved() {
        save_again(library, site, &[name]).await;
    }
    is_saved()
}

/// Forgets the files of what was removed, but for what may still be put back. What others show as well stays until those go, and lists
/// until nothing is left.
pub(super) async fn clear_removed(library: Library, site: &Site) {
    let removed =
        |all: &Readings| all.0.iter().find(|it| it.is_removed() && !library.is_offered(&it.permalink)).cloned();
    while let Some(reading) = removed(&library.readings_now()) {
        let saved = library.readings_now().0.iter().filter(|it| it.bytes > 0).cloned().collect::<Vec<_>>();
        if saved.iter().all(|it| it.permalink == reading.permalink) {
            journey::forget(library, site);
            files::forget_saved(site).await;
        } else if let Ok(permalink) = Permalink::new(&reading.permalink) {
            files::forget_own(site, &permalink, &saved).await;
        }
        let (articles, name) = (vec![reading.permalink.clone()], reading.permalink);
        let change = move |all: &mut Readings| {
            if all.of(&name).is_some_and(Reading::is_removed) {
                all.change(&name, |it| it.bytes = 0);
            }
        };
        // Where it cannot be kept it lasts as long as the page.
        let _ = library.keep(articles, change).await;
    }
}

/// Forgets what came of an article of which not everything did, unless it was saved before.
async fn forget_rest(library: Library, site: &Site, piece: &Piece) {
    let saved = library.readings_now();
    if !saved.has(piece) {
        files::forget_own(site, &piece.permalink, &saved.saved()).await;
    }
}
