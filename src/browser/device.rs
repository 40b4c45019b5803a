//! All that a publication keeps on this device, and away with it.

use super::storage::{self, Shelf};
use super::{cache, window, worker};
use js_sys::Object;

/// Prefix of every key of ours in `localStorage`.
const PREFIX: &str = "jumpline:";

/// Forgets databases, values and files. What other tabs hold open goes once they are closed.
pub async fn forget(base: &str, databases: &[String]) {
    let Some(window) = window() else { return };
    if let Ok(Some(factory)) = window.indexed_db() {
        for name in databases {
            // A browser that keeps nothing has nothing to delete.
            let _ = factory.delete_database(name);
        }
    }
    if let Ok(Some(storage)) = window.local_storage() {
        let keys: Vec<String> = Object::keys(&storage).iter().filter_map(|it| it.as_string()).collect();
        for key in keys.iter().filter(|it| it.starts_with(PREFIX)) {
            let _ = storage::remove(Shelf::Device, key);
        }
    }
    worker::retire().await;
    cache::forget_all(&format!("{PREFIX}{base}:")).await;
}
