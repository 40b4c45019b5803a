//! What is too much or too precious for `localStorage`: IndexedDB, which holds a key without giving its bytes to anybody, and changes
//! several things at once or none of them.

use super::key::Key;
use super::storage::Blocked;
use super::transaction::{self, Held, answer, left};
use super::window;
use js_sys::{Array, Object, Reflect};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbDatabase, IdbObjectStore, IdbRequest, IdbTransactionMode};

const VERSION: u32 = 1;

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

    fn name(self) -> &'static str {
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

/// An open database.
#[derive(Clone, Debug)]
pub struct Database {
    held: IdbDatabase,
    is_closed: Rc<Cell<bool>>,
}

impl Database {
    /// Opens a database, and makes it with these stores when it is not there.
    ///
    /// # Errors
    /// When the browser keeps nothing.
    pub async fn open(name: &str, stores: &'static [Store]) -> Result<Self, Blocked> {
        let factory = window().and_then(|it| it.indexed_db().ok().flatten()).ok_or(Blocked)?;
        let request = factory.open_with_u32(name, VERSION).map_err(|_| Blocked)?;
        let making: IdbRequest = request.clone().into();
        let make = Closure::once(move || {
            let Some(database) = making.result().ok().map(JsCast::unchecked_into::<IdbDatabase>) else { return };
            for store in stores {
                let _ = database.create_object_store(store.name());
            }
        });
        request.set_onupgradeneeded(Some(make.as_ref().unchecked_ref()));
        let database: IdbDatabase = answer(&request).await?.unchecked_into();
        let is_closed = Rc::new(Cell::new(false));
        // Another tab, or the library's page, is deleting it: who holds on to it stands in the way.
        let (held, closing) = (database.clone(), Rc::clone(&is_closed));
        let close = Closure::once_into_js(move || {
            held.close();
            closing.set(true);
        });
        database.set_onversionchange(Some(close.unchecked_ref()));
        Ok(Self { held: database, is_closed })
    }

    /// Whether it was closed because somebody deleted it: it is to be opened anew.
    pub fn is_closed(&self) -> bool {
        self.is_closed.get()
    }

    /// All that a store holds.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn all(&self, store: Store) -> Result<Vec<Record>, Blocked> {
        let left = left();
        match self.read(store).await {
            Err(Blocked) if left != transaction::left() => self.read(store).await,
            result => result,
        }
    }

    async fn read(&self, store: Store) -> Result<Vec<Record>, Blocked> {
        let (_held, store) = self.begin(store, IdbTransactionMode::Readonly)?;
        let (names, values) = (store.get_all_keys().map_err(|_| Blocked)?, store.get_all().map_err(|_| Blocked)?);
        let values: Array = answer(&values).await?.unchecked_into();
        let names: Array = names.result().map_err(|_| Blocked)?.unchecked_into();
        let get = |from: &JsValue, name: &str| Reflect::get(from, &name.into()).unwrap_or_default();
        let record = |(name, value): (JsValue, JsValue)| {
            Some(Record {
                name: name.as_string()?,
                text: get(&value, "text").as_string()?,
                key: Key(get(&value, "key").dyn_into().ok()?),
            })
        };
        Ok(names.iter().zip(values.iter()).filter_map(record).collect())
    }

    /// Keeps all of these, or none of them.
    ///
    /// # Errors
    /// When they cannot be kept.
    pub async fn keep(&self, store: Store, records: &[Record]) -> Result<(), Blocked> {
        let (transaction, store) = self.begin(store, IdbTransactionMode::Readwrite)?;
        for record in records {
            let value = Object::new();
            let _ = Reflect::set(&value, &"text".into(), &record.text.as_str().into());
            let _ = Reflect::set(&value, &"key".into(), &record.key.0);
            store.put_with_key(&value, &record.name.as_str().into()).map_err(|_| Blocked)?;
        }
        transaction.finish().await
    }

    /// Forgets all that a store holds.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn clear(&self, store: Store) -> Result<(), Blocked> {
        let (transaction, store) = self.begin(store, IdbTransactionMode::Readwrite)?;
        store.clear().map_err(|_| Blocked)?;
        transaction.finish().await
    }

    /// Changes the texts of these stores as a whole: nobody else changes them meanwhile, and when it fails all is as before.
    ///
    /// # Errors
    /// When they cannot be read or written.
    pub async fn change(&self, stores: &[Store], change: &mut dyn FnMut(&mut [Vec<Text>])) -> Result<(), Blocked> {
        let left = left();
        match self.change_all(stores, change).await {
            Err(Blocked) if left != transaction::left() => self.change_all(stores, change).await,
            result => result,
        }
    }

    async fn change_all(&self, stores: &[Store], change: &mut dyn FnMut(&mut [Vec<Text>])) -> Result<(), Blocked> {
        let names = stores.iter().map(|it| JsValue::from(it.name())).collect::<Array>();
        let mode = IdbTransactionMode::Readwrite;
        let transaction = self.held.transaction_with_str_sequence_and_mode(&names, mode).map_err(|_| Blocked)?;
        let transaction = Held::new(transaction);
        let (mut before, mut open) = (Vec::new(), Vec::new());
        for store in stores {
            let store = transaction.store(store.name())?;
            let (names, texts) = (store.get_all_keys().map_err(|_| Blocked)?, store.get_all().map_err(|_| Blocked)?);
            let texts: Array = answer(&texts).await?.unchecked_into();
            let names: Array = names.result().map_err(|_| Blocked)?.unchecked_into();
            let text =
                |(name, text): (JsValue, JsValue)| Some(Text { name: name.as_string()?, text: text.as_string()? });
            before.push(names.iter().zip(texts.iter()).filter_map(text).collect::<Vec<_>>());
            open.push(store);
        }
        let mut after = before.clone();
        change(&mut after);
        for ((before, after), store) in before.iter().zip(&after).zip(&open) {
            write(store, before, after)?;
        }
        transaction.finish().await
    }

    /// As [`Self::change`] for the texts of these names, each named once: what else the store holds is neither read nor written.
    ///
    /// # Errors
    /// When they cannot be read or written.
    pub async fn change_some(
        &self,
        store: Store,
        names: &[String],
        change: &mut dyn FnMut(&mut Vec<Text>),
    ) -> Result<(), Blocked> {
        let left = left();
        match self.change_named(store, names, change).await {
            Err(Blocked) if left != transaction::left() => self.change_named(store, names, change).await,
            result => result,
        }
    }

    async fn change_named(
        &self,
        store: Store,
        names: &[String],
        change: &mut dyn FnMut(&mut Vec<Text>),
    ) -> Result<(), Blocked> {
        let (transaction, store) = self.begin(store, IdbTransactionMode::Readwrite)?;
        let asked: Result<Vec<IdbRequest>, JsValue> = names.iter().map(|it| store.get(&it.as_str().into())).collect();
        let asked = asked.map_err(|_| Blocked)?;
        let Some(last) = asked.last() else { return Ok(()) };
        // Answers come in the order of the questions.
        answer(last).await?;
        let text = |(name, asked): (&String, &IdbRequest)| {
            Some(Text { name: name.clone(), text: asked.result().ok()?.as_string()? })
        };
        let before: Vec<Text> = names.iter().zip(&asked).filter_map(text).collect();
        let mut after = before.clone();
        change(&mut after);
        write(&store, &before, &after)?;
        transaction.finish().await
    }

    fn begin(&self, store: Store, mode: IdbTransactionMode) -> Result<(Held, IdbObjectStore), Blocked> {
        let transaction = self.held.transaction_with_str_and_mode(store.name(), mode).map_err(|_| Blocked)?;
        let transaction = Held::new(transaction);
        let store = transaction.store(store.name())?;
        Ok((transaction, store))
    }
}

/// Writes what is new or other than before, and deletes what is gone.
fn write(store: &IdbObjectStore, before: &[Text], after: &[Text]) -> Result<(), Blocked> {
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
