//! Which items come in, and where each goes: decided for all before the first is written, so that links can point ahead.

use super::dates::{self, Found};
use super::export::Export;
use super::item::{Item, Kind, Status};
use super::lacking::CATEGORIES;
use super::old_slugs;
use super::text;
use crate::import::kept::Kept;
use crate::import::ledger::Ledger;
use crate::import::permalink::{self, Taken};
use crate::import::report::{Report, Topic};
use crate::import::writing::stem_of;
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
    /// Days that it had before, such as `2025-01-15`: WordPress sends on from them, too.
    pub(super) old_dates: Vec<String>,
    pub(super) link: String,
    /// What feeds call it.
    pub(super) guid: String,
    status: Status,
    date: Option<Found>,
    sticky: bool,
    /// Slugs and names.
    categories: Vec<(String, String)>,
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
    /// Paths that it has by the file that an earlier import wrote.
    pub(super) before: Vec<Permalink>,
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
        let all = |key: &str| item.metas().filter(|it| it.0 == key).map(|it| it.1.to_owned()).collect();
        let primary = ["_yoast_wpseo_primary_category", "rank_math_primary_category"];
        Self {
            number,
            kind: item.kind.clone(),
            id: item.id.clone(),
            title: item.title.clone(),
            name: item.name(),
            slug: item.get("wp:post_name").to_owned(),
            old_slugs: all("_wp_old_slug"),
            old_dates: all("_wp_old_date"),
            link: item.get("link").to_owned(),
            guid: item.get("guid").trim().to_owned(),
            status: item.status(),
            date: dates::published(item.dates(path)),
            sticky: item.get("wp:is_sticky") == "1",
            categories: item
                .terms()
                .filter(|it| it.domain == "category")
                .map(|it| (text::percent_decode(it.nicename), it.name.to_owned()))
                .collect(),
            primary: primary.iter().find_map(|it| item.meta(it)).map(ToOwned::to_owned),
        }
    }
}

/// Decides what comes in and where it goes.
/// `leads` is whether the publication has a lead, or had its say about it.
pub(super) fn plan(
    export: &mut Export,
    headers: &[Header],
    drafts: bool,
    leads: bool,
    ledger: &Ledger,
    report: &mut Report,
) {
    let mut planner = Planner { export, ledger, report, leads, taken: Taken::default(), numbers: BTreeSet::new() };
    let wanted: Vec<&Header> = headers.iter().filter(|it| planner.comes_in(it, drafts)).collect();
    planner.other_types(headers);
    for path in wanted.iter().filter_map(|it| ledger.path_of(&it.id)) {
        planner.taken.claim(stem_of(path));
    }
    for (slug, name) in wanted.iter().flat_map(|it| &it.categories) {
        planner.export.categories.add_unlisted(slug, name);
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
    leads: bool,
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
            let has_number = Url::parse(&header.link).map_or(true, |it| it.query().is_some());
            let text = match has_number {
                true => "had only an address with a number (`?p=…`) and got one with words",
                false => "was the front page (`/`), which lists the articles here, and got an address with words",
            };
            self.report.remark(Topic::Changed, text, &format!("{} is at {} now", header.name, given.it));
        }
        if given.it.as_str().ends_with(".html/") && !draft {
            let text = "had an address that ends in `.html`, and stands in a folder of that name; see that the host sends `….html` on to `….html/`";
            self.report.remark(Topic::Check, text, &format!("{} is at {}", header.name, given.it));
        }
        let date = self.date(header)?;
        // The first of two with one number has the file that the number got.
        let is_first = header.id.is_empty() || self.numbers.insert(header.id.clone());
        let earlier = self.ledger.path_of(&header.id).filter(|_| is_first);
        let kept = earlier.and_then(|it| Kept::read(&self.ledger.text_at(it)?)).unwrap_or_default();
        let untouched = earlier.and_then(|it| self.ledger.untouched(it).ok().flatten());
        let before = if untouched.is_some() { kept.paths().collect() } else { Vec::new() };
        let lacked = untouched.is_some_and(|it| it.lacks.contains(CATEGORIES));
        let id = self.id(header, &slug, kept.id);
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
        let (section, tags) = self.filed_under(header, kept.section.filter(|_| !lacked));
        let permalink = given.it;
        Some(Planned { id, permalink, aliases: Vec::new(), before, stem, date, section, tags, draft })
    }

    /// The section and further tags. `kept` is the section of the article's file, by an export that listed categories.
    fn filed_under(&mut self, header: &Header, kept: Option<String>) -> (Option<Slug>, Vec<String>) {
        let categories: Vec<&str> = header.categories.iter().map(|it| it.0.as_str()).collect();
        let choice = self.export.categories.choose(&categories, header.primary.as_deref());
        let section = choice.section.map(|it| self.export.categories.section_slug(it));
        // What stands above a category that is not listed is unknown: where the file has a section, it keeps that, and no
        // other is needed.
        let categories = &self.export.categories;
        let is_needed = |at: &usize| match kept.as_deref() {
            Some(kept) if section.as_ref().is_none_or(|it| it.as_str() != kept) => {
                categories.get(*at).is_some_and(|it| it.is_listed) && !categories.may_hide(kept)
            }
            _ => true,
        };
        let needed = choice.section.filter(is_needed);
        self.export.sections.extend(needed);
        (section, choice.tags)
    }

    /// The id that an article has in feeds: the one that it was published with before, so that nobody sees it as new.
    fn id(&mut self, header: &Header, slug: &Slug, kept: Option<String>) -> String {
        let guid = || Some(header.guid.clone()).filter(|it| is_address(it));
        let number = if header.id.is_empty() { slug.to_string() } else { header.id.clone() };
        self.taken.id(&kept.or_else(guid).unwrap_or_else(|| format!("wordpress-{number}")))
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
            if !self.leads {
                self.report.remark(Topic::Changed, "was sticky; the newest of these is the `lead` now", &header.name);
            }
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
