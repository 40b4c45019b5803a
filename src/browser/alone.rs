//! One tab at a time.

use super::storage::{self, Shelf};
use super::{member, set_member, time, window};
use js_sys::{Function, Object, Promise};
use std::cell::Cell;
use std::pin::Pin;
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};

type Task = Pin<Box<dyn Future<Output = ()>>>;

/// Milliseconds after which a tab that began a task is taken for gone.
const GONE: u64 = 30_000;

/// Runs a task, unless another tab of this origin is running one of the same name; says whether it ran. Where nothing is kept, every
/// tab runs it.
pub async fn alone(name: &str, task: impl Future<Output = ()> + 'static) -> bool {
    one_of(["jumpline:", name].concat(), Box::pin(task)).await
}

async fn one_of(key: String, task: Task) -> bool {
    match request(&key) {
        Some((locks, request)) => locked(&locks, &request, &key, task).await,
        None => marked(&key, task).await,
    }
}

/// The browser's locks (Web Locks API), which a closed tab gives back.
fn request(name: &str) -> Option<(JsValue, Function)> {
    // Of no use without storage, where they are refused.
    storage::read(Shelf::Device, name).ok()?;
    let locks = Some(member(&window()?.navigator(), "locks")).filter(JsValue::is_object)?;
    let request = member(&locks, "request").dyn_into().ok()?;
    Some((locks, request))
}

async fn locked(locks: &JsValue, request: &Function, name: &str, task: Task) -> bool {
    let options = Object::new();
    set_member(&options, "ifAvailable", &JsValue::TRUE);
    let ran = Rc::new(Cell::new(false));
    let runs = Rc::clone(&ran);
    let run = Closure::once_into_js(move |lock: JsValue| {
        if lock.is_null() {
            return JsValue::UNDEFINED;
        }
        runs.set(true);
        future_to_promise(async move {
            task.await;
            Ok(JsValue::UNDEFINED)
        })
        .into()
    });
    if let Ok(promise) = request.call3(locks, &name.into(), &options, &run) {
        let _ = JsFuture::from(promise.unchecked_into::<Promise>()).await;
    }
    ran.get()
}

async fn marked(key: &str, task: Task) -> bool {
    let began = storage::read(Shelf::Device, key).ok().flatten().and_then(|it| it.parse::<u64>().ok());
    let now = time::now() as u64;
    if began.is_some_and(|it| now.abs_diff(it) < GONE) {
        return false;
    }
    let _ = storage::write(Shelf::Device, key, &now.to_string());
    task.await;
    let _ = storage::remove(Shelf::Device, key);
    true
}
