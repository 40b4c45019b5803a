//! Files that are no export of Ghost's, no longer a whole one, or a trap.

use super::{Import, export, imported, post, with};
use serde_json::{Value, json};

#[test]
fn what_is_no_export_of_ghosts_says_so() {
    let wordpress =
        "<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><wp:wxr_version>1.2</wp:wxr_version></channel></rss>";
    for (bytes, said) in [
        (wordpress.as_bytes(), "this is a WordPress export, not one of Ghost; import it with `press import wordpress "),
        (b"<html>", "line 1: not a Ghost export: it begins with `<`"),
        (b"\n\n[1, 2]", "line 3: not a Ghost export: it begins with `[`"),
        (b"", "not a Ghost export: it is empty"),
        (b"PK\x03\x04zip", "it is a ZIP archive; unpack it"),
        (b"{}", "it has neither `db` nor `data`"),
        (b"{\"db\": []}", "it has neither `db` nor `data`"),
        (b"{\"db\": [{\"meta\": {}}]}", "its `db` has no `data`"),
        (b"{\"db\": [{\"data\": {\"tags\": []}}]}", "its `data` has no `posts`"),
        (b"{\"members\": 1}", "it has neither `db` nor `data`"),
        (b"{\"data\": {\n\"posts\": {\"a\": 1}}}", "line 2, column 9: no JSON that Ghost writes"),
        (b"{\"data\": {\"posts\": [],\n oops}}", "line 2, column 2: no JSON that Ghost writes"),
    ] {
        let error = Import::bytes(bytes).fail();
        assert!(error.contains(said), "{error}");
    }
    assert!(Import::of("/nowhere/export.json").fail().contains("/nowhere/export.json"));
}

#[test]
fn a_file_that_was_cut_off_writes_nothing() {
    let whole =
        serde_json::to_string_pretty(&export(&[post(1, "a", "<p>first</p>"), post(2, "b", "<p>x</p>")])).unwrap();
    for at in [1, whole.len() / 3, whole.len() / 2, whole.len() - 2] {
        let error = Import::bytes(&whole.as_bytes()[..at]).fail();
        assert!(error.contains("the file ends in the middle; it was cut off"), "{at} {error}");
        let line = whole[..at].lines().count();
        assert!(error.contains(&format!("line {line}, column ")), "{line} {error}");
    }
}

#[test]
fn nesting_without_an_end_is_refused() {
    let deep = format!("{{\"data\":{{\"posts\":[{{\"html\":{}", "[".repeat(100_000));
    assert!(Import::bytes(deep.as_bytes()).fail().contains("the file ends in the middle"));
    let (text, said) = imported(post(1, "a", &format!("x{}", "<div><b><i><table><td>".repeat(3_000))));
    assert!(said.contains("absurdly deep") && text.contains('x'), "{said}");
}

#[test]
fn broken_text_is_mended_and_its_line_named() {
    let text = export(&[post(1, "a", "<p>br@ken</p>")]).to_string();
    let mut bytes = text.into_bytes();
    let at = bytes.iter().position(|it| *it == b'@').unwrap();
    bytes[at] = 0xe9;
    let import = Import::bytes(&bytes);
    assert!(import.run().to_string().contains("the file is not all UTF-8; 1 broken places became"));
    assert!(import.read("articles/2025/a.md").contains("br\u{fffd}ken"));
    let mut marked = b"\xef\xbb\xbf".to_vec();
    marked.extend(export(&[post(1, "a", "<p>b</p>")]).to_string().bytes());
    assert_eq!(Import::bytes(&marked).run().articles.new, 1);
}

#[test]
fn references_to_nothing_are_named() {
    let mut export = export(&[post(1, "a", "<p>a</p>")]);
    let id = export["db"][0]["data"]["posts"][0]["id"].clone();
    export["db"][0]["data"]["posts_authors"] = json!([{ "post_id": id, "author_id": "gone" }]);
    export["db"][0]["data"]["posts_tags"] =
        json!([{ "post_id": id, "tag_id": "gone" }, { "post_id": "lost", "tag_id": 1 }]);
    export["db"][0]["data"]["posts_meta"] = Value::Null;
    export["db"][0]["data"]["users"] = json!([{ "id": 1 }]);
    let said = Import::bytes(export.to_string().as_bytes()).run().to_string();
    assert!(said.contains("has authors whom the export does not describe"), "{said}");
    assert!(said.contains("is filed under tags that the export does not describe: “Title 1” (post a): 1"), "{said}");
}

#[test]
fn two_of_one_slug_and_one_without_anything() {
    let bare = json!({ "html": "<p>Bare words</p>" });
    let twin = with(post(1, "third", "<p>c</p>"), "title", "Twin");
    let import = Import::posts(&[post(1, "same", "<p>a</p>"), post(2, "same", "<p>b</p>"), twin, bare.clone(), bare]);
    let report = import.run();
    assert_eq!(report.articles.new, 5, "{report}");
    assert!(import.read("articles/2025/same-2.md").contains("permalink: /same-2/"));
    let twin = import.read("articles/2025/third.md");
    assert!(twin.contains("\nid: \"65f000000000000000000001-2\"\n"), "{twin}");
    let said = report.to_string();
    assert!(said.contains("“Title 2” (post same) is at /same-2/ now"), "{said}");
    let before = import.files();
    let again = import.run();
    assert!(before == import.files() && again.articles.unchanged == 5, "{again}");
    assert!(!again.to_string().contains("is not in this export"), "{again}");
    assert!(said.contains("has no date anywhere") && said.contains("had no title and got one"), "{said}");
    import.build();
}

#[test]
fn hostile_html_becomes_a_sane_article() {
    let body = "<p onclick=x>a</p><script>alert(1)</script><iframe src=\"javascript:alert(2)\"></iframe><style>p{}</style>\
        <a href=\"  java\nscript:alert(3)\">b</a><img src=x onerror=alert(4)><form action=//evil><input name=q></form>\
        <figure class=\"kg-card kg-bookmark-card\"></figure><div class=\"kg-card kg-toggle-card\"></div>\
        <figure class=\"kg-card kg-embed-card\"><iframe></iframe></figure><div class=\"kg-card kg-file-card\"><a>x</a></div>\
        <figure class=\"kg-card kg-gallery-card\"></figure><div class=\"kg-card kg-callout-card\">c</div><plaintext>d</p>";
    let (text, _) = imported(post(1, "a", body));
    for never in ["alert", "onclick", "onerror", "<script", "<iframe", "<form", "evil"] {
        assert!(!text.contains(never), "{never} in {text}");
    }
    assert!(text.contains("a\n") && text.contains('c'), "{text}");
    let import = Import::posts(&[
        post(1, "../../etc/passwd", "<p>a</p>"),
        post(2, "..", "<p>b</p>"),
        post(3, "a/b\\c", "<p>c</p>"),
    ]);
    import.run();
    assert!(
        import.files().keys().filter(|it| it.starts_with("articles/2025/")).count() == 3,
        "{:?}",
        import.files().keys()
    );
    let escape = post(1, "a", "<img src=\"__GHOST_URL__/content/images/../../../../etc/passwd.png\">");
    let (text, _) = imported(escape);
    assert!(!text.contains("../"), "{text}");
}

#[test]
fn a_long_file_takes_no_longer_than_its_length() {
    let document = "{\"children\":[]},".repeat(20_000);
    let posts = (1..40).map(|it| with(post(it, &format!("a-{it}"), "<p>a</p>"), "lexical", document.as_str()));
    let started = std::time::Instant::now();
    assert_eq!(Import::posts(&posts.collect::<Vec<Value>>()).run().articles.new, 39);
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}
