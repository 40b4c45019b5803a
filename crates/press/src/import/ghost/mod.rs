//! Ghost: an export becomes articles, pages and media of a publication.
//!
//! The file is read once ([`format`]), its tables are joined ([`export`]), it is decided where everything goes ([`plan`]), and then
//! each post is written ([`article`]).

mod access;
mod article;
mod cards;
mod cards_of_files;
mod export;
mod format;
mod gates;
mod places;
mod plan;
mod post;
mod settings;
mod tiers;
mod word;
mod zone;

use super::disk::open;
use super::ledger::Ledger;
use super::media::Media;
use super::prose::Writer;
use super::remarks::Remarks;
use super::report::{Report, Topic};
use super::source::Broken;
use super::writing::{self, Made};
use super::{linked, publication, standing};
use access::Access;
use anyhow::Context as _;
use article::Maker;
use export::{Export, NOWHERE};
use format::{Contents, GhostError};
use std::collections::{BTreeSet, HashSet};
use std::path::PathBuf;
use url::Url;

/// What to import, and where to.
#[derive(Clone, Debug)]
pub struct Options {
    /// The export, a `.json` file.
    pub export: PathBuf,
    /// The publication's folder.
    pub into: PathBuf,
    /// Ghost's `content` folder or its `images`, if it is at hand.
    pub media: Option<PathBuf>,
    /// The address that the site had, which the export does not hold.
    pub url: Option<String>,
    /// Whether drafts come in, as drafts.
    pub drafts: bool,
    /// Whether the report lists every article.
    pub all: bool,
}

/// Imports an export. The report tells what was done.
///
/// # Errors
/// When nothing could be done: the file is no export or not whole, or the folder cannot be written.
pub fn run(options: &Options) -> anyhow::Result<Report> {
    let name = options.export.display().to_string();
    anyhow::ensure!(options.export.is_file(), "{name}: is no file; name the one that the export saved (`….json`)");
    let into = options.into.display().to_string();
    let read = || -> Result<Contents, GhostError> { format::read(open(&options.export, "Reading")?, &name, &into) };
    let Contents { meta, tables, broken, others } = read().with_context(|| name.clone())?;
    if let Some(folder) = &options.media {
        anyhow::ensure!(
            folder.is_dir(),
            "{}: no such folder; --media names Ghost's `content` folder or the `images` in it",
            folder.display()
        );
    }
    let mut export = Export::new(tables, address(options.url.as_deref())?);
    let there = publication::read(&options.into)?;
    let title = export.setting("title");
    let mut ledger = Ledger::open(&options.into, "ghost", &title)?;
    let version = meta.version.as_str();
    let source = if title.is_empty() { "A site without a name" } else { &title };
    let mut report = Report::new(format!("{source} (Ghost {version})"), into, options.all);
    remark_on_file(&broken, others, &mut report);
    export.zone = zone::of(&export);
    zone::remark(&export, &mut report);
    let feed_id = |id: &str| export.posts.iter().find(|it| it.key() == id).map(format::Post::feed_id);
    let names = |id: &str| feed_id(id).into_iter().chain([id.to_owned(), format!("ghost-{id}")]).collect();
    standing::follow(&mut ledger, names, &mut report)?;
    let plan = plan::plan(&mut export, options.drafts, meta.exported_on.date(), &ledger, &mut report);
    let mut here: HashSet<&str> = export.posts.iter().map(format::Post::key).collect();
    here.extend(plan.planned.values().map(|it| it.key.as_str()));
    standing::absent(&here, "Ghost", &ledger, &mut report);
    let language = writing::language(&settings::language(&export), there.as_ref().map(|it| &it.1), &mut report);
    let media = Media::new(options.media.as_deref(), places::PLACES);
    let mut linked = HashSet::new();
    export.posts.iter().for_each(|it| linked::gather(it.html.as_str(), &mut linked));
    linked::gather_from(&options.into, &mut linked);
    let mut maker = Maker { export: &export, media, linked, writer: Writer::default(), language };
    let (mut leads, mut needed) = (false, BTreeSet::new());
    for (number, planned) in &plan.planned {
        let post = &export.posts[*number];
        let mut remarks = Remarks::default();
        let article = maker.make(post, planned, &mut remarks);
        if let Access::Tiers(tiers) = access::of(post, &export) {
            needed.extend(tiers);
        }
        let made = Made {
            article: &article,
            id: &planned.key,
            stem: &planned.stem,
            name: &post.name(),
            is_page: post.is_page(),
            is_draft: planned.draft,
            lacks: BTreeSet::new(),
            there: "Ghost",
        };
        let outcome = writing::article(made, |_| None, remarks, &mut ledger, &mut report)?;
        leads |= outcome.reason().is_none() && plan.lead.as_ref().is_some_and(|it| it.1 == planned.permalink);
    }
    let Maker { media, .. } = maker;
    writing::media(&media, "Ghost's content folder", &mut ledger, &options.into, &mut report)?;
    settings::remark(&export, there.is_none(), &mut report);
    let mut known = settings::known(&export, &plan, &needed, there.as_ref().map(|it| &it.1));
    known.lead = known.lead.filter(|_| leads);
    writing::publication(known, there, &mut ledger, &options.into, &mut report)?;
    ledger.save()?;
    Ok(report)
}

/// The site's address, with a slash at the end.
fn address(given: Option<&str>) -> anyhow::Result<Url> {
    let text = given.unwrap_or(NOWHERE);
    let mut url = Url::parse(text)
        .with_context(|| format!("--url {text}: write the whole address, such as https://paper.example/"))?;
    let is_web = matches!(url.scheme(), "http" | "https") && url.has_host();
    anyhow::ensure!(is_web, "--url {text}: write the whole address, such as https://paper.example/");
    url.set_query(None);
    url.set_fragment(None);
    if !url.path().ends_with('/') {
        url.set_path(&format!("{}/", url.path()));
    }
    Ok(url)
}

fn remark_on_file(broken: &Broken, others: usize, report: &mut Report) {
    broken.remark(report);
    if others > 0 {
        report.remark(Topic::LeftOut, format!("exports in the same file after the first: {others}"), "");
    }
}
