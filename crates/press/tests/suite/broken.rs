//! Broken content: a clear message with file and line, and nothing written.

mod articles;
mod publication;

use crate::driver::Site;
use jumpline_press::build::{self, Options};

#[test]
fn the_first_broken_article_stops_the_build() {
    let site = Site::copy("small");
    site.edit("content/articles/ferry.md", "standfirst:", "standfrist:");
    site.edit("content/articles/reply.html", "section: letters", "section: leters");
    assert_eq!(
        site.fail(false),
        "./content/articles/ferry.md:5:1: unknown key `standfrist`; did you mean `standfirst`?"
    );
    assert!(!site.path("dist").exists());
}

#[test]
fn keep_going_lists_all_of_them() {
    let site = Site::copy("small");
    site.edit("content/articles/ferry.md", "/media/ferry.svg", "/media/fery.svg");
    site.edit("content/articles/ferry.md", "../media/buoy.svg", "../media/boy.svg");
    site.edit("content/articles/reply.html", "section: letters", "section: leters");
    site.edit("content/articles/hostile.json", "\"tags\": [", "\"tags\": 7, \"x\": [");
    site.write("content/articles/latin.md", "---\ntitle: A\ndate: 2025-01-01\n---\n");
    std::fs::write(site.path("content/articles/latin.md"), b"---\ntitle: \xe4\n---\n").unwrap();
    assert_eq!(
        site.fail(true),
        "./content/articles/ferry.md:9: the image `/media/fery.svg` is missing; put it at ./content/media/fery.svg or correct the link; did you mean ferry.svg?\n\
         error: ./content/articles/ferry.md:20: the image `../media/boy.svg` is missing; put it at ./content/media/boy.svg or correct the link; did you mean buoy.svg?\n\
         error: ./content/articles/hostile.json:8:11: field `tags`: invalid type: integer `7`, expected a sequence\n\
         error: ./content/articles/latin.md:2: is not UTF-8 here; save the file as UTF-8\n\
         error: ./content/articles/reply.html:5:10: section `leters` is not in publication.toml; did you mean `letters`?\n\
         5 errors; nothing was written"
    );
    assert!(!site.path("dist").exists());
}

#[test]
fn keep_going_lists_all_of_one_head() {
    let site = Site::copy("small");
    site.edit("content/articles/ferry.md", "standfirst:", "standfrist:");
    site.edit("content/articles/ferry.md", "tags: [", "layout:\n  - post\nvisibility: payed\ntags: [");
    site.edit("content/articles/ferry.md", "section: harbour", "section: harbor");
    site.edit("content/articles/ferry.md", "../media/buoy.svg", "../media/boy.svg");
    let error = site.fail(true);
    for (line, part) in [
        (5, ":1: unknown key `standfrist`"),
        (6, ":10: section `harbor` is not in"),
        (8, ":1: unknown key `layout`"),
        (10, ":13: `payed` is not known here"),
        (23, ": the image `../media/boy.svg` is missing"),
    ] {
        assert!(error.contains(&format!("./content/articles/ferry.md:{line}{part}")), "{part} in {error}");
    }
    assert!(error.ends_with("\n5 errors; nothing was written"), "{error}");
    site.write("content/articles/ferry.md", "---\ntitle: A\ndat: 2025-02-18\nvisiblity: paid\ntiers: gold\n---\nA\n");
    let error = site.fail(true);
    assert!(error.ends_with("\n2 errors; nothing was written"), "{error}");
}

#[test]
fn keep_going_lists_places_too() {
    let site = Site::copy("small");
    site.edit("content/articles/ferry.md", "standfirst:", "standfrist:");
    site.write("content/pages/reply.md", "---\ntitle: Another\n---\n");
    site.write("content/pages/tag.md", "---\ntitle: Another\n---\n");
    let error = site.fail(true);
    for part in
        ["ferry.md:5:1: unknown key", "the permalink /reply/ belongs to", "/tag/, which the site keeps", "3 errors"]
    {
        assert!(error.contains(part), "{part} in {error}");
    }
}

#[test]
fn one_place_holds_one_article() {
    let site = Site::copy("small");
    site.write("content/pages/reply.md", "---\ntitle: Another\n---\n");
    assert_eq!(
        site.fail(false),
        "./content/pages/reply.md: the permalink /reply/ belongs to ./content/articles/reply.html already; give one of them another"
    );
    site.write("content/pages/reply.md", "---\ntitle: Another\npermalink: /reader-0123456789abcdef.js/\n---\n");
    assert!(site.fail(false).contains("begins with /reader-0123456789abcdef.js/, which the site keeps for itself"));
}

#[test]
fn a_broken_build_leaves_the_last_site() {
    let site = Site::copy("small");
    site.build();
    let whole = site.files();
    site.edit("content/articles/ferry.md", "date: 2025-03-01T08:30:00+01:00", "date: tomorrow");
    assert!(site.fail(false).contains("ferry.md:3:7: `date: tomorrow` is not a date"));
    assert!(site.files() == whole);
}

#[test]
fn the_site_does_not_go_into_its_own_sources() {
    let site = Site::copy("small");
    for out in ["content", "shell", "."] {
        let options = Options { out: site.path(out), ..site.options() };
        let error = build::run(&options).unwrap_err().to_string();
        assert!(error.contains("choose another folder for the site"), "{error}");
    }
}

#[test]
fn the_cache_is_no_part_of_the_site() {
    let site = Site::copy("small");
    for (out, cache, said) in [
        ("dist", "dist/.cache", "--cache DIR/dist/.cache lies in --out DIR/dist; choose a folder beside it"),
        ("cache/site", "cache", "--out DIR/cache/site lies in --cache DIR/cache; choose a folder beside it"),
        ("dist", "dist", "--cache DIR/dist lies in --out DIR/dist; choose a folder beside it"),
    ] {
        let options = Options { out: site.path(out), cache: site.path(cache), ..site.options() };
        let error = build::run(&options).unwrap_err().to_string();
        let folder = site.path("x").parent().unwrap().display().to_string();
        assert_eq!(error.replace(&folder, "DIR"), said);
        assert!(!site.path("dist").exists() && !site.path("cache").exists());
    }
}
