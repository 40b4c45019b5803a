//! `press comments` as a publisher uses it, up to what the next build shows.

use crate::driver::Site;
use std::process::Command;

const FILE: &str = "content/articles/ferry.comments.json";

/// A thread in which everything can go wrong that strangers do; a field is of another program.
const THREAD: &str = r#"{
  "version": 1,
  "source": "isso",
  "comments": [
    { "id": "1", "author": "Ada", "date": "2025-03-01T10:00:00Z", "content_html": "<p>The first boat was late.</p>", "mood": "calm" },
    { "id": "7", "parent": "1", "author": "Bo", "date": "2025-03-01T11:00:00Z", "content_html": "<p>It always is.</p>" },
    { "id": "8", "author": "C\u001b[31m", "date": "2025-03-01T12:00:00Z", "content_html": "<p>Cheap <b>watches</b> <a href=\"https://a.example\">a</a></p>" },
    { "id": "9", "author": "D", "date": "2025-03-01T13:00:00Z", "content_html": "<p>Let me in.</p>", "status": "held" }
  ]
}
"#;

fn site() -> Site {
    let site = Site::copy("small");
    site.write(FILE, THREAD);
    let toml = site.read("content/publication.toml");
    site.write(
        "content/publication.toml",
        &format!("{toml}\n[comments.moderation]\nwords = [\"watches\"]\nlinks = 1\n"),
    );
    site
}

/// What the command says, with its folder named `./`; errors begin with `error: `.
fn press(site: &Site, arguments: &[&str]) -> String {
    let content = site.path("content");
    let mut command = Command::new(env!("CARGO_BIN_EXE_press"));
    command.arg("comments").args(arguments).arg("--content").arg(&content);
    let output = command.output().unwrap();
    assert_eq!(output.status.success(), output.stderr.is_empty(), "{output:?}");
    let said = [output.stdout, output.stderr].concat();
    String::from_utf8(said).unwrap().replace(&format!("{}/", site.path("").display()).replace("//", "/"), "./")
}

fn said(site: &Site) -> String {
    site.build();
    let page = scraper::Html::parse_document(&site.read("dist/ferry/index.html"));
    let thread = scraper::Selector::parse(".thread .comment").unwrap();
    let words = |it: scraper::ElementRef<'_>| it.text().collect::<Vec<_>>().join(" ");
    page.select(&thread).map(words).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_list_says_what_waits_and_what_is_suspicious() {
    let site = site();
    let list = press(&site, &["list", "--article", "ferry"]);
    let lines: Vec<&str> = list.lines().collect();
    assert_eq!(lines[0], "ferry#9  held       2025-03-01  D: Let me in.");
    assert_eq!(lines[1], "ferry#1  published  2025-03-01  Ada: The first boat was late.");
    assert_eq!(lines[3], "ferry#8  published  2025-03-01  C [31m: Cheap watches a  ! the word “watches”");
    assert_eq!(lines.len(), 4);
    assert_eq!(press(&site, &["list", "--status", "held"]).lines().count(), 1);
    assert_eq!(press(&site, &["list", "--suspicious"]), format!("{}\n", lines[3]));
    assert_eq!(press(&site, &["list", "--status", "spam"]), "No comment is like that.\n");
    let json: serde_json::Value = serde_json::from_str(&press(&site, &["list", "--json", "--suspicious"])).unwrap();
    assert_eq!(json[0]["name"], "ferry#8");
    assert_eq!(json[0]["suspicious"][0], "the word “watches”");
}

#[test]
fn what_is_decided_is_what_the_next_build_shows() {
    let site = site();
    assert!(said(&site).contains("Cheap") && !said(&site).contains("Let me in"));
    assert_eq!(press(&site, &["approve", "9"]), "ferry#9: approved\n");
    assert_eq!(press(&site, &["approve", "ferry#9"]), "ferry#9: approved already\n");
    assert_eq!(press(&site, &["spam", "articles/ferry.md#8"]), "ferry#8: spam\n");
    assert_eq!(press(&site, &["hide", "ferry#comment-1"]), "ferry#1: hidden\n");
    let shown = said(&site);
    assert!(shown.contains("Let me in") && !shown.contains("Cheap"), "{shown}");
    assert!(
        !shown.contains("first boat") && shown.contains("removed by a moderator") && shown.contains("It always is")
    );
    press(&site, &["delete", "ferry#1", "ferry#7"]);
    assert!(!said(&site).contains("removed by"), "a placeholder without replies stays");
    let json = site.read("dist/ferry/comments.json");
    assert!(!json.contains("approved"), "{json}");
}

#[test]
fn nothing_else_in_the_file_changes() {
    let site = site();
    press(&site, &["approve", "9"]);
    press(&site, &["hide", "9"]);
    press(&site, &["approve", "9"]);
    let file: serde_json::Value = serde_json::from_str(&site.read(FILE)).unwrap();
    assert_eq!((&file["source"], &file["comments"][0]["mood"]), (&"isso".into(), &"calm".into()));
    assert_eq!(file["comments"][3]["approved"], true);
    assert_eq!(file["comments"][1].as_object().unwrap().len(), 5);
    let before = site.read(FILE);
    press(&site, &["list"]);
    press(&site, &["approve", "9"]);
    assert_eq!(site.read(FILE), before);
}

#[test]
fn the_word_list_holds_back_what_nobody_approved() {
    let site = site();
    assert_eq!(press(&site, &["screen"]), "ferry#8: held\n");
    assert!(!said(&site).contains("Cheap"));
    assert_eq!(press(&site, &["screen"]), "Nothing looks suspicious.\n");
    press(&site, &["approve", "8"]);
    assert_eq!(press(&site, &["screen"]), "Nothing looks suspicious.\n");
    assert!(said(&site).contains("Cheap"));
}

#[test]
fn a_name_that_does_not_fit_changes_nothing() {
    let site = site();
    // The chart has a comment 1 too.
    let error = press(&site, &["hide", "9", "1"]);
    assert_eq!(error, "error: `1` may be any of chart#1, ferry#1; write one of these\n");
    assert_eq!(
        press(&site, &["hide", "42"]),
        "error: there is no comment `42`; `press comments list` names them all\n"
    );
    let error = press(&site, &["hide", "boat#1"]);
    assert!(error.starts_with("error: no article with comments is called `boat`"), "{error}");
    assert_eq!(site.read(FILE), THREAD);
    site.write(FILE, "{\n \"version\": 1,\n \"comments\": [ { \"id\": \"1\", \"author\": 4 } ]\n}");
    let error = press(&site, &["list"]);
    assert!(error.contains("ferry.comments.json:3") && error.contains("author"), "{error}");
    assert_eq!(press(&site, &["hide", "9"]), error);
}

#[test]
fn where_nobody_takes_comments_a_thread_stays_readable_and_is_closed() {
    let site = site();
    site.edit(
        "content/publication.toml",
        "[comments.moderation]",
        "[comments]\nprovider = \"none\"\n\n[comments.moderation]",
    );
    assert!(said(&site).contains("first boat"));
    let json = site.read("dist/ferry/article.json");
    assert!(json.contains("\"open\": false") || json.contains("\"open\":false"), "{json}");
    assert!(site.read("dist/ferry/index.html").contains("Comments are closed"));
    assert!(!site.read("dist/ferry/index.html").contains("watches\""), "the word list is nobody's business");
}

#[test]
fn no_address_of_a_reader_gets_into_the_site() {
    let site = site();
    site.edit(
        FILE,
        "\"mood\": \"calm\"",
        "\"email\": \"Ada.L@secret.example\", \"more\": [{\"mail\": \"b@secret.example\"}]",
    );
    site.edit(FILE, "It always is.", "Write to b@secret.example.");
    // What somebody says to everybody is no secret, and an address that is only kept harms nobody.
    site.build();
    assert!(!files_hold(&site, "ada.l@"));
    site.edit("content/articles/ferry.md", "# ", "Letters: ada.l@secret.example\n\n# ");
    site.build();
    site.edit("content/articles/ferry.md", "Letters: ada.l@secret.example", "");
    site.edit(FILE, "\"author\": \"D\"", "\"author\": \"ada.l@SECRET.example\"");
    press(&site, &["approve", "9"]);
    let error = site.fail(false);
    assert!(error.contains("ferry/comments.json: byte ") && error.contains("ferry/index.html: byte "), "{error}");
    let why = "the e-mail address of a reader (./content/articles/ferry.comments.json): `a…@secret.example`";
    assert!(error.contains(why) && !error.to_lowercase().contains("ada.l"), "{error}");
    // Asked for by itself, the audit says the same.
    let by_itself = format!("{:#}", jumpline_press::build::audit(&site.options()).unwrap_err());
    assert!(by_itself.contains("of a reader") && by_itself.contains("ferry/index.html"), "{by_itself}");
}

fn files_hold(site: &Site, text: &str) -> bool {
    site.files().values().any(|it| String::from_utf8_lossy(it).to_lowercase().contains(text))
}

#[test]
fn a_build_names_an_id_that_two_comments_have() {
    let site = site();
    let before = site.build().warnings;
    site.edit(FILE, "\"id\": \"8\"", "\"id\": \"7\"");
    assert_eq!(site.build().warnings, before + 1);
    let mut command = Command::new(env!("CARGO_BIN_EXE_press"));
    command.arg("build").arg("--content").arg(site.path("content")).arg("--shell").arg(site.path("shell"));
    command.arg("--out").arg(site.path("dist")).arg("--cache").arg(site.path("cache"));
    let said = String::from_utf8(command.output().unwrap().stderr).unwrap();
    assert!(said.contains("ferry.comments.json: more than one comment has the id `7`"), "{said}");
}

#[test]
fn the_list_names_comments_without_an_article() {
    let site = site();
    std::fs::rename(site.path("content/articles/ferry.md"), site.path("content/articles/ferry-again.md")).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_press"));
    command.args(["comments", "list", "--json", "--content"]).arg(site.path("content"));
    let output = command.output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() && said.starts_with("warning: "), "{said}");
    assert!(said.ends_with("ferry.comments.json: lies beside no article, so nobody sees these comments; rename it to ferry-again.comments.json\n"), "{said}");
    assert!(serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap().is_array());
}

#[test]
fn two_comments_of_one_id_cannot_be_named() {
    let site = site();
    site.edit(FILE, "\"id\": \"8\"", "\"id\": \"7\"");
    let said = "error: ./content/articles/ferry.comments.json: more than one comment is called `ferry#7`, so nobody can name one of them; \
        give each an id of its own there\n";
    assert_eq!(press(&site, &["hide", "7"]), said);
    assert_eq!(press(&site, &["hide", "ferry#7"]), said);
}
