//! A folder with a site that somebody else made is not written over: one slip in `--out`, and it would be gone.

use crate::app;
use crate::dist::{Manifest, Shell};
use crate::host_files::HostFiles;
use crate::site::{self, Site};
use crate::wall::exposed::is_site;
use anyhow::bail;
use std::collections::BTreeSet;
use std::path::Path;

/// What every site has besides its pages and the files of the shell.
const ALWAYS: &[&str] = &[
    "404.html",
    "feed.json",
    "feed.xml",
    "index.html",
    "manifest.webmanifest",
    "offline.json",
    "robots.txt",
    "sitemap.xml",
    "sw.js",
];

/// Files that a message names.
const NAMED: usize = 3;

/// Refuses a folder where files lie that the site would take the place of and that no build wrote. A site of an earlier build is
/// known by its front page, whatever became of the cache.
///
/// # Errors
/// With the first of these files.
pub(super) fn refuse(
    site: &Site,
    shell: &Shell,
    beside: &HostFiles,
    out: &Path,
    before: &Manifest,
) -> anyhow::Result<()> {
    if !out.exists() || is_site(out) {
        return Ok(());
    }
    let known: BTreeSet<&str> = before.paths().collect();
    let is_foreign =
        |it: &String| !known.contains(it.as_str()) && out.join(it).symlink_metadata().is_ok_and(|it| !it.is_dir());
    let foreign: BTreeSet<String> =
        written(site, shell).into_iter().chain(beside.paths().iter().cloned()).filter(is_foreign).collect();
    if foreign.is_empty() {
        return Ok(());
    }
    let mut named: Vec<String> = foreign.iter().take(NAMED).map(|it| out.join(it).display().to_string()).collect();
    if foreign.len() > NAMED {
        named.push(format!("{} more", foreign.len() - NAMED));
    }
    let (last, first) = named.split_last().map(|(last, first)| (last.as_str(), first.join(", "))).unwrap_or_default();
    let (names, are, them) = if first.is_empty() {
        (last.to_owned(), "is", "this file")
    } else {
        (format!("{first} and {last}"), "are", "these files")
    };
    bail!(
        "{names} {are} not from press and would be written over; choose another folder with --out, or move {them} away first"
    )
}

/// Paths that the site takes for sure.
fn written(site: &Site, shell: &Shell) -> Vec<String> {
    let pages = site.articles.iter().chain(&site.pages).filter_map(|it| it.item.jumpline.as_ref());
    let pages = pages.map(|it| format!("{}index.html", it.permalink.as_str()));
    let lists = site::listings(site).into_iter().filter_map(|it| it.listing);
    let lists = lists.map(|it| jumpline::paths::page_of(&it.path, it.page)).map(|it| format!("{it}index.html"));
    let fixed = ALWAYS.iter().chain(app::FILES).map(|it| (*it).to_owned()).chain(shell.files().iter().cloned());
    pages.chain(lists).map(|it| it.trim_start_matches('/').to_owned()).chain(fixed).collect()
}
