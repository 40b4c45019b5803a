//! Files that an audit found clean, so that the next one need not look at them again.

use super::Audit;
use crate::media::Stamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// Files that an audit found clean.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Record {
    /// Hash of all that was looked for, and of the program that did.
    of: String,
    files: BTreeMap<String, Stamp>,
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
        Self { of: hasher.finalize().to_hex().to_string(), files: BTreeMap::new() }
    }

    /// Notes a file, and says whether it is as the earlier audit found it clean.
    pub(super) fn keep(&mut self, before: &Self, out: &Path, file: &str) -> bool {
        let Some(stamp) = Stamp::of(&out.join(file)) else { return false };
        self.files.insert(file.to_owned(), stamp);
        before.of == self.of && before.files.get(file) == Some(&stamp)
    }
}
