//! One tab at a time (Web Locks).

use super::window;
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{future_to_promise, spawn_local};

/// Runs a task, unless another tab of this origin is running one of the same name.
pub fn alone(name: &str, task: impl Future<Output = ()> + 'static) {
    let Some(window) = window() else { return };
    let locks = Reflect::get(&window.navigator(), &"locks".into()).unwrap_or_default();
    let Ok(request) = request_of(&locks) else {
        // Outside a secure context there are none; two tabs may then both send, which does no harm.
        return spawn_local(task);
    };
    let options = Object::new();
    let _ = Reflect::set(&options, &"ifAvailable".into(), &true.into());
    let mut task = Some(task);
    let granted = Closure::<dyn FnMut(JsValue) -> JsValue>::new(move |lock: JsValue| match task.take() {
        Some(task) if !lock.is_null() => future_to_promise(async move {
            task.await;
            Ok(JsValue::UNDEFINED)
        })
        .into(),
        _ => JsValue::UNDEFINED,
    });
    let asked = request.call3(&locks, &name.into(), &options, &granted.into_js_value());
    if let Some(promise) = asked.ok().and_then(|it| it.dyn_into::<Promise>().ok()) {
        // A refusal means that nothing was sent, and the next chance comes.
        spawn_local(async move {
            let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
        });
    }
}

fn request_of(locks: &JsValue) -> Result<Function, JsValue> {
    if locks.is_undefined() { Err(JsValue::UNDEFINED) } else { Reflect::get(locks, &"request".into())?.dyn_into() }
}
