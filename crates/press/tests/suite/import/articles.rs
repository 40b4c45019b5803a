//! Which articles come in, under which ids, at which addresses, and with which media.

use super::{Import, imports, item, said};
use jumpline_article::Publication;

#[test]
fn drafts_come_in_when_asked_and_are_drafts() {
    let import = Import { drafts: true, ..Import::lighthouse() };
    import.run();
    assert!(import.read("articles/2025/a-draft.md").contains("draft: true"));
    let everything: Vec<u8> = import.files().into_values().flatten().collect();
    let everything = String::from_utf8_lossy(&everything);
    assert!(!everything.contains("SECRET five") && !everything.contains("SECRET six"));
}

#[test]
fn two_of_one_slug_and_one_without_anything() {
    let bare = "<item><wp:post_type>post</wp:post_type></item>\n";
    let import = Import::items(
        &[item(1, "same", "a"), item(2, "same", "b"), item(2, "other", "c"), bare.to_owned(), bare.to_owned()].concat(),
    );
    let report = import.run();
    assert!(import.read("articles/2025/same-2.md").contains("permalink: /same-2/"));
    assert!(
        import.read("articles/2025/other.md").contains("id: wordpress-2-2"),
        "{}",
        import.read("articles/2025/other.md")
    );
    let said = said(&report);
    assert!(said.contains("“Title 2” (post 2) is at /same-2/ now"), "{said}");
    assert!(said.contains("has no date anywhere") && said.contains("had no title"), "{said}");
    assert_eq!(report.articles.new, 5, "{report}");
    let publication = import.read("publication.toml");
    assert!(Publication::from_toml(&publication).is_ok(), "{publication}");
}

#[test]
fn missing_media_are_named() {
    let body = "<img src=\"https://t.example/wp-content/uploads/2025/gone.jpg\">";
    let import = Import::items(&item(1, "a", body));
    let report = import.run();
    assert!(said(&report).contains("have to be copied from wp-content/uploads/"), "{report}");
    let with = Import { media: Some(imports().join("lighthouse/uploads")), ..Import::items(&item(1, "a", body)) };
    let report = with.run();
    assert!(
        said(&report).contains("missing in the folder named by --media: media/2025/gone.jpg, for “Title 1” (post 1)"),
        "{report}"
    );
}

#[test]
fn who_follows_the_feed_sees_no_old_article_as_new() {
    let guid =
        |it: String, guid: &str| it.replace("</item>", &format!("<guid isPermaLink=\"false\">{guid}</guid></item>"));
    let items = [
        guid(item(7, "a", "text"), "http://old.example/?post_type=post&#038;p=7"),
        guid(item(8, "b", "text"), "urn:uuid:1"),
        guid(item(9, "c", "text"), ""),
        guid(item(10, "d", "text"), "https:///nowhere"),
    ];
    let import = Import::items(&items.concat());
    import.run();
    assert!(import.read("articles/2025/d.md").contains("\nid: wordpress-10\n"));
    for (path, id) in [("a", "\"http://old.example/?post_type=post&p=7\""), ("b", "wordpress-8"), ("c", "wordpress-9")]
    {
        let text = import.read(&format!("articles/2025/{path}.md"));
        assert!(text.contains(&format!("\nid: {id}\n")), "{text}");
    }
    let before = import.files();
    assert_eq!(import.run().articles.unchanged, 4);
    assert_eq!(before, import.files());
    // What came in before ids were taken over keeps the one that it was published with.
    let old = Import::items(&item(7, "a", "text"));
    old.run();
    assert!(old.read("articles/2025/a.md").contains("\nid: wordpress-7\n"));
    old.export_again(&items[0]);
    assert_eq!(old.run().articles.unchanged, 1);
    old.export_again(&items[0].replace("text", "another text"));
    assert_eq!(old.run().articles.updated, 1);
    let text = old.read("articles/2025/a.md");
    assert!(text.contains("\nid: wordpress-7\n") && text.contains("another text"), "{text}");
}
