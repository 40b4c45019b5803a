//! Files that an audit found clean, so that the next one need not look at them again.

use super::Audit;
use super::unread::{Unread, Why};
use crate::media::Stamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Files that an audit found clean.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Record {
    /// Hash of all that was looked for, and of the program that did.
    of: String,
    files: BTreeMap<String, Stamp>,
    /// Those of them that nobody could look into.
    #[serde(default)]
    unread: BTreeMap<String, BTreeSet<Why>>,
}

impl Record {
    pub(super) fn new(audit: &Audit<'_>) -> Self {
        let mut hasher = blake3::Hasher::new();
        let own = std::env::current_exe().ok().and_then(|it| Stamp::of(&it));
        hasher.update(format!("{} {own:?}", env!("CARGO_PKG_VERSION")).as_bytes());
        for text in audit.gated {
            hasher.update(blake3::hash(text.text.as_bytes()).as_bytes());
        }
        hasher.update(b"public");
        for text in audit.public {
            hasher.update(blake3::hash(text.as_bytes()).as_bytes());
        }
        hasher.update(b"keys");
        for key in audit.keys {
            hasher.update(&key.bytes);
        }
        Self { of: hasher.finalize().to_hex().to_string(), files: BTreeMap::new(), unread: BTreeMap::new() }
    }

    /// Notes a file, and says whether it is as the earlier audit found it clean.
    pub(super) fn keep(&mut self, before: &Self, out: &Path, file: &str) -> bool {
        let Some(stamp) = Stamp::of(&out.join(file)) else { return false };
        self.files.insert(file.to_owned(), stamp);
        let is_clean = before.of == self.of && before.files.get(file) == Some(&stamp);
        if let Some(why) = before.unread.get(file).filter(|_| is_clean) {
            self.unread.insert(file.to_owned(), why.clone());
        }
        is_clean
    }

    /// Notes why a file is not known to be clean.
    pub(super) fn miss(&mut self, file: &str, why: BTreeSet<Why>) {
        if !why.is_empty() {
            self.unread.insert(file.to_owned(), why);
        }
    }

    /// Files that nobody could look into.
    pub(super) fn unread(&self) -> Vec<Unread> {
        self.unread.iter().map(|(file, why)| Unread { file: file.clone(), why: why.clone() }).collect()
    }
}
