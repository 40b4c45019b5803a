//! Articles that show what another one locks: too much of it for a quotation, which would be excused everywhere.

use super::escapes;
use super::shingles::{self, Shingles};
use crate::fault::Fault;
use crate::render::Rendered;
use crate::site::Site;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::fmt;

/// Runs that are no coincidence and no phrase: about twenty words.
const LEAST: usize = 12;
/// A run in as many articles belongs to none of them: a foot, an invitation, an announcement.
const SHARED: usize = 3;
/// Runs of which nobody says that any foot is so long: about a hundred words.
const LONG: usize = 100;
/// A long text that is copied whole is a copy until it stands in as many articles.
const EVERYWHERE: usize = 8;

/// Articles that show what another one locks. Never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copies(Vec<Fault>);

impl fmt::Display for Copies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        super::tell(f, &self.0, "article", "in which locked text stands openly")
    }
}

impl std::error::Error for Copies {}

/// What of a locked text another article shows.
#[derive(Clone, Copy, Debug, Default)]
struct Shown {
    /// Runs that stand in these two articles alone.
    own: usize,
    /// Runs that do not stand everywhere.
    rare: usize,
}

impl Shown {
    /// Whether it is too much to be a quotation.
    fn is_copy(self, runs: usize) -> bool {
        self.own >= LEAST && self.own * 4 > runs || self.rare >= LONG && self.rare * 4 > runs * 3
    }
}

/// Refuses a site in which an article shows more than a quarter of what another one locks.
///
/// # Errors
/// With every such article.
pub fn copies(site: &Site) -> Result<(), Copies> {
    let all: Vec<&Rendered> = site.articles.iter().chain(&site.pages).collect();
    let locked: Vec<Vec<u64>> = all.par_iter().map(|it| locked(it)).collect();
    let mut owners: Vec<(u64, usize)> =
        locked.iter().enumerate().flat_map(|(at, runs)| runs.iter().map(move |run| (*run, at))).collect();
    if owners.is_empty() {
        return Ok(());
    }
    owners.par_sort_unstable();
    let mut hashes: Vec<u64> = owners.iter().map(|it| it.0).collect();
    hashes.dedup();
    let table = Shingles::of_hashes(hashes);
    let shown: Vec<Vec<u64>> = all.par_iter().map(|it| published(it, &table)).collect();
    let owners_of = |run: u64| {
        let from = owners.partition_point(|it| it.0 < run);
        owners[from..].iter().take_while(move |it| it.0 == run).map(|it| it.1)
    };
    // An article counts once, whether its run stands before its marker, behind it, or on both sides.
    let mut articles: HashMap<u64, usize> = HashMap::new();
    for (at, runs) in shown.iter().enumerate() {
        for run in runs {
            let count = articles.entry(*run).or_insert_with(|| owners_of(*run).count());
            *count += usize::from(locked[at].binary_search(run).is_err());
        }
    }
    let mut faults = Vec::new();
    for (at, runs) in shown.iter().enumerate() {
        let mut found: BTreeMap<usize, Shown> = BTreeMap::new();
        for run in runs {
            let articles = articles.get(run).copied().unwrap_or_default();
            if articles >= EVERYWHERE {
                continue;
            }
            for owner in owners_of(*run).filter(|it| *it != at) {
                let shown = found.entry(owner).or_default();
                shown.rare += 1;
                shown.own += usize::from(articles < SHARED);
            }
        }
        for (owner, shown) in found.into_iter().filter(|it| it.1.is_copy(locked[it.0].len())) {
            let percent = shown.rare * 100 / locked[owner].len();
            faults.push(fault(&all[at].file, &all[owner].file, percent));
        }
    }
    faults.sort();
    if faults.is_empty() { Ok(()) } else { Err(Copies(faults)) }
}

fn locked(article: &Rendered) -> Vec<u64> {
    let mut runs = article.gated.as_ref().map(|it| shingles::of(&it.text)).unwrap_or_default();
    runs.sort_unstable();
    runs.dedup();
    runs
}

fn published(article: &Rendered, table: &Shingles) -> Vec<u64> {
    let html = article.item.content_html.as_deref().unwrap_or_default().as_bytes();
    let mut runs = Vec::new();
    table.search(html, |run| runs.push(run.hash));
    if let Some((decoded, _)) = escapes::decode(html) {
        table.search(&decoded, |run| runs.push(run.hash));
    }
    runs.sort_unstable();
    runs.dedup();
    runs
}

fn fault(open: &str, locked: &str, percent: usize) -> Fault {
    let message = format!(
        "everybody can read {percent} % of what {locked} locks here; lock this article too, take the text out of it, or move what \
         everybody may read before the marker of {locked}"
    );
    Fault::file(open, message)
}
