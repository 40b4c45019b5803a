//! Ids that other articles link to, attachments by their number, and what a body shows of the old site.

use super::{Import, item, said};

#[test]
fn ids_that_other_articles_link_to_are_kept() {
    let body = "<p id=\"kap\">one</p><div id=\"group\"><p>two</p></div><ul id=\"list\"><li>x</li></ul>\
        <figure id=\"table\" class=\"wp-block-table\"><table><tbody><tr><td>c</td></tr></tbody></table></figure>\
        <blockquote id=\"quote\"><p>q</p></blockquote><div id=\"outer\"><p id=\"inner\">three</p></div><div id=\"empty\"></div>\
        <p id=\"unused\">four</p><p id=\"comments\">five</p><p><a name=\"old\"></a>old</p><p id=\"split\">six<ul><li>y</li></ul>seven</p>";
    let ids = ["kap", "group", "list", "table", "quote", "outer", "inner", "empty", "comments", "old", "split"];
    let links: String = ids.iter().map(|it| format!("<a href=\"https://t.example/a/#{it}\">{it}</a> ")).collect();
    let import = Import::items(&[item(1, "a", body), item(2, "b", &links)].concat());
    import.run();
    let files = import.files();
    let text =
        files.iter().find(|it| it.0.starts_with("articles/2025/a.")).map(|it| String::from_utf8_lossy(it.1)).unwrap();
    for id in ids {
        let count = text.matches(&format!("id=\"{id}\"")).count();
        assert_eq!(count, usize::from(id != "comments"), "{id}: {text}");
    }
    assert!(!text.contains("unused"), "{text}");
    // An export without the other article takes no id away: that one lies here.
    import.export_again(&item(1, "a", body));
    assert_eq!(import.run().articles.unchanged, 1);
}

#[test]
fn attachments_and_objects_have_addresses() {
    let attachment = "<item><title>Map</title><wp:attachment_url>https://t.example/wp-content/uploads/2025/map.pdf</wp:attachment_url>\
        <wp:post_id>11</wp:post_id><wp:post_type>attachment</wp:post_type><wp:status>inherit</wp:status></item>\n";
    let body = "<p><a href=\"/?attachment_id=11\">m</a> <a href=\"https://t.example/?attachment_id=12\">n</a></p>\
        <object data=\"x.swf\">o</object>";
    let import = Import::items(&format!("{}{attachment}", item(1, "a", body)));
    let told = said(&import.run());
    let text = import.read("articles/2025/a.md");
    assert!(
        text.contains("[m](/media/2025/map.pdf)") && text.contains("(https://t.example/?attachment_id=12)"),
        "{text}"
    );
    assert!(text.contains("(https://t.example/a/x.swf)") && !text.contains("https://x.swf"), "{text}");
    assert!(told.contains("a file of the old site that did not come in"), "{told}");
}

#[test]
fn a_link_leads_on_from_its_own_article() {
    let import = Import::items(&format!(
        "{}{}",
        item(1, "a", "<p><a href=\"../b/\">up</a> <a href=\"#x\">x</a></p>"),
        item(2, "b", "<p>b</p>")
    ));
    import.run();
    let text = import.read("articles/2025/a.md");
    assert!(text.contains("[up](/b/)") && text.contains("[x](#x)"), "{text}");
}

#[test]
fn a_picture_of_the_old_site_is_asked_for_wherever_it_lay() {
    let body = "<p><img src=\"/wp-content/gallery/g1/n.jpg\" alt=\"N\"> <img src=\"https://t.example/images/o.png\" alt=\"O\"></p>";
    let import = Import::items(&item(1, "a", body));
    let told = said(&import.run());
    let text = import.read("articles/2025/a.md");
    assert!(
        text.contains("![N](/media/wp-content/gallery/g1/n.jpg)") && text.contains("![O](/media/images/o.png)"),
        "{text}"
    );
    assert!(told.contains("n.jpg") && !told.contains("another host"), "{told}");
}

#[test]
fn a_packed_export_says_so() {
    for (bytes, kind) in [(&b"PK\x03\x04rest"[..], "a ZIP archive"), (&[0x1f, 0x8b, 8, 0], "packed by gzip")] {
        let error = format!("{:#}", Import::bytes(bytes).try_run().expect_err("is no export"));
        assert!(error.contains(&format!("it is {kind}; unpack it")), "{error}");
    }
}

#[test]
fn social_links_are_links() {
    let link = |attributes: &str| format!("<!-- wp:social-link {attributes} /-->");
    let list = |links: &str| {
        format!("<!-- wp:social-links --><ul class=\"wp-block-social-links\">{links}</ul><!-- /wp:social-links -->")
    };
    let links = [
        link("{\"url\":\"https://mastodon.example/@a\",\"service\":\"mastodon\"}"),
        link("{\"url\":\"a@b.example\",\"service\":\"mail\",\"label\":\"Write <us>\"}"),
        link("{\"service\":\"x\"}"),
    ];
    let body = format!("<!-- wp:paragraph --><p>a</p><!-- /wp:paragraph -->{}{}", list(&links.concat()), list(""));
    let import = Import::items(&item(1, "a", &body));
    let told = said(&import.run());
    let text = import.read("articles/2025/a.md");
    assert!(
        text.contains("[Mastodon](https://mastodon.example/@a)") && text.contains("(mailto:a@b.example)"),
        "{text}"
    );
    assert!(!text.contains("<ul") && !told.contains("fills anew"), "{text}{told}");
}

#[test]
fn a_front_page_had_an_address() {
    let page = item(1, "home", "text").replace("t.example/home/", "t.example/").replace(">post<", ">page<");
    let import = Import::items(&[page, item(2, "x", "text").replace("t.example/x/", "t.example/?p=2")].concat());
    let told = said(&import.run());
    assert!(
        told.contains(
            "was the front page (`/`), which lists the articles here, and got an address with words: “Title 1”"
        ),
        "{told}"
    );
    assert!(told.contains("had only an address with a number (`?p=…`) and got one with words: “Title 2”"), "{told}");
}
