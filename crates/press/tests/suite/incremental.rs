//! A second build does what is left to do.

use crate::driver::Site;
use std::collections::BTreeMap;
use std::fs;
use std::time::SystemTime;

fn times(site: &Site) -> BTreeMap<String, SystemTime> {
    let time = |path: &String| fs::metadata(site.path(&format!("dist/{path}"))).unwrap().modified().unwrap();
    site.files().keys().map(|it| (it.clone(), time(it))).collect()
}

/// Paths whose time has changed, or that are new.
fn written(before: &BTreeMap<String, SystemTime>, after: &BTreeMap<String, SystemTime>) -> Vec<String> {
    after.iter().filter(|(path, time)| before.get(*path) != Some(*time)).map(|it| it.0.clone()).collect()
}

#[test]
fn an_unchanged_site_is_not_touched() {
    let site = Site::copy("small");
    assert_eq!(site.build().built, 5);
    let before = times(&site);
    assert_eq!(site.build().built, 0);
    assert_eq!(written(&before, &times(&site)), Vec::<String>::new());
}

#[test]
fn an_edited_body_changes_its_page_and_its_feeds() {
    let site = Site::copy("small");
    site.build();
    let before = times(&site);
    site.edit("content/articles/reply.html", "Yours, the captain", "Yours, the skipper");
    let summary = site.build();
    assert_eq!((summary.built, summary.articles, summary.pages), (1, 4, 1));
    let files = [
        "feed.json",
        "feed.xml",
        "offline.json",
        "reply/article.json",
        "reply/index.html",
        "section/letters/feed.json",
        "section/letters/feed.xml",
    ];
    assert_eq!(written(&before, &times(&site)), files);
}

#[test]
fn a_changed_picture_is_measured_again() {
    let site = Site::copy("small");
    site.build();
    site.edit("content/media/buoy.svg", "0 0 300 300", "0 0 640 300");
    assert_eq!(site.build().built, 1);
    assert!(site.read("dist/ferry/index.html").contains("width=\"640\""));
    assert!(site.read("dist/media/buoy.svg").contains("0 0 640 300"));
}

#[test]
fn what_is_gone_from_the_content_is_gone_from_the_site() {
    let site = Site::copy("small");
    site.build();
    site.write("dist/.well-known/foreign.txt", "somebody's");
    site.write("dist/ferry/foreign.txt", "somebody's");
    site.remove("content/articles/ferry.md");
    site.edit("content/articles/reply.html", "permalink: /reply/", "permalink: /answers/reply/");
    site.build();
    let left: Vec<String> =
        site.files().into_keys().filter(|it| it.contains("ferry") || it.contains("reply")).collect();
    assert_eq!(left, ["answers/reply/article.json", "answers/reply/index.html", "ferry/foreign.txt"]);
    assert!(!site.path("dist/reply").exists() && site.path("dist/.well-known/foreign.txt").exists());
}

#[test]
fn a_file_that_somebody_changed_in_the_site_is_made_again() {
    let site = Site::copy("small");
    site.build();
    let whole = site.read("dist/about/index.html");
    site.write("dist/about/index.html", "edited by hand");
    site.remove("dist/feed.xml");
    site.build();
    assert_eq!(site.read("dist/about/index.html"), whole);
    assert!(site.path("dist/feed.xml").exists());
}

#[test]
fn a_torn_cache_is_no_cache() {
    let site = Site::copy("small");
    site.build();
    let whole = site.files();
    for (path, bytes) in crate::driver::files(&site.path("cache")) {
        fs::write(site.path("cache").join(path), &bytes[..bytes.len() / 2]).unwrap();
    }
    assert_eq!(site.build().built, 5);
    assert!(site.files() == whole);
}

#[test]
fn builds_with_caches_of_their_own_do_not_meet_in_a_site() {
    let site = Site::copy("small");
    site.build();
    let other = fs::File::open(site.path("dist")).unwrap();
    if other.try_lock().is_err() {
        eprintln!("no locks here: nothing was tested");
        return;
    }
    let error = site.fail(false);
    assert!(error.contains("another build is at work there"), "{error}");
    drop(other);
    site.build();
}
