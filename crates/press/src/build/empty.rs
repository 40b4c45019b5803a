//! A site that had articles is not emptied by a folder that was moved or misspelt.

use crate::dist::Manifest;
use crate::render::is_article;
use crate::site::Site;
use anyhow::bail;
use jumpline_article::Item;
use std::fs;
use std::path::Path;

/// Refuses to take down the last article of a site.
///
/// # Errors
/// When nothing is published any more and something was.
pub(super) fn refuse(site: &Site, content: &Path, out: &Path, before: &Manifest) -> anyhow::Result<()> {
    if !site.articles.is_empty() {
        return Ok(());
    }
    let documents = before.paths().filter(|it| it.ends_with("/article.json"));
    let read = |it: &str| Item::from_json(&fs::read_to_string(out.join(it)).ok()?).ok();
    let number = documents.filter_map(read).filter(is_article).count();
    if number == 0 {
        return Ok(());
    }
    let (folder, out) = (content.join("articles"), out.display());
    bail!(
        "{}: holds no article that is published, and {out} has {number}; nothing was removed. Look where the articles went; \
         to take all of them down, remove {out} and build again",
        folder.display()
    )
}
