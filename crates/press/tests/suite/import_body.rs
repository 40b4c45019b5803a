//! What becomes of a body's parts: no word of prose is lost, and every link leads somewhere.

use super::import::{Import, item, said};

/// The body that an article gets, and the report.
#[track_caller]
fn imported(body: &str) -> (String, String) {
    let import = Import::items(&item(1, "a", body));
    let said = said(&import.run());
    let path = import.files().into_keys().find(|it| it.starts_with("articles/2025/a.")).expect("came in");
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
