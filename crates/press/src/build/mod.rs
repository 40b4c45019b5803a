//! The build, from content to site: this file is its table of contents.

mod ahead;
mod articles;
mod audit;
mod clock;
mod empty;
mod folders;
mod foreign;
mod gates;
mod options;
mod quotes;
mod summary;
mod write;

pub use audit::audit;
pub use gates::{Gate, gates};
pub use options::Options;
pub use summary::{Scheduled, Summary};

use crate::app;
use crate::cache::Cache;
use crate::dist::{self, Cards, Files, Pages, Shell};
use crate::fault::{Fault, Faults};
use crate::host_files::HostFiles;
use crate::lock::Lock;
use crate::media::Media;
use crate::render::AllLabels;
use crate::site;
use crate::source;
use crate::wall::{self, Place, Published, Wall};
use anyhow::{Context as _, bail};
use jumpline::messages::Messages;
use jumpline::paths::page_of;
use jumpline_article::wall::Status;
use std::fs::{self, File};
use std::time::Instant;

/// Views nest deeply, and unoptimised builds of them take more room than a thread has by default.
const STACK: usize = 16 << 20;

/// Builds the publication.
///
/// # Errors
/// When content or shell cannot be read, an article is broken, or the site cannot be written. A broken article is found
/// before anything is written.
pub fn run(options: &Options) -> anyhow::Result<Summary> {
    in_threads(|| build(options))
}

/// Does it in threads that have the room for it.
fn in_threads<T: Send>(work: impl FnOnce() -> anyhow::Result<T> + Send) -> anyhow::Result<T> {
    let pool = rayon::ThreadPoolBuilder::new().stack_size(STACK).build().context("threads cannot be started")?;
    pool.install(work)
}

fn build(options: &Options) -> anyhow::Result<Summary> {
    let begun = Instant::now();
    folders::check(options)?;
    let cache = Cache::open(&options.cache);
    let lock = cache.lock(&options.out).with_context(|| cache_failed(options))?;
    let Some(_lock) = lock else {
        bail!("{}: another build is at work there; wait for its end", options.out.display());
    };
    let mut publication = source::publication(&options.content, options.base.as_deref())?;
    let place = Place::of(&options.content, &mut publication, options.secret.as_deref())?;
    place.outside_of_site(&options.out)?;
    let messages = Messages::host(publication.language);
    let version = version();
    let media = Media::open(&options.content, &publication.pictures, cache.media(&options.content));
    let labels = AllLabels::new(publication.language);
    let context = articles::Context {
        publication: &publication,
        media: &media,
        labels: &labels,
        cache: &cache,
        version: &version,
    };
    let prepared = articles::prepare(&context, options)?;
    let before = cache.manifest(&options.out);
    let published = Published::read(&options.out, before.paths());
    if prepared.rendered.iter().any(|it| it.item.is_gated()) {
        published.keep_secret(&place, &options.cache)?;
    }
    let wall = Wall::raise(&place, &publication, &prepared.rendered, wall::day::today())?;
    let closed = wall.as_ref().map(|it| published.keep_passes(it, &place)).transpose()?.flatten();
    let sells = prepared.rendered.iter().any(|it| wall::is_locked(&it.item));
    let unopened = if sells { wall::published::no_passes(&place) } else { None };
    publication.paywall.lock = wall.as_ref().map(Wall::lock);
    let shell = Shell::read(&options.shell, &publication)?;
    let mut site =
        site::assemble(publication.clone(), &options.content, prepared.rendered, &prepared.held, &shell.names())
            .map_err(|faults| unfit(faults, options))?;
    let placed = site.articles.iter().chain(&site.pages).chain(&prepared.held);
    let beside = HostFiles::of(&options.content)?;
    Faults::check(beside.check(placed, &shell.names()), options.keep_going)?;
    let logo = app::Logo::of(&options.content, &site.publication, &shell)?;
    let screenshots = app::Screenshot::all(&options.content, &site.publication, &media)?;
    empty::refuse(&site, &options.content, &options.out, &before)?;
    foreign::refuse(&site, &shell, &beside, &options.out, &before)?;
    let sought = audit::Sought::of(wall.as_ref(), &site, messages);
    let public = sought.public();
    let auditor = sought.auditor(&public, &options.out);
    let quoting = quotes::hold(&mut site, &auditor, &options.content);
    let (sealed, mut warnings) = match &wall {
        Some(wall) => wall.seal(&mut site, &media)?,
        None => Default::default(),
    };
    warnings.extend(quoting);
    warnings.extend(closed.into_iter().chain(unopened));
    let passes = wall.as_ref().map(Wall::passes).unwrap_or_default();
    let today = wall::day::today();
    warnings.extend(wall::lost::warnings(passes, &publication, &options.content, today));
    let live = passes.iter().filter(|it| it.status(today) == Status::Live).count();

    // Builds with caches of their own meet here.
    fs::create_dir_all(&options.out).with_context(|| format!("{}: cannot be created", options.out.display()))?;
    let out = File::open(&options.out).map(Lock::take).ok();
    if out.as_ref().is_some_and(Option::is_none) {
        bail!("{}: another build is at work there; wait for its end", options.out.display());
    }
    let journal = cache.journal(&options.out).with_context(|| cache_failed(options))?;
    let files = Files::open(&options.out, before, journal);
    let common = write::common(&files, &site, messages)?;
    let (cards, undrawn) = Cards::draw(&files, &site, &media, &logo)?;
    warnings.extend(undrawn);
    let pages = Pages {
        site: &site,
        shell: &shell,
        reader: jumpline::site::Site::new(site.publication.clone(), messages),
        common: site.publication.base.join(&common),
        version: &version,
        files: &files,
        cards: &cards,
    };
    let listings = site::listings(&site);
    let lists = listings.iter().filter_map(|it| it.listing.as_ref()).map(|it| page_of(&it.path, it.page)).collect();
    let built = write::pages(&pages, listings, options.quiet)?;
    write::feeds(&files, &site, messages)?;
    write::files(&files, &shell, &site, &media, options.quiet)?;
    write::beside(&files, &beside)?;
    if let Some(wall) = &wall {
        write::wall(&files, wall, &sealed, &media)?;
    }
    let (content, out) = (&options.content, &options.out);
    let sources = app::Sources {
        content,
        out,
        site: &site,
        lists,
        shell: &shell,
        logo: &logo,
        screenshots,
        messages,
        common: &common,
    };
    app::write(&files, &sources, &sealed)?;
    let manifest = files.finish()?;
    keep(&cache, options, &manifest, &media)?;
    let all: Vec<_> = site.articles.iter().chain(&site.pages).collect();
    warnings.extend(site::merged(&site));
    warnings.extend(site::alike(&site));
    warnings.extend(site::links::dead(&all, &prepared.held, &options.out));
    articles::warn(&warnings, options);
    audit::readers(&options.content, &place, &site, &options.out)?;
    let before = cache.audit(&options.out);
    crate::audit::copies(&site)?;
    crate::audit::media(&site, &media, &options.out)?;
    let (audited, record) = auditor.run(&before)?;
    if !options.quiet {
        audited.unread.iter().for_each(|it| eprintln!("warning: the audit could not look into {it}"));
    }
    cache.keep_audit(&options.out, &record).with_context(|| cache_failed(options))?;
    Ok(Summary {
        articles: site.articles.len(),
        pages: site.pages.len(),
        passes: live,
        drafts: prepared.drafts,
        scheduled: Scheduled::of(&prepared.held),
        built,
        warnings: prepared.warnings + warnings.len() + audited.unread.len(),
        elapsed: begun.elapsed(),
    })
}

/// Why a site cannot be put together.
fn unfit(faults: Vec<Fault>, options: &Options) -> anyhow::Error {
    match Faults::check(faults, options.keep_going) {
        Err(faults) => faults.into(),
        Ok(()) => anyhow::anyhow!("the publication does not fit together"),
    }
}

/// What changes whenever this program does.
fn version() -> String {
    let own = std::env::current_exe().ok().and_then(|it| crate::media::Stamp::of(&it));
    let stamp = own.map(|it| format!("{}-{}", it.len, it.modified)).unwrap_or_default();
    format!("{} {stamp}", env!("CARGO_PKG_VERSION"))
}

fn keep(cache: &Cache, options: &Options, manifest: &dist::Manifest, media: &Media) -> anyhow::Result<()> {
    let failed = || cache_failed(options);
    cache.keep_manifest(&options.out, manifest).with_context(failed)?;
    cache.keep_media(&options.content, &media.known()).with_context(failed)
}

fn cache_failed(options: &Options) -> String {
    format!("{}: the cache cannot be written", options.cache.display())
}
