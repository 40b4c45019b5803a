//! The audit: nothing that is locked stands anywhere in the site, in whatever way it is written.

mod addresses;
mod archive;
mod base64;
mod copies;
mod credentials;
mod escapes;
mod fold;
mod keys;
mod layer;
mod leak;
mod parts;
mod pdf;
mod pictures;
mod published;
mod record;
mod search;
mod shingles;
mod stretches;
mod unpacking;
mod unread;
mod wide;
mod words;

pub use addresses::{Private, addresses};
pub use copies::{Copies, copies};
pub use layer::Encoding;
pub use leak::{Leak, Leaks, Place, Secret};
pub use published::published;
pub use record::Record;
pub use unread::{Unread, Why};

use crate::wall::{GatedText, SecretKey};
use keys::Keys;
use rayon::prelude::*;
use search::{Hit, Search, What};
use shingles::Shingles;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

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

/// Looks at every file of the site that is not as an earlier audit found it clean. Gives back what the next one may skip.
///
/// # Errors
/// When something locked is found, or a file cannot be read.
pub fn run(audit: &Audit<'_>, before: &Record) -> Result<(Summary, Record), AuditError> {
    let files = files(audit.out)?;
    let mut record = Record::new(audit);
    let mut left = Vec::new();
    for file in &files {
        if !record.keep(before, audit.out, file) {
            left.push(file.as_str());
        }
    }
    let mut summary =
        Summary { files: files.len(), searched: left.len(), keys: audit.keys.len(), ..Summary::default() };
    if left.is_empty() {
        summary.unread = record.unread();
        return Ok((summary, record));
    }
    let gated: Vec<&str> = audit.gated.iter().map(|it| it.text.as_str()).collect();
    let is_walled = !(audit.gated.is_empty() && audit.keys.is_empty());
    let search = Search { shingles: Shingles::new(&gated, audit.public), keys: Keys::new(audit.keys), is_walled };
    summary.runs = search.shingles.len();
    let looked = left.into_par_iter().map(|it| look(&search, audit.out, it)).collect::<Result<Vec<_>, _>>()?;
    summary.bytes = looked.iter().map(|it| it.bytes).sum();
    looked.iter().for_each(|it| record.miss(&it.file, it.missed.clone()));
    summary.unread = record.unread();
    Leaks::check(confirmed(audit, looked))?;
    Ok((summary, record))
}

/// Everything below a folder, as paths with `/`.
fn files(out: &Path) -> Result<Vec<String>, AuditError> {
    let mut files = Vec::new();
    for entry in WalkDir::new(out).sort_by_file_name() {
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

/// A file, and what was hit in it.
struct Looked<'a> {
    file: String,
    bytes: u64,
    missed: BTreeSet<Why>,
    hits: Vec<(Place, String, Hit<'a>)>,
}

fn look<'a>(search: &Search<'a>, out: &Path, file: &str) -> Result<Looked<'a>, AuditError> {
    let path = out.join(file);
    let bytes = fs::read(&path).map_err(|error| AuditError::Unreadable { file: path, error })?;
    let in_name = search.name(file).into_iter().map(|hit| (Place::Name, String::new(), hit));
    let (in_file, missed) = search.file(file, &bytes);
    let in_file = in_file.into_iter().map(|hit| (Place::Byte(hit.start), excerpt(&bytes, &hit), hit));
    let hits = in_name.chain(in_file).collect();
    Ok(Looked { file: file.to_owned(), bytes: bytes.len() as u64, missed, hits })
}

/// A few characters of how a hit stands in its file: enough to find it, too few to read it.
fn excerpt(bytes: &[u8], hit: &Hit<'_>) -> String {
    const LONGEST: usize = 40;
    if matches!(hit.what, What::Key(_)) {
        return String::new();
    }
    let text = String::from_utf8_lossy(&bytes[hit.start..(hit.start + 4 * LONGEST).min(bytes.len())]).into_owned();
    let text: String =
        text.chars().map(|it| if it.is_control() || it == '\u{fffd}' { '·' } else { it }).take(LONGEST).collect();
    format!("{text}…")
}

/// Hits that are no coincidence of hashes, each place once.
fn confirmed(audit: &Audit<'_>, looked: Vec<Looked<'_>>) -> Vec<Leak> {
    let mut wanted: HashMap<u64, Vec<&str>> = HashMap::new();
    for (_, _, hit) in looked.iter().flat_map(|it| &it.hits) {
        if let What::Run(hash, words) = &hit.what {
            wanted.entry(*hash).or_default().push(words);
        }
    }
    let owners = owners(audit.gated, &wanted);
    let mut leaks = Vec::new();
    for Looked { file, mut hits, .. } in looked {
        let is_known = |hit: &Hit<'_>| matches!(&hit.what, What::Key(name) if !credentials::is_form(name));
        let known: Vec<_> = hits.iter().filter(|it| is_known(&it.2)).map(|it| (it.2.start, it.2.end)).collect();
        hits.retain(|(_, _, hit)| match &hit.what {
            What::Key(name) if credentials::is_form(name) => !known.iter().any(|it| hit.start < it.1 && it.0 < hit.end),
            _ => true,
        });
        // What is plain in a file is so in every layer over it too.
        hits.sort_by_key(|(place, _, hit)| (*place == Place::Name, hit.encodings.len(), hit.start));
        let mut told: BTreeMap<(bool, Secret), Vec<(usize, usize)>> = BTreeMap::new();
        for (place, excerpt, hit) in hits {
            let secret = match &hit.what {
                What::Key(name) => Secret::Key((*name).to_owned()),
                What::Run(_, words) => match owners.get(words.as_str()) {
                    Some(it) => Secret::Text { article: it.article.clone(), source: it.file.clone() },
                    None => continue,
                },
            };
            let told = told.entry((place == Place::Name, secret.clone())).or_default();
            let is_told = told.iter().any(|(start, end)| hit.start < *end && *start < hit.end || *start == hit.start);
            told.push((hit.start, hit.end));
            if !is_told {
                leaks.push(Leak { file: file.clone(), place, secret, encodings: hit.encodings, excerpt });
            }
        }
    }
    leaks
}

/// Whose words were hit. The texts are gone through again, because that is rarely needed and remembering costs every build.
fn owners<'a>(gated: &'a [GatedText], wanted: &HashMap<u64, Vec<&str>>) -> BTreeMap<String, &'a GatedText> {
    if wanted.is_empty() {
        return BTreeMap::new();
    }
    let hit = |it: &&GatedText| shingles::of(&it.text).iter().any(|hash| wanted.contains_key(hash));
    let mut owners = BTreeMap::new();
    for text in gated.par_iter().filter(hit).collect::<Vec<_>>() {
        let words = words::plain(&text.text);
        let lengths = shingles::lengths(words.len());
        for run in lengths.flat_map(|length| words.windows(length)).map(|it| it.join(" ")) {
            owners.entry(run).or_insert(text);
        }
    }
    owners
}
