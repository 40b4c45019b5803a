//! What search engines are shown the way with.

use super::rss::escape;
use crate::site::{Site, address::absolute};
use jiff::Timestamp;
use jumpline_article::{Feed, Item};

/// URLs that one sitemap may hold (sitemaps.org, "Using Sitemap index files").
const LIMIT: usize = 50_000;

/// `sitemap.xml`, or an index of that name and its parts, by path.
pub fn sitemaps(site: &Site, listings: &[Feed]) -> Vec<(String, String)> {
    split(site, entries(site, listings), LIMIT)
}

/// `robots.txt`: everything may be found.
pub fn robots(site: &Site) -> String {
    format!("User-agent: *\nAllow: /\n\nSitemap: {}\n", absolute("/sitemap.xml", &site.publication))
}

fn entries(site: &Site, listings: &[Feed]) -> Vec<String> {
    let of_item = |item: &Item| {
        let changed = item.date_modified.as_ref().or(item.date_published.as_ref());
        entry(item.url.as_deref().unwrap_or_default(), changed.map(jumpline_article::Date::unix))
    };
    let pages = listings.iter().map(|it| entry(it.home_page_url.as_deref().unwrap_or_default(), None));
    let subscribe = entry(&absolute("/subscribe/", &site.publication), None);
    let items = site.articles.iter().chain(&site.pages).map(|it| of_item(&it.item));
    pages.chain([subscribe]).chain(items).collect()
}

fn entry(url: &str, changed: Option<i64>) -> String {
    let changed = changed.and_then(|it| Timestamp::from_second(it).ok());
    let changed = changed.map(|it| format!("<lastmod>{it}</lastmod>")).unwrap_or_default();
    format!("<url><loc>{}</loc>{changed}</url>\n", escape(url))
}

fn split(site: &Site, entries: Vec<String>, limit: usize) -> Vec<(String, String)> {
    const XMLNS: &str = "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"";
    let document = |name: &str, body: String| {
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{name} {XMLNS}>\n{body}</{name}>\n")
    };
    if entries.len() <= limit {
        return vec![("sitemap.xml".to_owned(), document("urlset", entries.concat()))];
    }
    let parts = entries.chunks(limit).map(|it| document("urlset", it.concat()));
    let mut files: Vec<(String, String)> =
        parts.enumerate().map(|(at, part)| (format!("sitemap-{}.xml", at + 1), part)).collect();
    let places = files.iter().map(|(path, _)| {
        let url = absolute(&format!("/{path}"), &site.publication);
        format!("<sitemap><loc>{}</loc></sitemap>\n", escape(&url))
    });
    files.push(("sitemap.xml".to_owned(), document("sitemapindex", places.collect())));
    files
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::tests::publication;

    #[test]
    fn a_large_site_has_an_index() {
        let site = Site { publication: publication(""), articles: Vec::new(), pages: Vec::new() };
        let urls =
            |count: usize| (0..count).map(|it| entry(&format!("https://paper.example/{it}/"), Some(0))).collect();
        let files = split(&site, urls(5), 2);
        let names: Vec<&str> = files.iter().map(|it| it.0.as_str()).collect();
        assert_eq!(names, ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml", "sitemap.xml"]);
        assert!(files[3].1.contains("<loc>https://paper.example/sitemap-3.xml</loc>"));
        assert!(files[0].1.contains("<lastmod>1970-01-01T00:00:00Z</lastmod>"));
        assert_eq!(split(&site, urls(2), 2).len(), 1);
    }
}
