//! Who may read what, without rendering anything that can be seen.

use crate::fault::Faults;
use crate::media::Media;
use crate::render::{AllLabels, Renderer};
use crate::source;
use anyhow::Context as _;
use jumpline_article::{CommentFile, Permalink, Publication, Visibility};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// An article and who may read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gate {
    /// The article's id, which its keys are derived from.
    pub id: String,
    /// Where it stands.
    pub permalink: Permalink,
    /// Who may read it.
    pub visibility: Visibility,
}

/// All articles and pages, in the order of their files. They are rendered for it, since a marker in the text can gate one.
///
/// # Errors
/// When the content cannot be read, or an article is broken.
pub fn gates(content: &Path, publication: &Publication) -> anyhow::Result<Vec<Gate>> {
    let media = Media::open(content, &publication.pictures, BTreeMap::new());
    let labels = AllLabels::new(publication.language);
    let renderer = Renderer { publication, media: &media, labels: &labels };
    let one = |it: &source::SourceFile| -> anyhow::Result<Option<Gate>> {
        let bytes = fs::read(&it.path).with_context(|| format!("{}: cannot be read", it.name()))?;
        let text = source::text(&it.name(), &bytes)?;
        let first = |faults| Faults::check(faults, false).err();
        let manuscript = match source::read(it, text, publication) {
            Ok(Some(manuscript)) => manuscript,
            Ok(None) => return Ok(None),
            Err(faults) => return first(faults).map_or(Ok(None), |it| Err(it.into())),
        };
        let item = match renderer.render(it, manuscript, &CommentFile::default()) {
            Ok(rendered) => rendered.item,
            Err(faults) => return first(faults).map_or(Ok(None), |it| Err(it.into())),
        };
        let gate = |it: jumpline_article::Extension| (it.permalink, it.visibility);
        Ok(item.jumpline.map(gate).map(|(permalink, visibility)| Gate { id: item.id, permalink, visibility }))
    };
    let found = source::files(content)?.par_iter().map(one).collect::<anyhow::Result<Vec<_>>>()?;
    Ok(found.into_iter().flatten().collect())
}
