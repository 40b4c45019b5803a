//! What a publisher puts beside the site.

use crate::driver::Site;

#[test]
fn files_for_the_host_are_copied_and_removed() {
    let site = Site::copy("small");
    site.write("content/static/.well-known/security.txt", "Contact: mailto:a@b.example\n");
    site.write("content/static/_redirects", "/section/old/* /section/new/:splat 301\n");
    site.write("content/static/google1.html", "google-site-verification: google1.html");
    site.write("content/static/.DS_Store", "litter");
    site.build();
    assert_eq!(site.read("dist/.well-known/security.txt"), "Contact: mailto:a@b.example\n");
    assert_eq!(site.read("dist/_redirects"), "/section/old/* /section/new/:splat 301\n");
    assert_eq!(site.read("dist/google1.html"), "google-site-verification: google1.html");
    assert_eq!(site.read("dist/.nojekyll"), "");
    assert!(!site.path("dist/.DS_Store").exists());
    site.remove("content/static/.well-known/security.txt");
    site.write("content/static/.nojekyll", "mine");
    site.build();
    assert!(!site.path("dist/.well-known").exists());
    assert_eq!(site.read("dist/.nojekyll"), "mine");
}

#[test]
fn a_file_for_the_host_stands_over_nothing() {
    let site = Site::copy("small");
    site.write("content/static/ferry/index.html", "mine");
    site.write("content/static/feed.xml", "mine");
    site.write("content/static/mail.php", "mine");
    assert_eq!(
        site.fail(true),
        "./content/static/feed.xml: would stand over /feed.xml, which the site writes itself; remove or rename it\n\
         error: ./content/static/ferry/index.html: would stand over /ferry/index.html of ./content/articles/ferry.md; rename one of them\n\
         error: ./content/static/mail.php: is a .php, which a host may run; put it into a ZIP, or remove it\n\
         3 errors; nothing was written"
    );
    assert!(!site.path("dist").exists());
}

#[test]
fn the_audit_looks_into_them() {
    let site = Site::copy("small");
    let secret = site.read("keys/secret");
    site.write("content/static/notes.txt", &secret);
    let error = site.fail(false);
    assert!(error.contains("notes.txt"), "{error}");
}
