//! A reader who quotes what is locked stops no build, and publishes nothing of it.

use crate::driver::Site;
use jumpline_press::build;

const LOCKED: &str = "The mayor took forty thousand crowns from the harbour company in three envelopes.";

/// A paid article with a thread: a quotation, a reply to it, and one that quotes the teaser; another article is related to it.
fn site(quotation: &str) -> Site {
    let site = Site::copy("small");
    site.write(
        "content/articles/deal.md",
        &format!("---\ntitle: The deal\ndate: 2025-03-02\nvisibility: paid\ntags: [Ferries]\n---\nThe mayor has told nobody where all of it went.\n\n<!--more-->\n\n{LOCKED}\n"),
    );
    let comment = |id: &str, parent: &str, html: &str| {
        serde_json::json!({"id": id, "parent": (!parent.is_empty()).then_some(parent), "author": "Zed",
            "date": format!("2025-03-03T1{id}:00:00Z"), "content_html": html})
    };
    let thread = [
        comment("1", "", &format!("<blockquote>{quotation}</blockquote> Really?")),
        comment("2", "1", "<p>Who would have thought.</p>"),
        comment("3", "", "<p>“The mayor has told nobody where all of it went.” I know.</p>"),
    ];
    let file = serde_json::json!({"version": 1, "comments": thread});
    site.write("content/articles/deal.comments.json", &file.to_string());
    site
}

#[test]
fn a_comment_that_quotes_what_is_locked_is_held_back_alone() {
    let quiet = site("Nothing.");
    let warnings = quiet.build().warnings;
    for quotation in [LOCKED.to_owned(), LOCKED.replace(' ', "%20"), LOCKED.replace("crowns", "<b>crow</b>ns")] {
        let site = site(&quotation);
        assert_eq!(site.build().warnings, warnings + 1, "{quotation}");
        let thread = site.read("dist/deal/comments.json");
        assert!(!thread.contains("Really") && thread.contains("Who would") && thread.contains("I know"), "{thread}");
        assert!(!thread.contains("\"parent\""), "the reply hangs on nothing: {thread}");
        for (path, bytes) in site.files() {
            assert!(!String::from_utf8_lossy(&bytes).contains("Really?"), "{path}");
        }
        let count = |path: &str| {
            let text = site.read(path);
            let at = text.find("/deal/\"").unwrap();
            let rest = &text[at..];
            rest[rest.find("\"count\":").unwrap() + 8..].chars().next().unwrap()
        };
        assert_eq!([count("dist/deal/article.json"), count("dist/listing.json")], ['2', '2']);
        let ferry = site.read("dist/ferry/article.json");
        assert!(!ferry.contains("\"count\":3"), "a card counts what nobody sees: {ferry}");
        build::audit(&site.options()).unwrap();
        assert_eq!(site.build().warnings, warnings + 1, "nobody is told again");
        site.edit("content/articles/deal.comments.json", "\"id\":\"1\"", "\"id\":\"1\",\"status\":\"hidden\"");
        assert_eq!(site.build().warnings, warnings);
    }
}

#[test]
fn the_warning_names_the_command() {
    let site = site(LOCKED);
    let mut press = std::process::Command::new(env!("CARGO_BIN_EXE_press"));
    press.args(["build", "--content", "content", "--shell", "shell", "--out", "dist", "--cache", "cache"]);
    let built = press.current_dir(site.path("")).output().unwrap();
    let said = String::from_utf8(built.stderr).unwrap();
    let warning = "warning: content/articles/deal.comments.json: the comment `deal#1` holds locked text of /deal/, so it was left out as \
                   if it were held; `press comments hide deal#1` settles it\n";
    assert!(built.status.success() && said.contains(warning), "{said}");
    let mut hide = std::process::Command::new(env!("CARGO_BIN_EXE_press"));
    assert!(hide.args(["comments", "hide", "deal#1"]).current_dir(site.path("")).status().unwrap().success());
}
