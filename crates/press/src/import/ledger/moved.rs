//! Articles that a person has moved to another folder since they were written: the files tell whose they are.

use super::Ledger;
use crate::import::disk;
use crate::import::kept::Kept;
use anyhow::Context as _;
use std::fs;
use std::path::Path;

/// A file that no import has written where it lies.
struct Stray {
    path: String,
    hash: String,
    /// The `id` of its front matter.
    id: Option<String>,
}

impl Ledger {
    /// Follows the files of articles that lie elsewhere now. `names` are the ids that the front matter of an article may have, by
    /// what the ledger knows it by. Says from where to where each was moved.
    ///
    /// # Errors
    /// When the folders cannot be read.
    pub fn follow(&mut self, names: impl Fn(&str) -> Vec<String>) -> anyhow::Result<Vec<(String, String)>> {
        let is_gone = |it: &(&String, &String)| !self.is_there(it.1);
        let gone: Vec<(String, String)> =
            self.by_id.iter().filter(is_gone).map(|it| (it.0.clone(), it.1.clone())).collect();
        if gone.is_empty() {
            return Ok(Vec::new());
        }
        let (mut strays, mut moved) = (self.strays()?, Vec::new());
        for (id, from) in gone {
            let hash = self.pages.files.get(&from).map(|it| it.hash.clone()).unwrap_or_default();
            let names = names(&id);
            let is_its = |it: &Stray| it.hash == hash || it.id.as_ref().is_some_and(|id| names.contains(id));
            let Some(at) = strays.iter().position(is_its) else { continue };
            let to = strays.swap_remove(at).path;
            self.rename(&from, &to);
            // Its comments, when they went along.
            let beside = |path: &str| format!("{}.comments.json", path.rsplit_once('.').map_or(path, |it| it.0));
            let (comments, there) = (beside(&from), beside(&to));
            if self.knows(&comments) && !self.knows(&there) && !self.is_there(&comments) && self.is_there(&there) {
                self.rename(&comments, &there);
            }
            moved.push((from, to));
        }
        Ok(moved)
    }

    fn rename(&mut self, from: &str, to: &str) {
        let Some(entry) = self.pages.files.remove(from) else { return };
        if !entry.id.is_empty() {
            self.by_id.insert(entry.id.clone(), to.to_owned());
        }
        self.pages.files.insert(to.to_owned(), entry);
    }

    fn strays(&self) -> anyhow::Result<Vec<Stray>> {
        let mut strays = Vec::new();
        for file in disk::articles(&self.content) {
            let path = file.strip_prefix(&self.content).ok().and_then(Path::to_str).map(|it| it.replace('\\', "/"));
            let Some(path) = path.filter(|it| !self.knows(it)) else { continue };
            let bytes = fs::read(&file).with_context(|| format!("{}: cannot be read", file.display()))?;
            let id = Kept::read(&String::from_utf8_lossy(&bytes)).and_then(|it| it.id);
            strays.push(Stray { path, hash: disk::hash_of(&bytes), id });
        }
        Ok(strays)
    }
}
