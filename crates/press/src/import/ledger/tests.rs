//! Imports into a folder where a person works too.

use super::{Ledger, Outcome};
use std::fs;

#[test]
fn a_persons_work_is_left_alone() {
    let folder = tempfile::tempdir().expect("makes a folder");
    let content = folder.path();
    let open = || Ledger::open(content, "wordpress", "https://a.example").expect("opens");
    let mut ledger = open();
    fs::write(content.join("mine.md"), "mine").expect("writes");
    let mut put = |path: &str, text: &str| ledger.put(path, "", text.as_bytes()).expect("puts");
    assert_eq!(put("a/b.md", "1"), Outcome::New);
    assert_eq!(put("a/b.md", "1"), Outcome::Unchanged);
    assert_eq!(put("a/b.md", "2"), Outcome::Updated);
    assert_eq!(put("mine.md", "2"), Outcome::Foreign);
    assert_eq!(put("mine.md", "mine"), Outcome::Unchanged);
    assert_eq!(ledger.copy("c.md", &content.join("mine.md")).expect("copies"), Outcome::New);
    assert_eq!(fs::read_to_string(content.join("c.md")).expect("reads"), "mine");
    ledger.save().expect("saves");
    fs::write(content.join("a/b.md"), "edited").expect("writes");
    fs::remove_file(content.join("mine.md")).expect("removes");
    let mut ledger = open();
    assert_eq!(ledger.put("a/b.md", "", b"3").expect("puts"), Outcome::Edited);
    assert_eq!(ledger.put("mine.md", "", b"3").expect("puts"), Outcome::Removed);
    assert_eq!(fs::read_to_string(content.join("a/b.md")).expect("reads"), "edited");
}

#[test]
fn a_file_may_change_its_name_until_somebody_touches_it() {
    let folder = tempfile::tempdir().expect("makes a folder");
    let mut ledger = Ledger::open(folder.path(), "wordpress", "x").expect("opens");
    ledger.put("a.md", "7", b"1").expect("puts");
    assert_eq!(ledger.path_of("7"), Some("a.md"));
    assert!(ledger.withdraw("a.md").expect("withdraws"));
    assert!(!folder.path().join("a.md").exists());
    ledger.put("a.md", "7", b"1").expect("puts");
    fs::write(folder.path().join("a.md"), "edited").expect("writes");
    assert!(!ledger.withdraw("a.md").expect("withdraws"));
}

#[test]
fn another_site_is_refused() {
    let folder = tempfile::tempdir().expect("makes a folder");
    let mut ledger = Ledger::open(folder.path(), "wordpress", "https://a.example").expect("opens");
    ledger.put("a.md", "1", b"1").expect("puts");
    ledger.save().expect("saves");
    let error = Ledger::open(folder.path(), "wordpress", "https://b.example").expect_err("is refused").to_string();
    assert!(error.contains("https://a.example") && error.contains("https://b.example"), "{error}");
}
