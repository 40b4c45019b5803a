//! The pass that this device holds, and the keys that it brought.

use super::card::Card;
use super::keyring::{self, Entry, PassError};
use crate::browser::crypto::Key;
use crate::browser::database::{Database, Record, Store};
use crate::browser::storage::{self, Shelf};
use crate::browser::{secret, time};
use crate::site::Site;
use jumpline_article::plan::Lock;
use jumpline_article::wall::{Claims, Status};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Minutes by which a clock may be off before anybody is told.
const CLOCK_SLACK: f64 = 30.0;

/// How it stands with the pass of this device.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum PassState {
    /// Nobody has looked yet: the server, and the first render in the browser.
    #[default]
    Unknown,
    /// There is none.
    Absent,
    /// There is one.
    Held(Card),
}

/// What became of the last thing that the reader did about the pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// It is being opened.
    Working,
    /// It was opened.
    Opened,
    /// It was not.
    Failed(PassError),
    /// All that this device kept is gone.
    Forgotten,
}

/// Keys in memory, as the database keeps them.
#[derive(Default)]
struct Vault {
    database: Option<Database>,
    own: Option<Key>,
    keys: Vec<Record>,
    gifts: Vec<Record>,
    /// Whether the keyring was asked again since the page was opened.
    asked: bool,
}

/// The pass of this device; provided once, at the root.
#[derive(Clone, Copy)]
pub struct Pass {
    state: RwSignal<PassState>,
    notice: RwSignal<Option<Notice>>,
    /// Whether what is held outlives the tab.
    kept: RwSignal<bool>,
    /// Minutes that the device's time is ahead of the server's, when it is worth a word.
    time: RwSignal<Option<u32>>,
    vault: StoredValue<Vault, LocalStorage>,
    gift: StoredValue<Option<String>>,
}

impl Pass {
    /// Nobody has looked yet.
    pub fn new() -> Self {
        Self {
            state: RwSignal::new(PassState::default()),
            notice: RwSignal::new(None),
            kept: RwSignal::new(true),
            time: RwSignal::new(None),
            vault: StoredValue::new_local(Vault::default()),
            gift: StoredValue::new(None),
        }
    }

    /// The pass of the current view.
    pub fn current() -> Self {
        expect_context()
    }

    /// Looks what is kept on this device, then takes in what the address brought. After the page has mounted.
    pub fn load(self, site: &Site) {
        let site = site.clone();
        let Some(lock) = site.publication().paywall.lock.clone() else {
            self.state.set(PassState::Absent);
            return secret::receive(move |text| self.bring(&site, text));
        };
        storage::on_change(marker(&lock), {
            let lock = lock.clone();
            move || {
                let lock = lock.clone();
                spawn_local(async move { self.look(&lock).await });
            }
        });
        spawn_local(async move {
            self.look(&lock).await;
            secret::receive(move |text| self.bring(&site, text));
        });
    }

    /// Reads what the database holds. A device that was never given a key has no database.
    async fn look(self, lock: &Lock) {
        let held = storage::read(Shelf::Device, &marker(lock)).ok().flatten().is_some();
        let mut vault = Vault::default();
        let mut state = PassState::Absent;
        if held
            && let Ok(database) = Database::open(&name(lock), Store::WALL).await
            && let (Ok(pass), Ok(keys), Ok(gifts)) =
                (database.all(Store::Pass).await, database.all(Store::Keys).await, database.all(Store::Gifts).await)
        {
            if let Some((card, key)) = pass.into_iter().find_map(|it| Some((Card::parse(&it.text)?, it.key))) {
                state = PassState::Held(card);
                vault.own = Some(key);
            }
            (vault.keys, vault.gifts) = (keys, gifts);
            vault.database = Some(database);
        }
        self.vault.set_value(vault);
        self.state.set(state);
    }

    /// Takes in a secret that an address brought.
    fn bring(self, site: &Site, text: String) {
        if text.starts_with("gift=") {
            self.gift.set_value(Some(text));
            self.state.notify();
        } else {
            self.unlock(site, text);
        }
    }

    /// The gift that the address brought, once.
    pub(super) fn take_gift(self) -> Option<String> {
        let gift = self.gift.get_value();
        self.gift.set_value(None);
        gift
    }

    /// How it stands. Also changes whenever a key comes or goes.
    pub fn state(self) -> RwSignal<PassState> {
        self.state
    }

    /// What became of the last thing that the reader did.
    pub fn notice(self) -> ReadSignal<Option<Notice>> {
        self.notice.read_only()
    }

    /// Whether what is held outlives the tab.
    pub fn is_kept(self) -> bool {
        self.kept.get()
    }

    /// Minutes that the device's time is off, when it is worth a word.
    pub fn clock_is_off(self) -> Option<u32> {
        self.time.get()
    }

    /// Whether this device holds one, live or not.
    pub fn is_held(self) -> bool {
        self.state.with(|it| matches!(it, PassState::Held(_)))
    }

    /// How many keys of months and of gifts this device holds.
    pub fn key_counts(self) -> (usize, usize) {
        self.state.track();
        self.vault.with_value(|it| (it.keys.len(), it.gifts.len()))
    }

    /// Opens the pass that a text holds: a link, or a mail around it.
    pub fn unlock(self, site: &Site, text: String) {
        self.notice.set(Some(Notice::Working));
        let site = site.clone();
        spawn_local(async move {
            let notice = match self.open(&site, &text).await {
                Ok(()) => Notice::Opened,
                Err(error) => Notice::Failed(error),
            };
            self.notice.set(Some(notice));
        });
    }

    async fn open(self, site: &Site, text: &str) -> Result<(), PassError> {
        let lock = site.publication().paywall.lock.as_ref().ok_or(PassError::NothingLocked)?;
        let entry = Entry::of(text, lock).await?;
        let (claims, at) = entry.claims(site, lock).await?;
        self.take_in(lock, entry, claims, at).await
    }

    /// Asks the keyring again for the pass that is held, once while the page lives. `false` when there is nothing to ask for.
    pub(super) async fn ask_again(self, site: &Site) -> Result<bool, PassError> {
        let Some(lock) = site.publication().paywall.lock.as_ref() else { return Ok(false) };
        let PassState::Held(card) = self.state.get_untracked() else { return Ok(false) };
        let Some(key) = self.vault.with_value(|it| it.own.clone().filter(|_| !it.asked)) else { return Ok(false) };
        let entry = Entry { id: card.id.clone(), tag: card.tag.clone(), key };
        let (claims, at) = match entry.claims(site, lock).await {
            // It ended so long ago that its entry is gone.
            Err(PassError::Unknown) => {
                (Claims { version: 1, status: Status::Lapsed, until: card.until.clone(), grants: Vec::new() }, None)
            }
            other => other?,
        };
        self.vault.update_value(|it| it.asked = true);
        self.take_in(lock, entry, claims, at).await?;
        Ok(true)
    }

    async fn take_in(self, lock: &Lock, entry: Entry, mut claims: Claims, at: Option<f64>) -> Result<(), PassError> {
        if let Some(at) = at {
            let off = ((time::now() - at) / 60_000.0).abs();
            self.time.set((off > CLOCK_SLACK).then_some(off as u32));
            // By the server's time, since the device's may be wrong.
            if claims.status == Status::Live && claims.until < time::day(at) {
                claims.status = Status::Lapsed;
            }
        }
        let before = match self.state.get_untracked() {
            PassState::Held(card) => Some(card),
            _ => None,
        };
        let card = Card::of(entry.id.clone(), entry.tag.clone(), &claims, before.as_ref());
        let mut records = Vec::new();
        for grant in claims.grants {
            records.extend(keyring::keys(grant, self).await?);
        }
        let own = Record { name: "pass".to_owned(), text: card.to_text(), key: entry.key.clone() };
        self.vault.update_value(|it| {
            it.own = Some(entry.key);
            it.keys.extend(records.iter().cloned());
        });
        self.keep(lock, &[(Store::Keys, records), (Store::Pass, vec![own])]).await;
        self.state.set(PassState::Held(card));
        Ok(())
    }

    /// Keeps records in the database and tells other tabs. Without storage they last until the tab is closed.
    async fn keep(self, lock: &Lock, all: &[(Store, Vec<Record>)]) {
        let kept = async {
            let known = self.vault.with_value(|it| it.database.clone());
            let database = match known {
                Some(database) => database,
                None => Database::open(&name(lock), Store::WALL).await?,
            };
            for (store, records) in all {
                database.keep(*store, records).await?;
            }
            storage::write(Shelf::Device, &marker(lock), &(time::now() as u64).to_string())?;
            self.vault.update_value(|it| it.database = Some(database));
            Ok::<(), storage::Blocked>(())
        };
        self.kept.set(kept.await.is_ok());
    }

    /// Forgets pass, keys and gifts, on this device and in every tab.
    pub fn forget(self, site: &Site) {
        let Some(lock) = site.publication().paywall.lock.clone() else { return };
        spawn_local(async move {
            if let Some(database) = self.vault.with_value(|it| it.database.clone()) {
                for store in [Store::Pass, Store::Keys, Store::Gifts] {
                    // What cannot be cleared is not readable either, and the marker below goes in any case.
                    let _ = database.clear(store).await;
                }
            }
            let _ = storage::remove(Shelf::Device, &marker(&lock));
            self.vault.set_value(Vault::default());
            self.notice.set(Some(Notice::Forgotten));
            self.state.set(PassState::Absent);
        });
    }

    /// The wrapping key of this name.
    pub(super) fn key(self, name: &str) -> Option<Key> {
        self.vault.with_value(|it| find(&it.keys, name))
    }

    /// Whether any key is held that could open an article.
    pub(super) fn has_keys(self) -> bool {
        self.vault.with_value(|it| !it.keys.is_empty() || it.own.is_some())
    }

    /// The content key of an article that was given to this reader.
    pub(super) fn gift_of(self, article: &str) -> Option<Key> {
        self.vault.with_value(|it| find(&it.gifts, article))
    }

    /// Keeps the content key of an article that was given to this reader.
    pub(super) async fn keep_gift(self, lock: &Lock, article: &str, key: Key) {
        let record = Record { name: article.to_owned(), text: String::new(), key };
        self.vault.update_value(|it| {
            it.gifts.retain(|it| it.name != article);
            it.gifts.push(record.clone());
        });
        self.keep(lock, &[(Store::Gifts, vec![record])]).await;
    }
}

impl Default for Pass {
    fn default() -> Self {
        Self::new()
    }
}

fn find(records: &[Record], name: &str) -> Option<Key> {
    records.iter().find(|it| it.name == name).map(|it| it.key.clone())
}

/// Name of the database. Publications may share an origin, so each has its own.
pub fn name(lock: &Lock) -> String {
    format!("jumpline:{}", lock.mark)
}

/// Key in `localStorage` that says that there is a database; it changes with it, which other tabs hear.
fn marker(lock: &Lock) -> String {
    format!("jumpline:keys:{}", lock.mark)
}
