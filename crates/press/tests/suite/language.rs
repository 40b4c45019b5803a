//! An article in another language than the publication's: its own words say so, and nothing else turns around.

use crate::driver::Site;
use scraper::{Html, Selector};

fn said(page: &str, selector: &str) -> Option<(Option<String>, Option<String>)> {
    let page = Html::parse_document(page);
    let found = page.select(&Selector::parse(selector).unwrap()).next()?;
    Some((found.attr("lang").map(ToOwned::to_owned), found.attr("dir").map(ToOwned::to_owned)))
}

#[test]
fn words_of_another_language_say_so_wherever_they_stand() {
    let site = Site::copy("small");
    site.edit("content/articles/ferry.md", "title:", "language: ar\ntitle:");
    site.build();
    let foreign = Some((Some("ar".to_owned()), Some("rtl".to_owned())));
    let own = Some((None, None));
    let places = [
        ("ferry/", "h1", &foreign),
        ("ferry/", ".article-head .standfirst", &foreign),
        ("ferry/", ".prose", &foreign),
        ("ferry/", ".breadcrumb [aria-current] span", &foreign),
        ("ferry/", "article", &own),
        ("ferry/", ".article-meta", &own),
        ("", ".cards h3", &foreign),
        ("", ".cards .standfirst", &foreign),
        ("archive/", ".archive-entry a[href$='/ferry/']", &foreign),
        ("reply/", ".neighbours a[href$='/ferry/'] b", &foreign),
        ("reply/", ".neighbours a[href$='/ferry/']", &own),
        ("reply/", "h1", &own),
    ];
    for (path, selector, expected) in places {
        let page = site.read(&format!("dist/{path}index.html"));
        assert_eq!(&said(&page, selector), expected, "{selector} at /{path}");
    }
}

#[test]
fn what_is_foreign_but_runs_the_same_way_turns_nothing() {
    let site = Site::copy("small");
    site.edit("content/articles/ferry.md", "title:", "language: de\ntitle:");
    site.build();
    let page = site.read("dist/ferry/index.html");
    assert_eq!(said(&page, ".prose"), Some((Some("de".to_owned()), None)));
}
