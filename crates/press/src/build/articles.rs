//! Sources become rendered items, in parallel; what has not changed comes from the cache.

use super::{Options, ahead, clock};
use crate::cache::{Cache, CachedArticle};
use crate::dist::Shell;
use crate::fault::{Fault, Faults};
use crate::media::Media;
use crate::progress::Progress;
use crate::render::{AllLabels, Rendered, Renderer};
use crate::site;
use crate::source::{self, Folder, SourceFile};
use anyhow::Context as _;
use jumpline_article::Publication;
use rayon::prelude::*;
use std::fs;

/// What all articles are prepared with.
pub(super) struct Context<'a> {
    pub(super) publication: &'a Publication,
    pub(super) media: &'a Media,
    pub(super) labels: &'a AllLabels,
    pub(super) cache: &'a Cache,
    pub(super) version: &'a str,
}

/// All articles and pages, in the order of their files.
pub(super) struct Prepared {
    pub(super) rendered: Vec<Rendered>,
    /// What is dated after the moment of the build: rendered, so that its faults are known before its night.
    pub(super) held: Vec<Rendered>,
    pub(super) drafts: usize,
    pub(super) warnings: usize,
}

/// Reads and renders everything.
pub(super) fn prepare(context: &Context<'_>, options: &Options) -> anyhow::Result<Prepared> {
    let Folder { files: sources, orphans, warnings: passed } = source::folder(&options.content)?;
    let rules = context.rules()?;
    let progress = Progress::start("reading", sources.len(), options.quiet);
    let results: Vec<_> = sources.par_iter().map(|it| context.one(it, &rules)).inspect(|_| progress.step()).collect();
    drop(progress);
    let (mut rendered, mut faults, mut drafts, mut warnings) = (Vec::new(), orphans, 0, passed);
    for result in results {
        match result {
            Ok(Some(one)) => {
                warnings.extend(one.warnings.iter().cloned());
                rendered.push(one);
            }
            Ok(None) => drafts += 1,
            Err(more) => faults.extend(more),
        }
    }
    if !faults.is_empty() && options.keep_going {
        // Who wants to know all that is wrong need not mend one half to see the other.
        let shell = Shell::read(&options.shell, context.publication).map(|it| it.names()).unwrap_or_default();
        faults.extend(site::places(&rendered, &[], &shell));
    }
    Faults::check(faults, options.keep_going)?;
    let now = clock::now();
    let is_out = |it: &Rendered| it.item.date_published.as_ref().is_none_or(|it| it.unix() <= now);
    let (mut rendered, held): (Vec<_>, Vec<_>) = rendered.into_iter().partition(is_out);
    warnings.extend(ahead::warnings(&rendered, now));
    warnings.extend(site::links::settle(&mut rendered, &held, &options.content, context.publication));
    warn(&warnings, options);
    Ok(Prepared { rendered, held, drafts, warnings: warnings.len() })
}

/// Says what was changed, and what somebody may want to know.
pub(super) fn warn(warnings: &[Fault], options: &Options) {
    if !options.quiet {
        warnings.iter().for_each(|it| eprintln!("warning: {it}"));
    }
}

impl Context<'_> {
    /// Hash of all that is not in an article's own files.
    fn rules(&self) -> anyhow::Result<String> {
        let publication =
            serde_json::to_string(self.publication).context("the publication cannot be written as JSON")?;
        let parts = [self.version, publication.as_str(), &format!("{:?} {:?}", self.labels, self.publication.pictures)]
            .join("\0");
        Ok(blake3::hash(parts.as_bytes()).to_hex().to_string())
    }

    /// One article, or `None` for a draft.
    fn one(&self, source: &SourceFile, rules: &str) -> Result<Option<Rendered>, Vec<Fault>> {
        let name = source.name();
        let bytes =
            fs::read(&source.path).map_err(|error| vec![Fault::file(&name, format!("cannot be read: {error}"))])?;
        let comments = fs::read(source::comment_file(&source.path)).unwrap_or_default();
        let key = blake3::Hasher::new()
            .update(rules.as_bytes())
            .update(blake3::hash(&bytes).as_bytes())
            .update(blake3::hash(&comments).as_bytes())
            .update(name.as_bytes())
            .finalize()
            .to_hex()
            .to_string();
        if let Some(cached) = self.cache.article(&source.path).filter(|it| it.key == key && self.is_current(it)) {
            return Ok(Some(cached.rendered));
        }
        let text = source::text(&name, &bytes).map_err(|fault| vec![fault])?;
        let (manuscript, mut faults) = source::read_on(source, text, self.publication);
        let Some(manuscript) = manuscript else {
            return if faults.is_empty() { Ok(None) } else { Err(faults) };
        };
        let is_sound = faults.is_empty();
        let comments =
            source::comments(&source.path).map_err(|fault| [std::mem::take(&mut faults), vec![fault]].concat())?;
        let renderer = Renderer { publication: self.publication, media: self.media, labels: self.labels };
        let rendered = match renderer.render(source, manuscript, &comments) {
            Ok(rendered) if is_sound => rendered,
            Ok(_) => return Err(faults),
            Err(more) => {
                // A broken head lacks what the text would need of it.
                faults.extend(more.into_iter().filter(|it| is_sound || it.line > 1));
                return Err(faults);
            }
        };
        let hash = |path: &String| Some((path.clone(), self.media.look(path).ok()?.hash));
        let locked = rendered.gated.iter().flat_map(|it| &it.media);
        let media = rendered.media.iter().chain(locked).filter_map(hash).collect();
        let cached = CachedArticle { key, media, rendered };
        // A cache that cannot be written costs time and nothing else; the build says so at its end.
        let _ = self.cache.keep_article(&source.path, &cached);
        Ok(Some(cached.rendered))
    }

    fn is_current(&self, cached: &CachedArticle) -> bool {
        cached.media.iter().all(|(path, hash)| self.media.look(path).is_ok_and(|it| it.hash == *hash))
    }
}
