//! What `server_fn` (Leptos) calls of `wasm-streams` 0.5, without its exported classes: 10 kB of Wasm and glue that nobody runs.
//!
//! Jumpline has no server functions. A stream that is made here all the same is empty.

use futures_util::stream::{Empty, empty};
use wasm_bindgen::{JsCast, JsValue};

/// A stream without anything in it.
#[derive(Debug)]
pub struct ReadableStream;

impl ReadableStream {
    /// Drops the stream.
    pub fn from_stream<S>(_: S) -> Self {
        Self
    }

    /// Drops the stream.
    pub fn from_raw(_: web_sys::ReadableStream) -> Self {
        Self
    }

    /// `undefined`.
    pub fn into_raw(self) -> web_sys::ReadableStream {
        JsValue::UNDEFINED.unchecked_into()
    }

    /// Ends at once.
    pub fn into_stream(self) -> Empty<Result<JsValue, JsValue>> {
        empty()
    }
}
