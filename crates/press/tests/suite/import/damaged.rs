//! Files that are no export, or no longer a whole one.

use super::{HEAD, Import, export, imports, item, said};

#[test]
fn an_entity_bomb_is_refused_before_anything_is_written() {
    let bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE lolz [\n<!ENTITY lol \"lol\">\n<!ENTITY lol2 \"&lol;&lol;&lol;\">\n]>\n<rss><channel><title>&lol2;</title></channel></rss>";
    let import = Import::bytes(bomb.as_bytes());
    let error = format!("{:#}", import.try_run().unwrap_err());
    assert!(error.contains("line 3: a document type with entities"), "{error}");
    assert!(import.files().is_empty());
    // A document type alone is no trap, and an entity that nobody declared is only text.
    let export = export(&item(1, "a", "x").replace("Title 1", "A &nbsp;&amp;&#8211; B"));
    let import = Import::bytes(export.replace("<rss", "<!DOCTYPE rss>\n<rss").as_bytes());
    import.run();
    assert!(import.read("articles/2025/a.md").contains("title: \"A &– B\""), "{}", import.read("articles/2025/a.md"));
}

#[test]
fn broken_utf8_is_mended_and_its_line_named() {
    let mut export = format!("{HEAD}{}", item(1, "a", "one\nbr@ken")).into_bytes();
    let at = export.iter().position(|it| *it == b'@').unwrap();
    export[at] = 0xe9;
    export.extend_from_slice(b"</channel></rss>");
    let import = Import::bytes(&export);
    let report = import.run();
    assert!(import.read("articles/2025/a.md").contains("br\u{fffd}ken"));
    assert!(
        said(&report).contains("the file is not all UTF-8; 1 broken places became \u{fffd}, in line 5"),
        "{report}"
    );
}

#[test]
fn a_truncated_file_names_its_line_and_keeps_what_was_whole() {
    let whole = format!("{HEAD}{}{}", item(1, "a", "first"), item(2, "b", "second\nand on"));
    for (cut, reading) in
        [("and on", "<content:encoded> of “Title 2” (begun in line 5)"), ("</item>\n", "“Title 2” (begun in line 5)")]
    {
        let import = Import::bytes(&whole.as_bytes()[..whole.rfind(cut).unwrap() + 2]);
        let (report, stopped) = import.try_run().unwrap();
        let error = format!("{:#}", stopped.expect("is cut off"));
        assert!(error.contains(": line 6: the file ends while") && error.contains(reading), "{error}");
        assert_eq!(report.articles.new, 1);
        assert!(import.read("articles/2025/a.md").contains("first"));
        assert!(!import.content().join("articles/2025/b.md").exists());
    }
}

#[test]
fn an_article_that_is_too_long_takes_no_others_away() {
    let long = item(2, "b", &"x".repeat(33 << 20));
    let import = Import::items(&format!("{}{long}{}", item(1, "a", "first"), item(3, "c", "third")));
    let (report, stopped) = import.try_run().unwrap();
    assert!(stopped.is_none() && report.articles.new == 2, "{report}");
    assert!(
        said(&report).contains("<content:encoded> of “Title 2” (begun in line 5) is larger than 32 MB"),
        "{report}"
    );
    assert!(import.read("articles/2025/c.md").contains("third"));
}

#[test]
fn what_is_no_export_says_so() {
    for (bytes, said) in [
        (&b"<html><body>x</body></html>"[..], "line 1: not a WordPress export: it begins with <html>"),
        (b"", "not a WordPress export: it has no <wp:wxr_version>"),
        (b"<rss><channel><item><title>x</title></item></channel></rss>", "it has no <wp:wxr_version>"),
        (b"\x00\x01PK\x03\x04 not xml at all", "not a WordPress export"),
        (b"<rss><channel>\n<a></b></channel></rss>", "line 2: no XML"),
    ] {
        let import = Import::bytes(bytes);
        let error = format!("{:#}", import.try_run().unwrap_err());
        assert!(error.contains(said), "{error}");
        assert!(import.files().is_empty());
    }
    let ghost = format!("{:#}", Import::of(imports().join("ferry/export.json")).try_run().unwrap_err());
    assert!(ghost.contains("an export of Ghost? Then it is `press import ghost`"), "{ghost}");
    let error = format!("{:#}", Import::of("/nowhere/export.xml").try_run().unwrap_err());
    assert!(error.contains("/nowhere/export.xml"), "{error}");
}

#[test]
fn deep_and_endless_elements_are_refused() {
    let import = Import::bytes(format!("{HEAD}<item>{}", "<a>".repeat(100_000)).as_bytes());
    let (_, stopped) = import.try_run().unwrap();
    assert!(format!("{:#}", stopped.unwrap()).contains("nest deeper than 16 levels"));
    let import = Import::items(&item(1, "a", &format!("x{}", "<div><b><i><table><td>".repeat(3_000))));
    let report = import.run();
    assert!(said(&report).contains("absurdly deep"), "{report}");
}
