//! One audit, from the files of a site to the leaks in them; and the same eyes for a text that is on its way there.

use super::keys::Keys;
use super::leak::{Leak, Leaks, Place, Secret};
use super::search::{Hit, Search, What};
use super::shingles::{self, Shingles};
use super::unread::Why;
use super::{Audit, AuditError, Record, Summary, credentials, files, words};
use crate::wall::GatedText;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

/// Looks at every file of the site that is not as an earlier audit found it clean. Gives back what the next one may skip.
///
/// # Errors
/// When something locked is found, or a file cannot be read.
pub fn run(audit: &Audit<'_>, before: &Record) -> Result<(Summary, Record), AuditError> {
    Auditor::new(*audit).run(before)
}

/// What an audit looks for, gathered when it is first needed.
pub struct Auditor<'a> {
    audit: Audit<'a>,
    search: OnceLock<Search<'a>>,
}

impl<'a> Auditor<'a> {
    /// Gathers nothing yet.
    pub fn new(audit: Audit<'a>) -> Self {
        Self { audit, search: OnceLock::new() }
    }

    fn search(&self) -> &Search<'a> {
        self.search.get_or_init(|| {
            let audit = &self.audit;
            let gated: Vec<&str> = audit.gated.iter().map(|it| it.text.as_str()).collect();
            let is_walled = !(audit.gated.is_empty() && audit.keys.is_empty());
            Search { shingles: Shingles::new(&gated, audit.public), keys: Keys::new(audit.keys), is_walled }
        })
    }

    /// As [`run`].
    ///
    /// # Errors
    /// As [`run`].
    pub fn run(&self, before: &Record) -> Result<(Summary, Record), AuditError> {
        let audit = &self.audit;
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
        let search = self.search();
        summary.runs = search.shingles.len();
        let looked = left.into_par_iter().map(|it| look(search, audit.out, it)).collect::<Result<Vec<_>, _>>()?;
        summary.bytes = looked.iter().map(|it| it.bytes).sum();
        looked.iter().for_each(|it| record.miss(&it.file, it.missed.clone()));
        summary.unread = record.unread();
        Leaks::check(confirmed(audit, looked))?;
        Ok((summary, record))
    }

    /// What leaks from a text that is about to be published under this name. Nothing is published as long as it is there.
    pub fn text(&self, name: &str, text: &str) -> Vec<Leak> {
        let (hits, missed) = self.search().file(name, text.as_bytes());
        let hits = hits.into_iter().map(|hit| (Place::Byte(hit.start), String::new(), hit)).collect();
        confirmed(&self.audit, vec![Looked { file: name.to_owned(), bytes: text.len() as u64, missed, hits }])
    }
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
