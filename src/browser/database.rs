//! What is too much or too precious for `localStorage`: IndexedDB, which holds a key without giving its bytes to anybody, and changes
//! several things at once or none of them.

pub use super::records::{Record, Store, Text};

use super::key::Key;
use super::records::write;
use super::storage::Blocked;
use super::transaction::{Held, answer, deleted, steadily};
use super::{member, set_member, window};
use js_sys::{Array, Object};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbDatabase, IdbObjectStore, IdbRequest, IdbTransactionMode};

const VERSION: u32 = 1;

/// Deletes a database. What other tabs hold open goes once they are closed.
pub async fn delete(name: &str) {
    // A browser that keeps nothing has nothing to delete.
    if let Some(Ok(Some(factory))) = window().map(|it| it.indexed_db())
        && let Ok(request) = factory.delete_database(name)
    {
        deleted(request).await;
    }
}

/// A database. Where somebody deletes it, it is made anew when it is next asked for.
#[derive(Clone, Debug)]
pub struct Database {
    name: Rc<str>,
    stores: &'static [Store],
    held: Rc<RefCell<Option<IdbDatabase>>>,
}

impl Database {
    /// Opens a database, and makes it with these stores when it is not there.
    ///
    /// # Errors
    /// When the browser keeps nothing.
    pub async fn open(name: &str, stores: &'static [Store]) -> Result<Self, Blocked> {
        let database = Self { name: name.into(), stores, held: Rc::default() };
        database.held().await?;
        Ok(database)
    }

    async fn held(&self) -> Result<IdbDatabase, Blocked> {
        if let Some(held) = self.held.borrow().as_ref() {
            return Ok(held.clone());
        }
        let factory = window().and_then(|it| it.indexed_db().ok().flatten()).ok_or(Blocked)?;
        let request = factory.open_with_u32(&self.name, VERSION).map_err(|_| Blocked)?;
        let (making, stores) = (IdbRequest::from(request.clone()), self.stores);
        let make = Closure::once(move || {
            let Some(database) = making.result().ok().map(JsCast::unchecked_into::<IdbDatabase>) else { return };
            for store in stores {
                let _ = database.create_object_store(store.name());
            }
        });
        request.set_onupgradeneeded(Some(make.as_ref().unchecked_ref()));
        let database: IdbDatabase = answer(&request).await?.unchecked_into();
        // Another tab, or the library's page, is deleting it: who holds on to it stands in the way.
        let (closing, held) = (database.clone(), Rc::clone(&self.held));
        let close = Closure::once_into_js(move || {
            closing.close();
            held.replace(None);
        });
        database.set_onversionchange(Some(close.unchecked_ref()));
        // Somebody has cleared what the browser keeps of this site.
        let held = Rc::clone(&self.held);
        let closed = Closure::once_into_js(move || drop(held.replace(None)));
        database.set_onclose(Some(closed.unchecked_ref()));
        self.held.replace(Some(database.clone()));
        Ok(database)
    }

    /// All that a store holds.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn all(&self, store: Store) -> Result<Vec<Record>, Blocked> {
        steadily(async || self.read(store).await).await
    }

    async fn read(&self, store: Store) -> Result<Vec<Record>, Blocked> {
        let (_held, store) = self.begin(store, IdbTransactionMode::Readonly).await?;
        let record = |(name, value): (JsValue, JsValue)| {
            Some(Record {
                name: name.as_string()?,
                text: member(&value, "text").as_string()?,
                key: Key(member(&value, "key").dyn_into().ok()?),
            })
        };
        Ok(everything(&store).await?.filter_map(record).collect())
    }

    /// Keeps all of these, or none of them.
    ///
    /// # Errors
    /// When they cannot be kept.
    pub async fn keep(&self, store: Store, records: &[Record]) -> Result<(), Blocked> {
        steadily(async || self.put(store, records).await).await
    }

    async fn put(&self, store: Store, records: &[Record]) -> Result<(), Blocked> {
        let (transaction, store) = self.begin(store, IdbTransactionMode::Readwrite).await?;
        for record in records {
            let value = Object::new();
            set_member(&value, "text", &record.text.as_str().into());
            set_member(&value, "key", &record.key.0);
            store.put_with_key(&value, &record.name.as_str().into()).map_err(|_| Blocked)?;
        }
        transaction.finish().await
    }

    /// Forgets all that a store holds.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn clear(&self, store: Store) -> Result<(), Blocked> {
        steadily(async || {
            let (transaction, store) = self.begin(store, IdbTransactionMode::Readwrite).await?;
            store.clear().map_err(|_| Blocked)?;
            transaction.finish().await
        })
        .await
    }

    /// Changes the texts of these stores as a whole: nobody else changes them meanwhile, and when it fails all is as before.
    ///
    /// # Errors
    /// When they cannot be read or written.
    pub async fn change(&self, stores: &[Store], change: &mut dyn FnMut(&mut [Vec<Text>])) -> Result<(), Blocked> {
        steadily(async || self.change_all(stores, change).await).await
    }

    async fn change_all(&self, stores: &[Store], change: &mut dyn FnMut(&mut [Vec<Text>])) -> Result<(), Blocked> {
        let names = stores.iter().map(|it| JsValue::from(it.name())).collect::<Array>();
        let mode = IdbTransactionMode::Readwrite;
        let transaction = self.held().await?.transaction_with_str_sequence_and_mode(&names, mode);
        let transaction = Held::new(transaction.map_err(|_| Blocked)?);
        let (mut before, mut open) = (Vec::new(), Vec::new());
        for store in stores {
            let store = transaction.store(store.name())?;
            let text =
                |(name, text): (JsValue, JsValue)| Some(Text { name: name.as_string()?, text: text.as_string()? });
            before.push(everything(&store).await?.filter_map(text).collect::<Vec<_>>());
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
        steadily(async || self.change_named(store, names, change).await).await
    }

    async fn change_named(
        &self,
        store: Store,
        names: &[String],
        change: &mut dyn FnMut(&mut Vec<Text>),
    ) -> Result<(), Blocked> {
        let (transaction, store) = self.begin(store, IdbTransactionMode::Readwrite).await?;
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

    async fn begin(&self, store: Store, mode: IdbTransactionMode) -> Result<(Held, IdbObjectStore), Blocked> {
        let transaction = self.held().await?.transaction_with_str_and_mode(store.name(), mode).map_err(|_| Blocked)?;
        let transaction = Held::new(transaction);
        let store = transaction.store(store.name())?;
        Ok((transaction, store))
    }
}

/// Names and values of all that a store holds.
async fn everything(store: &IdbObjectStore) -> Result<impl Iterator<Item = (JsValue, JsValue)> + use<>, Blocked> {
    let (names, values) = (store.get_all_keys().map_err(|_| Blocked)?, store.get_all().map_err(|_| Blocked)?);
    let values: Array = answer(&values).await?.unchecked_into();
    let names: Array = names.result().map_err(|_| Blocked)?.unchecked_into();
    Ok(names.to_vec().into_iter().zip(values.to_vec()))
}
