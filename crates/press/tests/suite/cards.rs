//! What networks and search engines show of a page: never an SVG.

use crate::driver::Site;
use resvg::tiny_skia::Pixmap;
use scraper::{Html, Selector};
use std::fs;

/// What a page says of its picture.
fn meta(site: &Site, page: &str, name: &str) -> Option<String> {
    let page = Html::parse_document(&site.read(&format!("dist/{page}index.html")));
    let selector = Selector::parse(&format!("meta[property='og:{name}'], meta[name='{name}']")).unwrap();
    page.select(&selector).next().map(|it| it.attr("content").unwrap().to_owned())
}

fn cards(site: &Site) -> Vec<String> {
    site.files().into_keys().filter(|it| it.starts_with("assets/card-")).collect()
}

#[test]
fn a_vector_picture_is_drawn_for_networks() {
    let site = Site::copy("small");
    site.edit("content/media/ferry.svg", "<svg", "<svg data-x=\"\"");
    site.build();
    let url = meta(&site, "ferry/", "image").unwrap();
    let path = url.strip_prefix("https://paper.example/repo/").unwrap();
    let picture = Pixmap::decode_png(&fs::read(site.path(&format!("dist/{path}"))).unwrap()).unwrap();
    assert_eq!((picture.width(), picture.height()), (1200, 800));
    assert!(picture.pixels().iter().all(|it| it.alpha() == 255), "networks show black where nothing is");
    for (name, value) in [
        ("image:type", "image/png"),
        ("image:width", "1200"),
        ("image:height", "800"),
        ("image:alt", "A ferry in the fog"),
        ("twitter:card", "summary_large_image"),
    ] {
        assert_eq!(meta(&site, "ferry/", name).as_deref(), Some(value), "{name}");
    }
    assert!(
        site.read("dist/ferry/index.html").contains(&format!("\"image\":[\"{url}\"]")),
        "search engines see it too"
    );
    assert!(site.read("dist/ferry/article.json").contains("/media/ferry.svg"), "readers see the drawing itself");
    // What has no picture has the publication's, which search engines do not take for one of the article.
    let own = meta(&site, "reply/", "image").unwrap();
    assert_eq!(meta(&site, "", "image").as_ref(), Some(&own));
    assert_eq!(meta(&site, "reply/", "twitter:card").as_deref(), Some("summary"));
    assert!(own != url && !site.read("dist/reply/index.html").contains("\"image\":["));
    for (path, bytes) in site.files().into_iter().filter(|it| it.0.ends_with(".html")) {
        let text = String::from_utf8(bytes).unwrap();
        assert!(!text.contains("og:image\" content=\"https://paper.example/repo/media/ferry.svg"), "{path}");
    }
}

#[test]
fn a_card_is_drawn_when_its_picture_has_changed() {
    let site = Site::copy("small");
    site.build();
    let before = cards(&site);
    assert_eq!(before.len(), 2);
    let time = |path: &String| fs::metadata(site.path(&format!("dist/{path}"))).unwrap().modified().unwrap();
    let times: Vec<_> = before.iter().map(time).collect();
    site.edit("content/articles/ferry.md", "title: The ferry", "title: That ferry");
    site.build();
    assert_eq!((cards(&site), before.iter().map(time).collect()), (before.clone(), times));
    site.edit("content/media/ferry.svg", "<svg", "<svg data-x=\"\"");
    site.build();
    let after = cards(&site);
    assert_eq!((after.len(), after.iter().filter(|it| before.contains(it)).count()), (2, 1));
}

#[test]
fn letters_are_not_drawn_without_a_typeface() {
    let site = Site::copy("small");
    site.edit("content/media/ferry.svg", "</svg>", "<text x=\"1\" y=\"1\">FERRY</text></svg>");
    let without = Site::copy("small").build().warnings;
    assert_eq!(site.build().warnings, without + 1);
    assert_eq!(meta(&site, "ferry/", "image"), meta(&site, "", "image"));
}

#[test]
fn a_photograph_stays_what_it_is() {
    let site = Site::copy("small");
    let dot = Pixmap::new(8, 4).unwrap().encode_png().unwrap();
    fs::write(site.path("content/media/ferry.png"), dot).unwrap();
    site.edit("content/articles/ferry.md", "/media/ferry.svg", "/media/ferry.png");
    site.build();
    assert_eq!(meta(&site, "ferry/", "image").as_deref(), Some("https://paper.example/repo/media/ferry.png"));
    assert_eq!(meta(&site, "ferry/", "image:type").as_deref(), Some("image/png"));
    assert_eq!(meta(&site, "ferry/", "image:width").as_deref(), Some("8"));
}

#[test]
fn a_picture_that_networks_do_not_show_is_left_out_once() {
    let site = Site::copy("small");
    let toml = site.read("content/publication.toml");
    site.write("content/publication.toml", &format!("media_hosts = [\"https://img.example\"]\n{toml}"));
    for name in ["reply.html", "ferry.md"] {
        let path = format!("content/articles/{name}");
        let text = site.read(&path);
        let lines = text.lines().filter(|it| !it.starts_with("image")).collect::<Vec<_>>().join("\n");
        site.write(&path, &lines.replacen("---\n", "---\nimage: https://img.example/a.AVIF?w=9\n", 1));
    }
    let said = site.warnings("AVIF");
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("a.AVIF?w=9` (and 1 more) is of a kind that most networks do not show"), "{said:?}");
    assert_eq!(meta(&site, "ferry/", "image"), meta(&site, "", "image"));
    assert!(site.read("dist/ferry/article.json").contains("a.AVIF?w=9"), "readers see it");
}

#[test]
fn who_is_a_desk_is_said_by_the_publisher() {
    let site = Site::copy("small");
    let author = |site: &Site| {
        site.read("dist/ferry/index.html").contains("{\"@type\":\"Person\",\"name\":\"The Harbour Desk\"")
    };
    site.build();
    assert!(!author(&site));
    site.edit("content/publication.toml", "about = \"Watches", "desk = false\nabout = \"Watches");
    site.build();
    assert!(author(&site));
}
