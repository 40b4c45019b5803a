//! The whole archive, taken along: articles first, then the lists in which they are found.

use super::files;
use super::offline::{self, Saving};
use super::store::Library;
use crate::browser::cache::{Files, NotKept};
use crate::browser::storage::{self, Shelf};
use crate::browser::{document, time};
use crate::components::library::{marker, was_here};
use crate::site::Site;
use jumpline_article::offline::{Archive, Lists, Piece};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// How many fetch at the same time, and how many articles each takes: twice as many as browsers have connections to one host, since half of
/// them are being kept.
const ONE_BY_ONE: (usize, usize) = (12, 1);
/// The same for a large archive, which a browser keeps faster by the handful. An article that does not come keeps those beside it waiting.
const BY_THE_HANDFUL: (usize, usize) = (4, 10);
/// Articles from which on an archive is large.
const LARGE: usize = 400;
/// Milliseconds between two words on how far it is.
const TELL: f64 = 300.0;
/// Ends of keys in `localStorage`: whether the archive is asked for, and the digest of the lists that were taken.
const ARCHIVE: &str = ":archive";
const LISTS: &str = ":lists";

/// How taking the whole archive goes.
#[derive(Clone, Copy, Default)]
pub struct Journey {
    /// Whether it goes on.
    pub is_on: RwSignal<bool>,
    /// Which time it was begun or ended.
    trip: StoredValue<u32>,
    /// How the last one ended.
    pub ended: RwSignal<Saving>,
    /// How often another tab has taken the lists.
    elsewhere: RwSignal<u32>,
}

impl Journey {
    /// Begins or ends a trip. Whoever is on another one fetches no further.
    pub fn turn(self, is_on: bool) {
        self.trip.update_value(|it| *it += 1);
        self.is_on.set(is_on);
    }

    /// Hears what other tabs take. To be called once.
    pub fn listen(self, site: &Site) {
        storage::on_change(key(site, LISTS), move || self.elsewhere.update(|it| *it += 1));
    }

    /// As [`has_lists`], asked again when a trip has ended, here or in another tab.
    pub fn follows_lists(self, site: &Site, lists: &Lists) -> bool {
        self.elsewhere.track();
        self.is_on.track();
        has_lists(site, lists)
    }
}

/// Takes every article that is not saved as it is now, and the lists, for as long as nobody pauses it.
pub fn take(library: Library, site: Site, archive: Archive) {
    offline::prepare(&site);
    let journey = library.journey;
    let is_kept = library.lasts_now() && keep_going(&site, true);
    journey.ended.set(if is_kept { Saving::Idle } else { Saving::Blocked });
    if !is_kept {
        return;
    }
    let saved = library.readings_now();
    let (has_lists, digest) = (has_lists(&site, &archive.lists), archive.lists.digest.clone());
    let left: Vec<Piece> = archive.articles.into_iter().rev().filter(|it| !saved.has_newest(it)).collect();
    if has_lists && left.is_empty() {
        return;
    }
    journey.turn(true);
    let (at_once, handful) = if left.len() < LARGE { ONE_BY_ONE } else { BY_THE_HANDFUL };
    let trip = Rc::new(Trip {
        handful,
        number: journey.trip.get_value(),
        era: library.era(),
        left: RefCell::new(left),
        lists: RefCell::new(if has_lists { Vec::new() } else { archive.lists.groups() }),
        digest,
        done: RefCell::default(),
        told: Cell::new(time::now()),
    });
    for _ in 0..at_once {
        let (trip, site) = (Rc::clone(&trip), site.clone());
        spawn_local(async move {
            let result = trip.go(library, &site).await;
            trip.tell(library, &site);
            let is_last = Rc::strong_count(&trip) == 1;
            if journey.trip.get_value() != trip.number || (is_last, &result) == (false, &Ok(())) {
                return;
            }
            match result {
                Err(error) => journey.ended.set(error.into()),
                Ok(()) if trip.lists.borrow().is_empty() && is_asked_for(&site) => {
                    // Where it cannot be noted they are taken again.
                    let _ = storage::write(Shelf::Device, &key(&site, LISTS), &trip.digest);
                    files::sweep(library, &site).await;
                }
                // Another tab has ended it.
                Ok(()) => {}
            }
            journey.turn(false);
        });
    }
}

/// What those who fetch at the same time share.
struct Trip {
    number: u32,
    era: u32,
    /// How many articles are taken together.
    handful: usize,
    /// What nobody fetches yet.
    left: RefCell<Vec<Piece>>,
    /// The lists that nobody fetches yet, which come after all articles.
    lists: RefCell<Vec<Vec<String>>>,
    /// Of all lists.
    digest: String,
    /// What is here, and is not yet said to be.
    done: RefCell<Vec<Piece>>,
    /// When that was said last.
    told: Cell<f64>,
}

impl Trip {
    /// Whether nobody ended it, here or in another tab.
    fn is_on(&self, library: Library, site: &Site) -> bool {
        library.journey.trip.get_value() == self.number && is_asked_for(site)
    }

    async fn go(&self, library: Library, site: &Site) -> Result<(), NotKept> {
        let kept = files::saved_files(site).await?;
        while self.is_on(library, site) {
            let pieces = self.some();
            if !pieces.is_empty() {
                self.fetch(site, &kept, pieces).await?;
            } else {
                let Some(list) = self.lists.borrow_mut().pop() else { break };
                files::fetch_all(site, &kept, &list).await?;
            }
            // Every word on it draws lists anew, of thousands maybe.
            if time::now() - self.told.get() > TELL {
                self.tell(library, site);
            }
        }
        Ok(())
    }

    /// What nobody fetches yet.
    fn some(&self) -> Vec<Piece> {
        let mut left = self.left.borrow_mut();
        let from = left.len().saturating_sub(self.handful);
        left.split_off(from)
    }

    async fn fetch(&self, site: &Site, kept: &Files, pieces: Vec<Piece>) -> Result<(), NotKept> {
        if pieces.len() > 1 && files::fetch_together(site, kept, &pieces).await {
            self.done.borrow_mut().extend(pieces);
            return Ok(());
        }
        // One of them does not come, or there is no room.
        for piece in pieces {
            files::fetch_all(site, kept, &piece.files).await?;
            self.done.borrow_mut().push(piece);
        }
        Ok(())
    }

    fn tell(&self, library: Library, site: &Site) {
        self.told.set(time::now());
        let done = self.done.take();
        // Another tab may have forgotten everything, the files with it.
        if is_begun(site) {
            let kept = offline::remember(library, self.era, done);
            spawn_local(async move {
                let _ = kept.await;
            });
        }
    }
}

fn key(site: &Site, end: &str) -> String {
    [&marker(site), end].concat()
}

fn kept(site: &Site, end: &str) -> Option<String> {
    storage::read(Shelf::Device, &key(site, end)).ok().flatten()
}

/// Whether the lists were taken along, as they are now.
fn has_lists(site: &Site, lists: &Lists) -> bool {
    lists.paths.is_empty() || kept(site, LISTS).as_ref() == Some(&lists.digest)
}

/// Remembers whether what is new is to be fetched on later visits; `false` when it cannot.
pub fn keep_going(site: &Site, is_on: bool) -> bool {
    // The next page looks here only where the marker says that something is kept.
    storage::write(Shelf::Device, &key(site, ARCHIVE), if is_on { "on" } else { "paused" }).is_ok()
        && (was_here(site) || storage::write(Shelf::Device, &marker(site), "0 0").is_ok())
}

/// Whether the whole archive was asked for, and nobody paused it.
pub fn is_asked_for(site: &Site) -> bool {
    kept(site, ARCHIVE).as_deref() == Some("on")
}

/// Whether it was begun, and not taken to its end.
pub fn is_begun(site: &Site) -> bool {
    kept(site, ARCHIVE).is_some()
}

/// Ends taking the archive along until somebody asks for it again.
pub fn pause(library: Library, site: &Site) {
    if is_asked_for(site) {
        keep_going(site, false);
        library.journey.turn(false);
    }
}

/// Ends it as if nobody had asked.
pub fn forget(library: Library, site: &Site) {
    for end in [ARCHIVE, LISTS] {
        // Where nothing can be removed nothing was kept.
        let _ = storage::remove(Shelf::Device, &key(site, end));
    }
    library.journey.turn(false);
}

/// Fetches what is new, where the whole archive is kept, and what has changed of that which is saved.
pub fn go_on(library: Library, site: &Site) {
    let site = site.clone();
    Effect::new(move |done: Option<bool>| {
        if done == Some(true) || !library.is_open() {
            return done == Some(true);
        }
        let has_some = library.readings_now().0.iter().any(|it| it.bytes > 0);
        let is_offered = site.publication().app.offline && !document::saves_data();
        if !is_offered || (!has_some && !is_asked_for(&site)) {
            return true;
        }
        let site = site.clone();
        spawn_local(async move {
            offline::clear_removed(library, &site).await;
            let Ok(archive) = offline::archive(&site).await else { return };
            // Somebody may have ended or begun it meanwhile.
            if library.journey.is_on.get_untracked() {
                return;
            }
            if is_asked_for(&site) {
                take(library, site, archive);
            } else if has_some {
                offline::renew(library, &site, archive).await;
            }
        });
        true
    });
}
