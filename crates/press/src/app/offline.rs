//! What it takes to read without a network: each article, for a reader who saves one or all of them, and the lists, for who takes all.

use super::Sources;
use crate::render::Rendered;
use crate::site::address::encode;
use crate::wall::seal::SealedFile;
use anyhow::Context as _;
use blake3::{Hash, Hasher};
use jumpline::paths;
use jumpline_article::FORMAT_VERSION;
use jumpline_article::offline::{Archive, Lists, Piece};
use std::collections::{BTreeSet, HashMap};
use std::{fs, io};

/// Where it lies.
pub(super) const FILE: &str = "offline.json";

/// Bytes of a digest: it tells two states of one article apart, and there may be thousands of articles.
const DIGEST: usize = 4;

/// The list of every article, every list and every page, with the size of what was written for it.
///
/// # Errors
/// When something that was written is not there any more.
pub(super) fn archive(sources: &Sources<'_>, sealed: &[SealedFile]) -> anyhow::Result<Vec<u8>> {
    let mut files = Files::default();
    let articles = sources.site.articles.iter().map(|it| piece(sources, it, sealed, &mut files));
    let articles = articles.collect::<anyhow::Result<Vec<_>>>()?.into_iter().flatten().collect();
    let lists = lists(sources, &mut files)?;
    serde_json::to_vec(&Archive { version: FORMAT_VERSION, articles, lists })
        .context("the list of articles is not JSON")
}

fn lists(sources: &Sources<'_>, known: &mut Files) -> anyhow::Result<Lists> {
    let paths: Vec<&str> = sources.lists.iter().map(|it| it.trim_start_matches('/')).collect();
    let files = paths.iter().flat_map(|it| ["index.html", "listing.json"].map(|file| format!("{it}{file}")));
    let bytes = files.map(|it| size(sources, &it)).sum::<anyhow::Result<u64>>()?;
    let mut hash = Hasher::new();
    for path in &paths {
        hash.update(known.hash(sources, &format!("{path}listing.json"))?.as_bytes());
    }
    let pages =
        sources.site.pages.iter().map(|it| piece(sources, it, &[], known)).collect::<anyhow::Result<Vec<_>>>()?;
    let pages: Vec<Piece> = pages.into_iter().flatten().collect();
    let bytes = bytes + pages.iter().map(|it| it.bytes).sum::<u64>();
    for page in &pages {
        hash.update(page.digest.as_bytes());
    }
    let files: BTreeSet<String> = pages.into_iter().flat_map(|it| it.files).collect();
    let paths = paths.into_iter().map(encode).collect();
    Ok(Lists { bytes, digest: digest(&hash), paths, files: files.into_iter().collect() })
}

fn digest(hash: &Hasher) -> String {
    hash.finalize().to_hex()[..2 * DIGEST].to_owned()
}

/// Files that were read: a picture may stand in many articles.
#[derive(Default)]
struct Files(HashMap<String, Hash>);

impl Files {
    fn hash(&mut self, sources: &Sources<'_>, path: &str) -> anyhow::Result<Hash> {
        if let Some(known) = self.0.get(path) {
            return Ok(*known);
        }
        let file = sources.out.join(path);
        let mut bytes = fs::File::open(&file).with_context(|| format!("{}: is not there", file.display()))?;
        let mut hash = Hasher::new();
        io::copy(&mut bytes, &mut hash).with_context(|| format!("{}: cannot be read", file.display()))?;
        let hash = hash.finalize();
        self.0.insert(path.to_owned(), hash);
        Ok(hash)
    }
}

fn size(sources: &Sources<'_>, path: &str) -> anyhow::Result<u64> {
    let file = sources.out.join(path);
    Ok(fs::metadata(&file).with_context(|| format!("{}: is not there", file.display()))?.len())
}

fn piece(
    sources: &Sources<'_>,
    rendered: &Rendered,
    sealed: &[SealedFile],
    known: &mut Files,
) -> anyhow::Result<Option<Piece>> {
    let Some(extension) = &rendered.item.jumpline else { return Ok(None) };
    let permalink = extension.permalink.as_str();
    let mut paths = vec![format!("{permalink}index.html"), format!("{permalink}article.json")];
    if rendered.has_thread() {
        paths.push(paths::comments(&extension.permalink));
    }
    paths.extend(rendered.media.iter().cloned());
    paths.extend(sealed.iter().filter(|it| it.article == rendered.item.id).map(|it| it.path.clone()));
    let mut bytes = 0;
    let mut hash = Hasher::new();
    let mut files = Vec::with_capacity(paths.len());
    for path in paths {
        let path = path.trim_start_matches('/');
        bytes += size(sources, path)?;
        // Another release of the reader changes every page, and no article.
        if !path.ends_with("index.html") {
            hash.update(known.hash(sources, path)?.as_bytes());
        }
        files.push(encode(path));
    }
    let title = rendered.item.title.as_deref().or(rendered.item.summary.as_deref()).unwrap_or(permalink).to_owned();
    let language = rendered.item.language.clone().unwrap_or_default();
    let (permalink, minutes) = (extension.permalink.clone(), extension.reading_time);
    Ok(Some(Piece { permalink, title, language, minutes, bytes, digest: digest(&hash), files }))
}
