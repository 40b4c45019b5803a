//! What programs that follow a feed know an article by.

use crate::driver::Site;
use jumpline_article::Feed;

/// The ids of an article in both feeds, by its title.
#[track_caller]
fn ids(site: &Site, title: &str) -> [String; 2] {
    site.build();
    let feed = Feed::from_json(&site.read("dist/feed.json")).unwrap();
    let json = feed.items.into_iter().find(|it| it.title.as_deref() == Some(title)).unwrap().id;
    let xml = site.read("dist/feed.xml");
    let item = xml.split("<item>").find(|it| it.contains(&format!("<title>{title}</title>"))).unwrap();
    let guid = item.split_once("<guid isPermaLink=\"false\">").and_then(|it| it.1.split_once("</guid>")).unwrap().0;
    [json, guid.to_owned()]
}

#[test]
fn an_article_that_moved_is_no_new_one() {
    let site = Site::copy("small");
    let before = ids(&site, "The ferry is late again");
    assert_eq!(before, ["https://paper.example/repo/ferry/"; 2]);
    let head = "title: The ferry is late again";
    for id in ["/ferry/", "/ferry", "https://paper.example/repo/ferry/"] {
        site.edit("content/articles/ferry.md", head, &format!("{head}\nid: {id}\npermalink: /2025/ferry/"));
        assert_eq!(ids(&site, "The ferry is late again"), before, "{id}");
        assert!(site.read("dist/feed.xml").contains("<link>https://paper.example/repo/2025/ferry/</link>"));
        site.edit("content/articles/ferry.md", &format!("\nid: {id}\npermalink: /2025/ferry/"), "");
    }
}

#[test]
fn tasks_are_signs() {
    let site = Site::copy("small");
    site.write("content/articles/list.md", "---\ntitle: A list\ndate: 2026-11-03\n---\n\n- [x] Nets\n- [ ] Ropes\n");
    site.build();
    let feed = site.read("dist/feed.json");
    assert!(
        feed.contains("role=\\\"img\\\">☑</span>\\nNets") && feed.contains("role=\\\"img\\\">☐</span>\\nRopes"),
        "{feed}"
    );
    assert!(!feed.contains("<input") && !site.read("dist/feed.xml").contains("<input"));
}

#[test]
fn an_id_of_another_system_stays_as_it_is() {
    let site = Site::copy("small");
    let head = "title: The ferry is late again";
    site.edit("content/articles/ferry.md", head, &format!("{head}\nid: https://old.example/?p=7"));
    assert_eq!(ids(&site, "The ferry is late again"), ["https://old.example/?p=7"; 2]);
}
