//! Small values kept on this device: `localStorage` and `sessionStorage`.

use super::history::listen;
use super::window;
use js_sys::Object;
use web_sys::Storage;

/// Where a value is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// Until the reader clears it.
    Device,
    /// Until the tab is closed.
    Tab,
}

/// The browser keeps nothing: storage is blocked, full or not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Blocked;

fn open(shelf: Shelf) -> Result<Storage, Blocked> {
    let window = window().ok_or(Blocked)?;
    let storage = match shelf {
        Shelf::Device => window.local_storage(),
        Shelf::Tab => window.session_storage(),
    };
    storage.ok().flatten().ok_or(Blocked)
}

/// The value under a key, when there is one.
///
/// # Errors
/// When storage is blocked.
pub fn read(shelf: Shelf, key: &str) -> Result<Option<String>, Blocked> {
    open(shelf)?.get_item(key).map_err(|_| Blocked)
}

/// The key of what is one publication's alone: others may stand at the same host.
pub fn own(base: &str, name: &str) -> String {
    ["jumpline:", base, ":", name].concat()
}

/// A value of [`own`]. What an earlier release kept for whatever stands at this host becomes the publication's that asks first.
///
/// # Errors
/// When storage is blocked.
pub fn read_own(base: &str, name: &str) -> Result<Option<String>, Blocked> {
    let (key, old) = (own(base, name), ["jumpline:", name].concat());
    if let Some(kept) = read(Shelf::Device, &key)? {
        return Ok(Some(kept));
    }
    let kept = read(Shelf::Device, &old)?;
    if let Some(text) = &kept
        && write(Shelf::Device, &key, text).is_ok()
    {
        remove(Shelf::Device, &old)?;
    }
    Ok(kept)
}

/// Keeps a value under a key.
///
/// # Errors
/// When storage is blocked or full; what was there stays.
pub fn write(shelf: Shelf, key: &str, value: &str) -> Result<(), Blocked> {
    open(shelf)?.set_item(key, value).map_err(|_| Blocked)
}

/// Forgets a value; nothing happens when there is none.
///
/// # Errors
/// When storage is blocked.
pub fn remove(shelf: Shelf, key: &str) -> Result<(), Blocked> {
    open(shelf)?.remove_item(key).map_err(|_| Blocked)
}

/// Every key that there is; none where storage is blocked.
pub fn keys(shelf: Shelf) -> Vec<String> {
    let keys = open(shelf).map(|it| Object::keys(&it)).unwrap_or_default();
    keys.iter().filter_map(|it| it.as_string()).collect()
}

/// Calls back whenever another tab writes or removes the value under a key of [`Shelf::Device`].
pub fn on_change(key: String, changed: impl Fn() + 'static) {
    let Some(window) = window() else { return };
    listen(&window, "storage", move |event: web_sys::StorageEvent| {
        // Without a key everything was cleared.
        if event.key().is_none_or(|it| it == key) {
            changed();
        }
    });
}
