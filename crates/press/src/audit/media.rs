//! Locked pictures and files that lie in the site openly: under their own name, or as the same bytes under any other.

use crate::fault::Fault;
use crate::media::Media;
use crate::site::Site;
use jumpline_article::pictures::original_of;
use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::fs;
use std::path::Path;
use walkdir::WalkDir;

/// Bytes of a file that may well be the same as another by chance: an empty one, a single point.
const TINY: u64 = 64;

/// Files that everybody can open though they are locked. Never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open(Vec<Fault>);

impl fmt::Display for Open {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        super::tell(f, &self.0, "locked file", "that everybody can open")
    }
}

impl std::error::Error for Open {}

/// Refuses a site in which a file lies openly that only a gated part shows.
///
/// # Errors
/// With every such file.
pub fn media(site: &Site, media: &Media, out: &Path) -> Result<(), Open> {
    let all = || site.articles.iter().chain(&site.pages);
    let public: BTreeSet<&String> = all().flat_map(|it| &it.media).collect();
    let gated = all().filter_map(|it| it.gated.as_ref()).flat_map(|it| &it.media);
    let locked: BTreeSet<&String> = gated.filter(|it| !public.contains(it)).collect();
    if locked.is_empty() {
        return Ok(());
    }
    let mut sizes: HashMap<u64, Vec<&String>> = HashMap::new();
    for path in &locked {
        if let Some(about) = fs::metadata(media.path(path)).ok().filter(|it| it.len() > TINY) {
            sizes.entry(about.len()).or_default().push(path);
        }
    }
    let is_same =
        |it: &Path, path: &str| fs::read(it).ok().is_some_and(|it| fs::read(media.path(path)).ok() == Some(it));
    let mut faults = Vec::new();
    for entry in WalkDir::new(out).sort_by_file_name().into_iter().flatten().filter(|it| it.file_type().is_file()) {
        let name = entry.path().strip_prefix(out).unwrap_or(entry.path()).to_string_lossy().replace('\\', "/");
        let named = locked.get(&name).or_else(|| locked.get(&original_of(&name)?)).copied();
        // What is shown openly under a name of its own is the publisher's choice.
        let is_shown = public.contains(&name);
        let alike = || {
            let same = sizes.get(&entry.metadata().ok()?.len())?.iter().find(|it| is_same(entry.path(), it));
            same.copied()
        };
        if let Some(path) = named.or_else(|| if is_shown { None } else { alike() }) {
            let message = format!("is {path}, which only a gated part shows; remove it from there");
            faults.push(Fault::file(entry.path().display().to_string(), message));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(Open(faults)) }
}
