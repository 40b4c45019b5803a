//! What is dated after the moment of a build waits for the first build after its date.

use crate::driver::{Site, files};
use std::process::Command;

/// 2027-01-04T07:00:00Z.
const NIGHT: i64 = 1_799_046_000;

/// Builds at a moment, and gives back what the command says; folders are named `./`.
fn build(site: &Site, moment: i64) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_press"));
    command.arg("build").env("SOURCE_DATE_EPOCH", moment.to_string());
    for (name, folder) in [("--content", "content"), ("--shell", "shell"), ("--out", "dist"), ("--cache", "cache")] {
        command.arg(name).arg(site.path(folder));
    }
    let output = command.output().unwrap();
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    (output.status.success(), said.replace(&format!("{}/", site.path("x").parent().unwrap().display()), "./"))
}

fn site() -> Site {
    let site = Site::copy("small");
    let head = "title: Winter timetable\ndate: 2027-01-04T08:00:00+01:00\nsection: harbour\ntags: [Winter]";
    site.write("content/articles/winter.md", &format!("---\n{head}\n---\nSNOWWORD ![](/media/snow.svg)\n"));
    site.write("content/media/snow.svg", "<svg viewBox='0 0 8 4'/>");
    site.edit("content/publication.toml", "per_page = 2", "per_page = 2\nlead = \"/winter/\"");
    site
}

#[test]
fn the_future_is_held_back_and_taken_up_in_its_time() {
    let site = site();
    let (done, said) = build(&site, NIGHT - 1);
    assert!(done, "{said}");
    assert!(
        said.contains(
            "\n1 scheduled: ./content/articles/winter.md at 2027-01-04T08:00:00+01:00; build again after that\n"
        ),
        "{said}"
    );
    for (path, bytes) in site.files() {
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        for word in ["winter", "snow"] {
            assert!(!path.contains(word) && !text.contains(word), "{word} in {path}");
        }
    }
    let (done, said) = build(&site, NIGHT);
    assert!(done && !said.contains("scheduled"), "{said}");
    assert!(site.path("dist/winter/index.html").exists() && site.path("dist/media/snow.svg").exists());
    for path in
        ["dist/feed.xml", "dist/feed.json", "dist/sitemap.xml", "dist/listing.json", "dist/tag/winter/index.html"]
    {
        assert!(site.read(path).contains("/winter/"), "{path}");
    }
    // The same bytes as those of a build that never waited.
    let other = self::site();
    build(&other, NIGHT + 86_400);
    assert!(files(&site.path("dist")) == files(&other.path("dist")));
    // A date that is moved away takes it back.
    site.edit("content/articles/winter.md", "2027-01-04", "2027-02-04");
    build(&site, NIGHT + 86_400);
    assert!(!site.path("dist/winter").exists());
}

#[test]
fn faults_of_what_waits_are_known_at_once() {
    let site = site();
    site.edit("content/articles/winter.md", "title:", "permalink: /reply/\ntitle:");
    let (done, said) = build(&site, NIGHT - 1);
    assert!(!done && said.contains("the permalink /reply/ belongs to"), "{said}");
}

#[test]
fn a_link_to_what_waits_says_when() {
    let site = site();
    site.edit("content/articles/ferry.md", "What follows is", "[soon](winter.md) What follows is");
    let (done, said) = build(&site, NIGHT - 1);
    assert!(
        done && said.contains("ferry.md:13: the link `winter.md` leads to what is published at 2027-01-04T08"),
        "{said}"
    );
    let (done, said) = build(&site, NIGHT);
    assert!(done && !said.contains("ferry.md"), "{said}");
    assert!(site.read("dist/ferry/index.html").contains("href=\"/repo/winter/\">soon<"));
}

#[test]
fn a_change_that_lies_ahead_is_a_warning_until_its_time() {
    let site = Site::copy("small");
    site.edit("content/articles/ferry.md", "updated: 2025-03-02", "updated: 2027-01-05");
    let warning = "warning: ./content/articles/ferry.md:4: was changed at 2027-01-05T00:00:00Z, which has not come yet";
    for _ in 0..2 {
        let (done, said) = build(&site, NIGHT);
        assert!(done && said.contains(warning), "{said}");
    }
    assert!(!build(&site, NIGHT + 86_400).1.contains("has not come yet"));
}
