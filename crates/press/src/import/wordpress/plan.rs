//! Which items come in, and where each goes: decided for all before the first is written, so that links can point ahead.

use super::dates::{self, Found};
use super::export::Export;
use super::item::{Item, Kind, Status};
use super::old_slugs;
use super::text;
use crate::import::ledger::Ledger;
use crate::import::permalink::{self, Taken};
use crate::import::report::{Report, Topic};
use crate::import::writing::stem_of;
use crate::source::front_matter;
use jumpline_article::{Date, Permalink, Slug};
use std::collections::{BTreeMap, BTreeSet};
use url::Url;

/// What the first pass keeps of a post or page.
#[derive(Debug)]
pub(super) struct Header {
    /// The number of the item in the file.
    pub(super) number: usize,
    kind: Kind,
    pub(super) id: String,
    title: String,
    pub(super) name: String,
    pub(super) slug: String,
    /// Slugs that it had before: WordPress sends on who comes to one.
    pub(super) old_slugs: Vec<String>,
    pub(super) link: String,
    /// What feeds call it.
    guid: String,
    status: Status,
    date: Option<Found>,
    sticky: bool,
    categories: Vec<String>,
    primary: Option<String>,
}

/// Where an article goes.
#[derive(Clone, Debug)]
pub(super) struct Planned {
    /// The id of the front matter.
    pub(super) id: String,
    pub(super) permalink: Permalink,
    /// Paths that it had before.
    pub(super) aliases: Vec<Permalink>,
    /// The file below the content without its extension.
    pub(super) stem: String,
    pub(super) date: Date,
    pub(super) section: Option<Slug>,
    /// Names that become tags, from categories that are not the section.
    pub(super) tags: Vec<String>,
    pub(super) draft: bool,
}

impl Header {
    pub(super) fn read(number: usize, item: &Item) -> Self {
        let path = text::percent_decode(item.get("link").split_once("://").map_or("", |it| it.1));
        let path = path.split_once('/').map_or("", |it| it.1);
        let primary = ["_yoast_wpseo_primary_category", "rank_math_primary_category"];
        Self {
            number,
            kind: item.kind.clone(),
            id: item.id.clone(),
            title: item.title.clone(),
            name: item.name(),
            slug: item.get("wp:post_name").to_owned(),
            old_slugs: item.metas().filter(|it| it.0 == "_wp_old_slug").map(|it| it.1.to_owned()).collect(),
            link: item.get("link").to_owned(),
            guid: item.get("guid").trim().to_owned(),
            status: item.status(),
            date: dates::published(item.dates(path)),
            sticky: item.get("wp:is_sticky") == "1",
            categories: item
                .terms()
                .filter(|it| it.domain == "category")
                .map(|it| text::percent_decode(it.nicename))
                .collect(),
            primary: primary.iter().find_map(|it| item.meta(it)).map(ToOwned::to_owned),
        }
    }
}

/// Decides what comes in and where it goes.
pub(super) fn plan(export: &mut Export, headers: &[Header], drafts: bool, ledger: &Ledger, report: &mut Report) {
    let mut planner = Planner { export, ledger, report, taken: Taken::default(), numbers: BTreeSet::new() };
    let wanted: Vec<&Header> = headers.iter().filter(|it| planner.comes_in(it, drafts)).collect();
    planner.other_types(headers);
    for path in wanted.iter().filter_map(|it| ledger.path_of(&it.id)) {
        planner.taken.claim(stem_of(path));
    }
    for header in &wanted {
        match planner.place(header) {
            Some(planned) => planner.announce(header, planned),
            None => planner.report.remark(Topic::LeftOut, "no address can be made for it", &header.name),
        }
    }
    let Planner { export, report, mut taken, .. } = planner;
    old_slugs::place(&wanted, export, &mut taken, report);
}

struct Planner<'a> {
    export: &'a mut Export,
    ledger: &'a Ledger,
    report: &'a mut Report,
    taken: Taken,
    /// WordPress' numbers that have a place already.
    numbers: BTreeSet<String>,
}

impl Planner<'_> {
    fn comes_in(&mut self, header: &Header, drafts: bool) -> bool {
        let reason = match &header.status {
            _ if matches!(header.kind, Kind::Other(_)) => return false,
            Status::Published => return true,
            Status::Draft(_) if drafts => return true,
            Status::Draft(what) => format!("{what}; --drafts brings it in"),
            Status::Private => "private; publish it in WordPress to bring it in".to_owned(),
            Status::Protected => {
                "behind a password, so not for everybody; remove the password in WordPress to bring it in".to_owned()
            }
            Status::Gone(status) => format!("in WordPress' status `{status}`"),
        };
        self.report.remark(Topic::LeftOut, reason, &header.name);
        if let Some(path) = self.ledger.path_of(&header.id).filter(|it| self.ledger.is_there(it)) {
            let text = "came in earlier and is not public any more; remove its file";
            self.report.remark(Topic::Check, text, &format!("{} {path}", header.name));
        }
        false
    }

    fn other_types(&mut self, headers: &[Header]) {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for header in headers {
            if let Kind::Other(kind) = &header.kind {
                *counts.entry(kind).or_default() += 1;
            }
        }
        for (kind, count) in counts {
            let text = format!("items of the type `{kind}`, which the reader has no place for: {count}");
            self.report.remark(Topic::LeftOut, text, "");
        }
    }

    fn place(&mut self, header: &Header) -> Option<Planned> {
        let slug = permalink::slug(&header.slug, &header.title, &format!("wordpress-{}", header.id));
        let path = permalink::path(&header.link, self.export.url.as_ref());
        let draft = header.status != Status::Published;
        let given = self.taken.permalink(&path.clone().or_else(|| Permalink::new(slug.as_str()).ok())?);
        if given.moved {
            let text = "wanted an address that another has or that the reader needs itself";
            self.report.remark(Topic::Changed, text, &format!("{} is at {} now", header.name, given.it));
        } else if path.is_none() && !draft {
            let text = "had only an address with a number (`?p=…`) and got one with words";
            self.report.remark(Topic::Changed, text, &format!("{} is at {} now", header.name, given.it));
        }
        let date = self.date(header)?;
        // The first of two with one number has the file that the number got.
        let is_first = header.id.is_empty() || self.numbers.insert(header.id.clone());
        let earlier = self.ledger.path_of(&header.id).filter(|_| is_first);
        let id = self.id(header, &slug, earlier.is_some());
        let folder = match header.kind {
            Kind::Page => "pages".to_owned(),
            _ => format!("articles/{:04}", date.civil().0),
        };
        let stem = match earlier {
            Some(path) => stem_of(path).to_owned(),
            None => self.taken.file(&folder, &slug, |stem| {
                ["md", "html"].iter().any(|it| self.ledger.is_taken(&format!("{stem}.{it}"), &header.id))
            }),
        };
        let choice = self.export.categories.choose(&header.categories, header.primary.as_deref());
        self.export.sections.extend(choice.section);
        let section = choice.section.map(|it| self.export.categories.section_slug(it));
        Some(Planned { id, permalink: given.it, aliases: Vec::new(), stem, date, section, tags: choice.tags, draft })
    }

    /// The id that an article has in feeds: the one that it was published with before, so that nobody sees it as new.
    fn id(&mut self, header: &Header, slug: &Slug, is_known: bool) -> String {
        let kept = || {
            let text = self.ledger.text_of(&header.id)?;
            front_matter::read("", front_matter::split("", &text).ok()?.yaml).ok()?.id
        };
        let guid = || Some(header.guid.clone()).filter(|it| is_address(it));
        let number = if header.id.is_empty() { slug.to_string() } else { header.id.clone() };
        let id = if is_known { kept() } else { None };
        self.taken.id(&id.or_else(guid).unwrap_or_else(|| format!("wordpress-{number}")))
    }

    fn date(&mut self, header: &Header) -> Option<Date> {
        if let Some(found) = &header.date {
            if let Some(instead) = found.instead {
                self.report.remark(Topic::Changed, instead, &header.name);
            }
            return Some(found.date.clone());
        }
        let date = self.export.exported.clone().or_else(|| Date::parse("1970-01-01T00:00:00Z"))?;
        let text = "has no date anywhere; that of the export was taken, or 1970 when it has none: correct it";
        self.report.remark(Topic::Check, text, &header.name);
        Some(date)
    }

    /// Lets links and the masthead know of it.
    fn announce(&mut self, header: &Header, planned: Planned) {
        if !planned.draft {
            self.export.by_id.entry(header.id.clone()).or_insert(planned.permalink.clone());
            if let Some(path) = permalink::path(&header.link, self.export.url.as_ref()) {
                let path = path.as_str().trim_matches('/').to_owned();
                self.export.by_path.entry(path).or_insert(planned.permalink.clone());
            }
        }
        if header.sticky && !planned.draft {
            self.report.remark(
                Topic::Changed,
                "was sticky; the newest of these leads a publication that has no `lead` yet",
                &header.name,
            );
            let lead = (planned.date.clone(), planned.permalink.clone());
            self.export.lead = self.export.lead.take().into_iter().chain([lead]).max_by(|a, b| a.0.cmp(&b.0));
        }
        self.export.planned.insert(header.number, planned);
    }
}

/// Whether a text is a whole address on the web.
fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://"));
    let named = rest.is_some_and(|it| it.starts_with(|it: char| it.is_alphanumeric() || it == '['));
    named && !text.contains(|it: char| it.is_whitespace() || it.is_control()) && Url::parse(text).is_ok()
}
