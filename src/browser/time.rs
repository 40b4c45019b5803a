//! The clock, and being called later.

use super::window;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::MessageChannel;

/// Milliseconds since 1970 by this device's clock; 0 on the host.
pub fn now() -> f64 {
    if cfg!(target_arch = "wasm32") { js_sys::Date::now() } else { 0.0 }
}

/// The month on this device's calendar, such as `2026-11`; empty on the host.
pub fn month() -> String {
    if !cfg!(target_arch = "wasm32") {
        return String::new();
    }
    let today = js_sys::Date::new_0();
    let month = today.get_month() + 1;
    format!("{}-{month:02}", today.get_full_year())
}

/// Calls back once, so many milliseconds from now.
pub fn after(milliseconds: u32, call: impl FnOnce() + 'static) {
    once(milliseconds, Box::new(call));
}

/// For all of them: what is passed to JavaScript costs code for each type that it has.
fn once(milliseconds: u32, call: Box<dyn FnOnce()>) {
    let Some(window) = window() else { return };
    let callback = Closure::once_into_js(call);
    let milliseconds = i32::try_from(milliseconds).unwrap_or(i32::MAX);
    let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(callback.unchecked_ref(), milliseconds);
}

/// Lets the browser do what else there is to do: paint, and answer who taps.
pub async fn pause() {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        // A timer would make every one after the fifth wait for four milliseconds.
        if let Ok(channel) = MessageChannel::new() {
            channel.port1().set_onmessage(Some(&resolve));
            let _ = channel.port2().post_message(&JsValue::NULL);
        }
    });
    // Nothing comes of it but the time.
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
}

/// The day of a moment in UTC, `2026-11-25`; empty on the host.
pub fn day(milliseconds: f64) -> String {
    iso(milliseconds).get(..10).unwrap_or_default().to_owned()
}

/// A moment in milliseconds since 1970 as ISO 8601 writes it; empty on the host.
pub fn iso(milliseconds: f64) -> String {
    if !cfg!(target_arch = "wasm32") {
        return String::new();
    }
    js_sys::Date::new(&milliseconds.into()).to_iso_string().into()
}
