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
