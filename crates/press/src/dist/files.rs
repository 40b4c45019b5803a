//! The output folder: only what changed is written, and only what an earlier build wrote is removed.

use crate::media::Stamp;
use crate::wall::exposed::is_site;
use anyhow::{Context as _, bail};
use jumpline_article::pictures::original_of;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Where files of the site grow until they are whole: a page that stood there is not cut off where the disk is full.
const HALVES: &str = ".press-part";

/// What a build wrote, by path below the output folder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest(BTreeMap<String, Entry>);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Entry {
    /// Hash of all that the file was made of; empty when a build that did not end wrote it.
    key: String,
    /// The file as it was left.
    stamp: Stamp,
}

impl Manifest {
    /// Adds what a build began to write before it was broken off: the lines of its journal. What it left is made again, or
    /// removed when nothing wants it any more.
    pub fn with_journal(mut self, journal: &str) -> Self {
        // A line without its end was never followed by a file.
        for path in journal.split_inclusive('\n').filter_map(|it| it.strip_suffix('\n')).filter(|it| is_inside(it)) {
            self.0.entry(path.to_owned()).or_insert_with(|| Entry { key: String::new(), stamp: Stamp::default() });
        }
        self
    }

    /// What was written, by path below the output folder.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

/// What happened to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// It was made of the same things before and was not made again.
    Kept,
    /// It was made again and came out the same, byte for byte.
    Same,
    /// It was written.
    Written,
}

/// The output folder of one build. Shared by all threads.
#[derive(Debug)]
pub struct Files {
    out: PathBuf,
    before: Manifest,
    now: Mutex<BTreeMap<String, Entry>>,
    /// Where a new file is noted: its build may not live to write a manifest.
    journal: Mutex<File>,
    /// How many files were begun.
    begun: AtomicUsize,
    /// Whether files that the manifest does not know are an earlier build's all the same.
    is_site: bool,
}

impl Files {
    /// Opens the folder; `before` is what earlier builds wrote there, `journal` takes a line for every new file.
    pub fn open(out: &Path, before: Manifest, journal: File) -> Self {
        // A build that was broken off left it. Nothing in it is anybody's.
        let _ = fs::remove_dir_all(out.join(HALVES));
        let begun = AtomicUsize::new(0);
        let is_site = is_site(out);
        Self { out: out.to_owned(), before, now: Mutex::default(), journal: Mutex::new(journal), begun, is_site }
    }

    /// Writes a file unless it stands there already. `key` is a hash of all that `make` uses.
    ///
    /// # Errors
    /// When it cannot be made or written, or would lie outside of the folder.
    pub fn put(
        &self,
        path: &str,
        key: &str,
        make: impl FnOnce() -> anyhow::Result<Vec<u8>>,
    ) -> anyhow::Result<Outcome> {
        if !is_inside(path) {
            bail!(
                "{path}: would be written outside of {}; this is a mistake of press, please report it",
                self.out.display()
            );
        }
        let disk = self.out.join(path);
        if let Some(link) = self.way_out(path) {
            bail!(
                "{}: is a link that leads out of {}, so files of others would be written over; remove the link, or choose another folder",
                link.display(),
                self.out.display()
            );
        }
        let before = self.before.0.get(path).filter(|it| it.key == key);
        if let Some(entry) = before.filter(|it| Stamp::of(&disk) == Some(it.stamp)) {
            self.note(path, entry.clone());
            return Ok(Outcome::Kept);
        }
        let bytes = make()?;
        let same = fs::read(&disk).is_ok_and(|it| it == bytes);
        // Noted before it is there, or a build that ends in between forgets it. But somebody else's file becomes ours only
        // once it was written over: else the next build would remove what we never wrote.
        let is_new = !self.before.0.contains_key(path);
        let is_ours = is_new && !disk.exists();
        if is_new && disk.is_file() && !same && !self.is_site {
            bail!(
                "{}: is not from press and would be written over; choose another folder with --out, or move this file away first",
                disk.display()
            );
        }
        if is_ours {
            self.journal(path)?;
        }
        if !same {
            self.write(&disk, &bytes).with_context(|| format!("{}: cannot be written", disk.display()))?;
        }
        if is_new && !is_ours {
            self.journal(path)?;
        }
        let stamp = Stamp::of(&disk).with_context(|| format!("{}: was written but is not there", disk.display()))?;
        self.note(path, Entry { key: key.to_owned(), stamp });
        Ok(if same { Outcome::Same } else { Outcome::Written })
    }

    /// Writes bytes that are there already.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn bytes(&self, path: &str, bytes: Vec<u8>) -> anyhow::Result<Outcome> {
        let key = blake3::hash(&bytes).to_hex().to_string();
        self.put(path, &key, || Ok(bytes))
    }

    /// Removes what shows to everybody what is locked now (`media/chart.jpg` and its copies), also where no manifest knows of it: the cache may have been thrown away since
    /// it was published.
    ///
    /// # Errors
    /// When it cannot be removed, or nobody knows whose it is.
    pub fn withdraw(&self, locked: &BTreeSet<&str>) -> anyhow::Result<()> {
        let is_ours = |it: &str| self.now.lock().unwrap_or_else(PoisonError::into_inner).contains_key(it);
        let is_locked =
            |it: &str| locked.contains(it) || original_of(it).is_some_and(|it| locked.contains(it.as_str()));
        let folders: BTreeSet<&str> = locked.iter().filter_map(|it| Some(it.rsplit_once('/')?.0)).collect();
        for folder in folders {
            for entry in fs::read_dir(self.out.join(folder)).into_iter().flatten().flatten() {
                let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
                if !is_locked(&name) || is_ours(&name) || self.way_out(&name).is_some() {
                    continue;
                }
                let disk = entry.path();
                if !self.is_site {
                    bail!("{}: shows to everybody what is locked; remove it", disk.display());
                }
                fs::remove_file(&disk).with_context(|| format!("{}: cannot be removed", disk.display()))?;
            }
        }
        Ok(())
    }

    /// Removes what the last build wrote and this one did not, and folders that are empty then.
    ///
    /// # Errors
    /// When a file cannot be removed.
    pub fn finish(self) -> anyhow::Result<Manifest> {
        let now = std::mem::take(&mut *self.now.lock().unwrap_or_else(PoisonError::into_inner));
        let is_gone = |it: &&String| !now.contains_key(*it) && self.way_out(it).is_none();
        for path in self.before.0.keys().filter(is_gone) {
            let disk = self.out.join(path);
            match fs::remove_file(&disk) {
                Err(error) if !is_absent(error.kind()) => {
                    return Err(error).with_context(|| format!("{}: cannot be removed", disk.display()));
                }
                _ => {}
            }
            let folders = disk.ancestors().skip(1).take_while(|it| *it != self.out);
            // A folder that is not empty holds something of somebody.
            for folder in folders.take_while(|it| it.starts_with(&self.out)) {
                if fs::remove_dir(folder).is_err() {
                    break;
                }
            }
        }
        Ok(Manifest(now))
    }

    /// The link on the way to a file that leads out of the folder. The folder itself may be one.
    fn way_out(&self, path: &str) -> Option<PathBuf> {
        let folders = Path::new(path).ancestors().skip(1).filter(|it| !it.as_os_str().is_empty());
        let links = folders.map(|it| self.out.join(it)).filter(|it| it.is_symlink());
        let leads_out = |it: &PathBuf| match (fs::canonicalize(it), fs::canonicalize(&self.out)) {
            (Ok(there), Ok(out)) => !there.starts_with(out),
            _ => true,
        };
        links.into_iter().find(leads_out)
    }

    /// Writes a file beside the site and moves it to its place, over what stands there.
    fn write(&self, disk: &Path, bytes: &[u8]) -> std::io::Result<()> {
        let halves = self.out.join(HALVES);
        for folder in disk.parent().into_iter().chain([halves.as_path()]) {
            fs::create_dir_all(folder)?;
        }
        let half = halves.join(self.begun.fetch_add(1, Ordering::Relaxed).to_string());
        fs::write(&half, bytes)?;
        match fs::rename(&half, disk) {
            // A folder of the site may lie on another disk.
            Err(error) if error.kind() == ErrorKind::CrossesDevices => fs::copy(&half, disk).map(drop),
            moved => moved,
        }
    }

    fn journal(&self, path: &str) -> anyhow::Result<()> {
        let mut journal = self.journal.lock().unwrap_or_else(PoisonError::into_inner);
        journal.write_all(format!("{path}\n").as_bytes()).context("the cache's journal cannot be written")
    }

    fn note(&self, path: &str, entry: Entry) {
        self.now.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), entry);
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        // What cannot be removed now is removed by the next build.
        let _ = fs::remove_dir_all(self.out.join(HALVES));
    }
}

/// Whether a path leads below the folder and nowhere else.
fn is_inside(path: &str) -> bool {
    !path.is_empty() && Path::new(path).components().all(|it| matches!(it, Component::Normal(_)))
}

/// Whether what could not be removed is not there: no file system has a name that is too long for it, whatever a broken-off
/// build noted.
fn is_absent(error: ErrorKind) -> bool {
    matches!(error, ErrorKind::NotFound | ErrorKind::InvalidFilename | ErrorKind::NotADirectory)
}

#[cfg(test)]
mod tests;
