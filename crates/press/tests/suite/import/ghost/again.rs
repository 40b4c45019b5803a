//! The same export again, or a newer one, over what a person has edited.

use super::{Import, post, with};
use std::fs;

#[test]
fn importing_from_ghost_twice_changes_nothing() {
    let import = Import::ferry();
    let first = import.run();
    let before = import.files();
    let second = import.run();
    assert_eq!(before, import.files());
    assert_eq!((first.articles.new, first.pages.new), (second.articles.unchanged, second.pages.unchanged));
    assert_eq!((second.articles.new, second.articles.updated, second.articles.kept, second.media.new), (0, 0, 0, 0));
}

#[test]
fn an_edited_file_stays_and_a_changed_post_is_written_again() {
    let import = Import::posts(&[post(1, "a", "<p>text</p>"), post(2, "b", "<p>text</p>"), post(3, "c", "<p>x</p>")]);
    import.run();
    let path = import.content().join("articles/2025/a.md");
    fs::write(&path, "mine").unwrap();
    fs::remove_file(import.content().join("articles/2025/c.md")).unwrap();
    import.export_again(&[
        with(post(1, "a", "<p>new</p>"), "visibility", "paid"),
        post(2, "renamed", "<p>new</p>"),
        post(3, "c", "<p>x</p>"),
    ]);
    let report = import.run();
    assert_eq!((report.articles.kept, report.articles.updated), (2, 1), "{report}");
    assert_eq!(fs::read_to_string(path).unwrap(), "mine");
    let text = import.read("articles/2025/b.md");
    assert!(text.contains("permalink: /renamed/") && text.contains("new"), "{text}");
    let said = report.to_string();
    assert!(said.contains("edited since the last import") && said.contains("removed since the last import"), "{said}");
    assert!(said.contains("is not open to everybody in Ghost any more and is still public here"), "{said}");
    assert!(said.contains("articles/2025/a.md, “Title 1” (post a): `visibility: paid`"), "{said}");
}

#[test]
fn what_is_not_in_a_newer_export_stays_and_is_named() {
    let import = Import::posts(&[post(1, "a", "<p>text</p>"), post(2, "b", "<p>text</p>")]);
    import.run();
    import.export_again(&[with(post(1, "a", "<p>text</p>"), "status", "draft")]);
    let said = import.run().to_string();
    assert!(said.contains("does not come in any more; remove its file"), "{said}");
    assert!(said.contains("if it was deleted in Ghost") && said.contains("articles/2025/b.md"), "{said}");
    assert!(import.files().contains_key("articles/2025/b.md"));
}

#[test]
fn a_body_that_became_html_takes_the_place_of_the_markdown() {
    let import = Import::posts(&[post(1, "a", "<p>text</p>")]);
    import.run();
    import.export_again(&[post(1, "a", "<ul><li>a<p>b</p><table><tr><td>c</td></tr></table></li></ul>")]);
    let report = import.run();
    let there: Vec<String> = import.files().into_keys().filter(|it| it.starts_with("articles/")).collect();
    assert_eq!(there.len(), 1, "{there:?} {report}");
    assert_eq!(import.run().articles.unchanged, 1);
}

#[test]
fn another_site_is_refused_where_one_came_in() {
    let import = Import::posts(&[post(1, "a", "<p>text</p>")]);
    import.run();
    let text = fs::read_to_string(&import.export).unwrap().replace("\"value\":\"T\"", "\"value\":\"Other\"");
    fs::write(&import.export, text).unwrap();
    let error = format!("{:#}", import.try_run().unwrap_err());
    assert!(error.contains("holds an import of T, and this export is of Other"), "{error}");
}

#[test]
fn a_moved_file_is_followed_and_a_changed_address_sends_on() {
    let import = Import::posts(&[post(1, "a", "<p>text</p>"), post(2, "b", "<p>text</p>")]);
    import.run();
    for (name, text) in [("a", "text"), ("b", "my text")] {
        let to = import.content().join(format!("articles/{name}.md"));
        fs::write(to, import.read(&format!("articles/2025/{name}.md")).replace("text", text)).unwrap();
        fs::remove_file(import.content().join(format!("articles/2025/{name}.md"))).unwrap();
    }
    import.export_again(&[post(1, "renamed", "<p>text</p>"), with(post(2, "b", "<p>text</p>"), "visibility", "paid")]);
    let said = import.run().to_string();
    assert!(
        import.read("articles/a.md").contains("permalink: /renamed/\naliases: /a/\n"),
        "{}",
        import.read("articles/a.md")
    );
    assert!(said.contains("still public here") && said.contains("articles/b.md, “Title 2” (post b)"), "{said}");
    assert!(said.contains("“Title 1” (post renamed) was at /a/"), "{said}");
}
