//! What is wrong with one article.

use crate::audit::png;
use crate::driver::Site;
use std::fs;

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

#[test]
fn what_is_wrong_with_a_json_article_has_a_place() {
    let site = Site::copy("small");
    for (text, said) in [
        (
            "{\"id\": \"1\",\n\"_jumpline\": {\n\"version\": 99}}",
            ":3: field `_jumpline.version`: 99 was written by a newer press",
        ),
        ("{\"id\": 1,,}", ":1:10: key must be a string"),
    ] {
        site.write("content/articles/wrong.json", text);
        let error = site.fail(false);
        assert!(error.starts_with(&format!("./content/articles/wrong.json{said}")), "{error}");
    }
}

#[test]
fn a_slip_in_the_gate_of_a_json_article_publishes_nothing() {
    let site = Site::copy("small");
    let item = |top: &str, ours: &str| {
        let text = "{\n\"id\": \"1\", \"title\": \"A\", \"content_html\": \"<p>a</p>\", \"date_published\": \"2025-03-01T00:00:00Z\"";
        site.write("content/articles/slip.json", &format!("{text},{top}\n\"_jumpline\": {{\"version\": 1{ours}}}}}\n"));
    };
    let drafts = site.build().drafts;
    item("", ", \"visiblity\": \"paid\"");
    assert_eq!(
        site.fail(false),
        "./content/articles/slip.json:3: unknown key `_jumpline.visiblity`; did you mean `visibility`?"
    );
    item("\n\"visibility\": \"paid\",", "");
    assert_eq!(
        site.fail(false),
        "./content/articles/slip.json:3: `visibility` does nothing here; write it as `visibility` inside `_jumpline`"
    );
    item("", ", \"draft\": true");
    assert_eq!(site.build().drafts, drafts + 1);
    assert!(!site.path("dist/slip/index.html").exists());
}

#[test]
fn pictures_that_readers_cannot_see_are_named() {
    let site = Site::copy("small");
    site.write(
        "content/articles/seen.md",
        "---\ntitle: A\ndate: 2025-03-01\nimage: /media/cut.png\n---\n![](/media/cut.png)\n",
    );
    let whole = png(b"tEXt", b"");
    fs::write(site.path("content/media/cut.png"), &whole).unwrap();
    let before = site.build().warnings;
    fs::write(site.path("content/media/cut.png"), &whole[..whole.len() - 6]).unwrap();
    assert_eq!(site.build().warnings, before + 2);
    assert_eq!(site.build().warnings, before + 2, "a warning that the cache forgets");
    site.write("content/media/photo.heic", "heic");
    let mend = "has no name of an image; export it as JPEG, PNG, WebP, AVIF, GIF or SVG, and show that";
    site.edit("content/articles/seen.md", "![](/media/cut.png)", "![](/media/photo.heic)");
    assert_eq!(site.fail(false), format!("./content/articles/seen.md:6: the image `/media/photo.heic` {mend}"));
    site.edit("content/articles/seen.md", "image: /media/cut.png", "image: /media/photo.heic");
    assert!(site.fail(false).starts_with("./content/articles/seen.md:4: the image `/media/photo.heic` has no name"));
}

#[test]
fn an_escaped_marker_is_named_as_it_is_written() {
    let site = Site::copy("small");
    site.write(
        "content/articles/escaped.md",
        "---\ntitle: A\ndate: 2025-03-01\n---\na\n\n&lt;!--members-only--&gt;\n\nb\n",
    );
    let error = site.fail(false);
    assert!(
        error.starts_with("./content/articles/escaped.md:7: `&lt;!--members-only--&gt;` is no marker, since its brackets are written as `&lt;`"),
        "{error}"
    );
}

#[test]
fn words_that_were_taken_back_stay_so() {
    let site = Site::copy("small");
    site.write(
        "content/articles/old.md",
        "---\ntitle: A\ndate: 2025-03-01\n---\n<strike>twelve</strike> <tt>ls</tt> <acronym title=\"B\">b</acronym>\n",
    );
    assert_eq!(site.warnings("old.md"), Vec::<String>::new());
    let page = site.read("dist/old/index.html");
    assert!(page.contains("<s>twelve</s> <code>ls</code> <abbr title=\"B\">b</abbr>"), "{page}");
}
