//! WordPress: an export (WXR) becomes articles, pages, comments and media of a publication.
//!
//! The file is read twice, item by item: once to learn what there is ([`export`]) and to decide where it goes ([`plan`]), once
//! to write it ([`article`]).

mod access;
mod article;
mod autop;
mod block_gates;
mod blocks;
mod builders;
mod categories;
mod comments;
mod dates;
mod delimiters;
mod export;
mod figures;
mod footnotes;
mod item;
mod lacking;
mod media;
mod old_slugs;
mod places;
mod plan;
mod plugin_fields;
mod plugin_shortcodes;
mod shortcode;
mod shortcodes;
mod sounds;
mod thread;
mod voids;
mod writing;
mod wxr;

use super::disk::open;
use super::ledger::Ledger;
use super::media::Media;
use super::prose::Writer;
use super::report::{Report, Topic};
use super::{linked, publication, standing, tame, text};
use anyhow::Context as _;
use article::Maker;
use export::Export;
use item::Item;
use media::Uploads;
use plan::Planned;
use std::path::PathBuf;
use wxr::{Wxr, WxrError};

/// What to import, and where to.
#[derive(Clone, Debug)]
pub struct Options {
    /// The export, an `.xml` file.
    pub export: PathBuf,
    /// The publication's folder.
    pub into: PathBuf,
    /// Where the site's uploads lie, if they are at hand.
    pub media: Option<PathBuf>,
    /// Whether drafts come in, as drafts.
    pub drafts: bool,
    /// Whether the report lists every article.
    pub all: bool,
}

/// Imports an export. The report tells what was done; when the file breaks off half-way, so does the second value.
///
/// # Errors
/// When nothing could be done: the file is no export, or the folder cannot be written.
pub fn run(options: &Options) -> anyhow::Result<(Report, Option<anyhow::Error>)> {
    let name = options.export.display().to_string();
    anyhow::ensure!(options.export.is_file(), "{name}: is no file; name the one that the export saved (`….xml`)");
    let headers_of = || -> Result<_, WxrError> { Export::read(open(&options.export, "Reading")?) };
    let is_json = options.export.extension().is_some_and(|it| it.eq_ignore_ascii_case("json"));
    let hint = if is_json { " (an export of Ghost? Then it is `press import ghost`)" } else { "" };
    let (mut export, headers) = headers_of().with_context(|| format!("{name}{hint}"))?;
    if let Some(folder) = &options.media {
        anyhow::ensure!(
            folder.is_dir(),
            "{}: no such folder; --media names the one that holds the uploads",
            folder.display()
        );
    }
    let there = publication::read(&options.into)?;
    let site = export.url.as_ref().map_or(String::new(), ToString::to_string);
    let mut ledger = Ledger::open(&options.into, "wordpress", &site)?;
    let source = if site.is_empty() { export.title.clone() } else { format!("{} ({site})", export.title) };
    let mut report = Report::new(source, options.into.display().to_string(), options.all);
    linked::gather_from(&options.into, &mut export.linked);
    let guid = |id: &str| headers.iter().find(|it| it.id == id).map(|it| it.guid.clone());
    let names = |id: &str| guid(id).into_iter().chain([format!("wordpress-{id}")]).collect();
    standing::follow(&mut ledger, names, &mut report)?;
    let leads = ledger.knows("publication.toml") || there.as_ref().is_some_and(|it| it.1.lead.is_some());
    plan::plan(&mut export, &headers, options.drafts, leads, &ledger, &mut report);
    // A file that breaks off says so, and what of.
    if export.stopped.is_none() && export.too_long.is_empty() {
        let here = headers.iter().map(|it| it.id.as_str()).collect();
        standing::absent(&here, "WordPress", &ledger, &mut report);
    }
    drop(headers);
    remark_on_file(&export, &mut report);
    let language = super::writing::language(&export.language, there.as_ref().map(|it| &it.1), &mut report);
    let uploads = Uploads::new(export.attachments.values());
    let media = Media::new(options.media.as_deref(), media::PLACES);
    let mut maker = Maker { export: &export, uploads, media, writer: Writer::default(), language };
    let mut wxr =
        Wxr::new(open(&options.export, "Writing").with_context(|| name.clone())?).with_context(|| name.clone())?;
    let is_lead = |it: &Planned| export.lead.as_ref().is_some_and(|(_, lead)| *lead == it.permalink);
    let (mut number, mut leads) = (0, false);
    // The first pass knows already where and why the file breaks off.
    loop {
        let raw = match wxr.next() {
            Ok(Some(raw)) if raw.name == "item" => raw,
            Ok(Some(_)) => continue,
            Err(WxrError::TooLong { .. }) => {
                number += 1;
                continue;
            }
            Ok(None) | Err(_) => break,
        };
        if let Some(planned) = export.planned.get(&number) {
            let outcome = writing::article(&mut maker, Item::new(raw), planned, &mut ledger, &mut report)?;
            leads |= outcome.reason().is_none() && is_lead(planned);
        }
        number += 1;
    }
    let Maker { media, .. } = maker;
    if !leads {
        export.lead = None;
    }
    super::writing::media(&media, "wp-content/uploads/", &mut ledger, &options.into, &mut report)?;
    super::writing::publication(writing::known(&export), there, &mut ledger, &options.into, &mut report)?;
    ledger.save()?;
    let stopped = export.stopped.take().map(|error| anyhow::Error::new(error).context(name));
    Ok((report, stopped))
}

fn remark_on_file(export: &Export, report: &mut Report) {
    export.broken.remark(report);
    for item in &export.too_long {
        report.remark(
            Topic::LeftOut,
            "what is too long to be an article; take out of it what is no text, such as pictures as `data:`",
            item,
        );
    }
    if !matches!(export.version.as_str(), "1.0" | "1.1" | "1.2") {
        report.remark(
            Topic::Check,
            format!("the export's version is {}; this press knows 1.0 to 1.2", export.version),
            "",
        );
    }
    for name in export.categories.loops() {
        report.remark(Topic::Check, "categories that are their own ancestors; each was taken for one at the top", name);
    }
}
