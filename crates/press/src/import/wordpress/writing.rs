//! What is made is written down, unless a person's work stands there.

use super::article::{Article, Maker};
use super::export::Export;
use super::item::{Item, Kind};
use super::lacking::lacking;
use super::media::{self, Uploads};
use super::plan::{Planned, stem_of};
use super::{standing, thread};
use crate::import::ledger::{Ledger, Outcome};
use crate::import::publication::{self, Known};
use crate::import::remarks::Remarks;
use crate::import::report::{Report, Topic};
use anyhow::Context as _;
use jumpline_article::{BasePath, Language, Publication, Section};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Makes an article and writes it with its comments. Says what became of the article.
pub(super) fn article(
    maker: &mut Maker<'_>,
    mut item: Item,
    planned: &Planned,
    ledger: &mut Ledger,
    report: &mut Report,
) -> anyhow::Result<Outcome> {
    let mut remarks = Remarks::default();
    let lacks = lacking(&item, maker.export);
    let Article { extension, text, comments, visibility } = maker.make(&mut item, planned, &mut remarks);
    let name = item.name();
    let path = format!("{}.{extension}", planned.stem);
    let earlier =
        ledger.path_of(&item.id).filter(|it| *it != path && stem_of(it) == planned.stem).map(ToOwned::to_owned);
    let there = earlier.clone().unwrap_or_else(|| path.clone());
    let held = held(maker.export, &lacks, ledger, &there, text.as_bytes())?;
    let outcome = match (held, earlier) {
        (Some(reason), _) => Outcome::Held(reason),
        (None, Some(earlier)) if !ledger.withdraw(&earlier)? => Outcome::Edited,
        _ => ledger.put(&path, &item.id, text.as_bytes())?,
    };
    outcome.count(if item.kind == Kind::Page { &mut report.pages } else { &mut report.articles });
    match outcome.reason() {
        Some(reason) => {
            let lacks = lacks.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
            let of = if held.is_none() || lacks.is_empty() { String::new() } else { format!(": {lacks}") };
            report.remark(Topic::LeftOut, reason, &format!("{path}, {name}{of}"));
            let kept = ledger.text_at(&there).filter(|_| matches!(outcome, Outcome::Edited | Outcome::Held(_)));
            if let Some(mend) = kept.and_then(|it| standing::mend(&it, visibility, planned.draft)) {
                let why = remarks.gates();
                let why = if planned.draft || why.is_empty() { String::new() } else { format!(": {why}") };
                report.remark(Topic::Check, mend, &format!("{there}, {name}{why}"));
            }
        }
        None => {
            remarks.file(report, &name);
            ledger.note_lacks(&path, lacks);
        }
    }
    // Without the article its comments would lie about alone.
    if let Some(comments) = comments.filter(|_| !matches!(outcome, Outcome::Removed | Outcome::Foreign)) {
        thread::write(&format!("{}.comments.json", planned.stem), &comments, ledger, report)?;
    }
    Ok(outcome)
}

/// Why an article that came in whole would come in poorer now. What was missing before is no loss.
fn held(
    export: &Export,
    lacks: &BTreeSet<String>,
    ledger: &Ledger,
    path: &str,
    text: &[u8],
) -> anyhow::Result<Option<&'static str>> {
    let Some(entry) = ledger.untouched(path)? else { return Ok(None) };
    if entry.hash == blake3::hash(text).to_hex().as_str() {
        return Ok(None);
    }
    Ok(if export.stopped.is_some() {
        Some(
            "came in earlier, and this file breaks off and may lack what belongs to it, so left as it is; export again",
        )
    } else if !lacks.is_subset(&entry.lacks) {
        Some(
            "names pictures or reusable blocks that an earlier export had and this one has not, so left as it is; export All \
             content, or remove the file and its line in .import/ to get it anew",
        )
    } else {
        None
    })
}

/// Copies the media that articles need.
pub(super) fn media(uploads: &Uploads, ledger: &mut Ledger, into: &Path, report: &mut Report) -> anyhow::Result<()> {
    for (file, wanted) in &uploads.wanted {
        let path = format!("media/{file}");
        if !wanted.in_clear {
            let text = "media that only a gated text shows";
            report.remark(Topic::Check, text, &path);
        }
        let Some(source) = uploads.source(file) else {
            if !into.join(&path).is_file() {
                let text = match uploads.has_folder() {
                    true => "media that are missing in the folder named by --media",
                    false => "media that have to be copied from wp-content/uploads/ (or name that folder with --media)",
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
    Ok(media::is_active_svg(&bytes))
}

/// The language that each article has to name, when it is not the publication's.
pub(super) fn language(export: &Export, there: Option<&Publication>, report: &mut Report) -> Option<String> {
    let tag = export.language.trim();
    let spoken = |tag: &str| Language::ALL.into_iter().find(|it| tag.split('-').next() == Some(it.tag()));
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

/// Makes `publication.toml`, or adds the sections that it lacks.
pub(super) fn publication(
    export: &Export,
    there: Option<(String, Publication)>,
    ledger: &mut Ledger,
    into: &Path,
    report: &mut Report,
) -> anyhow::Result<()> {
    const PATH: &str = "publication.toml";
    let mut known = known(export);
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
    if there.is_none() {
        report.remark(
            Topic::Check,
            "publication.toml is new; look at `url`, `description` and the order of the sections",
            "",
        );
    }
    Ok(())
}

fn known(export: &Export) -> Known {
    let url = export.url.as_ref();
    let origin = url.map_or("https://example.org".to_owned(), |it| it.origin().ascii_serialization());
    let language = Language::ALL.into_iter().find(|it| export.language.split('-').next() == Some(it.tag()));
    let section = |it: &super::categories::Category| Section {
        slug: jumpline_article::Slug::from_name(&it.slug),
        title: it.name.clone(),
        description: it.description.clone(),
    };
    Known {
        title: export.title.clone(),
        description: export.description.clone(),
        url: origin,
        base: BasePath::new(url.map_or("", |it| it.path())).as_str().to_owned(),
        language: language.unwrap_or_default().tag().to_owned(),
        sections: export.categories.in_order(&export.sections).into_iter().map(section).collect(),
        lead: export.lead.as_ref().map(|it| it.1.clone()),
    }
}
