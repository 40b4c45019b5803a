//! Articles that lie in another folder now, or whose address has changed.

use super::{Import, item, said};
use std::fs;

const PAID: &str =
    "<wp:postmeta><wp:meta_key>_is_paid</wp:meta_key><wp:meta_value>1</wp:meta_value></wp:postmeta></item>";
const COMMENT: &str = "<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_author>A</wp:comment_author>\
    <wp:comment_date_gmt>2025-02-18 16:01:00</wp:comment_date_gmt><wp:comment_content>Says</wp:comment_content>\
    <wp:comment_approved>1</wp:comment_approved></wp:comment></item>";

fn shift(import: &Import, from: &str, to: &str) {
    let to = import.content().join(to);
    fs::create_dir_all(to.parent().unwrap()).unwrap();
    fs::rename(import.content().join(from), to).unwrap();
}

#[test]
fn a_file_that_was_moved_is_followed() {
    let import = Import::items(&item(1, "a", "text").replace("</item>", COMMENT));
    import.run();
    shift(&import, "articles/2025/a.md", "articles/city/a.md");
    shift(&import, "articles/2025/a.comments.json", "articles/city/a.comments.json");
    import.export_again(&item(1, "a", "newer text").replace("</item>", COMMENT));
    let report = import.run();
    assert_eq!((report.articles.updated, report.comment_files.unchanged), (1, 1), "{report}");
    assert!(said(&report).contains("articles/2025/a.md, now articles/city/a.md"), "{report}");
    assert!(import.read("articles/city/a.md").contains("newer text"));
    assert!(!import.files().keys().any(|it| it.starts_with("articles/2025")));
    // Once is enough.
    let told = said(&import.run());
    assert!(!told.contains("was moved"), "{told}");
}

#[test]
fn a_file_that_was_moved_and_edited_is_named_when_its_article_became_paid() {
    let import = Import::items(&item(1, "a", "text"));
    import.run();
    shift(&import, "articles/2025/a.md", "pages/b.md");
    let path = import.content().join("pages/b.md");
    fs::write(&path, import.read("pages/b.md").replace("text", "my text")).unwrap();
    import.export_again(&item(1, "a", "text").replace("</item>", PAID));
    let told = said(&import.run());
    let loud = told.split("Please look at").nth(1).unwrap_or_default();
    assert!(
        loud.contains("still public here; write `visibility: paid`") && loud.contains("pages/b.md, “Title 1”"),
        "{told}"
    );
    assert!(import.read("pages/b.md").contains("my text"));
}

#[test]
fn a_file_that_was_moved_is_named_when_its_article_is_gone() {
    for newer in [item(1, "a", "text").replace(">publish<", ">private<"), item(2, "b", "text")] {
        let import = Import::items(&item(1, "a", "text"));
        import.run();
        shift(&import, "articles/2025/a.md", "articles/deep/er/x.md");
        import.export_again(&newer);
        let told = said(&import.run());
        let loud = told.split("Please look at").nth(1).unwrap_or_default();
        assert!(loud.contains("articles/deep/er/x.md"), "{told}");
    }
}

/// A post of a day, whose address says it.
fn dated(day: &str, metas: &str) -> String {
    item(1, "winter", "text")
        .replace("example/winter/", &format!("example/{}/winter/", day.replace('-', "/")))
        .replace("2025-02-18", day)
        .replace("</item>", &format!("{metas}</item>"))
}

#[test]
fn an_address_that_changes_sends_on() {
    let import = Import::items(&dated("2025-01-15", ""));
    import.run();
    let path = "articles/2025/winter.md";
    assert!(!import.read(path).contains("aliases"));
    import.export_again(&dated("2026-01-15", ""));
    let told = said(&import.run());
    assert!(told.contains("(post 1) was at /2025/01/15/winter/"), "{told}");
    let text = import.read(path);
    assert!(text.contains("permalink: /2026/01/15/winter/\naliases: /2025/01/15/winter/\n"), "{text}");
    // Again, and once more elsewhere: no address is lost.
    assert_eq!(import.run().articles.unchanged, 1);
    import.export_again(&dated("2026-02-01", ""));
    import.run();
    assert!(
        import.read(path).contains("aliases: [/2025/01/15/winter/, /2026/01/15/winter/]\n"),
        "{}",
        import.read(path)
    );
}

#[test]
fn days_that_wordpress_remembers_are_aliases() {
    let meta = |key: &str, value: &str| {
        format!("<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value>{value}</wp:meta_value></wp:postmeta>")
    };
    let metas = [meta("_wp_old_date", "2025-01-15"), meta("_wp_old_slug", "frost"), meta("_wp_old_date", "x")].concat();
    let import = Import::items(&dated("2026-01-20", &metas));
    import.run();
    let text = import.read("articles/2026/winter.md");
    let expected = "aliases: [/2025/01/15/winter/, /2026/01/20/frost/, /2025/01/15/frost/]\n";
    assert!(text.contains(expected), "{text}");
    // Where the address has no day, none has moved it.
    let import = Import::items(
        &item(1, "winter", "text").replace("</item>", &format!("{}</item>", meta("_wp_old_date", "2024-01-15"))),
    );
    import.run();
    assert!(!import.read("articles/2025/winter.md").contains("aliases"));
}
