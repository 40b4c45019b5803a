//! Where readings are kept: IndexedDB, else the memory of this page.

use super::journey::Journey;
use super::keys;
use super::reading::{Reading, Readings};
use crate::browser::cache::NotKept;
use crate::browser::database::{Database, Store, Text};
use crate::browser::storage::{self, Shelf};
use crate::browser::time;
use crate::components::library::{Mark, Marks, marker, was_here};
use crate::parts;
use crate::site::Site;
use jumpline_article::error::read_json;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::de::IgnoredAny;
use std::pin::Pin;
use std::sync::Arc;

/// A change that is being kept.
pub type Keeping = Pin<Box<dyn Future<Output = Result<(), NotKept>>>>;

/// All that is kept, as the views see it; one for the whole reader.
#[derive(Clone, Copy)]
pub struct Library {
    readings: RwSignal<Arc<Readings>>,
    /// Whether somebody has looked.
    is_open: RwSignal<bool>,
    /// Whether the browser keeps nothing beyond this page.
    is_memory: RwSignal<bool>,
    /// `None` until it was opened, `Some(None)` where it cannot be.
    database: StoredValue<Option<Option<Database>>, LocalStorage>,
    site: StoredValue<Site>,
    /// How often all of it was forgotten: what was on its way then is kept no more.
    era: StoredValue<u32>,
    /// Taking the whole archive along, which goes on wherever the reader reads meanwhile.
    pub journey: Journey,
    /// What was taken out of what is saved, and may still be put back: its permalink.
    offered: StoredValue<Option<String>>,
    marks: Marks,
}

impl Library {
    /// The library of a publication; opened when it is first asked for.
    pub fn of(site: &Site) -> Self {
        parts::once(|| {
            let library = Self {
                readings: RwSignal::default(),
                is_open: RwSignal::new(false),
                is_memory: RwSignal::new(false),
                database: StoredValue::new_local(None),
                site: StoredValue::new(site.clone()),
                era: StoredValue::new(0),
                journey: Journey::default(),
                offered: StoredValue::new(None),
                marks: expect_context(),
            };
            library.open(site);
            keys::listen();
            library
        })
    }

    fn open(self, site: &Site) {
        self.journey.listen(site);
        let of = site.clone();
        storage::on_change(marker(site), move || {
            // Another tab has deleted everything.
            if !was_here(&of) {
                self.era.update_value(|it| *it += 1);
            }
            spawn_local(async move { self.look().await });
        });
        spawn_local(async move {
            self.look().await;
            self.is_open.set(true);
        });
    }

    async fn database(self) -> Option<Database> {
        if let Some(known) = self.database.get_value() {
            return known;
        }
        let opened = Database::open(&self.site.with_value(marker), Store::LIBRARY).await.ok();
        self.database.set_value(Some(opened.clone()));
        self.is_memory.set(opened.is_none());
        opened
    }

    /// All that is kept.
    pub fn readings(self) -> Arc<Readings> {
        self.readings.get()
    }

    /// As [`Self::readings`], where nothing follows later changes.
    pub fn readings_now(self) -> Arc<Readings> {
        self.readings.get_untracked()
    }

    /// Whether somebody has looked what is kept.
    pub fn is_open(self) -> bool {
        self.is_open.get()
    }

    /// As [`Self::lasts`], once somebody has tried.
    pub async fn can_last(self) -> bool {
        self.database().await.is_some()
    }

    /// Whether it stays when the page is closed.
    pub fn lasts(self) -> bool {
        !self.is_memory.get()
    }

    /// As [`Self::lasts`], where nothing follows later changes.
    pub fn lasts_now(self) -> bool {
        !self.is_memory.get_untracked()
    }

    async fn look(self) {
        let mut found = Readings::default();
        let Some(database) = self.database().await else { return };
        let mut look = |it: &mut [Vec<Text>]| {
            let (mut readings, mut broken) = read(&it[0]);
            readings.forget_the_oldest();
            broken.extend(readings.0.iter().map(write));
            (found, it[0]) = (readings, broken);
        };
        if database.change(&[Store::Readings], &mut look).await.is_ok() {
            self.show(found);
        }
    }

    fn show(self, readings: Readings) {
        if *self.readings.get_untracked() != readings {
            self.marks.show(readings.0.iter().filter_map(mark).collect());
            self.readings.set(Arc::new(readings));
        }
    }

    /// Offers to put an article back among what is saved, or no longer.
    pub fn offer(self, permalink: Option<&str>) {
        self.offered.set_value(permalink.map(ToOwned::to_owned));
    }

    /// Whether that is offered.
    pub fn is_offered(self, permalink: &str) -> bool {
        self.offered.with_value(|it| it.as_deref() == Some(permalink))
    }

    /// Changes when all of it is forgotten.
    pub fn era(self) -> u32 {
        self.era.get_value()
    }

    /// Forgets all of it, and ends what would bring it back. The marker of its key goes with the others.
    pub async fn clear(self) {
        self.era.update_value(|it| *it += 1);
        self.journey.turn(false);
        if let Some(database) = self.database().await {
            let _ = database.change(&[Store::Readings], &mut |it| it[0].clear()).await;
        }
        self.show(Readings::default());
    }

    /// Changes what is kept of these articles, each named once: shown at once, then kept. Where it cannot be kept it lasts as long as the
    /// page, and the views say so.
    pub fn change(self, articles: Vec<String>, change: impl Fn(&mut Readings) + 'static) {
        let kept = self.keep(articles, change);
        spawn_local(async move {
            let _ = kept.await;
        });
    }

    /// As [`Self::change`], for who has to know whether it is kept: [`NotKept::Missing`] where a later release wrote what is there.
    pub fn keep(self, articles: Vec<String>, change: impl Fn(&mut Readings) + 'static) -> Keeping {
        self.keep_all(articles, Box::new(change))
    }

    /// For all changes: code of its own for each of them would be a tenth of the library.
    fn keep_all(self, articles: Vec<String>, change: Box<dyn Fn(&mut Readings)>) -> Keeping {
        let mut soon = Readings::clone(&self.readings.get_untracked());
        change(&mut soon);
        self.show(soon);
        let era = self.era();
        Box::pin(async move {
            let database = self.database().await.ok_or(NotKept::Blocked)?;
            if era != self.era() {
                return Ok(());
            }
            let (mut found, mut is_left) = (Readings::default(), false);
            let done = database
                .change_some(Store::Readings, &articles, &mut |texts| {
                    let (mut some, mut broken) = read(texts);
                    // What is damaged and nobody's is made anew.
                    broken.retain(is_of_later);
                    is_left = !broken.is_empty();
                    change(&mut some);
                    some.0.retain(|it| !broken.iter().any(|of_later| of_later.name == it.permalink));
                    *texts = some.0.iter().map(write).chain(broken).collect();
                    found = some;
                })
                .await;
            self.is_memory.set(done.is_err());
            if done.is_ok() && era == self.era() {
                let mut all = Readings::clone(&self.readings.get_untracked());
                all.replace(&articles, found);
                let begun = all.0.iter().filter(|it| it.is_begun()).count();
                self.show(all);
                let name = self.site.with_value(marker);
                // Other tabs hear it, and the next page makes room for the shelf before it paints.
                let _ = storage::write(Shelf::Device, &name, &format!("{begun} {}", time::now() as u64));
            }
            done.map_err(|_| NotKept::Blocked)?;
            if is_left { Err(NotKept::Missing) } else { Ok(()) }
        })
    }
}

fn mark(reading: &Reading) -> Option<(String, Mark)> {
    let mark = if reading.done { Mark::Read } else { Mark::Begun };
    (reading.at > 0).then(|| (reading.permalink.clone(), mark))
}

/// What can be read, and what cannot: that is left alone, since a later release may know it.
fn read(texts: &[Text]) -> (Readings, Vec<Text>) {
    let (mut known, mut broken) = (Readings::default(), Vec::new());
    for text in texts {
        match read_json(&text.text) {
            Ok(reading) => known.0.push(reading),
            Err(_) => broken.push(text.clone()),
        }
    }
    (known, broken)
}

/// Whether a later release may have written what this one cannot read.
fn is_of_later(text: &Text) -> bool {
    text.text.starts_with('{') && read_json::<IgnoredAny>(&text.text).is_ok()
}

fn write(reading: &Reading) -> Text {
    Text { name: reading.permalink.clone(), text: serde_json::to_string(reading).unwrap_or_default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_later_release_wrote_is_told_from_what_is_damaged() {
        let text = |text: &str| Text { name: "/a/".to_owned(), text: text.to_owned() };
        assert!(is_of_later(&text(r#"{"permalink":"/a/","at":{"day":1}}"#)));
        for damaged in ["garbage{", "", "null", "[]", r#"{"permalink":"/a/""#] {
            assert!(!is_of_later(&text(damaged)), "{damaged}");
        }
        let (known, broken) = read(&[text(r#"{"permalink":"/a/","minutes":-1}"#), text("garbage{")]);
        assert_eq!((known.0.len(), broken.len()), (1, 1));
    }
}
