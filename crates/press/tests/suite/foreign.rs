//! What others put into the output folder is left alone.

use crate::driver::Site;
use std::fs;

#[test]
fn a_site_of_others_is_not_written_over() {
    let site = Site::copy("small");
    for (path, text) in [("dist/index.html", "my front page"), ("dist/sw.js", "mine"), ("dist/CNAME", "a.example")] {
        site.write(path, text);
    }
    let said = site.fail(false);
    let mend = "choose another folder with --out, or move these files away first";
    assert_eq!(
        said,
        format!("./dist/index.html and ./dist/sw.js are not from press and would be written over; {mend}")
    );
    assert_eq!(site.files().len(), 3, "nothing was written");
    for path in ["dist/ferry/index.html", "dist/robots.txt"] {
        site.write(path, "mine");
    }
    assert!(
        site.fail(false).starts_with("./dist/ferry/index.html, ./dist/index.html, ./dist/robots.txt and 1 more are")
    );
    for path in ["index.html", "sw.js", "ferry/index.html", "robots.txt"] {
        site.remove(&format!("dist/{path}"));
    }
    site.build();
    assert_eq!(site.read("dist/CNAME"), "a.example");
}

#[test]
fn a_site_of_an_earlier_build_is_known_without_its_cache() {
    let site = Site::copy("small");
    site.build();
    let before = site.files();
    site.edit("content/articles/reply.html", "Yours, the captain", "Yours, the skipper");
    fs::remove_dir_all(site.path("cache")).unwrap();
    site.build();
    assert!(site.files().len() == before.len() && site.files() != before);
}

#[test]
#[cfg(unix)]
fn a_link_that_leads_out_is_not_followed() {
    let site = Site::copy("small");
    for folder in ["dist", "outside"] {
        fs::create_dir(site.path(folder)).unwrap();
    }
    std::os::unix::fs::symlink("../outside", site.path("dist/ferry")).unwrap();
    assert!(site.fail(false).starts_with("./dist/ferry: is a link that leads out of "));
    assert_eq!(fs::read_dir(site.path("outside")).unwrap().count(), 0);
}
