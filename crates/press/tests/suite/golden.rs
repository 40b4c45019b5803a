//! What the press writes, byte for byte.

use crate::driver::{Site, files};
use jumpline_article::{Boot, Common, Feed, Item, tree};
use jumpline_press::build::{self, Options};
use std::path::Path;

/// Documents of every kind, and one prerendered page.
const GOLDEN: &[&str] = &[
    "404.html",
    "archive/listing.json",
    "chart/article.json",
    "feed.json",
    "feed.xml",
    "ferry/article.json",
    "ferry/index.html",
    "listing.json",
    "robots.txt",
    "section/harbour/feed.xml",
    "sitemap.xml",
];

#[test]
fn golden_site() {
    let site = Site::copy("small");
    site.build();
    GOLDEN.iter().for_each(|path| site.check(path));
    let names: String = site.files().keys().map(|it| format!("{it}\n")).collect();
    site.check_text("files.txt", &names);
    let expected = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites/small/expected"));
    for path in expected.keys() {
        assert!(path == "files.txt" || GOLDEN.contains(&path.as_str()), "expected/{path} is compared with nothing");
    }
}

#[test]
fn two_builds_are_one() {
    let (one, two) = (Site::copy("small"), Site::copy("small"));
    one.build();
    two.build();
    assert!(one.files() == two.files(), "two builds of one content differ");
}

#[test]
fn the_base_can_be_chosen_at_the_end() {
    let site = Site::copy("small");
    build::run(&Options { base: Some("other".to_owned()), ..site.options() }).unwrap();
    for (path, bytes) in site.files() {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("/repo/"), "{path} names the old base");
        assert!(path.ends_with(".wasm") || !text.contains("__base__"), "{path} names no base");
    }
    assert_eq!(site.read("dist/reader-0123456789abcdef.js"), "export const base = \"/other/\";\n");
}

#[test]
fn only_media_that_is_shown_is_copied() {
    let site = Site::copy("small");
    site.build();
    let media: Vec<String> = site.files().into_keys().filter(|it| it.starts_with("media/")).collect();
    assert_eq!(media, ["media/buoy.svg", "media/ferry.svg"]);
}

#[test]
fn the_reader_reads_what_the_host_reads() {
    fn agree<T: serde::de::DeserializeOwned + std::fmt::Debug + PartialEq>(path: &str, json: &str) {
        let by_tree = tree::from_json::<T>(json).unwrap_or_else(|error| panic!("{path}: {error}"));
        assert_eq!(by_tree, serde_json::from_str::<T>(json).unwrap(), "{path}");
    }

    let site = Site::copy("small");
    site.build();
    let mut count = 0;
    for (path, bytes) in site.files() {
        let text = String::from_utf8_lossy(&bytes);
        match path.rsplit('/').next() {
            Some("article.json") => agree::<Item>(&path, &text),
            Some("listing.json" | "feed.json") => agree::<Feed>(&path, &text),
            Some("index.html" | "404.html") => {
                let (_, rest) = text.split_once("id=\"jumpline-boot\">").unwrap();
                agree::<Boot>(&path, rest.split_once("</script>").unwrap().0);
            }
            Some(name) if name.starts_with("common-") => agree::<Common>(&path, &text),
            _ => continue,
        }
        count += 1;
    }
    assert!(count > 20, "only {count} documents were compared");
}
