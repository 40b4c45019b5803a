//! What an import has written, so that the next one can tell its own work from a person's.

use super::disk;
use super::report::Tally;
use anyhow::Context as _;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The version of the file's format.
const VERSION: u32 = 1;

/// The ledger of one source, kept in `content/.import/`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pages {
    version: u32,
    /// The site that the files came from.
    site: String,
    /// Paths below the content, with slashes.
    files: BTreeMap<String, Entry>,
}

/// One file that an import wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// What it was made of, such as `8` for an article; empty for media.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// BLAKE3 of what was written, in hex.
    pub hash: String,
    /// What the export did not hold of it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub lacks: BTreeSet<String>,
    /// Ids of the comments that ever came into it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub comments: BTreeSet<String>,
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Written for the first time.
    New,
    /// Written again.
    Updated,
    /// It was as it should be.
    Unchanged,
    /// A person has edited it since: left alone.
    Edited,
    /// A person has removed it since: not written again.
    Removed,
    /// A person wrote it, not an import: left alone.
    Foreign,
    /// This export has less of it than an earlier one had: left alone, for a reason.
    Held(&'static str),
}

impl Outcome {
    /// Counts it.
    pub fn count(self, tally: &mut Tally) {
        match self {
            Self::New => tally.new += 1,
            Self::Updated => tally.updated += 1,
            Self::Unchanged => tally.unchanged += 1,
            Self::Edited | Self::Removed | Self::Foreign | Self::Held(_) => tally.kept += 1,
        }
    }

    /// Why it was left alone.
    pub fn reason(self) -> Option<&'static str> {
        match self {
            Self::New | Self::Updated | Self::Unchanged => None,
            Self::Held(reason) => Some(reason),
            Self::Edited => Some(
                "edited since the last import, so left as it is; remove the file and its line in .import/ to get it anew",
            ),
            Self::Removed => {
                Some("removed since the last import, so not written again; remove its line in .import/ to get it back")
            }
            Self::Foreign => {
                Some("there already and not from an import, so left as it is; move it away to get the imported one")
            }
        }
    }
}

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
        let pages = match fs::read_to_string(&path) {
            Ok(text) => {
                let pages: Pages = serde_json::from_str(&text).with_context(|| {
                    format!("{}: cannot be understood; remove it to import afresh (edited files stay)", path.display())
                })?;
                anyhow::ensure!(
                    pages.version <= VERSION,
                    "{}: version {} was written by a newer press; this one reads up to {VERSION}",
                    path.display(),
                    pages.version
                );
                anyhow::ensure!(
                    pages.site == site,
                    "{}: {} holds an import of {}, and this export is of {site}; import it into a folder of its own, or, if the site has only moved, change `site` in that file",
                    path.display(),
                    content.display(),
                    pages.site
                );
                pages
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                Pages { version: VERSION, site: site.to_owned(), files: BTreeMap::new() }
            }
            Err(error) => return Err(error).with_context(|| format!("{}: cannot be read", path.display())),
        };
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_persons_work_is_left_alone() {
        let folder = tempfile::tempdir().expect("makes a folder");
        let content = folder.path();
        let open = || Ledger::open(content, "wordpress", "https://a.example").expect("opens");
        let mut ledger = open();
        fs::write(content.join("mine.md"), "mine").expect("writes");
        let mut put = |path: &str, text: &str| ledger.put(path, "", text.as_bytes()).expect("puts");
        assert_eq!(put("a/b.md", "1"), Outcome::New);
        assert_eq!(put("a/b.md", "1"), Outcome::Unchanged);
        assert_eq!(put("a/b.md", "2"), Outcome::Updated);
        assert_eq!(put("mine.md", "2"), Outcome::Foreign);
        assert_eq!(put("mine.md", "mine"), Outcome::Unchanged);
        assert_eq!(ledger.copy("c.md", &content.join("mine.md")).expect("copies"), Outcome::New);
        assert_eq!(fs::read_to_string(content.join("c.md")).expect("reads"), "mine");
        ledger.save().expect("saves");
        fs::write(content.join("a/b.md"), "edited").expect("writes");
        fs::remove_file(content.join("mine.md")).expect("removes");
        let mut ledger = open();
        assert_eq!(ledger.put("a/b.md", "", b"3").expect("puts"), Outcome::Edited);
        assert_eq!(ledger.put("mine.md", "", b"3").expect("puts"), Outcome::Removed);
        assert_eq!(fs::read_to_string(content.join("a/b.md")).expect("reads"), "edited");
    }

    #[test]
    fn a_file_may_change_its_name_until_somebody_touches_it() {
        let folder = tempfile::tempdir().expect("makes a folder");
        let mut ledger = Ledger::open(folder.path(), "wordpress", "x").expect("opens");
        ledger.put("a.md", "7", b"1").expect("puts");
        assert_eq!(ledger.path_of("7"), Some("a.md"));
        assert!(ledger.withdraw("a.md").expect("withdraws"));
        assert!(!folder.path().join("a.md").exists());
        ledger.put("a.md", "7", b"1").expect("puts");
        fs::write(folder.path().join("a.md"), "edited").expect("writes");
        assert!(!ledger.withdraw("a.md").expect("withdraws"));
    }

    #[test]
    fn another_site_is_refused() {
        let folder = tempfile::tempdir().expect("makes a folder");
        let mut ledger = Ledger::open(folder.path(), "wordpress", "https://a.example").expect("opens");
        ledger.put("a.md", "1", b"1").expect("puts");
        ledger.save().expect("saves");
        let error = Ledger::open(folder.path(), "wordpress", "https://b.example").expect_err("is refused").to_string();
        assert!(error.contains("https://a.example") && error.contains("https://b.example"), "{error}");
    }
}
