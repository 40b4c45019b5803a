//! The audit: nothing that is locked stands anywhere in the site, in whatever way it is written.

mod addresses;
mod archive;
mod auditor;
mod base64;
mod copies;
mod credentials;
mod escapes;
mod fold;
mod keys;
mod layer;
mod leak;
mod letters;
mod media;
mod parts;
mod pdf;
mod pictures;
mod published;
mod record;
mod runs;
mod search;
mod shingles;
mod stretches;
mod tag;
mod unpacking;
mod unread;
mod wide;
mod words;

pub use addresses::{Private, addresses};
pub use auditor::{Auditor, run};
pub use copies::{Copies, copies};
pub use layer::Encoding;
pub use leak::{Leak, Leaks, Place, Secret};
pub use media::{Open, media};
pub use published::published;
pub use record::Record;
pub use unread::{Unread, Why};

use crate::fault::Fault;
use crate::wall::{GatedText, SecretKey};
use std::fmt;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Says what stands openly, each and how many of them: articles, files, and what is wrong with them.
fn tell(f: &mut fmt::Formatter<'_>, faults: &[Fault], what: &str, wrong: &str) -> fmt::Result {
    for fault in faults {
        write!(f, "{fault}\nerror: ")?;
    }
    let s = if faults.len() == 1 { "" } else { "s" };
    write!(f, "{} {what}{s} {wrong}; do not publish this folder", faults.len())
}

/// What is looked for, and where.
#[derive(Clone, Copy, Debug)]
pub struct Audit<'a> {
    /// The site's folder.
    pub out: &'a Path,
    /// What is locked.
    pub gated: &'a [GatedText],
    /// What is published: a run of words that stands in one of these is no leak.
    pub public: &'a [&'a str],
    /// Keys.
    pub keys: &'a [SecretKey],
}

/// Whether a text is long enough to be searched for where it may stand by itself in many places.
pub(crate) fn holds_a_run(text: &str) -> bool {
    words::plain_count(text, runs::RUN) == runs::RUN
}

/// What was looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files of the site.
    pub files: usize,
    /// Those of them that had to be looked at.
    pub searched: usize,
    /// Bytes of those.
    pub bytes: u64,
    /// Runs of words that were looked for.
    pub runs: usize,
    /// Keys that were looked for.
    pub keys: usize,
    /// Files that could not be looked into, or not into all of them. What is not packed or locked in them was searched.
    pub unread: Vec<Unread>,
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} files searched ({:.1} MB) for {} runs of locked words and {} keys: none found",
            self.searched,
            self.bytes as f64 / 1e6,
            self.runs,
            self.keys
        )?;
        let all: Vec<_> = self.unread.iter().map(Unread::to_string).collect();
        match all.len() {
            0 => Ok(()),
            1 => write!(f, "\n1 file could not be looked into: {}", all[0]),
            count => write!(f, "\n{count} files could not be looked into: {}", all.join(", ")),
        }
    }
}

/// Why a site is not known to be clean.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    /// Something stands in it that is locked.
    #[error(transparent)]
    Leaks(#[from] Leaks),
    /// An article shows to everybody what another one locks.
    #[error(transparent)]
    Copies(#[from] Copies),
    /// A file cannot be looked at.
    #[error("{}: cannot be searched for leaks: {error}", file.display())]
    Unreadable {
        /// The file or folder.
        file: PathBuf,
        /// Why.
        error: std::io::Error,
    },
}

/// Everything below a folder, as paths with `/`.
fn files(out: &Path) -> Result<Vec<String>, AuditError> {
    let mut files = Vec::new();
    // Folders that are links are searched, too: a host that takes the site up follows them.
    for entry in WalkDir::new(out).follow_links(true).sort_by_file_name() {
        let entry = entry.map_err(|error| AuditError::Unreadable {
            file: error.path().unwrap_or(out).to_owned(),
            error: error.into(),
        })?;
        if !entry.file_type().is_dir() {
            let path = entry.path().strip_prefix(out).unwrap_or(entry.path());
            files.push(path.to_string_lossy().replace('\\', "/"));
        }
    }
    Ok(files)
}
