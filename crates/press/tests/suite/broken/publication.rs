//! What is wrong with the publication.

use crate::audit::png;
use crate::driver::Site;
use jumpline_press::build::{self, Options};
use std::fs;

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
fn a_section_leads_out_of_no_folder() {
    let site = Site::copy("small");
    site.edit("content/publication.toml", "slug = \"letters\"", "slug = \"../../escaped\"");
    site.edit("content/articles/reply.html", "section: letters\n", "");
    assert_eq!(
        site.fail(false),
        "./content/publication.toml:14:8: field `sections[1].slug`: `../../escaped` is not a slug; write `escaped`"
    );
    assert!(!site.path("escaped").exists());
}

#[test]
fn a_publication_that_would_break_pages_is_refused_at_once() {
    let site = Site::copy("small");
    site.edit("content/publication.toml", "per_page = 2", "per_page = 0");
    site.edit("content/publication.toml", "slug = \"letters\"", "slug = \"harbour\"");
    assert_eq!(
        site.fail(false),
        "./content/publication.toml:6:12: field `per_page`: 0 cards are no page; write 1 or more\n\
         error: ./content/publication.toml:14:8: field `sections[1].slug`: line 9 has a section `harbour` already; give one of them another slug\n\
         2 errors; nothing was written"
    );
    let site = Site::copy("small");
    for base in ["https://x/repo", "../x", "?x"] {
        let options = Options { base: Some(base.to_owned()), ..site.options() };
        let error = build::run(&options).unwrap_err().to_string();
        assert_eq!(
            error,
            format!("--base `{base}` is not a path below `url`; write it like /repo/, without an origin")
        );
    }
}

#[test]
fn a_logo_that_cannot_be_drawn_names_its_line() {
    let site = Site::copy("small");
    let toml = site.read("content/publication.toml");
    site.write("content/publication.toml", &format!("{toml}\n[app]\nicon = \"logo.svg\"\n"));
    let error = site.fail(false);
    assert!(
        error.starts_with("./content/publication.toml:26:8: field `app.icon`: ./content/logo.svg cannot be read: "),
        "{error}"
    );
    site.write("content/logo.svg", "no picture");
    assert!(site.fail(false).contains("toml:26:8: field `app.icon`: ./content/logo.svg is no SVG"));
    site.write(
        "content/logo.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><script>1</script></svg>",
    );
    assert_eq!(
        site.fail(false),
        "./content/publication.toml:26:8: field `app.icon`: ./content/logo.svg carries active content (`<script>`); \
         remove it in an editor, since whoever opens the picture by itself would run it"
    );
    assert!(!site.path("dist").exists());
    site.write("content/publication.toml", &format!("{toml}\n[app]\nbackground = \"url(x\\\"\"\n"));
    assert!(
        site.fail(false)
            .starts_with("./content/publication.toml:26:14: field `app.background`: `url(x\"` is no colour")
    );
}

#[test]
fn a_screenshot_that_cannot_be_shown_names_its_line() {
    let site = Site::copy("small");
    let toml = site.read("content/publication.toml");
    site.write("content/publication.toml", &format!("{toml}\n[app]\nscreenshots = [\"shot.png\"]\n"));
    let place = "./content/publication.toml:26:16: field `app.screenshots[0]`: ./content/shot.png";
    assert_eq!(site.fail(false), format!("{place} is missing; put it at ./content/shot.png or correct the link"));
    assert!(!site.path("dist").exists());
    site.write("content/shot.png", "no picture");
    assert!(site.fail(false).starts_with(&format!("{place} is not an image that browsers show")));
    site.edit("content/publication.toml", "shot.png", "media/ferry.svg");
    assert!(site.fail(false).ends_with("/content/media/ferry.svg is no picture of points; name a PNG"));
    assert!(!site.path("dist").exists());
    site.edit("content/publication.toml", "media/ferry.svg", "a b.png");
    site.write("content/a b.png", "");
    fs::write(site.path("content/a b.png"), png(b"tEXt", b"")).unwrap();
    site.build();
    let manifest = site.read("dist/manifest.webmanifest");
    assert!(manifest.contains("a%20b.png") && site.path("dist/a b.png").exists(), "{manifest}");
}

#[test]
fn a_page_leads_nothing() {
    let site = Site::copy("small");
    site.edit("content/publication.toml", "per_page = 2", "per_page = 2\nlead = \"/about/\"");
    assert_eq!(
        site.fail(false),
        "./content/publication.toml:7:8: field `lead`: /about/ is a page, and only an article leads; name one, or remove this line"
    );
}

#[test]
fn a_lead_that_went_says_why() {
    let site = Site::copy("small");
    site.edit("content/publication.toml", "per_page = 2", "per_page = 2\nlead = \"/ferry/\"");
    site.edit("content/articles/ferry.md", "standfirst:", "permalink: /late/\naliases: /ferry/\nstandfirst:");
    let error = site.fail(false);
    assert!(error.contains("the article of /ferry/ stands at /late/ now; write that, or remove this line"), "{error}");
    site.edit("content/articles/ferry.md", "permalink: /late/\naliases: /ferry/\n", "draft: true\n");
    let error = site.fail(false);
    let said =
        "./content/articles/ferry.md is a draft, and leads nowhere; publish it, name another, or remove this line";
    assert!(error.ends_with(said), "{error}");
    site.remove("content/articles/ferry.md");
    let error = site.fail(false);
    assert!(error.contains("no article stands at /ferry/") && error.contains("emove this line"), "{error}");
}
