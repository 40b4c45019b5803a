//! What is made of an item is written down with its comments, and what is known of the site.

use super::article::Maker;
use super::export::Export;
use super::item::{Item, Kind};
use super::lacking::{CATEGORIES, LINKED, lacking};
use super::plan::Planned;
use super::thread;
use crate::import::kept::Kept;
use crate::import::ledger::{Entry, Ledger, Outcome};
use crate::import::publication::{Known, UNKNOWN};
use crate::import::remarks::Remarks;
use crate::import::report::Report;
use crate::import::writing::{self, Made, spoken};
use jumpline_article::{BasePath, Section};
use std::collections::BTreeSet;

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
    let mut article = maker.make(&mut item, planned, &mut remarks);
    let comments = article.comments.take();
    let made = Made {
        article: &article,
        id: &item.id,
        stem: &planned.stem,
        name: &item.name(),
        is_page: item.kind == Kind::Page,
        is_draft: planned.draft,
        lacks: lacks.clone(),
        there: "WordPress",
    };
    let there = ledger.text_of(&item.id).unwrap_or_default();
    let held = |entry: &Entry| held(maker.export, &lacks, entry, &there);
    let outcome = writing::article(made, held, remarks, ledger, report)?;
    // Without the article its comments would lie about alone.
    if let Some(comments) = comments.filter(|_| !matches!(outcome, Outcome::Removed | Outcome::Foreign)) {
        thread::write(&format!("{}.comments.json", planned.stem), &comments, ledger, report)?;
    }
    Ok(outcome)
}

/// Why an article that came in whole would come in poorer now. What was missing before is no loss. `there` is its file.
fn held(export: &Export, lacks: &BTreeSet<String>, entry: &Entry, there: &str) -> Option<&'static str> {
    let section = Kept::read(there).and_then(|it| it.section);
    let is_hidden = section.as_ref().is_some_and(|it| export.categories.may_hide(it));
    let had = |lack: &String| match lack.as_str() {
        CATEGORIES => section.is_some(),
        LINKED => there.contains("/section/") || there.contains("/tag/"),
        _ => true,
    };
    if export.stopped.is_some() {
        Some(
            "came in earlier, and this file breaks off and may lack what belongs to it, so left as it is; export again",
        )
    } else if lacks.difference(&entry.lacks).any(had) || is_hidden && !entry.lacks.contains(CATEGORIES) {
        Some(
            "names pictures, reusable blocks or categories that an earlier export had and this one has not, so left as it is; export All \
             content, or remove the file and its line in .import/ to get it anew",
        )
    } else {
        None
    }
}

/// What the export says of the publication.
pub(super) fn known(export: &Export) -> Known {
    let url = export.url.as_ref();
    let origin = url.map_or(UNKNOWN.to_owned(), |it| it.origin().ascii_serialization());
    let language = spoken(&export.language);
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
        ..Known::default()
    }
}
