//! One tab at a time.

use super::storage::{self, Shelf};
use super::time;
use wasm_bindgen_futures::spawn_local;

/// Milliseconds after which a tab that began a task is taken for gone.
const GONE: u64 = 30_000;

/// Runs a task, unless another tab of this origin is running one of the same name. Where nothing is kept, every tab runs it.
pub fn alone(name: &str, task: impl Future<Output = ()> + 'static) {
    let key = ["jumpline:", name].concat();
    let began = storage::read(Shelf::Device, &key).ok().flatten().and_then(|it| it.parse::<u64>().ok());
    let now = time::now() as u64;
    if began.is_some_and(|it| now.abs_diff(it) < GONE) {
        return;
    }
    let _ = storage::write(Shelf::Device, &key, &now.to_string());
    spawn_local(async move {
        task.await;
        let _ = storage::remove(Shelf::Device, &key);
    });
}
