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
        let options = jumpline_press::build::Options { base: Some(base.to_owned()), ..site.options() };
        let error = jumpline_press::build::run(&options).unwrap_err().to_string();
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
    std::fs::write(site.path("content/a b.png"), crate::audit::png(b"tEXt", b"")).unwrap();
    site.build();
    let manifest = site.read("dist/manifest.webmanifest");
    assert!(manifest.contains("a%20b.png") && site.path("dist/a b.png").exists(), "{manifest}");
}

#[test]
fn heads_that_contradict_themselves_name_their_line() {
    let site = Site::copy("small");
    site.edit("content/articles/ferry.md", "updated: 2025-03-02", "updated: 2025-02-28");
    assert_eq!(
        site.fail(false),
        "./content/articles/ferry.md:4:10: `2025-02-28` is before the day of publication, 2025-03-01T08:30:00+01:00; correct one of them"
    );
    site.edit("content/articles/ferry.md", "updated: 2025-02-28", "updated: 2025-03-01\nlanguage: not a lang!");
    assert_eq!(
        site.fail(false),
        "./content/articles/ferry.md:5:11: `not a lang!` is not a language; write its tag, such as en, de-AT or pt-BR"
    );
}

#[test]
fn keep_going_lists_places_too() {
    let site = Site::copy("small");
    site.edit("content/articles/ferry.md", "standfirst:", "standfrist:");
    site.write("content/pages/reply.md", "---\ntitle: Another\n---\n");
    site.write("content/pages/tag.md", "---\ntitle: Another\n---\n");
    let error = site.fail(true);
    for part in
        ["ferry.md:5:1: unknown key", "the permalink /reply/ belongs to", "/tag/, which the site keeps", "3 errors"]
    {
        assert!(error.contains(part), "{part} in {error}");
    }
}

#[test]
fn an_item_without_a_permalink_keeps_the_path_of_its_url() {
    let site = Site::copy("small");
    let item = |id: &str, url: &str| {
        format!(
            "{{\"id\":\"{id}\",\"title\":\"A\",{url}\"date_published\":\"2025-01-05T12:00:00Z\",\
             \"content_html\":\"<p>A</p>\",\"_jumpline\":{{\"version\":1,\"section\":\"harbour\"}}}}"
        )
    };
    site.write("content/articles/one.json", &item("1", "\"url\":\"https://old.example/2025/one/\","));
    site.write("content/articles/two.json", &item("2", ""));
    site.build();
    assert!(site.path("dist/2025/one/index.html").exists() && site.path("dist/two/index.html").exists());
}

#[test]
fn a_name_too_long_for_a_page_stops_the_build_before_it_writes() {
    let site = Site::copy("small");
    site.build();
    let whole = site.files();
    site.edit("content/articles/reply.html", "tags: [ferries]", "tags: [tides]");
    let long = "д".repeat(130);
    for (key, what, line) in [("tags", "tag", 4), ("authors", "author", 4)] {
        site.write("content/articles/long.md", &format!("---\ntitle: A\ndate: 2025-03-01\n{key}: [{long}]\n---\na\n"));
        let error = site.fail(false);
        assert!(error.starts_with(&format!("./content/articles/long.md:{line}:")), "{error}");
        assert!(error.contains(&format!("the {what} `ддд")) && error.ends_with("200 bytes; shorten it"), "{error}");
    }
    site.remove("content/articles/long.md");
    let json = format!(
        "{{\"id\": \"1\", \"title\": \"A\", \"content_html\": \"a\", \"date_published\": \"2025-03-01T00:00:00Z\",\n\"tags\": [\"{long}\"]}}"
    );
    site.write("content/articles/long.json", &json);
    assert!(site.fail(false).starts_with("./content/articles/long.json:2: the tag `ддд"));
    assert!(site.files() == whole, "something was written");
    site.remove("content/articles/long.json");
    site.build();
}

#[test]
fn a_list_that_was_written_as_a_text_is_a_warning() {
    let site = Site::copy("small");
    let before = site.build().warnings;
    site.edit("content/articles/ferry.md", "tags: [Ferries, Tides]", "tags: Ferries, Tides");
    assert_eq!(site.build().warnings, before + 1);
    assert_eq!(site.build().warnings, before + 1, "a warning that the cache forgets");
}

#[test]
fn text_that_no_reader_sees_is_a_warning_and_a_comment_without_end_an_error() {
    let site = Site::copy("small");
    let before = site.build().warnings;
    site.write(
        "content/articles/torn.md",
        "---\ntitle: A\ndate: 2025-03-01\n---\nAsk <Name Surname>.\n\n<iframe src=\"https://v.example\"></iframe>\n\n<style>\n\nAfter.\n",
    );
    assert_eq!(site.build().warnings, before + 3);
    site.edit("content/articles/torn.md", "<style>", "<!-- note");
    assert_eq!(
        site.fail(false),
        "./content/articles/torn.md:9: the comment `<!-- note` never ends, so all that follows would be left out; end it with `-->`"
    );
}
