//! Writes the files of the site, kind by kind.

use crate::app;
use crate::dist::{self, Files, Outcome, Pages, Shell};
use crate::host_files::HostFiles;
use crate::media::Media;
use crate::progress::Progress;
use crate::site::Site;
use crate::wall::Wall;
use crate::wall::seal::SealedFile;
use anyhow::Context as _;
use jumpline::messages::Messages;
use jumpline::paths;
use jumpline_article::pictures::copy_of;
use jumpline_article::{Common, Feed};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fs;

/// Where it stands GitHub Pages serves files as they are.
const NO_JEKYLL: &str = ".nojekyll";

/// What all pages have in common, under a name that changes with it.
pub(super) fn common(files: &Files, site: &Site, messages: Messages) -> anyhow::Result<String> {
    let common = Common { publication: site.publication.clone(), messages: messages.texts() };
    let json = serde_json::to_vec(&common).context("the publication cannot be written as JSON")?;
    let hash = blake3::hash(&json).to_hex();
    let path = format!("assets/common-{}.json", &hash[..12]);
    files.bytes(&path, json)?;
    Ok(path)
}

/// Every route. Gives back how many articles were not as they had been.
pub(super) fn pages(pages: &Pages<'_>, listings: Vec<Feed>, quiet: bool) -> anyhow::Result<usize> {
    for (path, text) in dist::sitemaps(pages.site, &listings) {
        pages.files.bytes(&path, text.into_bytes())?;
    }
    pages.standing()?;
    let items: Vec<_> = pages.site.articles.iter().chain(&pages.site.pages).collect();
    let progress = Progress::start("writing", items.len() + listings.len(), quiet);
    let outcomes = items
        .into_par_iter()
        .map(|item| pages.article(item).inspect(|_| progress.step()))
        .collect::<anyhow::Result<Vec<_>>>()?;
    listings.into_par_iter().try_for_each(|it| pages.listing(it).map(|_| progress.step()))?;
    Ok(outcomes.into_iter().filter(|it| *it != Outcome::Kept).count())
}

/// Feeds, and what crawlers may read.
pub(super) fn feeds(files: &Files, site: &Site, messages: Messages) -> anyhow::Result<()> {
    for (path, bytes) in dist::feeds(site, messages)? {
        files.bytes(&path, bytes)?;
    }
    files.bytes("robots.txt", dist::robots(site).into_bytes())?;
    Ok(())
}

/// The shell's files, and the media that something published shows.
pub(super) fn files(files: &Files, shell: &Shell, site: &Site, media: &Media, quiet: bool) -> anyhow::Result<()> {
    let own = |it: &&String| !app::FILES.contains(&it.as_str());
    shell.files().par_iter().filter(own).try_for_each(|path| files.bytes(path, shell.file(path)?).map(|_| ()))?;
    let used: BTreeSet<&String> = site
        .articles
        .iter()
        .chain(&site.pages)
        .flat_map(|it| &it.media)
        .chain(&site.publication.app.screenshots)
        .collect();
    let progress = Progress::start("copying media", used.len(), quiet);
    used.into_par_iter().try_for_each(|path| {
        let published = media.published(path)?;
        let key = published.key();
        files.put(path, &key, || published.own())?;
        for width in published.copies() {
            files.put(&copy_of(path, *width), &format!("{key} {width}"), || published.copy(*width))?;
        }
        progress.step();
        Ok(())
    })
}

/// What the publisher puts beside the site, and what keeps GitHub Pages from dropping names that begin with `_`.
pub(super) fn beside(files: &Files, beside: &HostFiles) -> anyhow::Result<()> {
    beside.paths().par_iter().try_for_each(|path| {
        let disk = beside.disk(path);
        let bytes = fs::read(&disk).with_context(|| format!("{}: cannot be read", disk.display()))?;
        files.bytes(path, bytes).map(|_| ())
    })?;
    if !beside.paths().iter().any(|it| it == NO_JEKYLL) {
        files.bytes(NO_JEKYLL, Vec::new())?;
    }
    Ok(())
}

/// Locked media, and the keyring.
pub(super) fn wall(files: &Files, wall: &Wall, sealed: &[SealedFile], media: &Media) -> anyhow::Result<()> {
    sealed.par_iter().try_for_each(|it| {
        let make = || Ok(it.seal(wall, &media.published(&it.media)?.own()?));
        files.put(&it.path, &it.fingerprint, make).map(|_| ())
    })?;
    files.withdraw(&sealed.iter().map(|it| it.media.as_str()).collect())?;
    let bits = paths::keyring_bits().trim_start_matches('/');
    files.bytes(bits, format!("{}\n", wall.lock().bits).into_bytes())?;
    let buckets: Vec<_> = wall.keyring().collect();
    buckets.into_par_iter().try_for_each(|(name, keyring)| {
        let json = serde_json::to_vec(keyring).context("the keyring cannot be written as JSON")?;
        files.bytes(&format!("keyring/{name}.json"), json).map(|_| ())
    })
}
