//! The same export again, or a newer one, over what a person has edited.

use super::{Import, item, said};
use std::fs;

#[test]
fn importing_twice_changes_nothing() {
    let import = Import::lighthouse();
    let first = import.run();
    let before = import.files();
    let second = import.run();
    assert_eq!(before, import.files());
    assert_eq!(first.articles.new, second.articles.unchanged);
    assert_eq!((second.articles.new, second.articles.updated, second.articles.kept, second.media.new), (0, 0, 0, 0));
    assert!(said(&second).contains("unchanged"));
}

#[test]
fn an_edited_file_is_left_and_named() {
    let import = Import::lighthouse();
    import.run();
    let path = "articles/2025/how-the-lamp-is-lit.md";
    fs::write(import.content().join(path), "mine").unwrap();
    fs::remove_file(import.content().join("articles/2025/thirteen.md")).unwrap();
    let toml = import.read("publication.toml");
    fs::write(import.content().join("publication.toml"), format!("# mine\n{}", toml.replace("lead = ", "# lead = ")))
        .unwrap();
    let report = import.run();
    assert_eq!(import.read(path), "mine");
    assert!(!import.content().join("articles/2025/thirteen.md").exists());
    assert!(import.read("publication.toml").starts_with("# mine\n"));
    assert!(!import.read("publication.toml").contains("\nlead"));
    assert_eq!(report.articles.kept, 2);
    let said = said(&report);
    assert!(said.contains("edited since the last import") && said.contains(path), "{said}");
    assert!(said.contains("removed since the last import"), "{said}");
}

#[test]
fn a_file_that_was_there_is_not_overwritten() {
    let import = Import::items(&item(1, "a", "text"));
    fs::create_dir_all(import.content().join("articles/2025")).unwrap();
    fs::write(import.content().join("articles/2025/a.md"), "mine").unwrap();
    let report = import.run();
    assert_eq!(import.read("articles/2025/a.md"), "mine");
    assert!(said(&report).contains("there already and not from an import"), "{report}");
}

#[test]
fn a_changed_export_changes_what_nobody_touched() {
    let import = Import::items(&item(1, "a", "old"));
    import.run();
    import.export_again(&item(1, "b", "new"));
    let report = import.run();
    assert_eq!(report.articles.updated, 1);
    let text = import.read("articles/2025/a.md");
    assert!(text.contains("permalink: /b/") && text.contains("new"), "{text}");
}

#[test]
fn who_imports_into_another_paper_is_told() {
    let import = Import::items(&item(1, "a", "text"));
    fs::create_dir_all(import.content()).unwrap();
    let toml = "title = \"Mine\"\nurl = \"https://mine.example\"\n";
    fs::write(import.content().join("publication.toml"), toml).unwrap();
    let told = "publication.toml says `url = \"https://mine.example\"`, and this was https://t.example";
    assert!(said(&import.run()).contains(told));
    assert!(!said(&import.run()).contains("publication.toml says"), "once is enough");
    let import = Import::items(&item(1, "a", "text"));
    fs::create_dir_all(import.content()).unwrap();
    fs::write(import.content().join("publication.toml"), toml.replace("mine.example", "www.t.example")).unwrap();
    assert!(!said(&import.run()).contains("publication.toml says"));
}

#[test]
fn what_was_sticky_is_told_where_it_leads() {
    let sticky = item(1, "a", "text").replace("</item>", "<wp:is_sticky>1</wp:is_sticky></item>");
    let import = Import::items(&sticky);
    let first = said(&import.run());
    assert!(first.contains("was sticky; the newest of these is the `lead` now"), "{first}");
    assert!(import.read("publication.toml").contains("lead = \"/a/\""));
    assert!(!said(&import.run()).contains("sticky"));
}

#[test]
fn an_address_that_ends_in_html_is_named() {
    let post = item(1, "a", "text");
    let (before, after) = post.split_once("<link>").unwrap();
    let after = after.split_once("</link>").unwrap().1;
    let import = Import::items(&format!("{before}<link>https://t.example/2020/a.html</link>{after}"));
    let said = said(&import.run());
    assert!(said.contains("had an address that ends in `.html`") && said.contains("is at /2020/a.html/"), "{said}");
}
