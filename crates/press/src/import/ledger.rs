//! What an import has written, so that the next one can tell its own work from a person's.

mod format;
mod moved;
mod outcome;
#[cfg(test)]
mod tests;
mod write;

pub use format::Entry;
pub use outcome::Outcome;

use super::disk;
use format::Pages;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Writes files below `content/` and remembers them.
#[derive(Debug)]
pub struct Ledger {
    content: PathBuf,
    path: PathBuf,
    pages: Pages,
    /// Which file an id has.
    by_id: BTreeMap<String, String>,
}

impl Ledger {
    /// Opens `content/.import/<name>.json`, or begins it.
    ///
    /// # Errors
    /// When it cannot be read, was written by a newer press, or belongs to another site.
    pub fn open(content: &Path, name: &str, site: &str) -> anyhow::Result<Self> {
        let path = content.join(".import").join(format!("{name}.json"));
        let pages = Pages::read(&path, content, site)?;
        let by_id = pages.files.iter().filter(|it| !it.1.id.is_empty()).map(|(path, it)| (it.id.clone(), path.clone()));
        Ok(Self { content: content.to_owned(), path, by_id: by_id.collect(), pages })
    }

    /// The file that an earlier import gave to an id.
    pub fn path_of(&self, id: &str) -> Option<&str> {
        self.by_id.get(id).map(String::as_str)
    }

    /// Every id that has a file by an earlier import, with that file.
    pub fn ids(&self) -> impl Iterator<Item = (&str, &str)> {
        self.by_id.iter().map(|(id, path)| (id.as_str(), path.as_str()))
    }

    /// Whether a path was written for another id, or by a person.
    pub fn is_taken(&self, path: &str, id: &str) -> bool {
        self.pages.files.get(path).is_some_and(|it| it.id != id)
    }

    /// Ids of the comments that ever came into a file.
    pub fn comments_of(&self, path: &str) -> BTreeSet<String> {
        self.pages.files.get(path).map(|it| it.comments.clone()).unwrap_or_default()
    }

    /// Whether the last import of a file wrote just this.
    pub fn wrote(&self, path: &str, bytes: &[u8]) -> bool {
        self.pages.files.get(path).is_some_and(|it| it.hash == blake3::hash(bytes).to_hex().as_str())
    }

    /// What an import remembers of a file, while it stands there as it was written.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn untouched(&self, path: &str) -> anyhow::Result<Option<&Entry>> {
        let there = disk::hash(&self.content.join(path))?;
        Ok(self.pages.files.get(path).filter(|it| there.as_ref() == Some(&it.hash)))
    }

    /// The text of a file that an earlier import gave to an id, as it stands there now.
    pub fn text_of(&self, id: &str) -> Option<String> {
        self.text_at(self.path_of(id)?)
    }

    /// The text of a file as it stands there now.
    pub fn text_at(&self, path: &str) -> Option<String> {
        fs::read_to_string(self.content.join(path)).ok()
    }

    /// Whether a file stands there, whoever wrote it.
    pub fn is_there(&self, path: &str) -> bool {
        self.content.join(path).exists()
    }

    /// The folder that the files lie in.
    pub fn content(&self) -> &Path {
        &self.content
    }

    /// Whether an import wrote a file.
    pub fn knows(&self, path: &str) -> bool {
        self.pages.files.contains_key(path)
    }

    /// Writes the ledger down.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn save(&self) -> anyhow::Result<()> {
        let mut text = serde_json::to_string_pretty(&self.pages)?;
        text.push('\n');
        if fs::read_to_string(&self.path).is_ok_and(|it| it == text) {
            return Ok(());
        }
        disk::write(&self.path, text.as_bytes())
    }
}
