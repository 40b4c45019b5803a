//! A secret or the link of a pass in the site is a leak, whosever it is, and whether or not anything is locked.

use crate::driver::Site;
use base64::prelude::{BASE64_STANDARD, Engine as _};
use jumpline_article::wall::{Bytes, PassId, PassLink};
use jumpline_press::build;
use jumpline_press::wall::Secret;

/// What another publication's secret opens; neither is in force here.
fn foreign() -> [(String, &'static str); 2] {
    let id = PassId::parse("8m3x0t5k2q9wz7hb").unwrap();
    let pass = PassLink { id, secret: Bytes::from([3_u8; 32].as_slice()) };
    [
        (Secret::from([9; 32]).line().to_string(), "the line of a publisher's secret"),
        (format!("https://t.example/unlock/#{}", pass.fragment()), "the link of a pass"),
    ]
}

#[test]
fn a_foreign_secret_is_a_leak_in_a_public_site_too() {
    for gated in [false, true] {
        let site = Site::copy("small");
        if gated {
            site.edit("content/articles/ferry.md", "section: harbour", "section: harbour\nvisibility: paid");
        }
        site.build();
        for (text, name) in foreign() {
            site.write("dist/left.txt", &format!("a\n{text}\n"));
            for error in [site.fail(false), format!("{:#}", build::audit(&site.options()).unwrap_err())] {
                assert!(error.starts_with("left.txt: byte ") && error.contains(name), "{error}");
                assert!(!error.contains(&text[30..50]), "the message gives it away: {error}");
            }
            site.remove("dist/left.txt");
            site.build();
            site.write("content/articles/told.md", &format!("---\ntitle: A\ndate: 2025-03-01\n---\n`{text}`\n"));
            assert!(site.fail(false).contains(name), "an article tells it");
            site.remove("content/articles/told.md");
            site.build();
        }
    }
}

#[test]
fn where_something_is_locked_it_is_found_however_it_is_written() {
    let site = Site::copy("small");
    site.edit("content/articles/ferry.md", "section: harbour", "section: harbour\nvisibility: paid");
    site.build();
    for (text, name) in foreign() {
        for written in [BASE64_STANDARD.encode(&text), text.replace('.', "&#46;").replace('#', "%23")] {
            site.write("dist/left.txt", &written);
            assert!(site.fail(false).contains(name), "{written}");
        }
    }
}
