//! Which posts come in, from every version of Ghost, with whom and what they were filed under.

use super::{Import, export, imported, post, with};
use serde_json::{Value, json};

#[test]
fn drafts_come_in_when_asked_and_letters_never() {
    let import = Import { drafts: true, ..Import::ferry() };
    let said = import.run().to_string();
    for path in ["articles/2024/not-yet.md", "articles/2024/soon.md"] {
        assert!(import.read(path).contains("draft: true"));
    }
    let all: Vec<u8> = import.files().into_values().flatten().collect();
    assert!(!String::from_utf8_lossy(&all).contains("SECRET by e-mail"));
    assert!(said.contains("sent by e-mail only, so it never stood on the site"), "{said}");
}

#[test]
fn an_export_of_ghost_1_comes_in() {
    let old = json!({
        "meta": { "exported_on": 1_388_805_572_000_u64, "version": "000" },
        "data": {
            "posts": [
                { "id": 5, "uuid": "00000000-0000-4000-8000-000000000005", "title": "Old", "slug": "old", "markdown": "*x*", "html": "<p><em>x</em></p>",
                  "image": "/content/images/2014/01/a.png", "featured": 0, "page": 0, "status": "published", "author_id": 1,
                  "published_at": 1_283_780_649_000_u64, "updated_at": 1_286_958_624_000_u64, "meta_description": "About it" },
                { "id": 6, "title": "About", "slug": "about", "html": "<p>y</p>", "page": true, "status": "published", "created_at": "2014-01-04 10:00:00" },
                { "id": 7, "title": "Bare", "slug": "bare", "html": null, "mobiledoc": "{\"cards\":[],\"sections\":[[1,\"p\",[[0,[],0,\"w\"]]]]}", "status": "published" },
            ],
            "tags": [{ "id": 3, "name": "Sea", "slug": "sea" }],
            "posts_tags": [{ "tag_id": 3, "post_id": 5 }],
            "users": [{ "id": 1, "name": "Ann", "slug": "ann" }],
            "settings": [{ "key": "title", "value": "Old paper" }, { "key": "default_locale", "value": "de" }],
        },
    });
    let import = Import::bytes(old.to_string().as_bytes());
    let said = import.run().to_string();
    let text = import.read("articles/2010/old.md");
    for line in [
        "id: \"00000000-0000-4000-8000-000000000005\"",
        "date: 2010-09-06T13:44:09Z",
        "updated: 2010-10-13T08:30:24Z",
        "summary: About it",
        "section: sea",
        "authors: Ann",
        "image: /media/images/2014/01/a.png",
    ] {
        assert!(text.contains(&format!("\n{line}\n")), "{line} in {text}");
    }
    assert!(import.read("pages/about.md").contains("\nid: ghost-6\n"));
    assert!(import.read("publication.toml").contains("language = \"de\""));
    assert!(
        said.contains("only what Ghost's editor keeps (lexical or mobiledoc)") && said.contains("“Bare” (post bare)"),
        "{said}"
    );
    assert!(said.contains("media that have to be copied from Ghost's content folder"), "{said}");
}

#[test]
fn the_menu_says_which_tags_are_sections() {
    let tables = |menu: &str| {
        let mut export = export(&[post(1, "a", "<p>a</p>"), post(2, "b", "<p>b</p>"), post(3, "c", "<p>c</p>")]);
        let data = &mut export["db"][0]["data"];
        let id = |at: usize| data["posts"][at]["id"].clone();
        data["posts_tags"] = json!([
            { "post_id": id(0), "tag_id": "t1", "sort_order": 1 }, { "post_id": id(0), "tag_id": "t2", "sort_order": 0 },
            { "post_id": id(1), "tag_id": "t1", "sort_order": 0 }, { "post_id": id(2), "tag_id": "t1", "sort_order": 0 },
        ]);
        data["tags"] =
            json!([{ "id": "t1", "name": "Sea", "slug": "sea" }, { "id": "t2", "name": "Sky", "slug": "sky" }]);
        data["settings"] = json!([{ "key": "navigation", "value": menu }]);
        Import::bytes(export.to_string().as_bytes())
    };
    let import = tables("[]");
    import.run();
    let toml = import.read("publication.toml");
    assert!(toml.find("\"sea\"") < toml.find("\"sky\""), "{toml}");
    assert!(import.read("articles/2025/a.md").contains("section: sky\ntags: Sea\n"));
    let import = tables(r#"[{"label":"The sea","url":"/tag/sea/"}]"#);
    import.run();
    assert!(!import.read("publication.toml").contains("sky"));
    assert!(import.read("articles/2025/a.md").contains("section: sea\ntags: Sky\n"));
    for broken in ["not JSON", "{\"label\": 1}", "[1, 2]"] {
        tables(broken).run();
    }
}

#[test]
fn addresses_of_the_old_site_lead_here() {
    let body = "<p><a href=\"https://old.example/b/\">1</a> <a href=\"__GHOST_URL__/2020/05/b/#x\">2</a> <a href=\"/b/amp/\">3</a> \
        <a href=\"#/portal/signup\">4</a> <a href=\"https://elsewhere.example/b/\">5</a></p>\
        <p><img src=\"https://old.example/content/images/size/w100/2020/a.png\" alt=\"A\"></p>";
    let import =
        Import { url: Some("https://old.example"), ..Import::posts(&[post(1, "a", body), post(2, "b", "<p>b</p>")]) };
    import.run();
    let text = import.read("articles/2025/a.md");
    let links = "[1](/b/) [2](/b/#x) [3](/b/) [4](/subscribe/) [5](https://elsewhere.example/b/)";
    assert!(text.contains(links) && text.contains("/media/images/2020/a.png"), "{text}");
    assert!(import.read("publication.toml").contains("url = \"https://old.example\""));
    let import = Import { url: Some("old.example"), ..Import::posts(&[]) };
    assert!(import.fail().contains("--url old.example: write the whole address"));
}

#[test]
fn what_ghost_keeps_as_plain_text_is_plain_text() {
    let tags = "What <b> and <code> mean, A &amp; B";
    let mut post = with(post(1, "a", "<p>a</p>"), "title", tags);
    for key in ["custom_excerpt", "meta_description"] {
        post = with(post, key, tags);
    }
    let (text, _) = imported(post);
    assert_eq!(text.matches(tags).count(), 3, "{text}");
}

#[test]
fn what_a_post_has_besides_its_text_is_kept_or_named() {
    let full =
        with(with(post(1, "a", "<p>a</p>"), "custom_excerpt", "In <short>"), "canonical_url", "https://first.example/");
    let full = with(with(full, "codeinjection_foot", "<script>1</script>"), "feature_image", "javascript:alert(1)");
    let (text, said) = imported(full);
    assert!(text.contains("standfirst: ") && !text.contains("script") && !text.contains("image"), "{text}");
    for line in ["`canonical_url`", "(`codeinjection`): “Title 1” (post a)", "main images without a usable address"]
    {
        assert!(said.contains(line), "{line} in {said}");
    }
    let empty =
        with(with(post(1, "a", ""), "lexical", "{\"root\":{\"children\":[],\"type\":\"root\"}}"), "html", Value::Null);
    assert!(imported(empty).0.contains("title: Title 1"));
}

#[test]
fn dates_have_the_offset_of_the_site() {
    let post = with(post(1, "a", "<p>text</p>"), "published_at", "2024-12-31T23:30:00.000Z");
    let mut export = export(&[with(post, "updated_at", "2025-07-01T10:00:00.000Z")]);
    let settings = export["db"][0]["data"]["settings"].as_array_mut().unwrap();
    settings.push(json!({ "key": "timezone", "value": "Europe/Berlin" }));
    let import = Import::bytes(export.to_string().as_bytes());
    import.run();
    // The year of the folder is that of the clock, too.
    let article = import.read("articles/2025/a.md");
    assert!(article.contains("date: 2025-01-01T00:30:00+01:00\nupdated: 2025-07-01T12:00:00+02:00\n"), "{article}");
    let import = Import::bytes(export.to_string().replace("Berlin", "Atlantis").as_bytes());
    let said = import.run().to_string();
    assert!(said.contains("time zone `Europe/Atlantis` is not known here, so dates stand in UTC"), "{said}");
    assert!(import.read("articles/2024/a.md").contains("date: 2024-12-31T23:30:00Z\n"));
}
