//! What an earlier build left for the next one. All of it can be thrown away at any time.

use crate::audit::Record;
use crate::dist::Manifest;
use crate::import::disk;
use crate::lock::Lock;
use crate::media::Seen;
use crate::render::Rendered;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};

/// A cache folder.
#[derive(Debug)]
pub struct Cache {
    root: PathBuf,
}

/// A rendered article and what it was made of.
#[derive(Debug, Serialize, Deserialize)]
pub struct CachedArticle {
    /// Hash of the source, its comments, the publication and the press.
    pub key: String,
    /// Hashes of the media that were measured for it, by path.
    pub media: BTreeMap<String, String>,
    /// What came out.
    pub rendered: Rendered,
}

impl Cache {
    /// The cache in a folder, which need not exist yet.
    pub fn open(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    /// An article by the path of its source.
    pub fn article(&self, source: &Path) -> Option<CachedArticle> {
        read(&self.article_path(source))
    }

    /// Keeps an article.
    ///
    /// # Errors
    /// When the cache cannot be written.
    pub fn keep_article(&self, source: &Path, article: &CachedArticle) -> std::io::Result<()> {
        write(&self.article_path(source), article)
    }

    /// What is known of a media folder.
    pub fn media(&self, content: &Path) -> BTreeMap<String, Seen> {
        read(&self.media_path(content)).unwrap_or_default()
    }

    /// Keeps what is known of a media folder.
    ///
    /// # Errors
    /// When the cache cannot be written.
    pub fn keep_media(&self, content: &Path, known: &BTreeMap<String, Seen>) -> std::io::Result<()> {
        write(&self.media_path(content), known)
    }

    /// What earlier builds wrote into an output folder, also one that was broken off.
    pub fn manifest(&self, out: &Path) -> Manifest {
        let manifest: Manifest = read(&self.path("manifest", out)).unwrap_or_default();
        let journal = fs::read(self.path("journal", out)).unwrap_or_default();
        manifest.with_journal(&String::from_utf8_lossy(&journal))
    }

    /// Where a build notes what it begins to write into an output folder.
    ///
    /// # Errors
    /// When the cache cannot be written.
    pub fn journal(&self, out: &Path) -> std::io::Result<File> {
        fs::create_dir_all(&self.root)?;
        let path = self.path("journal", out);
        let journal = OpenOptions::new().create(true).append(true).open(&path)?;
        // The next line does not continue one that was broken off.
        let whole = fs::read(&path)?.iter().rposition(|it| *it == b'\n').map_or(0, |it| it as u64 + 1);
        journal.set_len(whole)?;
        Ok(journal)
    }

    /// Keeps what was written into an output folder.
    ///
    /// # Errors
    /// When the cache cannot be written.
    pub fn keep_manifest(&self, out: &Path, manifest: &Manifest) -> anyhow::Result<()> {
        // Torn, it would be no manifest, and whatever is withdrawn afterwards would stay in the site.
        disk::write(&self.path("manifest", out), &serde_json::to_vec(manifest)?)?;
        Ok(fs::remove_file(self.path("journal", out))?)
    }

    /// Keeps other builds away from an output folder for as long as the lock is held; `None` while one is at work there.
    ///
    /// # Errors
    /// When the cache cannot be written.
    pub fn lock(&self, out: &Path) -> std::io::Result<Option<Lock>> {
        fs::create_dir_all(&self.root)?;
        Ok(Lock::take(File::create(self.path("lock", out))?))
    }

    /// What the last audit of an output folder found clean.
    pub fn audit(&self, out: &Path) -> Record {
        read(&self.path("audit", out)).unwrap_or_default()
    }

    /// Keeps what an audit found clean.
    ///
    /// # Errors
    /// When the cache cannot be written.
    pub fn keep_audit(&self, out: &Path, record: &Record) -> std::io::Result<()> {
        write(&self.path("audit", out), record)
    }

    fn media_path(&self, content: &Path) -> PathBuf {
        // The number changes with what a file has to be: what was looked at by other rules is looked at again.
        self.path("media-3", content)
    }

    fn article_path(&self, source: &Path) -> PathBuf {
        self.path("articles/a", source)
    }

    /// One file a folder or source: a cache may serve several publications.
    fn path(&self, kind: &str, of: &Path) -> PathBuf {
        let whole = std::path::absolute(of).unwrap_or_else(|_| of.to_owned());
        let hash = blake3::hash(whole.as_os_str().as_encoded_bytes()).to_hex();
        self.root.join(format!("{kind}-{}.json", &hash[..24]))
    }
}

/// A file that is absent, torn or of another release is no cache.
fn read<T: DeserializeOwned>(path: &Path) -> Option<T> {
    serde_json::from_slice(&fs::read(path).ok()?).ok()
}

fn write<T: Serialize>(path: &Path, value: &T) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, serde_json::to_vec(value)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_build_at_a_time_works_on_a_site() {
        let folder = tempfile::tempdir().expect("has a temporary folder");
        let cache = Cache::open(folder.path());
        let held = cache.lock(Path::new("a")).expect("is writable");
        assert!(held.is_some() && cache.lock(Path::new("a")).expect("is writable").is_none());
        assert!(cache.lock(Path::new("b")).expect("is writable").is_some());
        drop(held);
        assert!(cache.lock(Path::new("a")).expect("is writable").is_some());
    }

    #[test]
    fn a_line_that_was_broken_off_joins_no_other() {
        let folder = tempfile::tempdir().expect("has a temporary folder");
        let (cache, out) = (Cache::open(folder.path()), Path::new("a"));
        for (text, whole) in [("a/x\na/", "a/x\n"), ("b", "a/x\nb")] {
            let mut journal = cache.journal(out).expect("is writable");
            std::io::Write::write_all(&mut journal, text.as_bytes()).expect("is writable");
            drop(journal);
            assert!(fs::read_to_string(cache.path("journal", out)).expect("is there").starts_with(whole));
        }
    }
}
