//! The last step of a build, which can be taken by itself too: nothing that is locked stands in the site.

use super::{Options, articles, in_threads, quotes, unfit, version};
use crate::audit::{self, Audit, Auditor, Record};
use crate::cache::Cache;
use crate::media::Media;
use crate::render::AllLabels;
use crate::site::{self, Site};
use crate::source;
use crate::wall::{self, Place, Wall, Watched};
use anyhow::bail;
use jumpline::messages::Messages;
use std::path::Path;

/// Searches a site that stands in `options.out` for everything that its content locks. All of it is looked at again. Nothing
/// is written but the cache.
///
/// # Errors
/// When content or site cannot be read, when there is no secret to know the keys by, or when something locked is found.
pub fn audit(options: &Options) -> anyhow::Result<audit::Summary> {
    in_threads(|| by_itself(options))
}

fn by_itself(options: &Options) -> anyhow::Result<audit::Summary> {
    let cache = Cache::open(&options.cache);
    let mut publication = source::publication(&options.content, options.base.as_deref())?;
    let place = Place::of(&options.content, &mut publication, options.secret.as_deref())?;
    place.outside_of_site(&options.out)?;
    let messages = Messages::host(publication.language);
    let (version, labels) = (version(), AllLabels::new(publication.language));
    let media = Media::open(&options.content, &publication.pictures, cache.media(&options.content));
    let context = articles::Context {
        publication: &publication,
        media: &media,
        labels: &labels,
        cache: &cache,
        version: &version,
    };
    let prepared = articles::prepare(&context, options)?;
    if prepared.rendered.iter().any(|it| it.gated.is_some()) && place.secret()?.is_none() {
        bail!("{}: there is no secret, so nobody knows which keys to look for; build first", place.name());
    }
    let wall = Wall::raise(&place, &publication, &prepared.rendered, wall::day::today())?;
    // Names that only the shell takes are the build's business.
    let mut site = site::assemble(publication, &options.content, prepared.rendered, &prepared.held, &[])
        .map_err(|faults| unfit(faults, options))?;
    let sought = Sought::of(wall.as_ref(), &site, messages);
    let public = sought.public();
    let auditor = sought.auditor(&public, &options.out);
    quotes::hold(&mut site, &auditor, &options.content);
    readers(&options.content, &place, &site, &options.out)?;
    audit::copies(&site)?;
    audit::media(&site, &media, &options.out)?;
    Ok(auditor.run(&Record::default())?.0)
}

/// Searches a site for the e-mail addresses of readers.
pub(super) fn readers(content: &Path, place: &Place, site: &Site, out: &Path) -> anyhow::Result<()> {
    let private = audit::Private::gather(content, place, site)?;
    Ok(audit::addresses(out, &private)?)
}

/// All that is looked for in a site: what is locked, and what is shown to everybody and so is no secret.
pub(super) struct Sought {
    watched: Watched,
    public: Vec<String>,
}

impl Sought {
    /// Gathers it. Without a wall nothing is locked, and yet somebody may have written a secret or the link of a pass into the site.
    pub(super) fn of(wall: Option<&Wall>, site: &Site, messages: Messages) -> Self {
        let Some(wall) = wall else { return Self { watched: Watched::default(), public: Vec::new() } };
        let mut public = audit::published(site);
        public.push(messages.texts().join("\n"));
        public.extend(wall::headers(site));
        Self { watched: wall.watched(site), public }
    }

    /// The same texts, as the audit takes them.
    pub(super) fn public(&self) -> Vec<&str> {
        self.public.iter().map(String::as_str).collect()
    }

    /// Who looks for it.
    pub(super) fn auditor<'a>(&'a self, public: &'a [&'a str], out: &'a Path) -> Auditor<'a> {
        Auditor::new(Audit { out, gated: &self.watched.texts, public, keys: &self.watched.keys })
    }
}
