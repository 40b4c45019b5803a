//! The pass that this device holds, and the keys that it brought.

use super::card::Card;
use super::notice::{Notice, PassError};
use crate::browser::database::{Database, Record};
use crate::browser::key::Key;
use crate::browser::storage::{self, Shelf};
use crate::browser::{links, secret};
use crate::navigation::LoadError;
use crate::parts::{self, Part};
use crate::paths::Route;
use crate::site::Site;
use crate::wall::door;
use jumpline_article::Permalink;
use jumpline_article::plan::Lock;
use jumpline_article::wall::{GiftLink, Status};
use leptos::prelude::*;
use leptos::task::spawn_local;

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

/// Keys in memory, as the database keeps them.
#[derive(Default)]
pub(crate) struct Vault {
    pub(crate) database: Option<Database>,
    pub(crate) own: Option<Key>,
    pub(crate) keys: Vec<Record>,
    pub(crate) gifts: Vec<Record>,
    /// Whether the keyring was asked again since the page was opened.
    pub(crate) asked: bool,
    /// Why nobody could look.
    pub(crate) trouble: Option<Trouble>,
}

/// Why it is not known what is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// What reads it did not come.
    Part(LoadError),
    /// The browser does not hand it out.
    Storage,
}

/// The pass of this device; provided once, at the root.
#[derive(Clone, Copy)]
pub struct Pass {
    state: RwSignal<PassState>,
    pub(crate) notice: RwSignal<Option<Notice>>,
    /// Whether what is held outlives the tab.
    pub(crate) kept: RwSignal<bool>,
    /// Whether the device's time is so far from the server's that it is worth a word.
    pub(crate) clock_is_off: RwSignal<bool>,
    pub(crate) vault: StoredValue<Vault, LocalStorage>,
    /// What an address brought, and where it led.
    gift: StoredValue<Option<(Route, String)>>,
}

impl Pass {
    /// Nobody has looked yet.
    pub fn new() -> Self {
        Self {
            state: RwSignal::new(PassState::default()),
            notice: RwSignal::new(None),
            kept: RwSignal::new(true),
            clock_is_off: RwSignal::new(false),
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

    /// Looks what the database holds. A device that was never given a key has none.
    async fn look(self, lock: &Lock) {
        let is_held = storage::read(Shelf::Device, &marker(lock)).ok().flatten().is_some();
        let loaded = if is_held { parts::load(Part::Wall).await } else { Ok(()) };
        match loaded {
            Ok(()) if is_held => return door::look(self, lock.clone()).await,
            loaded => self.vault.set_value(Vault { trouble: loaded.err().map(Trouble::Part), ..Vault::default() }),
        }
        self.state.set(PassState::Absent);
    }

    /// Looks again where what is kept could not be looked at.
    pub fn look_again(self, site: &Site) {
        let Some(lock) = site.publication().paywall.lock.clone() else { return };
        spawn_local(async move { self.look(&lock).await });
    }

    /// Why it could not be looked at what is kept.
    pub fn trouble(self) -> Option<Trouble> {
        self.vault.with_value(|it| it.trouble.clone())
    }

    /// Takes in a secret that an address brought.
    fn bring(self, site: &Site, text: String) {
        if GiftLink::is_one(&text) {
            self.gift.set_value(links::here(&site.publication().base).map(|it| (it.route, text)));
            self.state.notify();
        } else {
            self.unlock(site, text);
        }
    }

    /// The gift that an address brought to this article, and nobody has tried yet. One that came elsewhere is no gift of this article.
    pub(crate) fn gift_to(self, article: &Permalink) -> Option<String> {
        let gift = self.gift.get_value().filter(|it| matches!(&it.0, Route::Article(at) if at == article));
        gift.map(|it| it.1)
    }

    /// It was tried.
    pub(crate) fn drop_gift(self) {
        self.gift.set_value(None);
    }

    /// Opens the pass that a text holds: a link, or a mail around it.
    pub fn unlock(self, site: &Site, text: String) {
        self.notice.set(Some(Notice::Working));
        let site = site.clone();
        spawn_local(async move {
            match parts::load(Part::Wall).await {
                Ok(()) => door::unlock(self, site, text).await,
                Err(error) => self.notice.set(Some(Notice::Failed(PassError::Part(error)))),
            }
        });
    }

    /// Forgets pass, keys and gifts, on this device and in every tab.
    pub fn forget(self, site: &Site) {
        let Some(lock) = site.publication().paywall.lock.clone() else { return };
        spawn_local(async move {
            match parts::load(Part::Wall).await {
                Ok(()) => door::forget(self, lock).await,
                Err(error) => self.notice.set(Some(Notice::Failed(PassError::Part(error)))),
            }
        });
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

    /// Whether the device's time is off by so much that it is worth a word.
    pub fn clock_is_off(self) -> bool {
        self.clock_is_off.get()
    }

    /// Whether this device holds one, live or not.
    pub fn is_held(self) -> bool {
        self.state.with(|it| matches!(it, PassState::Held(_)))
    }

    /// Whether this device holds one that has not ended, as far as the keyring said: no clock of a device locks anybody out.
    pub fn is_live(self) -> bool {
        self.state.with(|it| matches!(it, PassState::Held(card) if card.status == Status::Live))
    }

    /// How many keys of months and of gifts this device holds.
    pub fn key_counts(self) -> (usize, usize) {
        self.state.track();
        self.vault.with_value(|it| (it.keys.len(), it.gifts.len()))
    }

    /// The wrapping key of this name.
    pub(crate) fn key(self, name: &str) -> Option<Key> {
        self.vault.with_value(|it| find(&it.keys, name))
    }

    /// Whether any key is held that could open an article.
    pub(crate) fn has_keys(self) -> bool {
        self.vault.with_value(|it| !it.keys.is_empty() || it.own.is_some())
    }

    /// The content key of an article that was given to this reader.
    pub(crate) fn gift_of(self, article: &str) -> Option<Key> {
        self.vault.with_value(|it| find(&it.gifts, article))
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
pub fn marker(lock: &Lock) -> String {
    format!("jumpline:keys:{}", lock.mark)
}
