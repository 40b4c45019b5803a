//! Exports that hold less than an earlier one: nothing is taken away.

use super::{HEAD, Import, item, said};
use std::fs;

const PICTURE: &str = "<item><title>Lens</title><wp:attachment_url>https://t.example/wp-content/uploads/2025/lens.png</wp:attachment_url>\
    <excerpt:encoded>The lens</excerpt:encoded><wp:post_id>90</wp:post_id><wp:post_type>attachment</wp:post_type><wp:status>inherit</wp:status></item>\n";
const BLOCK: &str = "<item><title>B</title><content:encoded><![CDATA[<!-- wp:paragraph --><p>Said again</p><!-- /wp:paragraph -->]]></content:encoded>\
    <wp:post_id>91</wp:post_id><wp:post_type>wp_block</wp:post_type><wp:status>publish</wp:status></item>\n";
const LACKING: &str =
    "names pictures, reusable blocks or categories that an earlier export had and this one has not, so left as it is";

fn with_thumbnail(item: &str) -> String {
    let meta = "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>90</wp:meta_value></wp:postmeta>";
    item.replace("</item>", &format!("{meta}</item>"))
}

/// Articles that each need something else of the export.
fn needy() -> [String; 3] {
    [
        with_thumbnail(&item(1, "thumb", "<p>one</p>")),
        item(2, "gallery", "<p>two</p>\n\n[gallery ids=\"90\"]"),
        item(3, "block", "<p>three</p><!-- wp:block {\"ref\":91} /-->"),
    ]
}

#[test]
fn a_poorer_export_takes_nothing_away() {
    let whole = format!("{}{PICTURE}{BLOCK}", needy().concat());
    let import = Import::items(&whole);
    assert_eq!(import.run().articles.new, 3);
    let before = import.files();
    import.export_again(&needy().concat());
    let report = import.run();
    assert_eq!((report.articles.kept, report.articles.updated), (3, 0), "{report}");
    let told = said(&report);
    assert!(
        told.contains(LACKING) && told.contains("articles/2025/thumb.md, “Title 1” (post 1): attachment 90"),
        "{told}"
    );
    assert!(
        told.contains("“Title 2” (post 2): attachment 90") && told.contains("“Title 3” (post 3): block 91"),
        "{told}"
    );
    assert_eq!(before, import.files());
    import.export_again(&whole.replace("one", "eins"));
    assert_eq!(import.run().articles.updated, 1);
    assert!(import.read("articles/2025/thumb.md").contains("eins"));
}

#[test]
fn what_was_always_missing_holds_nothing_up() {
    let import = Import::items(&needy().concat());
    import.run();
    import.export_again(&needy().concat().replace("one", "eins").replace("three", "drei"));
    let report = import.run();
    assert_eq!((report.articles.updated, report.articles.unchanged), (2, 1), "{report}");
    import.export_again(&format!("{PICTURE}{BLOCK}{}", needy().concat()));
    assert_eq!(import.run().articles.updated, 3);
}

#[test]
fn an_export_that_breaks_off_takes_nothing_away() {
    let items = format!("{}{}{PICTURE}", item(1, "a", "first"), with_thumbnail(&item(2, "b", "second")));
    let import = Import::items(&items);
    import.run();
    let before = import.files();
    let cut = format!("{HEAD}{}{}{}", item(3, "c", "third"), items.replace("first", "changed"), item(4, "d", "fourth"));
    fs::write(&import.export, &cut[..cut.find("<excerpt").unwrap()]).unwrap();
    let (report, stopped) = import.try_run().unwrap();
    assert!(stopped.is_some());
    assert_eq!((report.articles.new, report.articles.kept, report.articles.updated), (1, 2, 0), "{report}");
    assert!(said(&report).contains("came in earlier, and this file breaks off"), "{report}");
    for path in ["articles/2025/a.md", "articles/2025/b.md"] {
        assert_eq!(import.files()[path], before[path]);
    }
}
