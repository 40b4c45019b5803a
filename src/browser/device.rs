//! All that a publication keeps on this device, and away with it.

use super::storage::{self, Shelf};
use super::{cache, document, transaction, window, worker};
use js_sys::Object;

/// Prefix of every key of ours in `localStorage`.
const PREFIX: &str = "jumpline:";
/// Name of the files without which no page opens, behind the prefix and the base: no reader's data.
const PROGRAM: &str = "shell:";
/// Fragment of the page that follows a [`forget`].
const FORGOTTEN: &str = "forgotten";

/// Keys behind the prefix that are a reader's own choice, which a later one replaces.
const CHOICES: [&str; 3] = ["preferences", "keys", "comment-order"];
/// Keys behind the prefix, or beginnings of keys, that are a reader's own words and standing.
const OWN: [&str; 4] = ["subscription", "meter", "me", "draft:"];

fn is_one(key: &str, some: &[&str]) -> bool {
    let name = key.strip_prefix(PREFIX).unwrap_or_default();
    some.iter().any(|it| name == *it || (it.ends_with(':') && name.starts_with(it)))
}

/// Settings, drafts and the like in `localStorage`: keys and values.
pub fn settings() -> Vec<(String, String)> {
    let keys = keys().into_iter().filter(|it| is_one(it, &CHOICES) || is_one(it, &OWN));
    keys.filter_map(|it| Some((it.clone(), storage::read(Shelf::Device, &it).ok()??))).collect()
}

/// Keeps one of [`settings`] that was saved before. What the reader wrote on this device is not written over.
pub fn set(key: &str, value: &str) {
    let is_new = || storage::read(Shelf::Device, key).is_ok_and(|it| it.is_none());
    if is_one(key, &CHOICES) || (is_one(key, &OWN) && is_new()) {
        // Where nothing is kept the views say so.
        let _ = storage::write(Shelf::Device, key, value);
    }
}

/// All keys of ours.
fn keys() -> Vec<String> {
    let storage = window().and_then(|it| it.local_storage().ok().flatten());
    let keys = storage.map(|it| Object::keys(&it)).unwrap_or_default();
    keys.iter().filter_map(|it| it.as_string()).filter(|it| it.starts_with(PREFIX)).collect()
}

/// Forgets databases, files and values. What other tabs hold open goes once they are closed. The service worker stays in charge, and keeps
/// what every page needs: without it nothing that is saved later would open.
pub async fn forget(base: &str, databases: &[String]) {
    if let Some(Ok(Some(factory))) = window().map(|it| it.indexed_db()) {
        for name in databases {
            // A browser that keeps nothing has nothing to delete.
            if let Ok(request) = factory.delete_database(name) {
                transaction::deleted(request).await;
            }
        }
    }
    cache::forget_all(&[PREFIX, base, ":"].concat(), PROGRAM).await;
    // Last, so that nothing which was on its way leaves a value behind.
    for key in keys() {
        let _ = storage::remove(Shelf::Device, &key);
    }
}

/// Shows this page anew, since it still knows what was forgotten. [`was_forgotten`] tells the next one why.
pub fn begin_anew() {
    document::set_fragment(FORGOTTEN);
    worker::reload();
}

/// Whether the page before this one forgot all there was. Says so once.
pub fn was_forgotten() -> bool {
    let is_so = document::fragment().as_deref() == Some(FORGOTTEN);
    if is_so {
        document::set_fragment("");
    }
    is_so
}
