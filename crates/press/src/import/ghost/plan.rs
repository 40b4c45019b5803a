//! Which posts come in, and where each goes: decided for all before the first is written, so that links can point ahead.

use super::export::Export;
use super::format::Tag;
use super::post::Status;
use super::zone;
use crate::import::kept::Kept;
use crate::import::ledger::Ledger;
use crate::import::permalink::{self, Taken};
use crate::import::report::{Report, Topic};
use crate::import::text;
use crate::import::writing::stem_of;
use jumpline_article::{Date, Permalink, Slug};
use std::collections::{BTreeMap, HashSet};

/// Where an article goes.
#[derive(Clone, Debug)]
pub(super) struct Planned {
    /// What the ledger knows it by.
    pub(super) key: String,
    /// The id of the front matter.
    pub(super) id: String,
    pub(super) permalink: Permalink,
    /// Paths that it had before, by the file that an earlier import wrote.
    pub(super) aliases: Vec<Permalink>,
    /// The file below the content without its extension.
    pub(super) stem: String,
    pub(super) date: Date,
    pub(super) section: Option<Slug>,
    pub(super) tags: Vec<String>,
    pub(super) draft: bool,
}

/// What comes in, by the number of the post, and the newest article that Ghost featured.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) planned: BTreeMap<usize, Planned>,
    pub(super) lead: Option<(Date, Permalink)>,
}

/// Decides what comes in and where it goes. `exported` is when the export was made.
pub(super) fn plan(
    export: &mut Export,
    drafts: bool,
    exported: Option<Date>,
    ledger: &Ledger,
    report: &mut Report,
) -> Plan {
    let mut planner = Planner { export, ledger, report, exported, taken: Taken::default() };
    let wanted: Vec<usize> = (0..planner.export.posts.len()).filter(|it| planner.comes_in(*it, drafts)).collect();
    planner.sections(&wanted);
    let wanted = planner.keys(wanted);
    for path in wanted.iter().filter_map(|it| ledger.path_of(&it.1)) {
        planner.taken.claim(stem_of(path));
    }
    let mut plan = Plan::default();
    for (number, key) in wanted {
        let name = planner.export.posts[number].name();
        match planner.place(number, key) {
            Some(planned) => planner.announce(number, planned, &mut plan),
            None => planner.report.remark(Topic::LeftOut, "no address can be made for it", &name),
        }
    }
    planner.aliases(&mut plan);
    plan
}

struct Planner<'a> {
    export: &'a mut Export,
    ledger: &'a Ledger,
    report: &'a mut Report,
    exported: Option<Date>,
    taken: Taken,
}

impl Planner<'_> {
    fn comes_in(&mut self, number: usize, drafts: bool) -> bool {
        let post = &self.export.posts[number];
        let reason = match post.status(self.export) {
            Status::Published | Status::Draft(_) if post.lacks_html() => {
                "has no HTML in the export, only what Ghost's editor keeps (lexical or mobiledoc); open it in Ghost, change and save it, \
                 and export again"
                    .to_owned()
            }
            Status::Published => return true,
            Status::Draft(_) if drafts => return true,
            Status::Draft(what) => format!("{what}; --drafts brings it in"),
            Status::Sent => "sent by e-mail only, so it never stood on the site; publish it in Ghost to bring it in".to_owned(),
            Status::Other(status) => format!("in Ghost's status `{status}`"),
        };
        let name = post.name();
        self.report.remark(Topic::LeftOut, reason, &name);
        if let Some(path) = self.ledger.path_of(post.key()).filter(|it| self.ledger.is_there(it)) {
            let text = "came in earlier and does not come in any more; remove its file if it should not be public";
            self.report.remark(Topic::Check, text, &format!("{name} {path}"));
        }
        false
    }

    /// Tags that the menu names are sections, in its order. Where it names none, every first tag is one, the busiest first.
    fn sections(&mut self, wanted: &[usize]) {
        let slug_of = |url: &str| Some(url.trim_end_matches('/').split_once("/tag/")?.1.split('/').next()?.to_owned());
        let named = self.export.menu.iter().filter_map(|it| slug_of(it.url.as_str()));
        let mut seen = HashSet::new();
        let is_public = |slug: &String| self.export.tag(slug).is_some_and(|it| !it.is_internal());
        let menu: Vec<String> = named.filter(|it| is_public(it) && seen.insert(it.clone())).collect();
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for number in wanted.iter().filter(|it| !self.export.posts[**it].is_page()) {
            let tags = self.export.tags(&self.export.posts[*number].id).0;
            let mut slugs = tags.iter().filter(|it| !it.is_internal()).map(|it| it.slug.as_str());
            let first =
                if menu.is_empty() { slugs.next() } else { slugs.find(|it| menu.iter().any(|slug| slug == it)) };
            *counts.entry(first.unwrap_or_default().to_owned()).or_default() += 1;
        }
        counts.remove("");
        let mut busiest: Vec<(String, usize)> = counts.iter().map(|(slug, count)| (slug.clone(), *count)).collect();
        busiest.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        self.export.sections = match menu.is_empty() {
            true => busiest.into_iter().map(|it| it.0).collect(),
            false => menu.into_iter().filter(|it| counts.contains_key(it)).collect(),
        };
    }

    /// What the ledger knows each post by. Ghost gives no id twice; who wrote an export by hand may have.
    fn keys(&self, wanted: Vec<usize>) -> Vec<(usize, String)> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let mut keys = Vec::with_capacity(wanted.len());
        for number in wanted {
            let key = self.export.posts[number].key();
            let count = counts.entry(key).or_default();
            *count += 1;
            keys.push((number, if *count == 1 || key.is_empty() { key.to_owned() } else { format!("{key}-{count}") }));
        }
        keys
    }

    fn place(&mut self, number: usize, key: String) -> Option<Planned> {
        let post = &self.export.posts[number];
        let name = post.name();
        let slug = permalink::slug(post.slug.as_str(), &post.title(), &format!("ghost-{key}"));
        let given = self.taken.permalink(&Permalink::new(slug.as_str()).ok()?);
        if given.moved {
            let text = "wanted an address that another has or that the reader needs itself";
            self.report.remark(Topic::Changed, text, &format!("{name} is at {} now", given.it));
        }
        let date = self.date(number)?;
        let earlier = self.ledger.path_of(&key);
        let kept = earlier.and_then(|it| Kept::read(&self.ledger.text_at(it)?)).unwrap_or_default();
        let is_untouched = earlier.is_some_and(|it| self.ledger.untouched(it).is_ok_and(|it| it.is_some()));
        let aliases = if is_untouched { kept.paths().collect() } else { Vec::new() };
        let post = &self.export.posts[number];
        let id = self.taken.id(&kept.id.unwrap_or_else(|| post.feed_id()));
        let folder = if post.is_page() { "pages".to_owned() } else { format!("articles/{:04}", date.civil().0) };
        let stem = match earlier {
            Some(path) => stem_of(path).to_owned(),
            None => self.taken.file(&folder, &slug, |stem| {
                ["md", "html"].iter().any(|it| self.ledger.is_taken(&format!("{stem}.{it}"), &key))
            }),
        };
        let (section, tags) = self.filed_under(number);
        let draft = matches!(self.export.posts[number].status(self.export), Status::Draft(_));
        Some(Planned { key, id, permalink: given.it, aliases, stem, date, section, tags, draft })
    }

    fn filed_under(&mut self, number: usize) -> (Option<Slug>, Vec<String>) {
        let post = &self.export.posts[number];
        let (tags, missing) = self.export.tags(&post.id);
        if missing > 0 {
            let text = "is filed under tags that the export does not describe";
            self.report.remark(Topic::Check, text, &format!("{}: {missing}", post.name()));
        }
        let (internal, public): (Vec<&Tag>, Vec<&Tag>) = tags.into_iter().partition(|it| it.is_internal());
        for tag in internal {
            let tag = text::plain(tag.name.as_str());
            self.report.remark(
                Topic::LeftOut,
                "internal tags, which only editors saw",
                &format!("{}: {tag}", post.name()),
            );
        }
        let is_section = |it: &&&Tag| self.export.sections.iter().any(|slug| slug == it.slug.as_str());
        let section = public.iter().find(is_section).filter(|_| !post.is_page()).map(|it| it.slug.clone());
        let others = public.iter().filter(|it| section.as_ref() != Some(&it.slug));
        let others = others.map(|it| text::plain(it.name.as_str())).collect();
        (section.map(|it| Slug::from_name(it.as_str())), others)
    }

    fn date(&mut self, number: usize) -> Option<Date> {
        let post = &self.export.posts[number];
        if let Some((date, instead)) = post.date() {
            // A draft has no date of publication yet.
            if let Some(instead) = instead.filter(|_| post.status(self.export) == Status::Published) {
                self.report.remark(Topic::Changed, instead, &post.name());
            }
            return Some(zone::local(date, &self.export.zone));
        }
        let text = "has no date anywhere; that of the export was taken, or 1970 when it has none: correct it";
        self.report.remark(Topic::Check, text, &post.name());
        self.exported.clone().or_else(|| Date::from_unix(0))
    }

    /// Keeps the addresses that articles had by earlier imports, once every article has its own.
    fn aliases(&mut self, plan: &mut Plan) {
        for (number, planned) in &mut plan.planned {
            let paths = std::mem::take(&mut planned.aliases);
            let name = self.export.posts[*number].name();
            for path in paths.into_iter().filter(|it| !planned.draft && *it != planned.permalink) {
                let is_free = self.taken.alias(&path);
                self.report.alias(&name, &path, is_free);
                if is_free {
                    let old = path.as_str().trim_matches('/').to_owned();
                    self.export.by_path.entry(old).or_insert(planned.permalink.clone());
                    planned.aliases.push(path);
                }
            }
        }
    }

    /// Lets links and the masthead know of it.
    fn announce(&mut self, number: usize, planned: Planned, plan: &mut Plan) {
        let post = &self.export.posts[number];
        let (path, featured) =
            (post.slug.as_str().trim_matches('/').to_owned(), post.featured.is_yes() && !post.is_page());
        if !planned.draft {
            self.export.by_path.entry(path).or_insert(planned.permalink.clone());
            if featured {
                let lead = (planned.date.clone(), planned.permalink.clone());
                plan.lead = plan.lead.take().into_iter().chain([lead]).max_by(|a, b| a.0.cmp(&b.0));
            }
        }
        plan.planned.insert(number, planned);
    }
}
