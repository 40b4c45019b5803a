//! Transactions of IndexedDB that this page waits for, and what becomes of them when it is left.
//!
//! A page that WebKit puts aside, for who may come back, goes on holding the transaction that it was waiting for, and nobody else may
//! write to its stores any more: unlocking would take forever. So what still waits is broken off when the page is left, and what was
//! written needs the page no longer.

use super::history::listen;
use super::storage::Blocked;
use super::{time, window};
use js_sys::Promise;
use std::cell::{Cell, RefCell};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction};

/// Milliseconds that others have to let go of what is being deleted.
const PATIENCE: u32 = 2000;

thread_local! {
    static HELD: RefCell<Vec<IdbTransaction>> = const { RefCell::new(Vec::new()) };
    /// How often the page was left; `None` until somebody listens.
    static LEFT: Cell<Option<u32>> = const { Cell::new(None) };
}

/// Does something, and once more where it failed because the page was left, for whoever has come back.
pub(super) async fn steadily<T>(mut act: impl AsyncFnMut() -> Result<T, Blocked>) -> Result<T, Blocked> {
    let before = left();
    match act().await {
        Err(Blocked) if before != left() => act().await,
        result => result,
    }
}

/// How often this page was left.
fn left() -> u32 {
    LEFT.get().unwrap_or_else(|| {
        LEFT.set(Some(0));
        if let Some(window) = window() {
            listen(&window, "pagehide", |_: Event| {
                LEFT.set(LEFT.get().map(|it| it + 1));
                for transaction in HELD.take() {
                    // One that is being written can no longer be broken off.
                    let _ = transaction.abort();
                }
            });
        }
        0
    })
}

/// A transaction that somebody waits for.
pub(super) struct Held(IdbTransaction);

impl Held {
    pub(super) fn new(transaction: IdbTransaction) -> Self {
        HELD.with_borrow_mut(|it| it.push(transaction.clone()));
        Self(transaction)
    }

    pub(super) fn store(&self, name: &str) -> Result<IdbObjectStore, Blocked> {
        self.0.object_store(name).map_err(|_| Blocked)
    }

    /// Writes what was asked for, and waits until it is kept.
    pub(super) async fn finish(self) -> Result<(), Blocked> {
        let finished = settled(|resolve, reject| {
            self.0.set_oncomplete(Some(resolve));
            self.0.set_onabort(Some(reject));
        });
        // Where it cannot be hurried it is written all the same.
        #[allow(deprecated, reason = "of the bindings; W3C's Indexed Database API 3.0 has it, and every engine")]
        let _ = self.0.commit();
        finished.await
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        HELD.with_borrow_mut(|it| it.retain(|it| *it != self.0));
    }
}

/// What a request gives.
pub(super) async fn answer(request: &IdbRequest) -> Result<JsValue, Blocked> {
    settled(|resolve, reject| {
        request.set_onsuccess(Some(resolve));
        request.set_onerror(Some(reject));
    })
    .await?;
    request.result().map_err(|_| Blocked)
}

/// Waits until a database is deleted. One that others hold open goes once they are closed, which nobody waits for.
pub(super) async fn deleted(request: IdbOpenDbRequest) {
    let _ = settled(|resolve, reject| {
        request.set_onsuccess(Some(resolve));
        request.set_onerror(Some(reject));
        request.set_onblocked(Some(reject));
        // A tab that is asleep neither lets go nor says no.
        let resolve = resolve.clone();
        time::after(PATIENCE, move || drop(resolve.call0(&JsValue::NULL)));
    })
    .await;
}

async fn settled(mut listen: impl FnMut(&js_sys::Function, &js_sys::Function)) -> Result<(), Blocked> {
    let promise = Promise::new(&mut |resolve, reject| listen(&resolve, &reject));
    JsFuture::from(promise).await.map(drop).map_err(|_| Blocked)
}
