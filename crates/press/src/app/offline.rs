//! What it takes to read each article without a network, for a reader who saves one or all of them.

use super::Sources;
use crate::render::Rendered;
use crate::site::address::encode;
use crate::wall::seal::SealedFile;
use anyhow::Context as _;
use jumpline::paths;
use serde::Serialize;
use std::fs;

/// Where it lies.
pub(super) const FILE: &str = "offline.json";

#[derive(Debug, Serialize)]
struct Archive<'a> {
    version: u32,
    /// The newest first.
    articles: Vec<Piece<'a>>,
}

#[derive(Debug, Serialize)]
struct Piece<'a> {
    permalink: &'a str,
    title: &'a str,
    minutes: u32,
    bytes: u64,
    files: Vec<String>,
}

/// The list of every article, with the size of what was written for it.
///
/// # Errors
/// When something that was written is not there any more.
pub(super) fn archive(sources: &Sources<'_>, sealed: &[SealedFile]) -> anyhow::Result<Vec<u8>> {
    let articles = sources.site.articles.iter().map(|it| piece(sources, it, sealed));
    let articles = articles.collect::<anyhow::Result<Vec<_>>>()?.into_iter().flatten().collect();
    serde_json::to_vec(&Archive { version: 1, articles }).context("the list of articles is not JSON")
}

fn piece<'a>(
    sources: &Sources<'_>,
    rendered: &'a Rendered,
    sealed: &[SealedFile],
) -> anyhow::Result<Option<Piece<'a>>> {
    let Some(extension) = &rendered.item.jumpline else { return Ok(None) };
    let permalink = extension.permalink.as_str();
    let mut paths = vec![format!("{permalink}index.html"), format!("{permalink}article.json")];
    if !rendered.comments.is_empty() {
        paths.push(paths::comments(&extension.permalink));
    }
    paths.extend(rendered.media.iter().cloned());
    paths.extend(sealed.iter().filter(|it| it.article == rendered.item.id).map(|it| it.path.clone()));
    let mut bytes = 0;
    let mut files = Vec::with_capacity(paths.len());
    for path in paths {
        let path = path.trim_start_matches('/');
        let file = sources.out.join(path);
        bytes += fs::metadata(&file).with_context(|| format!("{}: is not there", file.display()))?.len();
        files.push(encode(path));
    }
    let title = rendered.item.title.as_deref().or(rendered.item.summary.as_deref()).unwrap_or(permalink);
    Ok(Some(Piece { permalink, title, minutes: extension.reading_time, bytes, files }))
}
