//! Broken content: a clear message with file and line, and nothing written.

use crate::driver::Site;

#[test]
fn the_first_broken_article_stops_the_build() {
    let site = Site::copy("small");
    site.edit("content/articles/ferry.md", "standfirst:", "standfrist:");
    site.edit("content/articles/reply.html", "section: letters", "section: leters");
    assert_eq!(
        site.fail(false),
        "./content/articles/ferry.md:5:1: unknown key `standfrist`; did you mean `standfirst`?"
    );
    assert!(!site.path("dist").exists());
}

#[test]
fn keep_going_lists_all_of_them() {
    let site = Site::copy("small");
    site.edit("content/articles/ferry.md", "/media/ferry.svg", "/media/fery.svg");
    site.edit("content/articles/ferry.md", "../media/buoy.svg", "../media/boy.svg");
    site.edit("content/articles/reply.html", "section: letters", "section: leters");
    site.edit("content/articles/hostile.json", "\"tags\": [", "\"tags\": 7, \"x\": [");
    site.write("content/articles/latin.md", "---\ntitle: A\ndate: 2025-01-01\n---\n");
    std::fs::write(site.path("content/articles/latin.md"), b"---\ntitle: \xe4\n---\n").unwrap();
    assert_eq!(
        site.fail(true),
        "./content/articles/ferry.md:9: the image `/media/fery.svg` is missing; put it at ./content/media/fery.svg or correct the link; did you mean ferry.svg?\n\
         error: ./content/articles/ferry.md:20: the image `../media/boy.svg` is missing; put it at ./content/media/boy.svg or correct the link; did you mean buoy.svg?\n\
         error: ./content/articles/hostile.json:8:11: field `tags`: invalid type: integer `7`, expected a sequence\n\
         error: ./content/articles/latin.md:2: is not UTF-8 here; save the file as UTF-8\n\
         error: ./content/articles/reply.html:5:10: section `leters` is not in publication.toml; did you mean `letters`?\n\
         5 errors; nothing was written"
    );
    assert!(!site.path("dist").exists());
}

#[test]
fn a_broken_publication_names_its_line() {
    let site = Site::copy("small");
    site.edit("content/publication.toml", "per_page = 2", "per_page = \"two\"");
    let error = site.fail(false);
    assert!(error.starts_with("./content/publication.toml:6:12: field `per_page`: "), "{error}");
    site.remove("content/publication.toml");
    assert!(site.fail(false).contains("publication.toml: cannot be read; a publication begins with this file"));
}

#[test]
fn one_place_holds_one_article() {
    let site = Site::copy("small");
    site.write("content/pages/reply.md", "---\ntitle: Another\n---\n");
    assert_eq!(
        site.fail(false),
        "./content/pages/reply.md: the permalink /reply/ belongs to ./content/articles/reply.html already; give one of them another"
    );
    site.write("content/pages/reply.md", "---\ntitle: Another\npermalink: /reader-0123456789abcdef.js/\n---\n");
    assert!(site.fail(false).contains("begins with /reader-0123456789abcdef.js/, which the site keeps for itself"));
}

#[test]
fn a_broken_build_leaves_the_last_site() {
    let site = Site::copy("small");
    site.build();
    let whole = site.files();
    site.edit("content/articles/ferry.md", "date: 2025-03-01T08:30:00+01:00", "date: tomorrow");
    assert!(site.fail(false).contains("ferry.md:3:7: `date: tomorrow` is not a date"));
    assert!(site.files() == whole);
}

#[test]
fn the_site_does_not_go_into_its_own_sources() {
    let site = Site::copy("small");
    for out in ["content", "shell", "."] {
        let options = jumpline_press::build::Options { out: site.path(out), ..site.options() };
        let error = jumpline_press::build::run(&options).unwrap_err().to_string();
        assert!(error.contains("choose another folder for the site"), "{error}");
    }
}

#[test]
fn an_active_picture_is_refused() {
    let site = Site::copy("small");
    site.edit("content/media/buoy.svg", "<rect", "<script>alert(1)</script><rect");
    let error = site.fail(false);
    assert!(
        error.starts_with("./content/articles/ferry.md:20: the image `../media/buoy.svg` carries active content"),
        "{error}"
    );
}

#[test]
fn tiers_of_an_article_that_is_not_paid_are_refused() {
    let site = Site::copy("small");
    let said =
        "`tiers` say who may open a paid article, and this one is not paid; write `visibility: paid` or remove them";
    let front = "---\ntitle: A\ndate: 2025-03-01\nVISIBILITYtiers: pilots\n---\na\n\n<!--members-only-->\n\nb\n";
    for visibility in ["", "visibility: public\n", "visibility: members\n"] {
        site.write("content/articles/tiered.md", &front.replace("VISIBILITY", visibility));
        let line = if visibility.is_empty() { 4 } else { 5 };
        assert_eq!(site.fail(false), format!("./content/articles/tiered.md:{line}:8: {said}"));
    }
    site.remove("content/articles/tiered.md");
    let json = "{\n\"id\": \"1\", \"title\": \"A\", \"content_html\": \"<p>a</p>\", \"date_published\": \"2025-03-01T00:00:00Z\",\n\
        \"_jumpline\": {\"version\": 1, \"permalink\": \"/tiered/\", VISIBILITY\n\"tiers\": [\"pilots\"]}}\n";
    for visibility in ["", "\"visibility\": \"public\",", "\"visibility\": \"members\","] {
        site.write("content/articles/tiered.json", &json.replace("VISIBILITY", visibility));
        assert_eq!(site.fail(false), format!("./content/articles/tiered.json:4: {said}"));
    }
    site.write("content/articles/tiered.json", &json.replace("VISIBILITY", "\"visibility\": \"paid\","));
    site.build();
}
