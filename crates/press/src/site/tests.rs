//! Sites put together from bare items.

use super::*;
use crate::render::tests::publication;
use jumpline_article::{Date, Extension, ItemKind, ListingKind, Permalink, Slug};
use std::collections::BTreeSet;

fn article(day: u32, permalink: &str, section: &str, tags: &[&str]) -> Rendered {
    let extension: Extension =
        serde_json::from_str(&format!("{{\"version\":1,\"permalink\":{permalink:?},\"section\":{section:?}}}"))
            .expect("is sound");
    let item = Item {
        id: permalink.to_owned(),
        title: Some(format!("Title of {permalink}")),
        summary: Some("Summary".to_owned()),
        content_html: Some("<p>Body</p>".to_owned()),
        date_published: Date::parse(&format!("{}-01-{:02}T00:00:00Z", 2024 + day / 28, day % 28 + 1)),
        tags: tags.iter().map(|it| (*it).to_owned()).collect(),
        jumpline: Some(extension),
        ..Item::default()
    };
    Rendered {
        aliases: Vec::new(),
        file: format!("articles{permalink}.md"),
        item,
        media: BTreeSet::new(),
        comments: Vec::new(),
        withheld: Vec::new(),
        taken: None,
        gated: None,
        links: Vec::new(),
        warnings: Vec::new(),
    }
}

fn sections() -> Publication {
    publication("per_page = 2\nsections = [{slug = \"news\", title = \"News\"}, {slug = \"bare\", title = \"Bare\"}]")
}

fn site(articles: Vec<Rendered>) -> Site {
    assemble(sections(), Path::new("content"), articles, &[], &[]).expect("fits together")
}

fn faults(publication: Publication, articles: Vec<Rendered>) -> Vec<String> {
    let faults =
        assemble(publication, Path::new("content"), articles, &[], &["sw.js".to_owned()]).expect_err("is broken");
    faults.iter().map(ToString::to_string).collect()
}

#[test]
fn two_articles_with_one_place_are_named_together() {
    let found = faults(sections(), vec![article(1, "/a/", "news", &[]), article(2, "/A/", "news", &[])]);
    assert_eq!(
        found,
        ["articles/A/.md: the permalink /A/ belongs to articles/a/.md already; give one of them another"]
    );
    let mut twin = article(2, "/b/", "news", &[]);
    twin.item.id = "/a/".to_owned();
    assert!(
        faults(sections(), vec![article(1, "/a/", "news", &[]), twin])[0]
            .contains("the id `/a/` belongs to articles/a/.md")
    );
}

#[test]
fn the_sites_own_places_are_kept() {
    for path in ["/archive/", "/section/x/", "/assets/a/", "/subscribe/", "/sw.js/", "/x/index.html/", "/feed.xml/"] {
        assert_eq!(faults(sections(), vec![article(1, path, "news", &[])]).len(), 1, "{path}");
    }
    assert_eq!(faults(sections(), vec![article(1, &format!("/{}/", "x".repeat(300)), "news", &[])]).len(), 1);
}

#[test]
fn a_lead_that_does_not_exist_is_refused() {
    let mut publication = sections();
    publication.lead = Permalink::new("/story-on/").ok();
    let found = faults(publication, vec![article(1, "/story-one/", "news", &[])]);
    assert_eq!(
        found,
        [
            "content/publication.toml: field `lead`: no article stands at /story-on/; did you mean /story-one/? If you remove this line, the newest article leads"
        ]
    );
}

#[test]
fn neighbours_and_related_are_found() {
    let site = site(vec![
        article(1, "/a/", "news", &["Peace"]),
        article(2, "/b/", "news", &[]),
        article(3, "/c/", "bare", &["peace", "war"]),
        article(4, "/d/", "news", &["war", "peace"]),
        article(5, "/e/", "bare", &[]),
    ]);
    let ids: Vec<&str> = site.articles.iter().map(|it| it.item.id.as_str()).collect();
    assert_eq!(ids, ["/e/", "/d/", "/c/", "/b/", "/a/"]);
    let middle = site.articles[1].item.jumpline.as_ref().expect("is ours");
    assert_eq!(middle.next.as_ref().map(|it| it.permalink.as_str()), Some("/e/"));
    assert_eq!(middle.previous.as_ref().map(|it| it.permalink.as_str()), Some("/c/"));
    // Two tags, then one tag and the section, then the section alone.
    let related: Vec<&str> = middle.related.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(related, ["/c/", "/a/", "/b/"]);
    assert!(middle.related.iter().all(|it| it.content_html.is_none()));
}

#[test]
fn every_listing_is_paged_and_chained() {
    let mut page = article(9, "/about/", "news", &[]);
    if let Some(extension) = &mut page.item.jumpline {
        extension.kind = ItemKind::Page;
    }
    let mut articles: Vec<_> = (0..5).map(|it| article(it * 14, &format!("/{it}/"), "news", &["Öl, Gas"])).collect();
    articles.push(page);
    let site = site(articles);
    assert_eq!(site.publication.pages.len(), 1);
    let listings = listings(&site);
    let marks: Vec<(ListingKind, u32, usize)> = listings
        .iter()
        .map(|it| (it.listing.as_ref().map(|it| (it.kind, it.page)).expect("is a listing"), it.items.len()))
        .map(|((kind, page), items)| (kind, page, items))
        .collect();
    use ListingKind::{Archive, Home, Section, Tag};
    assert_eq!(
        marks,
        [
            (Home, 1, 5),
            (Archive, 1, 2),
            (Archive, 2, 2),
            (Archive, 3, 1),
            (Section, 1, 2),
            (Section, 2, 2),
            (Section, 3, 1),
            (Section, 1, 0),
            (Tag, 1, 2),
            (Tag, 2, 2),
            (Tag, 3, 1),
        ]
    );
    let archive = listings[1].listing.as_ref().expect("is a listing");
    let years: Vec<_> = archive.years.iter().map(|it| (it.year, it.count, it.page)).collect();
    assert_eq!(years, [(2026, 1, 1), (2025, 2, 1), (2024, 2, 2)]);
    assert_eq!(listings[1].next_url.as_deref(), Some("https://paper.example/archive/page/2/listing.json"));
    assert_eq!(listings[3].next_url, None);
    assert_eq!(listings[8].home_page_url.as_deref(), Some("https://paper.example/tag/%C3%96l-gas/"));
    assert_eq!(with_text(&listings[1]).items[0].content_text.as_deref(), Some("Summary"));
}

#[test]
fn each_month_stands_in_the_archive_once() {
    let dates =
        ["2025-01-01T08:00:00+14:00", "2024-12-31T23:30:00-10:00", "2024-12-31T10:00:00Z", "2025-01-01T09:00:00Z"];
    let dated = |(at, date): (usize, &str)| {
        let mut article = article(1, &format!("/{at}/"), "news", &[]);
        article.item.date_published = Date::parse(date);
        article
    };
    let site = site(dates.into_iter().enumerate().map(dated).collect());
    let listings = listings(&site);
    let archive = listings.iter().filter(|it| it.listing.as_ref().is_some_and(|it| it.kind == ListingKind::Archive));
    let years: Vec<i32> =
        archive.flat_map(|it| &it.items).filter_map(|it| Some(it.date_published.as_ref()?.civil().0)).collect();
    assert_eq!(years, [2025, 2025, 2024, 2024]);
}

#[test]
fn the_lead_comes_first_and_is_on_no_shelf_twice() {
    let mut publication = sections();
    publication.lead = Permalink::new("/3/").ok();
    let articles = (0..14).map(|it| article(it, &format!("/{it}/"), "news", &[])).collect();
    let site = assemble(publication, Path::new("content"), articles, &[], &[]).expect("fits together");
    let home = &listings(&site)[0];
    assert_eq!(home.items[0].id, "/3/");
    let shelf = &home.listing.as_ref().expect("is a listing").shelves;
    assert_eq!(shelf.len(), 1);
    assert_eq!(shelf[0].section, Slug::from_name("news"));
    assert_eq!(shelf[0].items.len(), 4);
    assert!(shelf[0].items.iter().all(|id| home.items.iter().filter(|it| it.id == *id).count() == 1));
    assert!(!shelf[0].items.contains(&"/3/".to_owned()));
}

#[test]
fn what_fits_above_is_on_no_shelf_again() {
    let home = |count: u32| {
        let articles = (0..count).map(|it| article(it, &format!("/{it}/"), "news", &[])).collect();
        listings(&site(articles)).remove(0)
    };
    let shelves = |count| home(count).listing.map_or(0, |it| it.shelves.len());
    assert_eq!((shelves(1), shelves(7), shelves(8)), (0, 0, 1));
}

#[test]
fn spellings_of_one_name_are_one() {
    let site = site(vec![
        article(1, "/a/", "news", &["über", "K\u{e4}se", "Ferries"]),
        article(2, "/b/", "news", &["Über", "über", "Ka\u{308}se", "ferries"]),
    ]);
    let tags: Vec<String> = site.articles.iter().map(|it| it.item.tags.join(",")).collect();
    // The newest first; capitals that share a page anyway stay as they are.
    assert_eq!(tags, ["Über,K\u{e4}se,ferries", "Über,K\u{e4}se,Ferries"]);
}

#[test]
fn names_that_share_a_page_are_named() {
    let site = site(vec![
        article(1, "/a/", "news", &["C++", "What's New", "Öl, Gas"]),
        article(2, "/b/", "news", &["C#", "whats-new", "öl gas", "50 %"]),
        article(3, "/c/", "news", &["C", "50", "!!!"]),
    ]);
    let warnings: Vec<String> = merged(&site).iter().map(ToString::to_string).collect();
    assert_eq!(
        warnings,
        [
            "articles/c/.md: the tag `!!!` has no letter and no digit, so its page is /tag/-/; write it otherwise",
            "articles/b/.md: the tag `50 %` shares the page /tag/50/ with `50` of articles/c/.md; write one of them otherwise",
        ]
    );
}
