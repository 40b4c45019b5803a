//! What becomes of a body's parts: no word of prose is lost, and every link leads somewhere.

use super::{Import, item, said};
use crate::driver::Site;
use std::fs;

/// The body that an article gets, and the report.
#[track_caller]
fn imported(body: &str) -> (String, String) {
    let import = Import::items(&item(1, "a", body));
    let said = said(&import.run());
    let path = import.files().into_keys().find(|it| it.starts_with("articles/2025/a.")).unwrap();
    let text = import.read(&path);
    (text.splitn(3, "---\n").nth(2).unwrap_or_default().trim().to_owned(), said)
}

#[test]
fn titles_that_open_something_keep_their_words() {
    let accordion = "<!-- wp:accordion --><div role=\"group\" class=\"wp-block-accordion\"><!-- wp:accordion-item --><div class=\"wp-block-accordion-item\">\
        <!-- wp:accordion-heading --><h3 class=\"wp-block-accordion-heading\"><button type=\"button\" class=\"wp-block-accordion-heading__toggle\">\
        <span class=\"wp-block-accordion-heading__toggle-title\">What does it cost?</span>\
        <span class=\"wp-block-accordion-heading__toggle-icon\" aria-hidden=\"true\">+</span></button></h3><!-- /wp:accordion-heading -->\
        <!-- wp:accordion-panel --><div role=\"region\"><!-- wp:paragraph --><p>Five euros.</p><!-- /wp:paragraph --></div>\
        <!-- /wp:accordion-panel --></div><!-- /wp:accordion-item --></div><!-- /wp:accordion -->";
    let (text, said) = imported(accordion);
    assert_eq!(text, "### What does it cost?\n\nFive euros.");
    assert!(said.contains("buttons and labels became the words on them: “Title 1” (post 1)"), "{said}");
    for (body, text) in [
        ("<p>a <label>LAB</label> <select><option>OPT</option></select> <textarea>TA</textarea></p>", "a LAB"),
        ("<div><button onclick=\"x\">More about it</button></div><p>b</p>", "More about it\n\nb"),
        (
            "<ul><li><label><input type=\"checkbox\" checked disabled> done</label></li></ul>",
            "- <input checked=\"\" disabled=\"\" type=\"checkbox\"> done",
        ),
        ("<p>a</p><button aria-label=\"Enlarge\"><svg><path/></svg></button>", "a"),
        (
            "<p>a</p><form><p><label>Your name <input name=\"n\"></label></p><button>Send</button><h3><button>Why we ask</button></h3></form>",
            "a\n\n### Why we ask",
        ),
    ] {
        assert_eq!(imported(body).0, text, "{body}");
    }
}

#[test]
fn a_file_is_linked_to_once_and_here() {
    let url = "https://t.example/wp-content/uploads/2025/r.pdf";
    for (body, text) in [
        (
            format!(
                "<!-- wp:file {{\"href\":\"{url}\",\"displayPreview\":true}} --><div class=\"wp-block-file\">\
                 <object class=\"wp-block-file__embed\" data=\"{url}\" type=\"application/pdf\" aria-label=\"Embed of r.\"></object>\
                 <a id=\"wp-block-file--media-x\" href=\"{url}\">Report</a>\
                 <a href=\"{url}\" class=\"wp-block-file__button\" download>Download</a></div><!-- /wp:file -->"
            ),
            "[Report](/media/2025/r.pdf)",
        ),
        (
            format!(
                "<div class=\"wp-block-file\"><object data=\"{url}\"></object><a href=\"{url}\" download>Download</a></div>"
            ),
            "[Download](/media/2025/r.pdf)",
        ),
        (format!("<p>a</p><object data=\"{url}\"><a href=\"{url}\">b</a></object>"), "a\n\n[r.pdf](/media/2025/r.pdf)"),
        (format!("<iframe src=\"{url}\" title=\"The report\"></iframe>"), "[The report](/media/2025/r.pdf)"),
        (
            format!("<div class=\"wp-block-file\"><object data=\"{url}\"></object>words</div>"),
            "[r.pdf](/media/2025/r.pdf)\n\nwords",
        ),
    ] {
        let (found, said) = imported(&body);
        assert_eq!(found, text, "{body}");
        assert!(said.contains("media/2025/r.pdf, for “Title 1” (post 1)"), "{said}");
    }
}

#[test]
fn an_anchor_of_old_can_still_be_led_to() {
    let body = "<p><a name=\"one\"></a>First <a href=\"#two\">to two</a></p><p id=\"two\">Second <a href=\"#one\">to one</a></p>\
        <h3><a name=\"three\" id=\"x\">H</a></h3><p><a href=\"#three\">3</a> <a name=\"top\">t</a> <a href=\"#top\">up</a>\
        <a name=\"unused\">u</a></p>";
    let (text, said) = imported(body);
    for kept in ["id=\"one\"", "id=\"two\"", "id=\"three\""] {
        assert_eq!(text.matches(kept).count(), 1, "{text}\n{said}");
    }
    assert!(!text.contains("name=") && !text.contains("id=\"top\"") && !text.contains("unused"), "{text}");
}

#[test]
fn a_note_goes_where_its_reference_is() {
    let refer = |id: &str, number: u32| {
        format!("<sup data-fn=\"{id}\" class=\"fn\"><a href=\"#{id}\" id=\"{id}-link\">{number}</a></sup>")
    };
    let body = format!(
        "<!-- wp:paragraph --><p>Open{}</p><!-- /wp:paragraph --><!-- wp:jetpack/paywall /--><!-- wp:paragraph --><p>SECRET{}</p>\
         <!-- /wp:paragraph --><!-- wp:footnotes /-->",
        refer("u-1", 1),
        refer("u-2", 2)
    );
    let notes = r#"[{"content":"For all","id":"u-1"},{"content":"SECRET note","id":"u-2"}]"#;
    let meta = |key: &str, value: &str| {
        format!(
            "<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>"
        )
    };
    let metas = meta("footnotes", notes) + &meta("_jetpack_newsletter_access", "paid_subscribers");
    let import = Import::items(&item(1, "a", &body).replace("</item>", &format!("{metas}</item>")));
    import.run();
    let site = Site::copy("small");
    fs::remove_dir_all(site.path("content")).unwrap();
    fs::rename(import.content(), site.path("content")).unwrap();
    site.build();
    let page = site.read("dist/a/index.html");
    assert!(page.contains("href=\"#u-1\"") && page.contains("id=\"u-1\"") && page.contains("For all"), "{page}");
    assert!(!page.contains("SECRET") && !page.contains("u-2"), "{page}");
}

#[test]
fn captions_come_along_with_their_film() {
    let uploads = "https://t.example/wp-content/uploads/2025";
    let (text, said) = imported(&format!(
        "<video src=\"{uploads}/tide.mp4\"><track kind=\"captions\" src=\"{uploads}/tide.vtt\" srclang=\"en\"></video>"
    ));
    assert!(text.contains("src=\"/media/2025/tide.mp4\"") && text.contains("src=\"/media/2025/tide.vtt\""), "{text}");
    assert!(said.contains("2025/tide.vtt"), "{said}");
}
