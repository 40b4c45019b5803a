//! All that a publication keeps on this device, and away with it.

use super::names::{CHOICES, OWN};
use super::storage::{self, Blocked, Shelf};
use super::{cache, database, document, history, worker};

/// Prefix of every key of ours in `localStorage`.
const PREFIX: &str = "jumpline:";
/// Name of the files without which no page opens, behind the prefix and the base: no reader's data.
const PROGRAM: &str = "shell:";
/// Fragment of the page that follows a [`forget`].
const FORGOTTEN: &str = "forgotten";

/// Whether a name, or its beginning, is that of a reader's own words and standing in one publication ([`storage::own`]).
fn is_own(name: &str) -> bool {
    OWN.iter().any(|it| name == *it || (it.ends_with(':') && name.starts_with(it)))
}

/// Settings, drafts and the like in `localStorage`, keys and values, without the base: it may be another one where they are taken in.
pub fn settings(base: &str) -> Vec<(String, String)> {
    let name = |it: String| it.strip_prefix(base).and_then(|it| it.strip_prefix(':')).map(str::to_owned).unwrap_or(it);
    let mut names: Vec<String> =
        names(Shelf::Device).into_iter().filter(|it| is_ours(it, base, &[])).map(name).collect();
    names.sort_unstable();
    names.dedup();
    let kept = |name: String| {
        let key = [PREFIX, &name].concat();
        let value = match CHOICES.contains(&key.as_str()) {
            true => storage::read(Shelf::Device, &key),
            false if is_own(&name) => storage::read_own(base, &name),
            false => return None,
        };
        Some((key, value.ok()??))
    };
    names.into_iter().filter_map(kept).collect()
}

/// Keeps one of [`settings`] that was saved before; what is none of them is passed over. What the reader wrote on this device is not
/// written over.
///
/// # Errors
/// When storage is blocked or full.
pub fn set(base: &str, key: &str, value: &str) -> Result<(), Blocked> {
    let name = key.strip_prefix(PREFIX).unwrap_or_default();
    // A later choice replaces an earlier one.
    if CHOICES.contains(&key) {
        storage::write(Shelf::Device, key, value)
    } else if is_own(name) && storage::read_own(base, name)?.is_none() {
        storage::write(Shelf::Device, &storage::own(base, name), value)
    } else {
        Ok(())
    }
}

/// Names of all keys of ours: what follows the prefix.
fn names(shelf: Shelf) -> Vec<String> {
    storage::keys(shelf).iter().filter_map(|it| it.strip_prefix(PREFIX).map(str::to_owned)).collect()
}

/// Whether a name is this publication's, or nobody's in particular.
fn is_ours(name: &str, base: &str, databases: &[String]) -> bool {
    if name.starts_with('/') {
        return name.strip_prefix(base).is_some_and(|it| it.starts_with(':'));
    }
    match name.split_once(':') {
        // It says that there is the database of a pass.
        Some(("keys", mark)) => databases.iter().any(|it| it.strip_prefix(PREFIX) == Some(mark)),
        // As earlier releases kept them: by the path of a page.
        Some(("draft" | "reply", path)) => path.starts_with(base),
        // Such as `library:/b/`, and what belongs to it: `library:/b/:archive`.
        Some((_, of)) => of.strip_prefix(base).is_some_and(|it| it.is_empty() || it.starts_with(':')),
        None => true,
    }
}

/// Forgets databases, files and values of this publication, and the choices that hold for all at this host. What other tabs hold open
/// goes once they are closed. The service worker stays in charge, and keeps what every page needs: without it nothing that is saved later
/// would open.
pub async fn forget(base: &str, databases: &[String]) {
    for name in databases {
        database::delete(name).await;
    }
    cache::forget_all(&[PREFIX, base, ":"].concat(), PROGRAM).await;
    // Last, so that nothing which was on its way leaves a value behind.
    for shelf in [Shelf::Device, Shelf::Tab] {
        for name in names(shelf).iter().filter(|it| is_ours(it, base, databases)) {
            let _ = storage::remove(shelf, &[PREFIX, name].concat());
        }
    }
}

/// Shows this page anew, since it still knows what was forgotten. [`was_forgotten`] tells the next one why.
pub fn begin_anew() {
    history::forget();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_another_publication_keeps_is_not_ours() {
        let databases = ["jumpline:library:/b/".to_owned(), "jumpline:bbbb".to_owned()];
        let ours = |name: &str| is_ours(name, "/b/", &databases);
        for name in [
            "preferences",
            "keys",
            "meter",
            "/b/:meter",
            "/b/:draft:/b/x/#",
            "library:/b/",
            "library:/b/:archive",
            "keys:bbbb",
        ] {
            assert!(ours(name), "{name}");
        }
        for name in [
            "/:meter",
            "/b/c/:meter",
            "/bb/:meter",
            "library:/",
            "library:/:archive",
            "comments:/b/c/",
            "keys:aaaa",
            "draft:/x/#",
        ] {
            assert!(!ours(name), "{name}");
        }
        // The root is the beginning of every path.
        assert!(is_ours("/:meter", "/", &[]) && is_ours("library:/", "/", &[]));
        assert!(!is_ours("/b/:meter", "/", &[]) && !is_ours("library:/b/", "/", &[]));
    }
}
