//! Articles saved for a time without a network: their files lie in a cache of which nothing is ever dropped by itself.

use super::store::Library;
use crate::browser::cache::{self, Files, NotKept};
use crate::browser::fetch;
use crate::browser::storage::{self, Shelf};
use crate::browser::time;
use crate::components::library::{Opened, marker, was_here};
use crate::site::Site;
use jumpline_article::Permalink;
use jumpline_article::error::read_json;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::Deserialize;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// What the press says about saving: every article, and the files that belong to it.
const LIST: &str = "/offline.json";
/// Articles that are fetched at the same time: twice as many as browsers have connections to one host, since half of them are being kept.
const AT_ONCE: usize = 12;
/// Milliseconds between two words on how far it is.
const TELL: f64 = 300.0;
/// What was saved, and what the service worker keeps of what was only read.
const SAVED: &str = "saved";
const PICTURES: &str = "pictures";
const READ: &str = "read";

/// Every article of the publication, as `press` lists it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Archive {
    /// All of them, the newest first.
    pub articles: Vec<Piece>,
}

/// One article and what it takes to read it without a network.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Piece {
    /// The article.
    pub permalink: Permalink,
    /// Its title.
    pub title: String,
    /// Minutes that reading it takes.
    pub minutes: u32,
    /// Bytes of all its files.
    pub bytes: u64,
    /// Its files, below the base.
    pub files: Vec<String>,
}

/// How saving goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saving {
    /// Nobody asked for it.
    Idle,
    /// It is on its way.
    Working,
    /// A file did not come.
    Missing,
    /// There is no room.
    Full,
}

impl From<NotKept> for Saving {
    fn from(error: NotKept) -> Self {
        match error {
            NotKept::Missing => Self::Missing,
            NotKept::Full => Self::Full,
        }
    }
}

/// The list of every article.
///
/// # Errors
/// When it does not come, or is of another release.
pub async fn archive(site: &Site) -> Result<Archive, NotKept> {
    let json = fetch::text(&site.file(LIST)).await.map_err(|_| NotKept::Missing)?;
    read_json(&json).map_err(|_| NotKept::Missing)
}

async fn files(site: &Site, which: &str) -> Result<Files, NotKept> {
    let name = format!("jumpline:{}:{which}", site.publication().base.as_str());
    Files::open(&name).await.map_err(|_| NotKept::Full)
}

/// Where a file of the list lies. The page itself stands below its path, without a file's name.
fn address(site: &Site, path: &str) -> String {
    let url = site.file(&format!("/{path}"));
    url.strip_suffix("index.html").unwrap_or(&url).to_owned()
}

/// Saves one article.
pub fn save(library: Library, site: Site, opened: Opened, saving: RwSignal<Saving>) {
    saving.set(Saving::Working);
    spawn_local(async move {
        // What somebody wants to keep shall not be dropped when room gets scarce. Firefox asks the reader, who may take their time.
        spawn_local(cache::persist());
        let done = async {
            let archive = archive(&site).await?;
            let piece = archive.articles.iter().find(|it| it.permalink == opened.permalink).ok_or(NotKept::Missing)?;
            fetch_piece(&site, &files(&site, SAVED).await?, piece).await?;
            remember(library, vec![piece.clone()]);
            Ok::<(), NotKept>(())
        };
        let result = done.await.map_or_else(Saving::from, |()| Saving::Idle);
        let _ = saving.try_update(|it| *it = result);
    });
}

async fn fetch_piece(site: &Site, files: &Files, piece: &Piece) -> Result<(), NotKept> {
    for path in &piece.files {
        let url = address(site, path);
        // Where there is no room the oldest of what nobody saved makes it.
        while let Err(error) = files.keep(&url).await {
            if error == NotKept::Missing || !make_room(site).await {
                return Err(error);
            }
        }
    }
    Ok(())
}

/// Forgets the older half of what was only read. `false` when nothing was left of that.
async fn make_room(site: &Site) -> bool {
    let mut gone = 0;
    for which in [PICTURES, READ] {
        if let Ok(files) = files(site, which).await {
            gone += files.forget_older_half().await;
        }
    }
    gone > 0
}

fn remember(library: Library, pieces: Vec<Piece>) {
    let articles = pieces.iter().map(|it| it.permalink.as_str().to_owned()).collect();
    let now = time::now() as u64;
    library.change(articles, move |all| {
        for piece in &pieces {
            all.change(piece.permalink.as_str(), |it| {
                (it.title, it.minutes) = (piece.title.clone(), piece.minutes);
                (it.saved, it.bytes) = (now, piece.bytes);
            });
        }
    });
}

/// Forgets the files of an article. What others show as well stays until those go.
pub fn remove(library: Library, site: Site, permalink: Permalink) {
    spawn_local(async move {
        let name = permalink.as_str().to_owned();
        if let Ok(files) = files(&site, SAVED).await {
            let listed = archive(&site).await.map(|it| it.articles).unwrap_or_default();
            let own = listed.iter().find(|it| it.permalink == permalink).map(|it| it.files.clone()).unwrap_or_default();
            let saved = library.readings_now().saved();
            let others = listed.iter().filter(|it| {
                it.permalink != permalink && saved.iter().any(|saved| saved.permalink == it.permalink.as_str())
            });
            let shared: Vec<&String> = others.flat_map(|it| &it.files).collect();
            for path in own.iter().filter(|it| !shared.contains(it)) {
                files.forget(&address(&site, path)).await;
            }
        }
        library.change(vec![name.clone()], move |all| all.change(&name, |it| (it.saved, it.bytes) = (0, 0)));
    });
}

/// How taking the whole archive goes.
#[derive(Clone, Copy)]
pub struct Journey {
    /// Whether it goes on.
    pub is_on: RwSignal<bool>,
    /// How it ended.
    pub ended: RwSignal<Saving>,
}

/// Takes every article that is not saved yet, for as long as nobody pauses it.
pub fn take(library: Library, site: Site, archive: Archive, journey: Journey) {
    spawn_local(cache::persist());
    journey.is_on.set(true);
    journey.ended.set(Saving::Idle);
    keep_going(&site, true);
    let saved = library.readings_now();
    let is_new = |it: &Piece| saved.of(it.permalink.as_str()).is_none_or(|it| it.saved == 0);
    let left = archive.articles.into_iter().rev().filter(is_new).collect();
    let trip = Rc::new(Trip { left: RefCell::new(left), done: RefCell::default(), told: Cell::new(time::now()) });
    for _ in 0..AT_ONCE {
        let (trip, site) = (Rc::clone(&trip), site.clone());
        spawn_local(async move {
            let result = trip.go(library, &site, journey).await;
            trip.tell(library);
            if let Err(error) = result {
                let _ = journey.ended.try_update(|it| *it = error.into());
                trip.left.borrow_mut().clear();
            }
            // The last one says that it is over.
            if Rc::strong_count(&trip) == 1 {
                let _ = journey.is_on.try_update(|it| *it = false);
            }
            drop(trip);
        });
    }
}

/// What those who fetch at the same time share.
struct Trip {
    /// What nobody fetches yet.
    left: RefCell<Vec<Piece>>,
    /// What is here, and is not yet said to be.
    done: RefCell<Vec<Piece>>,
    /// When that was said last.
    told: Cell<f64>,
}

impl Trip {
    async fn go(&self, library: Library, site: &Site, journey: Journey) -> Result<(), NotKept> {
        let files = files(site, SAVED).await?;
        while journey.is_on.try_get_untracked() == Some(true) {
            let Some(piece) = self.left.borrow_mut().pop() else { break };
            fetch_piece(site, &files, &piece).await?;
            self.done.borrow_mut().push(piece);
            // Every word on it draws lists anew, of thousands maybe.
            if time::now() - self.told.get() > TELL {
                self.tell(library);
            }
        }
        Ok(())
    }

    fn tell(&self, library: Library) {
        self.told.set(time::now());
        let done = self.done.take();
        if !done.is_empty() {
            remember(library, done);
        }
    }
}

fn key(site: &Site) -> String {
    [&marker(site), ":archive"].concat()
}

/// Remembers whether what is new is to be fetched on later visits.
pub fn keep_going(site: &Site, is_on: bool) {
    // Without storage nothing is kept anyway.
    let _ = storage::write(Shelf::Device, &key(site), if is_on { "on" } else { "paused" });
    // The next page looks here only where it says that something is kept.
    if !was_here(site) {
        let _ = storage::write(Shelf::Device, &marker(site), "0 0");
    }
}

/// Whether the whole archive was asked for, and nobody paused it.
pub fn is_asked_for(site: &Site) -> bool {
    storage::read(Shelf::Device, &key(site)).ok().flatten().as_deref() == Some("on")
}

/// Whether it was begun, and not taken to its end.
pub fn is_begun(site: &Site) -> bool {
    storage::read(Shelf::Device, &key(site)).ok().flatten().is_some()
}

/// Fetches what is new, where the whole archive is kept.
pub fn go_on(library: Library, site: &Site) {
    if !is_asked_for(site) {
        return;
    }
    let site = site.clone();
    let journey = Journey { is_on: RwSignal::new(false), ended: RwSignal::new(Saving::Idle) };
    Effect::new(move |done: Option<bool>| {
        if done == Some(true) || !library.is_open() {
            return done == Some(true);
        }
        let site = site.clone();
        spawn_local(async move {
            if let Ok(archive) = archive(&site).await {
                take(library, site, archive, journey);
            }
        });
        true
    });
}
