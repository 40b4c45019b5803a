//! What a database holds, and what of it is written when it changes.

use super::key::Key;
use super::storage::Blocked;
use web_sys::IdbObjectStore;

/// What is kept where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Store {
    /// The pass, with the key of its own entry in the keyring.
    Pass,
    /// Wrapping keys, by tier and month.
    Keys,
    /// Content keys of articles that were given to this reader.
    Gifts,
    /// What a reader did to comments and the provider does not have yet.
    Outbox,
    /// Comments of this reader.
    Comments,
    /// What this reader likes.
    Likes,
    /// Articles that this reader opened or saved.
    Readings,
}

impl Store {
    /// The stores of the wall's database.
    pub const WALL: &[Self] = &[Self::Pass, Self::Keys, Self::Gifts];
    /// The stores of the comments' database.
    pub const COMMENTS: &[Self] = &[Self::Outbox, Self::Comments, Self::Likes];
    /// The stores of the library's database.
    pub const LIBRARY: &[Self] = &[Self::Readings];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Keys => "keys",
            Self::Gifts => "gifts",
            Self::Outbox => "outbox",
            Self::Comments => "comments",
            Self::Likes => "likes",
            Self::Readings => "readings",
        }
    }
}

/// One kept thing.
#[derive(Clone, Debug)]
pub struct Record {
    /// What it is found by.
    pub name: String,
    /// What is known of it.
    pub text: String,
    /// Its key.
    pub key: Key,
}

/// A kept text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// What it is found by.
    pub name: String,
    /// The text.
    pub text: String,
}

/// Writes what is new or other than before, and deletes what is gone.
pub(super) fn write(store: &IdbObjectStore, before: &[Text], after: &[Text]) -> Result<(), Blocked> {
    let (known, left) = (by_name(before), by_name(after));
    for text in after.iter().filter(|it| find(&known, &it.name) != Some(*it)) {
        store.put_with_key(&text.text.as_str().into(), &text.name.as_str().into()).map_err(|_| Blocked)?;
    }
    for gone in before.iter().filter(|it| find(&left, &it.name).is_none()) {
        store.delete(&gone.name.as_str().into()).map_err(|_| Blocked)?;
    }
    Ok(())
}

fn by_name(texts: &[Text]) -> Vec<&Text> {
    let mut all: Vec<&Text> = texts.iter().collect();
    all.sort_unstable_by(|one, other| one.name.cmp(&other.name));
    all
}

fn find<'a>(texts: &[&'a Text], name: &str) -> Option<&'a Text> {
    texts.binary_search_by(|it| it.name.as_str().cmp(name)).ok().map(|at| texts[at])
}
