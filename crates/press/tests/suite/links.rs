//! Every link of a site leads somewhere, below its base.

use crate::driver::Site;
use jumpline_press::build::{self, Options};
use percent_encoding::percent_decode_str;
use scraper::{ElementRef, Html};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Links of a page that lead nowhere.
fn dead(pages: &[(String, Html)], files: &BTreeMap<String, Vec<u8>>, base: &str) -> Vec<String> {
    let ids: BTreeMap<&str, BTreeSet<&str>> = pages.iter().map(|(path, page)| (path.as_str(), ids(page))).collect();
    let mut dead = Vec::new();
    for (path, page) in pages.iter().filter(|it| it.0 != "404.html") {
        for element in page.root_element().descendants().filter_map(ElementRef::wrap) {
            for url in ["href", "src"].iter().filter_map(|it| element.attr(it)) {
                let (address, fragment) = url.split_once('#').unwrap_or((url, ""));
                let address = address.split('?').next().unwrap_or_default();
                let target = if address.is_empty() {
                    Some(path.clone())
                } else if let Some(inside) = address.strip_prefix(base) {
                    let inside = percent_decode_str(inside).decode_utf8_lossy();
                    let index = inside.is_empty() || inside.ends_with('/');
                    Some(if index { format!("{inside}index.html") } else { inside.into_owned() })
                } else if address.contains(':') {
                    continue;
                } else {
                    None
                };
                let found = target.as_ref().is_some_and(|it| files.contains_key(it));
                let fragment = percent_decode_str(fragment).decode_utf8_lossy().into_owned();
                let there = fragment.is_empty()
                    || target
                        .and_then(|it| ids.get(it.as_str()).map(|ids| ids.contains(fragment.as_str())))
                        .unwrap_or(false);
                if !found || !there {
                    dead.push(format!("{path}: {url}"));
                }
            }
        }
    }
    dead
}

fn ids(page: &Html) -> BTreeSet<&str> {
    page.root_element().descendants().filter_map(ElementRef::wrap).filter_map(|it| it.attr("id")).collect()
}

#[test]
fn no_link_of_the_small_site_is_dead() {
    let site = Site::copy("small");
    site.build();
    assert_eq!(dead(&site.pages(), &site.files(), "/repo/"), Vec::<String>::new());
}

#[test]
fn no_link_of_the_sample_publication_is_dead() {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content");
    let site = Site::copy("small");
    // Else one would be made beside the content of the repository.
    let secret = Some(site.path("keys/secret"));
    build::run(&Options { content, secret, ..site.options() }).unwrap();
    assert_eq!(dead(&site.pages(), &site.files(), "/"), Vec::<String>::new());
}

#[test]
fn dead_links_are_named_and_links_to_files_find_their_pages() {
    let site = Site::copy("small");
    let text = "[a](/repli/) [b](reply.html#sir) [c](../pages/about.md) [d](gone.md) [e](/reply/#sir) [f](/feed.xml) [g](/)\n\n[h](/nowhere/)";
    site.edit("content/articles/ferry.md", "What follows is", &format!("{text}\n\nWhat follows is"));
    let warnings = site.warnings("ferry.md");
    assert_eq!(
        warnings,
        [
            "./content/articles/ferry.md:13: the link `gone.md` leads to no article of the content",
            "./content/articles/ferry.md:13: the link `/repli/` leads nowhere; did you mean /reply/?",
            "./content/articles/ferry.md:15: the link `/nowhere/` leads nowhere; nothing of the site stands there",
        ]
    );
    let page = site.read("dist/ferry/index.html");
    for href in ["href=\"/repo/reply/#sir\">b<", "href=\"/repo/about/\">c<", "href=\"gone.md\">d<"] {
        assert!(page.contains(href), "{href}");
    }
    assert!(!page.contains("jumpline-source"));
    // Unchanged, from the cache; and when only the other end has moved.
    assert_eq!(site.warnings("ferry.md"), warnings);
    site.edit("content/articles/reply.html", "permalink: /reply/", "permalink: /answer/");
    let said = site.warnings("ferry.md").concat();
    assert!(said.contains("ferry.md:13: the link `/reply/#sir` leads nowhere"), "{said}");
    assert!(site.read("dist/ferry/index.html").contains("href=\"/repo/answer/#sir\">b<"));
}

#[test]
fn parts_that_are_not_there_and_links_below_a_page_are_named() {
    let site = Site::copy("small");
    let text = "[a](#nothing) [b](#what-follows) [c](/reply/#gone) [d](www.paper.example) [e](next/) [f](#comments)";
    site.edit("content/articles/ferry.md", "What follows is", &format!("{text}\n\n## What follows\n\nWhat follows is"));
    let warnings = site.warnings("ferry.md");
    assert_eq!(
        warnings,
        [
            "./content/articles/ferry.md:13: the link `www.paper.example` leads below this very page; write https://www.paper.example",
            "./content/articles/ferry.md:13: the link `next/` leads below this very page; links to places of the site begin with `/`",
            "./content/articles/ferry.md:13: the link `#nothing` leads to no part of the article; give that id to what it means",
            "./content/articles/ferry.md:13: the link `/reply/#gone` leads to no part of /reply/; nothing there has the id `gone`",
        ]
    );
}

#[test]
fn files_that_differ_by_capitals_only_are_named() {
    let site = Site::copy("small");
    for name in ["Plan.PDF", "plan.pdf"] {
        site.write(&format!("content/media/{name}"), "%PDF");
    }
    let links = "[a](/media/Plan.PDF) [b](/media/plan.pdf)\n";
    site.write("content/articles/new.md", &format!("---\ntitle: New\ndate: 2025-03-01\n---\n{links}"));
    assert_eq!(
        site.warnings("new.md"),
        [
            "./content/articles/new.md: media/plan.pdf and media/Plan.PDF are one file where capitals do not count, as on many disks and hosts; \
             give one of them another name"
        ]
    );
}

#[test]
fn an_old_address_sends_on() {
    let site = Site::copy("small");
    site.edit("content/articles/ferry.md", "title:", "aliases: [/2019/überfahrt/, fähre]\ntitle:");
    site.edit("content/articles/reply.html", "permalink: /reply/", "permalink: /reply/\naliases: /answer/");
    site.write("content/articles/new.md", "---\ntitle: New\ndate: 2025-03-01\n---\n[a](/fähre/)\n");
    site.build();
    let page = site.read("dist/2019/überfahrt/index.html");
    for part in [
        "<link rel=\"canonical\" href=\"https://paper.example/repo/ferry/\">",
        "<meta http-equiv=\"refresh\" content=\"0; url=/repo/ferry/\">",
        "<a href=\"/repo/ferry/\">",
    ] {
        assert!(page.contains(part), "{part} is missing in {page}");
    }
    assert_eq!(page.replace("/2019/", ""), site.read("dist/fähre/index.html"));
    assert!(!site.read("dist/sitemap.xml").contains("2019"));
    assert_eq!(site.warnings("new.md"), Vec::<String>::new());
    let page = site.read("dist/answer/index.html");
    let policy = "\"default-src 'none'; base-uri 'none'; form-action 'none'; img-src 'self'; script-src 'sha256-";
    assert!(page.contains(policy), "{page}");
    let sends_none = "<meta name=\"referrer\" content=\"no-referrer\">";
    assert!(site.read("dist/answer/index.html").contains(sends_none), "a page that is left at once, too");
    // What is no alias any more is gone.
    site.edit("content/articles/ferry.md", "aliases: [/2019/überfahrt/, fähre]\n", "");
    site.build();
    assert!(!site.path("dist/2019").exists() && site.path("dist/answer/index.html").exists());
    for (aliases, said) in [
        ("/answer/", "the alias /answer/ belongs to ./content/articles/ferry.md; remove it from one of them"),
        ("/ferry/", "the alias /ferry/ belongs to ./content/articles/ferry.md; remove it from one of them"),
        ("/reply/", "the alias /reply/ is there twice, or its own permalink; remove it"),
        ("/tag/x/", "the alias /tag/x/ begins with /tag/, which the site keeps for itself; choose another"),
        ("/Tag/x/", "the alias /Tag/x/ begins with /Tag/, which the site keeps for itself; choose another"),
        (
            "/offline.json/",
            "the alias /offline.json/ has a step `offline.json`, which is the name of a file of the site",
        ),
        ("/a/Comments.JSON/", "the alias /a/Comments.JSON/ has a step `Comments.JSON`, which is the name of a file"),
        (
            "/icon-192.png/",
            "the alias /icon-192.png/ has a step `icon-192.png`, which is the name of a file of the site",
        ),
        ("/a?b/", "`aliases`: `/a?b/` is not a permalink; expected a path such as /2025/02/18/slug/"),
    ] {
        let site = Site::copy("small");
        site.edit("content/articles/ferry.md", "title:", "aliases: /answer/\ntitle:");
        site.edit(
            "content/articles/reply.html",
            "permalink: /reply/",
            &format!("permalink: /reply/\naliases: {aliases}"),
        );
        let fault = site.fail(false);
        assert!(fault.contains(said), "{fault}");
    }
}

#[test]
fn addresses_for_machines_are_ascii() {
    let site = Site::copy("small");
    site.write(
        "content/articles/über.md",
        "---\ntitle: A\ndate: 2025-03-01\n---\n[b](/reply/) ![c](/media/buoy.svg)\n",
    );
    build::run(&Options { base: Some("/ü/".to_owned()), ..site.options() }).unwrap();
    let urls = |text: &str| -> Vec<String> {
        let begins = text.match_indices("https://paper.example/").map(|it| &text[it.0..]);
        begins.map(|it| it.split(['"', '<', '>', ' ', '\n', '\\', '&']).next().unwrap_or_default().to_owned()).collect()
    };
    let pages = ["dist/index.html", "dist/über/index.html"];
    for path in ["dist/sitemap.xml", "dist/robots.txt", "dist/feed.json", "dist/feed.xml"].iter().chain(&pages) {
        let text = site.read(path);
        // The data of a page are the reader's own, and no address for others.
        let text = text.split("<script type=\"application/json\"").next().unwrap_or_default();
        let found = urls(text);
        assert!(!found.is_empty(), "{path}");
        for url in found {
            assert!(url.is_ascii() && (url == "https://paper.example/" || url.contains("/%C3%BC/")), "{path}: {url}");
        }
    }
    let item = site.read("dist/feed.json");
    for address in ["/%C3%BC/%C3%BCber/", "/%C3%BC/reply/", "/%C3%BC/media/buoy.svg"] {
        assert!(item.contains(&format!("https://paper.example{address}")), "{address}");
    }
}

#[test]
fn a_host_in_any_script_is_spelled_out_for_machines() {
    let site = Site::copy("small");
    site.edit("content/publication.toml", "https://paper.example", "https://zeitung-für-alle.example");
    site.write(
        "content/articles/own.md",
        "---\ntitle: A\ndate: 2025-03-01\n---\n[b](https://zeitung-für-alle.example/repo/reply/) \
         [c](https://xn--zeitung-fr-alle-7vb.example/repo/reply/)\n",
    );
    site.build();
    for path in ["dist/sitemap.xml", "dist/robots.txt", "dist/feed.json", "dist/feed.xml", "dist/own/index.html"] {
        let text = site.read(path);
        assert!(text.contains("https://xn--zeitung-fr-alle-7vb.example/repo/"), "{path}");
        assert!(!text.contains("zeitung-für-alle"), "{path}");
    }
    let html = site.read("dist/own/index.html");
    assert!(html.contains("<a href=\"/repo/reply/\">b</a> <a href=\"/repo/reply/\">c</a>"), "{html}");
}

#[test]
fn a_picture_from_a_mac_is_found_and_copied_under_the_name_that_is_linked() {
    let site = Site::copy("small");
    let picture = site.read("content/media/buoy.svg");
    site.write("content/media/bilder-a\u{308}/bild-a\u{308}.svg", &picture);
    let text = "---\ntitle: A\ndate: 2025-03-01\nimage: /media/bilder-\u{e4}/bild-\u{e4}.svg\n---\n![x](/media/bilder-\u{e4}/bild-\u{e4}.svg)\n";
    site.write("content/articles/mac.md", text);
    site.build();
    assert_eq!(site.read("dist/media/bilder-\u{e4}/bild-\u{e4}.svg"), picture);
    assert_eq!(dead(&site.pages(), &site.files(), "/repo/"), Vec::<String>::new());
    assert_eq!(site.build().built, 0, "it is known again");
}
