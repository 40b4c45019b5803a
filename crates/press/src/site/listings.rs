//! Home, archive, sections, tags and authors: JSON Feeds of cards.

use super::{Site, address};
use crate::render::Rendered;
use jumpline::paths::page_of;
use jumpline::views::home::LATEST;
use jumpline_article::feed::JSON_FEED;
use jumpline_article::{FORMAT_VERSION, Feed, Item, Listing, ListingKind, Shelf, Slug, YearMark};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Cards on a section's shelf.
const SHELF: usize = 4;

/// Every page of every listing, home first. Cards have no `content_text`; [`with_text`] adds it for the document.
pub fn listings(site: &Site) -> Vec<Feed> {
    let mut pages = vec![home(site)];
    let mut all: Vec<&Rendered> = site.articles.iter().collect();
    // By the dates that readers see: at the turn of a month they are in another order than the moments, where zones differ.
    all.sort_by_key(|it| Reverse(it.item.date_published.as_ref().map(|it| (it.civil().0, it.civil().1))));
    let years = years(&all, site.publication.per_page.max(1) as usize);
    let archive =
        Group { kind: ListingKind::Archive, name: String::new(), path: "/archive/".to_owned(), about: None, years };
    pages.extend(archive.pages(site, &all));
    for section in &site.publication.sections {
        let members = members(site, |it| section_of(it) == Some(&section.slug));
        let group = Group {
            kind: ListingKind::Section,
            name: section.title.clone(),
            path: format!("/section/{}/", section.slug),
            about: Some(section.description.clone()).filter(|it| !it.is_empty()),
            years: Vec::new(),
        };
        pages.extend(group.pages(site, &members));
    }
    for (slug, (name, members)) in grouped(site, |it| it.tags.clone()) {
        let group =
            Group { kind: ListingKind::Tag, name, path: format!("/tag/{slug}/"), about: None, years: Vec::new() };
        pages.extend(group.pages(site, &members));
    }
    for (slug, (name, members)) in grouped(site, |it| it.authors.iter().filter_map(|it| it.name.clone()).collect()) {
        let profile = site.publication.authors.iter().find(|it| Slug::from_name(&it.name) == slug);
        let about = profile.map(|it| it.about.clone()).filter(|it| !it.is_empty());
        let group =
            Group { kind: ListingKind::Author, name, path: format!("/author/{slug}/"), about, years: Vec::new() };
        pages.extend(group.pages(site, &members));
    }
    pages
}

/// The same listing with the summaries where JSON Feed looks for content.
pub fn with_text(feed: &Feed) -> Feed {
    let mut feed = feed.clone();
    for item in &mut feed.items {
        item.content_text = Some(item.summary.clone().or_else(|| item.title.clone()).unwrap_or_default());
    }
    feed
}

fn section_of(item: &Item) -> Option<&Slug> {
    item.jumpline.as_ref().and_then(|it| it.section.as_ref())
}

fn members(site: &Site, belongs: impl Fn(&Item) -> bool) -> Vec<&Rendered> {
    site.articles.iter().filter(|it| belongs(&it.item)).collect()
}

type Grouped<'a> = BTreeMap<Slug, (String, Vec<&'a Rendered>)>;

/// Articles by slug of a name; the newest spelling names the group.
fn grouped(site: &Site, names: impl Fn(&Item) -> Vec<String>) -> Grouped<'_> {
    let mut groups = Grouped::new();
    for article in &site.articles {
        for name in names(&article.item) {
            let (_, members) = groups.entry(Slug::from_name(&name)).or_insert_with(|| (name, Vec::new()));
            if members.last().is_none_or(|it| it.item.id != article.item.id) {
                members.push(article);
            }
        }
    }
    groups
}

/// Lead, latest, then whatever else the shelves name.
fn home(site: &Site) -> Feed {
    let is_lead = |it: &&Rendered| {
        it.item.jumpline.as_ref().is_some_and(|it| Some(&it.permalink) == site.publication.lead.as_ref())
    };
    let lead = site.articles.iter().find(is_lead).or(site.articles.first());
    let rest = || site.articles.iter().filter(|it| lead.is_none_or(|lead| lead.item.id != it.item.id));
    let mut shown: Vec<&Rendered> = lead.into_iter().chain(rest().take(LATEST)).collect();
    let above: Vec<&str> = shown.iter().map(|it| it.item.id.as_str()).collect();
    let mut shelves = Vec::new();
    // Where all there is stands above, shelves would say it again.
    let is_all = above.len() == site.articles.len();
    for section in site.publication.sections.iter().filter(|_| !is_all) {
        let members = members(site, |it| section_of(it) == Some(&section.slug));
        // What stands above already is shown again only where a shelf would be bare without it.
        let fresh: Vec<&Rendered> =
            members.iter().copied().filter(|it| !above.contains(&it.item.id.as_str())).take(SHELF).collect();
        let shelf = if fresh.len() > 1 { fresh } else { members.into_iter().take(SHELF).collect() };
        if !shelf.is_empty() {
            let items = shelf.iter().map(|it| it.item.id.clone()).collect();
            shelves.push(Shelf { section: section.slug.clone(), items });
        }
        shown.extend(shelf);
    }
    let mut seen = std::collections::HashSet::new();
    shown.retain(|it| seen.insert(it.item.id.as_str()));
    let listing = Listing {
        version: FORMAT_VERSION,
        kind: ListingKind::Home,
        name: String::new(),
        path: "/".to_owned(),
        page: 1,
        pages: 1,
        total: count(site.articles.len()),
        shelves,
        years: Vec::new(),
    };
    feed(site, listing, None, &shown)
}

/// A listing before it is cut into pages.
struct Group {
    kind: ListingKind,
    name: String,
    path: String,
    about: Option<String>,
    years: Vec<YearMark>,
}

impl Group {
    fn pages(&self, site: &Site, members: &[&Rendered]) -> Vec<Feed> {
        let per_page = site.publication.per_page.max(1) as usize;
        let pages = members.len().div_ceil(per_page).max(1);
        let page = |number: usize| {
            let listing = Listing {
                version: FORMAT_VERSION,
                kind: self.kind,
                name: self.name.clone(),
                path: self.path.clone(),
                page: count(number),
                pages: count(pages),
                total: count(members.len()),
                shelves: Vec::new(),
                years: self.years.clone(),
            };
            let first = (number - 1) * per_page;
            feed(site, listing, self.about.clone(), &members[first..(first + per_page).min(members.len())])
        };
        (1..=pages).map(page).collect()
    }
}

fn feed(site: &Site, listing: Listing, about: Option<String>, shown: &[&Rendered]) -> Feed {
    let publication = &site.publication;
    let url =
        |page: u32, file: &str| address::absolute(&format!("{}{file}", page_of(&listing.path, page)), publication);
    let title = match listing.name.as_str() {
        "" => publication.title.clone(),
        name => format!("{name} · {}", publication.title),
    };
    Feed {
        version: JSON_FEED.to_owned(),
        title,
        home_page_url: Some(url(listing.page, "")),
        feed_url: Some(url(listing.page, "listing.json")),
        description: about,
        next_url: (listing.page < listing.pages).then(|| url(listing.page + 1, "listing.json")),
        language: Some(publication.language.tag().to_owned()),
        items: shown.iter().map(|it| it.item.to_card()).collect(),
        listing: Some(listing),
        ..Feed::default()
    }
}

fn years(articles: &[&Rendered], per_page: usize) -> Vec<YearMark> {
    let mut years: BTreeMap<i32, YearMark> = BTreeMap::new();
    for (at, article) in articles.iter().enumerate() {
        let Some(date) = &article.item.date_published else { continue };
        let year = date.civil().0;
        let mark = years.entry(year).or_insert(YearMark { year, count: 0, page: count(at / per_page + 1) });
        mark.count += 1;
    }
    years.into_values().rev().collect()
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
