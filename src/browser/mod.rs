//! The only door to the platform. Beyond it there are Rust types and `Result`s; on the host it answers "not here".

pub mod alone;
pub mod boot;
pub mod cache;
pub mod clipboard;
pub mod collate;
pub mod crypto;
pub mod database;
pub mod device;
pub mod dialog;
pub mod document;
pub mod download;
pub mod fetch;
pub mod field;
pub mod history;
pub mod install;
pub mod intl;
pub mod json;
pub mod jump;
pub mod key;
pub mod keyboard;
pub mod links;
pub mod list;
pub mod names;
pub mod post;
pub mod random;
mod records;
pub mod rest;
pub mod sanitize;
pub mod secret;
pub mod share;
pub mod shown;
pub mod sight;
pub mod storage;
pub mod time;
mod transaction;
pub mod wasm;
pub mod worker;

use js_sys::Reflect;
use wasm_bindgen::JsValue;

/// The window, or `None` on the host, where `web_sys` would panic.
pub(crate) fn window() -> Option<web_sys::Window> {
    if cfg!(target_arch = "wasm32") { web_sys::window() } else { None }
}

/// The document, or `None` on the host.
pub(crate) fn document() -> Option<web_sys::Document> {
    window().and_then(|it| it.document())
}

/// What something has under a name that not every browser knows; `undefined` where there is nothing.
fn member(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap_or_default()
}

/// Gives a plain object, or one that takes whatever it is given, something under a name.
fn set_member(of: &JsValue, name: &str, value: &JsValue) {
    let _ = Reflect::set(of, &name.into(), value);
}

/// What the script of `index.html` left on the window; `undefined` where it left nothing.
fn left(name: &str) -> JsValue {
    window().map_or(JsValue::UNDEFINED, |it| member(&it, name))
}
