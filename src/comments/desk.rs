//! Where the outbox is kept, and how it reaches the server: IndexedDB, else the memory of this page.

use super::outbox::{Door, Kept, Lost, Record};
use crate::browser::database::{Database, Store, Text};
use crate::browser::storage::{self, Blocked, Shelf};
use crate::browser::{post, time};
use crate::components::comments::marker;
use crate::site::Site;
use jumpline_article::Permalink;
use jumpline_article::commenting::Request;
use jumpline_article::error::read_json;
use std::cell::RefCell;

/// Where it is kept.
#[derive(Clone)]
enum Place {
    Database(Database),
    /// The browser keeps nothing.
    Memory(Kept),
}

thread_local! {
    static PLACE: RefCell<Option<Place>> = const { RefCell::new(None) };
}

/// The desk of a publication.
#[derive(Clone, Debug)]
pub struct Desk {
    site: Site,
}

impl Desk {
    /// The desk of this publication.
    pub fn new(site: Site) -> Self {
        Self { site }
    }

    /// What is kept on this device, as it is now, and whether it stays when the page is closed.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn look(&self) -> Result<(Kept, bool), Blocked> {
        let mut kept = Kept::default();
        self.change(&mut |it| kept.clone_from(it)).await?;
        let lasts = PLACE.with_borrow(|it| matches!(it, Some(Place::Database(_))));
        Ok((kept, lasts))
    }

    async fn place(&self) -> Place {
        if let Some(place) = PLACE.with_borrow(Clone::clone) {
            return place;
        }
        let opened = Database::open(&marker(&self.site), Store::COMMENTS).await;
        let place = opened.map_or_else(|_| Place::Memory(Kept::default()), Place::Database);
        PLACE.with_borrow_mut(|it| it.get_or_insert(place).clone())
    }
}

impl Door for Desk {
    type Blocked = Blocked;

    async fn change(&self, change: &mut dyn FnMut(&mut Kept)) -> Result<(), Blocked> {
        let database = match self.place().await {
            Place::Database(it) => it,
            Place::Memory(_) => {
                PLACE.with_borrow_mut(|it| {
                    if let Some(Place::Memory(kept)) = it {
                        change(kept);
                    }
                });
                return Ok(());
            }
        };
        let mut waiting = None;
        database
            .change(Store::COMMENTS, &mut |texts| {
                let before = read(texts);
                let mut kept = before.clone();
                change(&mut kept);
                if before != kept {
                    write(texts, &before, &kept);
                    waiting = Some(kept.outbox.len());
                }
            })
            .await?;
        if let Some(waiting) = waiting {
            let mark = format!("{waiting} {}", time::now() as u64);
            // Without it other tabs learn of it later.
            let _ = storage::write(Shelf::Device, &marker(&self.site), &mark);
        }
        Ok(())
    }

    async fn ask(&self, request: &Request) -> Result<(u16, String), Lost> {
        let answer = post::ask_server(request).await.map_err(|_| Lost)?;
        Ok((answer.status, answer.text))
    }

    fn path(&self, permalink: &Permalink) -> String {
        self.site.publication().base.join(permalink.as_str())
    }

    fn now(&self) -> u64 {
        time::now() as u64
    }
}

fn read(texts: &[Vec<Text>]) -> Kept {
    // What a newer reader wrote stays where it is, unread.
    let records: Vec<Record> = texts.iter().flatten().filter_map(|it| read_json(&it.text).ok()).collect();
    Kept::from_records(&records)
}

/// Writes what changed, and leaves alone what could not be read.
fn write(texts: &mut [Vec<Text>], before: &Kept, after: &Kept) {
    for (store, (before, after)) in texts.iter_mut().zip(before.records().iter().zip(after.records())) {
        let known: Vec<String> = before.iter().map(Record::name).collect();
        store.retain(|it| !known.contains(&it.name));
        // Texts and numbers can always be written.
        let text = |it: &Record| Text { name: it.name(), text: serde_json::to_string(it).unwrap_or_default() };
        store.extend(after.iter().map(text));
    }
}
