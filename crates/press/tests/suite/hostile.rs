//! Nothing that stands in content gets out of its place.

use crate::driver::Site;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jumpline_article::{Boot, Feed, Page};
use scraper::{ElementRef, Html};
use sha2::{Digest as _, Sha256};

const TITLE: &str = "</title><script>alert(1)</script>";

fn elements<'a>(page: &'a Html, name: &str) -> Vec<ElementRef<'a>> {
    let all = page.root_element().descendants().filter_map(ElementRef::wrap);
    all.filter(|it| it.value().name() == name).collect()
}

fn text(element: &ElementRef<'_>) -> String {
    element.text().collect()
}

#[test]
fn a_hostile_title_is_only_a_title() {
    let site = Site::copy("small");
    site.build();
    let page = Html::parse_document(&site.read("dist/hostile/index.html"));
    assert!(text(&elements(&page, "title")[0]).starts_with(TITLE));
    assert!(elements(&page, "h1").iter().any(|it| text(it).contains(TITLE)), "the page shows its title");
    assert_eq!(elements(&page, "x").len() + elements(&page, "svg").len(), 0);
    assert!(elements(&page, "b").iter().all(|it| !text(it).contains("Mallory")));
    let feed = Feed::from_json(&site.read("dist/feed.json")).unwrap();
    assert!(feed.items.iter().any(|it| it.title.as_deref() == Some(TITLE)));
}

#[test]
fn every_page_runs_only_what_the_shell_runs() {
    let site = Site::copy("small");
    site.build();
    for (path, page) in site.pages() {
        let scripts = elements(&page, "script");
        let kinds: Vec<_> = scripts.iter().map(|it| it.attr("type").unwrap_or("runs")).collect();
        assert_eq!(kinds.iter().filter(|it| **it == "runs").count(), 2, "{path}: {kinds:?}");
        for script in &scripts {
            match script.attr("type") {
                Some("application/ld+json") => {
                    let json: serde_json::Value = serde_json::from_str(&text(script)).unwrap();
                    assert!(json["@graph"].is_array(), "{path}");
                }
                Some("application/json") => {
                    let boot = Boot::from_json(&text(script)).unwrap();
                    assert_eq!(boot.page == Page::Unfilled, path == "404.html");
                }
                kind => assert_eq!(kind, None, "{path}"),
            }
        }
        for element in page.root_element().descendants().filter_map(ElementRef::wrap) {
            for (name, value) in element.value().attrs() {
                assert!(!name.starts_with("on") && name != "style", "{path}: {name}");
                let value = value.trim().to_ascii_lowercase();
                assert!(!value.starts_with("javascript:") && !value.starts_with("data:"), "{path}: {name}={value}");
            }
        }
    }
}

#[test]
fn the_policy_comes_first_and_covers_what_is_inline() {
    let site = Site::copy("small");
    site.build();
    let hash = |it: &ElementRef<'_>| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text(it))));
    for (path, page) in site.pages() {
        let head: Vec<_> = elements(&page, "head")[0].children().filter_map(ElementRef::wrap).collect();
        assert!(head[0].attr("charset").is_some(), "{path}");
        assert_eq!(head[1].attr("http-equiv"), Some("Content-Security-Policy"), "{path}");
        let policy = head[1].attr("content").unwrap();
        assert!(policy.starts_with("default-src 'none'; base-uri 'none'; form-action 'self'; script-src 'self'"));
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"));
        let runs = elements(&page, "script").into_iter().filter(|it| it.attr("type").is_none());
        for inline in runs.chain(elements(&page, "style")) {
            assert!(policy.contains(&hash(&inline)), "{path}: {}", text(&inline));
        }
    }
}

#[test]
fn feeds_and_sitemap_are_xml() {
    let site = Site::copy("small");
    site.build();
    for path in ["dist/feed.xml", "dist/section/letters/feed.xml", "dist/sitemap.xml"] {
        let xml = site.read(path);
        let mut reader = quick_xml::Reader::from_str(&xml);
        while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
    }
}

#[test]
fn nothing_gated_and_no_draft_is_anywhere() {
    let site = Site::copy("small");
    site.build();
    for (path, bytes) in site.files() {
        let text = String::from_utf8_lossy(&bytes);
        for word in ["GATEDWORD", "GATEDHEADING", "GATEDPICTURE", "gatedheading", "secret-chart", "DRAFTWORD"] {
            assert!(!text.contains(word) && !path.contains(word), "{word} in {path}");
        }
    }
    assert!(site.read("dist/chart/index.html").contains("\"cssSelector\":\".paywall\""));
    assert!(site.read("dist/chart/index.html").contains("class=\"jump paywall\""), "the selector selects something");
}
