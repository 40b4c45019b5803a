//! Where the outbox is kept, and how it reaches the server: IndexedDB, else the memory of this page.

use super::outbox::{Door, Entry, Kept, Like, Lost, Own};
use crate::browser::database::{Database, Store, Text};
use crate::browser::storage::{self, Blocked, Shelf};
use crate::browser::{post, time};
use crate::site::Site;
use jumpline_article::commenting::Request;
use jumpline_article::error::read_json;
use jumpline_article::Permalink;
use serde::Serialize;
use serde::de::DeserializeOwned;
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
        let kept = self.change(|it| it.clone()).await?;
        let lasts = PLACE.with_borrow(|it| matches!(it, Some(Place::Database(_))));
        Ok((kept, lasts))
    }

    /// Key in `localStorage`: `<entries that wait> <time of the last change>`.
    pub fn marker(&self) -> String {
        ["jumpline:comments:", self.site.publication().base.as_str()].concat()
    }

    /// Whether something waits, as far as can be told without opening the database.
    pub fn may_hold_something(&self) -> bool {
        let marker = storage::read(Shelf::Device, &self.marker()).ok().flatten();
        marker.is_some_and(|it| !it.starts_with("0 "))
    }

    async fn place(&self) -> Place {
        if let Some(place) = PLACE.with_borrow(Clone::clone) {
            return place;
        }
        let opened = Database::open(&self.marker(), Store::COMMENTS).await;
        let place = opened.map_or_else(|_| Place::Memory(Kept::default()), Place::Database);
        PLACE.with_borrow_mut(|it| it.get_or_insert(place).clone())
    }
}

impl Door for Desk {
    type Blocked = Blocked;

    async fn change<T: 'static>(&self, change: impl FnOnce(&mut Kept) -> T + 'static) -> Result<T, Blocked> {
        let database = match self.place().await {
            Place::Database(it) => it,
            Place::Memory(_) => {
                return PLACE.with_borrow_mut(|it| match it {
                    Some(Place::Memory(kept)) => Ok(change(kept)),
                    _ => Err(Blocked),
                });
            }
        };
        let (made, is_changed, waiting) = database
            .change(Store::COMMENTS, |texts| {
                let before = read(texts);
                let mut kept = before.clone();
                let made = change(&mut kept);
                let is_changed = before != kept;
                if is_changed {
                    write(texts, &before, &kept);
                }
                (made, is_changed, kept.outbox.len())
            })
            .await?;
        if is_changed {
            let mark = format!("{waiting} {}", time::now());
            // Without it other tabs learn of it later.
            let _ = storage::write(Shelf::Device, &self.marker(), &mark);
        }
        Ok(made)
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
    fn all<T: DeserializeOwned>(texts: Option<&Vec<Text>>) -> Vec<T> {
        // What a newer reader wrote stays where it is, unread.
        texts.into_iter().flatten().filter_map(|it| read_json(&it.text).ok()).collect()
    }
    let mut outbox: Vec<Entry> = all(texts.first());
    outbox.sort_by(|a, b| a.at.cmp(&b.at).then_with(|| a.id.as_str().cmp(b.id.as_str())));
    Kept { outbox, own: all(texts.get(1)), likes: all(texts.get(2)) }
}

/// Writes what changed, and leaves alone what could not be read.
fn write(texts: &mut [Vec<Text>], before: &Kept, after: &Kept) {
    for (store, (before, after)) in texts.iter_mut().zip(named(before).into_iter().zip(named(after))) {
        store.retain(|it| !before.iter().any(|known| known.name == it.name));
        store.extend(after);
    }
}

fn named(kept: &Kept) -> [Vec<Text>; 3] {
    let name = |permalink: &Permalink, id: &str| [permalink.as_str(), "#", id].concat();
    [
        kept.outbox.iter().map(|it| text(it.id.as_str().to_owned(), it)).collect(),
        kept.own.iter().map(|it: &Own| text(name(&it.permalink, it.comment.id.as_str()), it)).collect(),
        kept.likes.iter().map(|it: &Like| text(name(&it.permalink, it.comment.as_str()), it)).collect(),
    ]
}

fn text(name: String, value: &impl Serialize) -> Text {
    // Texts and numbers can always be written.
    Text { name, text: serde_json::to_string(value).unwrap_or_default() }
}
