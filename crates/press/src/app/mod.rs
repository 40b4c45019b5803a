//! What makes a site one that is installed and read without a network: manifest, icons, service worker.

mod icons;
mod manifest;
mod offline;
mod screenshots;
mod worker;

use crate::dist::{Files, Shell};
use crate::site::Site;
use crate::wall::seal::SealedFile;
use anyhow::Context as _;
pub use icons::Logo;
use jumpline::messages::Messages;
pub use screenshots::Screenshot;
use std::path::Path;
use worker::Edition;

/// Where everything comes from.
pub struct Sources<'a> {
    /// The publication's folder.
    pub content: &'a Path,
    /// The output folder, with the page for every address in it.
    pub out: &'a Path,
    /// What is published.
    pub site: &'a Site,
    /// The path of every page of every list, home's first.
    pub lists: Vec<String>,
    /// The reader.
    pub shell: &'a Shell,
    /// The publication's logo.
    pub logo: &'a Logo,
    /// Pictures of it in use.
    pub screenshots: Vec<Screenshot>,
    /// The words of the interface.
    pub messages: Messages,
    /// Where what all pages have in common lies, below the base.
    pub common: &'a str,
}

/// Files of the shell that are written here.
pub const FILES: &[&str] = &["icon.svg"];

/// The page that a host serves for every address where nothing stands.
const EVERYWHERE: &str = "404.html";

/// Writes all of it.
///
/// # Errors
/// When the logo cannot be drawn, or something cannot be read or written.
pub fn write(files: &Files, sources: &Sources<'_>, sealed: &[SealedFile]) -> anyhow::Result<()> {
    let app = &sources.site.publication.app;
    let logo = sources.logo;
    files.bytes("icon.svg", logo.svg().to_vec())?;
    for icon in icons::ALL {
        let key = logo.key(&app.background, &icon);
        files.put(icon.file, &key, || logo.draw(&icon, &app.background))?;
    }
    files.bytes(manifest::FILE, manifest::manifest(sources)?)?;
    files.bytes(offline::FILE, offline::archive(sources, sealed)?)?;
    let base = sources.site.publication.base.as_str();
    let worker = if app.offline { edition(sources, logo)?.worker(base)? } else { worker::retire(base) };
    files.bytes(worker::FILE, worker.into_bytes())?;
    Ok(())
}

/// All that a device keeps of a publication before anything was read.
fn edition(sources: &Sources<'_>, logo: &Logo) -> anyhow::Result<Edition> {
    let mut edition = Edition::default();
    for path in sources.shell.files().iter().filter(|it| !FILES.contains(&it.as_str())) {
        edition.add(path, &sources.shell.file(path)?);
    }
    edition.add("icon.svg", logo.svg());
    // Its name changes with it.
    edition.add(sources.common, &[]);
    let page = sources.out.join(EVERYWHERE);
    edition.add(EVERYWHERE, &std::fs::read(&page).with_context(|| format!("{}: cannot be read", page.display()))?);
    Ok(edition)
}
