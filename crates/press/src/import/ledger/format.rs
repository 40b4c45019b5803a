//! The ledger's file.

use anyhow::Context as _;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// The version of the file's format.
const VERSION: u32 = 1;

/// The ledger of one source, kept in `content/.import/`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pages {
    pub(super) version: u32,
    /// The site that the files came from.
    pub(super) site: String,
    /// Paths below the content, with slashes.
    pub(super) files: BTreeMap<String, Entry>,
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

impl Pages {
    /// Reads the file, or begins it where there is none.
    pub(super) fn read(path: &Path, content: &Path, site: &str) -> anyhow::Result<Self> {
        match fs::read_to_string(path) {
            Ok(text) => {
                let pages: Self = serde_json::from_str(&text).with_context(|| {
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
                Ok(pages)
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                Ok(Self { version: VERSION, site: site.to_owned(), files: BTreeMap::new() })
            }
            Err(error) => Err(error).with_context(|| format!("{}: cannot be read", path.display())),
        }
    }
}
