//! What an earlier build left for the next one. All of it can be thrown away at any time.

use crate::audit::Record;
use crate::dist::Manifest;
use crate::media::MediaFile;
use crate::render::Rendered;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::collections::BTreeMap;
use std::fs;
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
    pub fn media(&self, content: &Path) -> BTreeMap<String, MediaFile> {
        read(&self.path("media", content)).unwrap_or_default()
    }

    /// Keeps what is known of a media folder.
    ///
    /// # Errors
    /// When the cache cannot be written.
    pub fn keep_media(&self, content: &Path, known: &BTreeMap<String, MediaFile>) -> std::io::Result<()> {
        write(&self.path("media", content), known)
    }

    /// What the last build wrote into an output folder.
    pub fn manifest(&self, out: &Path) -> Manifest {
        read(&self.path("manifest", out)).unwrap_or_default()
    }

    /// Keeps what was written into an output folder.
    ///
    /// # Errors
    /// When the cache cannot be written.
    pub fn keep_manifest(&self, out: &Path, manifest: &Manifest) -> std::io::Result<()> {
        write(&self.path("manifest", out), manifest)
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
