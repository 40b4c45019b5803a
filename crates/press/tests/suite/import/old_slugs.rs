//! Addresses that an article of WordPress had before.

use super::{Import, item, said};

/// An item with its address and slugs that it had before.
fn moved(number: u32, slug: &str, link: &str, old: &[&str]) -> String {
    let metas = old.iter().map(|it| {
        format!("<wp:postmeta><wp:meta_key>_wp_old_slug</wp:meta_key><wp:meta_value>{it}</wp:meta_value></wp:postmeta>")
    });
    let item = item(number, slug, "text");
    let (before, after) = item.split_once("<link>").unwrap();
    let after = after.split_once("</link>").unwrap().1;
    format!("{before}<link>https://t.example{link}</link>{after}")
        .replace("</item>", &format!("{}</item>", metas.collect::<String>()))
}

#[test]
fn old_slugs_become_aliases() {
    let import = Import::items(
        &[
            moved(1, "ferry", "/2025/03/ferry/", &["late-ferry", "f%C3%A4hre", "late-ferry", "ferry", ""]),
            moved(2, "fog", "/fog/", &["mist"]),
            // Another has this one now, or had it first, or the reader needs it.
            moved(3, "buoy", "/buoy/", &["FOG", "mist", "subscribe", "buoys"]),
            // The address does not end in the slug, so it never changed with it.
            moved(4, "tide", "/archives/4/", &["ebb"]),
        ]
        .concat(),
    );
    let report = import.run();
    let article = |it: &str| import.read(&format!("articles/2025/{it}.md"));
    assert!(article("ferry").contains("aliases: [/2025/03/late-ferry/, /2025/03/fähre/]\n"), "{}", article("ferry"));
    assert!(article("fog").contains("aliases: /mist/\n"), "{}", article("fog"));
    assert!(article("buoy").contains("aliases: /buoys/\n"), "{}", article("buoy"));
    assert!(!article("tide").contains("aliases"), "{}", article("tide"));
    let said = said(&report);
    assert!(
        said.contains("which sends on to it (`aliases`)") && said.contains("was at /2025/03/late-ferry/"),
        "{said}"
    );
    assert!(said.contains("that another has now") && said.contains("(post 3) was at /subscribe/"), "{said}");
    // What an article links to by an old address is found.
    import.export_again(
        &[moved(2, "fog", "/fog/", &["mist"]), item(5, "links", "<a href=\"https://t.example/mist/\">m</a>")].concat(),
    );
    import.run();
    assert!(article("links").contains("[m](/fog/)"), "{}", article("links"));
}
