//! Manuscripts rendered from beginning to end.

use super::*;
use crate::source::SourceFile;
use jumpline_article::{CommentFile, Extension, Language, Pictures};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

pub(crate) fn labels() -> Labels {
    Labels {
        footnotes: "Notes".to_owned(),
        footnote_back: "Back to the text of note {number}".to_owned(),
        table: "Table".to_owned(),
        task_done: "Done".to_owned(),
        task_open: "Open".to_owned(),
        remote_image: "Picture: {alt}".to_owned(),
    }
}

pub(crate) fn publication(more: &str) -> Publication {
    let toml = format!("title = \"Paper\"\nurl = \"https://paper.example\"\n{more}\n");
    Publication::from_toml(&toml).expect("is sound")
}

/// Renders one file of a content folder that holds `media/dot.svg` (8 × 4) and a film with captions.
fn render(name: &str, text: &str) -> Result<Rendered, String> {
    let folder = tempfile::tempdir().expect("has a temporary folder");
    fs::create_dir_all(folder.path().join("media")).expect("is writable");
    fs::write(folder.path().join("media/dot.svg"), "<svg viewBox='0 0 8 4'/>").expect("is writable");
    for file in ["a.mp4", "a.vtt", "a.srt"] {
        fs::write(folder.path().join("media").join(file), "WEBVTT\n").expect("is writable");
    }
    let publication = publication(
        "base = \"/repo/\"\nmedia_hosts = [\"https://img.example\"]\nsections = [{slug = \"news\", title = \"News\"}]\n\
         tiers = [{name = \"gold\", title = \"Gold\"}]",
    );
    let media = Media::open(folder.path(), &Pictures::default(), BTreeMap::new());
    let renderer = Renderer { publication: &publication, media: &media, labels: &AllLabels::new(Language::English) };
    let source =
        SourceFile { path: Path::new("articles").join(name), folder: "articles".to_owned(), kind: ItemKind::Article };
    let shown = |faults: Vec<Fault>| {
        let lines: Vec<String> =
            faults.iter().map(|it| it.to_string().replace(&folder.path().display().to_string(), ".")).collect();
        lines.join("\n")
    };
    let manuscript = crate::source::read(&source, text, &publication).map_err(shown)?.ok_or("is a draft")?;
    renderer.render(&source, manuscript, &CommentFile::default()).map_err(shown)
}

/// What is wrong with a body.
pub(crate) fn faults(body: &str) -> String {
    render("a.md", &format!("---\ntitle: A\ndate: 2025-02-18\n---\n{body}")).expect_err("is broken")
}

pub(crate) fn article(head: &str, body: &str) -> Rendered {
    render("a.md", &format!("---\ntitle: A\ndate: 2025-02-18\n{head}---\n{body}")).expect("is sound")
}

fn content(body: &str) -> String {
    article("", body).item.content_html.expect("has content")
}

fn extension(rendered: &Rendered) -> &Extension {
    rendered.item.jumpline.as_ref().expect("is ours")
}

#[test]
fn images_are_measured_and_only_the_first_is_eager() {
    let html = content("![One](/media/dot.svg)\n\n![Two](../media/dot.svg \"Dots\")\n");
    assert_eq!(
        html,
        "<figure><img alt=\"One\" decoding=\"async\" height=\"4\" src=\"/repo/media/dot.svg\" width=\"8\"></figure>\n\
         <figure><img alt=\"Two\" decoding=\"async\" height=\"4\" loading=\"lazy\" src=\"/repo/media/dot.svg\" width=\"8\">\
         <figcaption>Dots</figcaption></figure>\n"
    );
    let led = article("image: /media/dot.svg\nimage_alt: Dot\n", "![One](/media/dot.svg)\n");
    assert!(led.item.content_html.as_ref().is_some_and(|it| it.contains("loading=\"lazy\"")));
    assert_eq!(led.item.image.as_deref(), Some("https://paper.example/repo/media/dot.svg"));
    let image = extension(&led).image.clone().expect("has an image");
    assert_eq!((image.src.as_str(), image.width, image.height, image.alt.as_str()), ("/media/dot.svg", 8, 4, "Dot"));
}

#[test]
fn a_missing_image_is_named_with_its_line() {
    let text = "---\ntitle: A\ndate: 2025-02-18\n---\nText.\n\n![x](/media/dots.svg)\n";
    assert_eq!(
        render("a.md", text).expect_err("is broken"),
        "articles/a.md:7: the image `/media/dots.svg` is missing; put it at ./media/dots.svg or correct the link; did you mean dot.svg?"
    );
    let text = "---\ntitle: A\nimage: /media/gone.jpg\ndate: 2025-02-18\n---\n";
    assert!(render("a.md", text).expect_err("is broken").starts_with("articles/a.md:3: the image `/media/gone.jpg`"));
}

#[test]
fn foreign_images_become_links() {
    let rendered = article("", "![Dawn](https://elsewhere.example/a.png) ![Ours](https://img.example/a.png)\n");
    let html = rendered.item.content_html.expect("has content");
    assert!(
        html.contains("<a href=\"https://elsewhere.example/a.png\" rel=\"noopener noreferrer\">Picture: Dawn</a>"),
        "{html}"
    );
    assert!(html.contains("src=\"https://img.example/a.png\""), "{html}");
    assert_eq!(rendered.warnings.len(), 1);
}

#[test]
fn links_stay_below_the_base() {
    assert_eq!(
        content("[a](/x/) [b](https://paper.example/repo/y/#z) [c](https://other.example/) [d](#e)"),
        "<p><a href=\"/repo/x/\">a</a> <a href=\"/repo/y/#z\">b</a> \
         <a href=\"https://other.example/\" rel=\"noopener noreferrer\">c</a> <a href=\"#e\">d</a></p>\n"
    );
}

#[test]
fn hostile_markup_cannot_escape() {
    let html = content(
        "<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n[x](javascript:alert(1))\n\n<p id=app onclick=x>a</p>\n"
            .replace("<img src=x onerror=alert(1)>", "<img src=/media/dot.svg onerror=alert(1)>")
            .as_str(),
    );
    for bad in ["script", "onerror", "onclick", "javascript", "id=\"app\""] {
        assert!(!html.contains(bad), "{bad} in {html}");
    }
}

#[test]
fn nothing_gated_is_in_the_item() {
    for visibility in ["visibility: members\n", "visibility: paid\ntiers: [gold]\n", ""] {
        let rendered = article(
            visibility,
            "Shown[^a].\n\n<!--members-only-->\n\n## SECRET\n\nSECRET[^b] ![SECRET](/media/dot.svg)\n\n[^a]: Note.\n[^b]: SECRET\n",
        );
        let json = rendered.item.to_json();
        assert!(!json.contains("SECRET") && !json.contains("dot.svg"), "{json}");
        assert!(rendered.item.is_gated() && rendered.media.is_empty());
        let gated = rendered.gated.as_ref().expect("has a rest");
        assert!(gated.content_html.trim_start().starts_with("<h2 id=\"secret\">SECRET</h2>"), "{}", gated.content_html);
        assert!(gated.media.contains("media/dot.svg") && gated.text.contains("SECRET") && !gated.text.contains("Note"));
        assert_eq!(gated.contents.len(), 1);
        assert_eq!(rendered.item.summary.as_deref(), Some("Shown."));
        assert!(extension(&rendered).words > 3, "the whole body is counted");
    }
}

#[test]
fn ids_of_the_rest_are_not_the_teasers() {
    let rendered = article("visibility: paid\n", "## A\n\nb\n\n<!--more-->\n\n## A\n\n[up](#a)\n");
    let html = rendered.gated.expect("has a rest").content_html;
    assert!(html.trim_start().starts_with("<h2 id=\"a-2\">A</h2>") && html.contains("href=\"#a\""), "{html}");
}

#[test]
fn an_unknown_tier_is_named_with_its_line() {
    let text = "---\ntitle: A\ndate: 2025-02-18\nvisibility: paid\ntiers: [glod]\n---\na\n";
    assert_eq!(
        render("a.md", text).expect_err("is broken"),
        "articles/a.md:5:8: tier `glod` is not in publication.toml; did you mean `gold`?"
    );
}

#[test]
fn a_public_article_with_a_gate_is_refused() {
    let text = "---\ntitle: A\ndate: 2025-02-18\nvisibility: public\n---\na\n\n<!--members-only-->\n\nb\n";
    assert!(
        render("a.md", text).expect_err("is broken").starts_with("articles/a.md:8: `<!--members-only-->` stands in")
    );
}

#[test]
fn more_changes_nothing_in_a_public_article() {
    assert_eq!(content("a\n\n<!--more-->\n\nb\n"), "<p>a</p>\n\n<p>b</p>\n");
}

#[test]
fn the_head_is_checked_with_lines() {
    let text = "---\ntitle: ' '\ndate: yesterday\nsection: newz\n---\n";
    assert_eq!(
        render("a.md", text).expect_err("is broken"),
        "articles/a.md:3:7: `date: yesterday` is not a date; write 2025-02-18 or, with the time, 2025-02-18T09:30:00+01:00\n\
         articles/a.md:2: has no title; add `title: …` to the front matter\n\
         articles/a.md:4:10: section `newz` is not in publication.toml; did you mean `news`?"
    );
}

#[test]
fn a_feed_item_of_anybody_is_an_article() {
    let json = r#"{"id": 7, "unknown": {"a": [1]}, "title": "T", "date_published": "2025-02-18T09:30:00Z",
        "url": "https://old.example/2025/02/%E6%B5%B7/", "content_text": "One <b>\n\nTwo", "author": {"name": "Desk"}}"#;
    let item = render("a.json", json).expect("is sound").item;
    assert_eq!((item.id.as_str(), item.content_html.as_deref()), ("7", Some("<p>One &lt;b&gt;</p>\n<p>Two</p>\n")));
    assert_eq!(item.url.as_deref(), Some("https://paper.example/repo/2025/02/%E6%B5%B7/"));
    assert_eq!(item.authors[0].url.as_deref(), Some("https://paper.example/repo/author/desk/"));
}

#[test]
fn an_article_of_a_newer_press_is_refused() {
    let json =
        r#"{"id": "a", "date_published": "2025-02-18T09:30:00Z", "_jumpline": {"version": 2, "permalink": "/a/"}}"#;
    assert!(render("a.json", json).expect_err("is broken").contains("written by a newer press"));
    assert!(
        render("a.json", "{\"id\": \"a\",\n \"tags\": 7}").expect_err("is broken").starts_with("articles/a.json:2:")
    );
}

#[test]
fn broken_input_never_panics() {
    for body in
        ["[^a]: x", "[^a]\n\n[^a]: [^a]", "<!--", "| a |\n|-", "```\n", "<p", "![](/media/)", "![]()", "&#0;", "\0"]
    {
        let _ = render("a.md", &format!("---\ntitle: A\ndate: 2025-02-18\n---\n{body}"));
    }
    let deep = format!("---\ntitle: A\ndate: 2025-02-18\n---\n{}", "> ".repeat(5_000));
    assert!(render("a.md", &format!("{deep}x")).expect_err("is broken").contains("nest deeper"));
}

#[test]
fn attachments_are_measured_and_gated() {
    let json = |visibility: &str| {
        format!(
            r#"{{"id": "a", "date_published": "2025-02-18T09:30:00Z", "content_html": "<p>a</p>",
                "attachments": [{{"url": "/media/dot.svg", "mime_type": "image/svg+xml"}}],
                "_jumpline": {{"version": 1, "permalink": "/a/", "visibility": "{visibility}"}}}}"#
        )
    };
    let public = render("a.json", &json("public")).expect("is sound");
    assert_eq!(public.item.attachments[0].url, "https://paper.example/repo/media/dot.svg");
    assert_eq!((public.item.attachments[0].size_in_bytes, public.media.len()), (Some(24), 1));
    let shown = "<p>a</p><p><a href=\"/repo/media/dot.svg\">dot.svg</a></p>";
    assert_eq!(public.item.content_html.as_deref(), Some(shown));
    let paid = render("a.json", &json("paid")).expect("is sound");
    assert!(paid.item.attachments.is_empty() && paid.media.is_empty());
    let gated = paid.gated.expect("hides it");
    assert_eq!((gated.attachments.len(), gated.media.len()), (1, 1));
    assert!(
        gated.content_html.contains("/media/dot.svg") && !paid.item.content_html.unwrap_or_default().contains("dot")
    );
}

#[test]
fn what_goes_with_an_article_stands_below_it_once() {
    let json = |content: &str| {
        format!(
            r#"{{"id": "a", "date_published": "2025-02-18T09:30:00Z", "content_html": "{content}", "external_url": "https://else.example/it/",
                "attachments": [{{"url": "/media/a.mp4", "mime_type": "video/mp4", "title": "A <film>"}},
                                {{"url": "https://far.example/a.mp3", "mime_type": "audio/mpeg"}}],
                "_jumpline": {{"version": 1, "permalink": "/a/"}}}}"#
        )
    };
    let html =
        |content: &str| render("a.json", &json(content)).expect("is sound").item.content_html.unwrap_or_default();
    assert_eq!(
        html("<p>a</p>"),
        "<p>a</p><p><a href=\"https://else.example/it/\" rel=\"noopener noreferrer\">else.example/it</a></p>\
         <figure><video controls=\"\" preload=\"metadata\" src=\"/repo/media/a.mp4\"></video><figcaption>A &lt;film&gt;</figcaption></figure>\
         <p><a href=\"https://far.example/a.mp3\" rel=\"noopener noreferrer\">a.mp3</a></p>"
    );
    assert_eq!(html("<video src='/media/a.mp4'></video>").matches("a.mp4").count(), 1);
}

#[test]
fn a_missing_attachment_is_named_once() {
    let json = r#"{"id": "a", "date_published": "2025-02-18T09:30:00Z", "content_html": "<p>a</p>",
        "attachments": [{"url": "/media/gone.mp3", "mime_type": "audio/mpeg"}], "_jumpline": {"version": 1, "permalink": "/a/"}}"#;
    let error = render("a.json", json).expect_err("is missing");
    assert_eq!(error.matches("gone.mp3` is missing").count(), 1, "{error}");
}

#[test]
fn what_is_read_out_is_of_one_language() {
    let text = "---\ntitle: A\ndate: 2025-02-18\nlanguage: de-AT\n---\nA[^a]\n\n[^a]: B";
    assert!(render("a.md", text).expect("is sound").item.content_html.is_some_and(|it| it.contains("Anmerkungen")));
    let text = text.replace("de-AT", "fr");
    assert!(render("a.md", &text).expect("is sound").item.content_html.is_some_and(|it| it.contains("Notes")));
}

#[test]
fn hostile_heads_are_refused_or_harmless() {
    let bomb: String =
        (0..12).map(|it| format!("a{it}: &a{it} [{}]\n", vec![format!("*a{}", it.max(1) - 1); 9].join(", "))).collect();
    for head in [&bomb, "title: [[[[", "title: !!binary x", "? {a: b}\n: c", "title: \"a\0b\"", "<<: *x", "- a", "a"] {
        assert!(render("a.md", &format!("---\n{head}\n---\n")).is_err(), "{head}");
    }
}

#[test]
fn a_misspelt_gate_is_refused_with_its_line() {
    for (gate, head) in [
        ("<!--members only-->", ""),
        ("<!-- member-only -->", "visibility: paid\n"),
        ("<!--paywall-->", "visibility: members\n"),
        ("‹!—members-only—>", ""),
        ("<!--paid-->", "visibility: public\n"),
    ] {
        let text = format!("---\ntitle: A\ndate: 2025-02-18\n{head}---\nTeaser.\n\n{gate}\n\nSECRET\n");
        let error = render("a.md", &text).expect_err("is broken");
        let line = 7 + head.lines().count();
        let said = format!(
            "articles/a.md:{line}: `{gate}` is no marker, so everybody could read what follows; did you mean `<!--members-only-->`?"
        );
        assert!(error.starts_with(&said), "{error}");
    }
    let shown = content("```html\n<!--members only-->\n```\n");
    assert!(shown.contains("members only"), "{shown}");
}

#[test]
fn links_to_nothing_are_named() {
    let said = |body: &str| article("", body).warnings.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(
        said("A\n[g]() b.\n"),
        ["articles/a.md:6: the link `g` has no address; write one, or leave `g` as text"]
    );
    assert!(!content("A [g]() b.\n").contains("href"));
    assert_eq!(
        said("A [e](http://paper.example/repo/nix/?a#b).\n"),
        [
            "articles/a.md:5: the link `http://paper.example/repo/nix/?a#b` leads to this site by another scheme and is not checked; write `/nix/?a#b`"
        ]
    );
    for body in ["[e](http://other.example/nix/)", "[e](https://paper.example:8443/nix/)"] {
        assert_eq!(said(body), [""; 0], "{body}");
    }
}

#[test]
fn an_article_of_nothing_is_named() {
    let said = |body: &str| article("", body).warnings.iter().map(ToString::to_string).collect::<Vec<_>>();
    for body in ["", "\n\n", "<!-- later -->\n"] {
        assert_eq!(
            said(body),
            [
                "articles/a.md:5: has nothing below its head, so readers find a title alone; write something, or say `draft: true`"
            ]
        );
    }
    for body in ["A", "![](/media/dot.svg)"] {
        assert_eq!(said(body), [""; 0], "{body}");
    }
}

#[test]
fn a_gate_in_a_note_is_refused_with_its_line() {
    for (body, line) in [
        ("Tease[^1] public.\n\n[^1]: First.\n\n    <!--more-->\n\n    SECRET\n\nSECRET\n", 10),
        ("Tease[^1] public.\n\n<!--more-->\n\nSECRET\n\n[^1]: First. <!--more--> SECRET\n", 12),
        ("Tease[^1] public.\n\n<!--more-->\n\nSECRET\n\n[^1]: First.\n\n    <!--paywall-->\n\n    SECRET\n", 14),
        ("Tease[^1] public.\n\nSECRET\n\n[^1]: First.\n\n    <!-- Members-Only -->\n", 12),
    ] {
        let error =
            render("a.md", &format!("---\ntitle: A\ndate: 2025-02-18\nvisibility: paid\n---\n{body}")).expect_err(body);
        let said = format!("articles/a.md:{line}: a marker that ends the teaser stands in a footnote");
        assert!(error.starts_with(&said), "{error}");
    }
    let head = "---\ntitle: A\ndate: 2025-02-18\n---\n";
    let html =
        "<p>a</p><!--more-->\n<p>b</p>\n<section class=\"footnotes\"><ol><li>c\n<!--more-->SECRET</li></ol></section>";
    let error =
        render("a.html", &format!("{}{html}", head.replacen("title", "visibility: paid\ntitle", 1))).expect_err("html");
    assert!(error.starts_with("articles/a.html:9: a marker"), "{error}");
    let gate = "Tease[^1].\n\n[^1]: First. <!--members-only--> b\n";
    assert!(render("a.md", &format!("{head}{gate}")).is_err(), "it gates the article");
    assert!(render("a.md", &format!("{head}{}", gate.replace("members-only", "more"))).is_ok(), "it gates nothing");
}

#[test]
fn a_gate_that_says_nothing_is_refused_with_its_line() {
    for (head, said) in [
        ("visibility:\n", "articles/a.md:4:1: `visibility` says nothing; write `public`, `members` or `paid`"),
        ("visibility: ~\n", "articles/a.md:4:13: `visibility` says nothing"),
        ("visibility: null\n", "articles/a.md:4:13: `visibility` says nothing"),
        ("visibility: paid\ntiers:\n", "articles/a.md:5:1: `tiers` names none, and all would open it"),
        ("visibility: paid\ntiers: []\n", "articles/a.md:5:8: `tiers` names none"),
        ("visibility: paid\ntiers: ''\n", "articles/a.md:5:8: `tiers` names none"),
    ] {
        let error = render("a.md", &format!("---\ntitle: A\ndate: 2025-02-18\n{head}---\nSECRET\n")).expect_err(head);
        let (place, message) = said.split_once(": ").expect("has a place");
        let line = &place[..place.rfind(':').expect("has a column")];
        assert!(error.starts_with(line) && error.contains(message), "{error}");
    }
    assert!(article("tiers: []\n", "a").gated.is_none());
    assert!(article("visibility: paid\n", "a").gated.is_some());
}

#[test]
fn an_item_leads_to_pages_only() {
    let item = |id: &str, url: &str| {
        format!(
            "{{\"version\": 1, \"id\": \"{id}\",\n\"date_published\": \"2025-02-18T09:30:00Z\",\n\"external_url\": \"{url}\"}}"
        )
    };
    for (url, line) in
        [("javascript:alert(2)", 3), ("java\\tscript:alert(2)", 3), ("/here/", 3), ("data:text/html,x", 3)]
    {
        let error = render("a.json", &item("a", url)).expect_err(url);
        assert!(error.starts_with(&format!("articles/a.json:{line}: `")), "{error}");
        assert!(error.contains("is no address of a page; write one that begins with https://"), "{error}");
    }
    let error = render("a.json", &item("JavaScript:alert(1)", "https://a.example")).expect_err("runs");
    assert!(error.starts_with("articles/a.json:1: the id `JavaScript:alert(1)` would run"), "{error}");
    for id in ["urn:uuid:1", "tag:a.example,2025:1", "https://a.example/1", "7"] {
        assert!(render("a.json", &item(id, "http://a.example/x")).is_ok(), "{id}");
    }
}

#[test]
fn a_link_that_leaves_says_so_however_it_is_written() {
    for href in [
        "/\t/evil.example/",
        "/&#10;/evil.example/",
        "ht\ntps://evil.example/",
        "/\\\\evil.example/",
        "\\/evil.example/",
    ] {
        let html = article("", &format!("<p><a href=\"{href}\">x</a></p>\n")).item.content_html.unwrap_or_default();
        assert!(html.contains("rel=\"") && !html.contains("/repo/"), "{href}: {html}");
    }
}
