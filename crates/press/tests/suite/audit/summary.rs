//! What an audit says, and what the next one need not look at again.

use super::{BODY, LEAK, PUBLIC, key, run, run_again, write};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use jumpline_press::audit::Record;

#[test]
fn a_clean_site_is_not_searched_twice_and_a_changed_one_is() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "index.html", PUBLIC.as_bytes());
    write(folder.path(), "feed.xml", b"<rss/>");
    let (summary, record) = run_again(folder.path(), BODY, &Record::default()).unwrap();
    assert_eq!((summary.files, summary.searched), (2, 2));
    let (summary, record) = run_again(folder.path(), BODY, &record).unwrap();
    assert_eq!((summary.files, summary.searched), (2, 0));
    assert_eq!(
        run_again(folder.path(), "Another text of eight words is locked here now", &record).unwrap().0.searched,
        2
    );
    write(folder.path(), "feed.xml", LEAK.as_bytes());
    assert!(run_again(folder.path(), BODY, &record).is_err());
}

#[test]
fn every_leak_is_told_in_a_line() {
    let folder = tempfile::tempdir().unwrap();
    let html = format!("<p>{}</p>", LEAK.replace('&', "&amp;").replace('"', "&quot;"));
    write(folder.path(), "a/index.html", html.as_bytes());
    write(folder.path(), "b.json", serde_json::to_string(&BASE64_STANDARD.encode(&html)).unwrap().as_bytes());
    write(folder.path(), "c.txt", BASE64_STANDARD.encode(key().bytes).as_bytes());
    let error = run(folder.path()).unwrap_err().to_string();
    let lines = [
        "a/index.html: byte 3: locked text of /harbour/ (articles/harbour.md), HTML-escaped: `harbour master’s café &quot;hid&quot; th…`",
        "error: b.json: byte 5: locked text of /harbour/ (articles/harbour.md), base64 in HTML-escaped: `aGFyYm91ciBtYXN0ZXLigJlzIGNhZsOpICZxdW90…`",
        "error: c.txt: byte 0: the key `tier paid 2026-11`, base64",
        "3 leaks; do not publish this folder: take out of the public parts what is locked, and build again",
    ];
    assert_eq!(error.lines().collect::<Vec<_>>(), lines);
    for number in 0..60 {
        write(folder.path(), &format!("d/{number}.txt"), LEAK.as_bytes());
    }
    let error = run(folder.path()).unwrap_err().to_string();
    assert_eq!(error.lines().count(), 52);
    assert!(error.contains("\n… and 13 more\n63 leaks; "), "{error}");
}
