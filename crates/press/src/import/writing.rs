//! What is made is written down, unless a person's work stands there.

use super::front::Front;
use super::ledger::{Entry, Ledger, Outcome};
use super::media::{Media, is_active_svg};
use super::prose::Prose;
use super::publication::{self, Known};
use super::remarks::Remarks;
use super::report::{Report, Topic};
use super::standing;
use crate::site::origin::ascii_origin;
use anyhow::Context as _;
use jumpline_article::{CommentFile, Language, Publication, Section, Visibility};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use url::Url;

/// An article as it is written.
#[derive(Debug)]
pub(super) struct Article {
    /// `md` or `html`.
    pub(super) extension: &'static str,
    pub(super) text: String,
    pub(super) comments: Option<CommentFile>,
    /// Who may read it.
    pub(super) visibility: Visibility,
}

impl Article {
    /// An article without comments.
    pub(super) fn new(front: &Front, prose: Prose, visibility: Visibility, remarks: &mut Remarks) -> Self {
        let (extension, text) = match prose {
            Prose::Markdown(text) => ("md", front.with_body(&text)),
            Prose::Html(text) => {
                remarks.remark(Topic::Changed, "was kept as HTML, since Markdown would have changed it");
                ("html", front.with_body(&text))
            }
        };
        Self { extension, text, comments: None, visibility }
    }
}

/// What is known of an article besides what is written.
#[derive(Debug)]
pub(super) struct Made<'a> {
    pub(super) article: &'a Article,
    /// The old site's id of it.
    pub(super) id: &'a str,
    /// The file below the content without its extension.
    pub(super) stem: &'a str,
    /// How a report names it.
    pub(super) name: &'a str,
    pub(super) is_page: bool,
    pub(super) is_draft: bool,
    /// What the export does not hold of it.
    pub(super) lacks: BTreeSet<String>,
    /// What the old site ran on.
    pub(super) there: &'static str,
}

/// Writes an article, unless a person's work stands there or `held` names a reason. Says what became of it.
pub(super) fn article(
    made: Made<'_>,
    held: impl FnOnce(&Entry) -> Option<&'static str>,
    remarks: Remarks,
    ledger: &mut Ledger,
    report: &mut Report,
) -> anyhow::Result<Outcome> {
    let Made { article, id, stem, name, lacks, .. } = made;
    let path = format!("{stem}.{}", article.extension);
    let bytes = article.text.as_bytes();
    let earlier = ledger.path_of(id).filter(|it| *it != path && stem_of(it) == stem).map(ToOwned::to_owned);
    let there = earlier.clone().unwrap_or_else(|| path.clone());
    let untouched = ledger.untouched(&there)?.filter(|it| it.hash != blake3::hash(bytes).to_hex().as_str());
    let held = untouched.and_then(held);
    let outcome = match (held, earlier) {
        (Some(reason), _) => Outcome::Held(reason),
        (None, Some(earlier)) if !ledger.withdraw(&earlier)? => Outcome::Edited,
        _ => ledger.put(&path, id, bytes)?,
    };
    outcome.count(if made.is_page { &mut report.pages } else { &mut report.articles });
    match outcome.reason() {
        Some(reason) => {
            let lacks = lacks.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
            let of = if held.is_none() || lacks.is_empty() { String::new() } else { format!(": {lacks}") };
            report.remark(Topic::LeftOut, reason, &format!("{path}, {name}{of}"));
            let kept = ledger.text_at(&there).filter(|_| matches!(outcome, Outcome::Edited | Outcome::Held(_)));
            let mend = kept.and_then(|it| standing::mend(&it, article.visibility, made.is_draft, made.there));
            if let Some(mend) = mend {
                let why = remarks.gates();
                let why = if made.is_draft || why.is_empty() { String::new() } else { format!(": {why}") };
                report.remark(Topic::Check, mend, &format!("{there}, {name}{why}"));
            }
        }
        None => {
            remarks.file(report, name);
            ledger.note_lacks(&path, lacks);
        }
    }
    Ok(outcome)
}

/// A path without its extension.
pub(super) fn stem_of(path: &str) -> &str {
    path.rsplit_once('.').map_or(path, |it| it.0)
}

/// Copies the media that articles need.
/// `home` is the folder of the old site that they lie in.
pub(super) fn media(
    media: &Media,
    home: &str,
    ledger: &mut Ledger,
    into: &Path,
    report: &mut Report,
) -> anyhow::Result<()> {
    for (file, wanted) in &media.wanted {
        let path = format!("media/{file}");
        if !wanted.in_clear {
            let text = "media that only a gated text shows";
            report.remark(Topic::Check, text, &path);
        }
        if media.is_elsewhere(file) {
            let text = "media that are links to files outside of the folder named by --media; copy the files there if they are yours";
            report.remark(Topic::LeftOut, text, &format!("{path}, for {}", wanted.by));
            continue;
        }
        let Some(source) = media.source(file) else {
            if !into.join(&path).is_file() {
                let text = match media.has_folder() {
                    true => "media that are missing in the folder named by --media".to_owned(),
                    false => format!("media that have to be copied from {home} (or name that folder with --media)"),
                };
                report.remark(Topic::Check, text, &format!("{path}, for {}", wanted.by));
            }
            continue;
        };
        if is_active(file, &source)? {
            report.remark(Topic::LeftOut, "drawings that run code", &format!("{path}, for {}", wanted.by));
            continue;
        }
        let outcome = ledger.copy(&path, &source)?;
        outcome.count(&mut report.media);
        if let Some(reason) = outcome.reason() {
            report.remark(Topic::LeftOut, reason, &path);
        }
    }
    Ok(())
}

fn is_active(file: &str, source: &Path) -> anyhow::Result<bool> {
    if !file.to_ascii_lowercase().ends_with(".svg") {
        return Ok(false);
    }
    let bytes = fs::read(source).with_context(|| format!("{}: cannot be read", source.display()))?;
    Ok(is_active_svg(&bytes))
}

/// The language of the interface that a tag names.
pub(super) fn spoken(tag: &str) -> Option<Language> {
    Language::ALL.into_iter().find(|it| tag.split('-').next() == Some(it.tag()))
}

/// The language that each article has to name, when it is not the publication's.
pub(super) fn language(tag: &str, there: Option<&Publication>, report: &mut Report) -> Option<String> {
    let tag = tag.trim();
    let speaks = there.map_or_else(|| spoken(tag).unwrap_or_default(), |it| it.language);
    if tag.is_empty() || spoken(tag) == Some(speaks) {
        return None;
    }
    let text = format!(
        "the site is written in `{tag}` and the interface speaks `{}`; every article names its language",
        speaks.tag()
    );
    report.remark(Topic::Check, text, "");
    Some(tag.to_owned())
}

/// Whether an export is of another site than this address is of.
fn is_elsewhere(export: &str, here: &str) -> bool {
    let host = |it: &str| Some(Url::parse(&ascii_origin(it)?).ok()?.host_str()?.trim_start_matches("www.").to_owned());
    export != publication::UNKNOWN && host(export) != host(here)
}

/// Makes `publication.toml`, or adds the sections that it lacks.
pub(super) fn publication(
    mut known: Known,
    there: Option<(String, Publication)>,
    ledger: &mut Ledger,
    into: &Path,
    report: &mut Report,
) -> anyhow::Result<()> {
    const PATH: &str = "publication.toml";
    if let Some((_, there)) = there.as_ref().filter(|it| !ledger.knows(PATH) && is_elsewhere(&known.url, &it.1.url)) {
        let text = format!(
            "{PATH} says `url = \"{}\"`, and this was {}: change `url`, or import into a folder of its own if that is another publication's",
            there.url, known.url
        );
        report.remark(Topic::Check, text, "");
    }
    let text = match &there {
        None => publication::create(&known),
        Some((text, _)) => {
            // Asked for once: who takes the lead out of the file means it.
            if ledger.knows(PATH) {
                known.lead = None;
            }
            publication::extend(text, &known).with_context(|| into.join(PATH).display().to_string())?
        }
    };
    Publication::from_toml(&text).with_context(|| format!("{PATH}, as this import would have it"))?;
    ledger.share(PATH, text.as_bytes())?;
    if there.as_ref().is_some_and(|it| it.0 == text) {
        return Ok(());
    }
    let had = |section: &Section| there.as_ref().is_some_and(|it| it.1.section(&section.slug).is_some());
    for section in known.sections.iter().filter(|it| !had(it)) {
        report.remark(
            Topic::Changed,
            "publication.toml got sections",
            &format!("{} (`{}`)", section.title, section.slug),
        );
    }
    if let Some((_, there)) = &there {
        let lacked = known.tiers.iter().filter(|it| !there.tiers.iter().any(|tier| tier.name == it.name));
        for tier in lacked {
            let text = match there.tiers.is_empty() {
                true => {
                    "publication.toml got tiers that articles name; until now there was one, `paid`: write it down too if passes of it \
                     are out"
                }
                false => "publication.toml got tiers that articles name",
            };
            report.remark(Topic::Check, text, &format!("{} (`{}`)", tier.title, tier.name));
        }
    }
    if there.is_none() {
        report.remark(
            Topic::Check,
            "publication.toml is new; look at `url`, `description` and the order of the sections",
            "",
        );
    }
    Ok(())
}
