//! Writing below `content/`, and remembering it.

use super::{Entry, Ledger, Outcome};
use crate::import::disk;
use anyhow::Context as _;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

impl Ledger {
    /// Writes a file, unless a person's work would be lost.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn put(&mut self, path: &str, id: &str, bytes: &[u8]) -> anyhow::Result<Outcome> {
        let write = |target: &Path| disk::write(target, bytes);
        self.place(path, id, blake3::hash(bytes).to_hex().to_string(), write)
    }

    /// Copies a file of any size, unless a person's work would be lost.
    ///
    /// # Errors
    /// When it cannot be read or written.
    pub fn copy(&mut self, path: &str, source: &Path) -> anyhow::Result<Outcome> {
        let hash = disk::hash(source)?.with_context(|| format!("{}: is gone", source.display()))?;
        self.place(path, "", hash, |target| disk::copy(source, target))
    }

    fn place(
        &mut self,
        path: &str,
        id: &str,
        hash: String,
        write: impl FnOnce(&Path) -> anyhow::Result<()>,
    ) -> anyhow::Result<Outcome> {
        let target = self.content.join(path);
        let outcome = match (disk::hash(&target)?, self.pages.files.get(path)) {
            (Some(there), _) if there == hash => Outcome::Unchanged,
            (Some(there), Some(entry)) if there == entry.hash => Outcome::Updated,
            (Some(_), Some(_)) => return Ok(Outcome::Edited),
            (Some(_), None) => return Ok(Outcome::Foreign),
            (None, Some(_)) => return Ok(Outcome::Removed),
            (None, None) => Outcome::New,
        };
        if outcome != Outcome::Unchanged {
            write(&target)?;
        }
        self.remember(path, id, hash);
        Ok(outcome)
    }

    /// Writes a file that is a person's too: what it has become is remembered, and nothing is asked.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn share(&mut self, path: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let target = self.content.join(path);
        let hash = blake3::hash(bytes).to_hex().to_string();
        if disk::hash(&target)?.as_ref() != Some(&hash) {
            disk::write(&target, bytes)?;
        } else if self.knows(path) {
            return Ok(());
        }
        self.remember(path, "", hash);
        Ok(())
    }

    /// Takes back a file that an earlier import wrote under another name, if nobody has touched it since.
    /// Says whether the name is free now.
    ///
    /// # Errors
    /// When the file cannot be removed.
    pub fn withdraw(&mut self, path: &str) -> anyhow::Result<bool> {
        let Some(entry) = self.pages.files.get(path) else { return Ok(true) };
        let target = self.content.join(path);
        if disk::hash(&target)?.as_ref() != Some(&entry.hash) {
            return Ok(false);
        }
        fs::remove_file(&target).with_context(|| format!("{}: cannot be removed", target.display()))?;
        if let Some(entry) = self.pages.files.remove(path) {
            self.by_id.remove(&entry.id);
        }
        Ok(true)
    }

    fn remember(&mut self, path: &str, id: &str, hash: String) {
        if !id.is_empty() {
            self.by_id.insert(id.to_owned(), path.to_owned());
        }
        let (lacks, comments) = self.pages.files.remove(path).map(|it| (it.lacks, it.comments)).unwrap_or_default();
        self.pages.files.insert(path.to_owned(), Entry { id: id.to_owned(), hash, lacks, comments });
    }

    /// Notes what the export did not hold of a file that was just written.
    pub fn note_lacks(&mut self, path: &str, lacks: BTreeSet<String>) {
        if let Some(entry) = self.pages.files.get_mut(path) {
            entry.lacks = lacks;
        }
    }

    /// Notes which comments came into a file.
    pub fn note_comments(&mut self, path: &str, ids: impl Iterator<Item = String>) {
        if let Some(entry) = self.pages.files.get_mut(path) {
            entry.comments.extend(ids);
        }
    }
}
