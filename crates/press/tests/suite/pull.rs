//! `press comments pull`: from a server that answers as a test wants it, and from a real Isso.

mod isso;
mod server;

use crate::driver::Site;
use jumpline_press::moderation::{Pulled, pull};
use server::Server;
use std::process::Command;

const FILE: &str = "content/articles/ferry.comments.json";

/// A site whose comments are on a server.
fn site(url: &str) -> Site {
    let site = Site::copy("small");
    let toml = site.read("content/publication.toml");
    let more = format!("[comments.provider.isso]\nurl = \"{url}\"\n\n[comments.moderation]\nwords = [\"casino\"]\n");
    site.write("content/publication.toml", &format!("{toml}\n{more}"));
    site
}

fn run(site: &Site) -> Result<Pulled, String> {
    let content = site.path("content");
    let publication = jumpline_press::source::publication(&content, None).unwrap();
    pull(&content, &publication, true).map_err(|it| format!("{it:#}"))
}

/// New, held, changed and gone ones.
fn counts(pulled: Pulled) -> (usize, usize, usize, usize) {
    (pulled.new, pulled.held, pulled.changed, pulled.gone)
}

fn press(site: &Site, arguments: &[&str]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_press"));
    let output = command.arg("comments").args(arguments).arg("--content").arg(site.path("content")).output().unwrap();
    assert!(output.status.success(), "{output:?}");
}

fn status(site: &Site, id: &str) -> String {
    let file: serde_json::Value = serde_json::from_str(&site.read(FILE)).unwrap();
    let comments = file["comments"].as_array().unwrap();
    let comment = comments.iter().find(|it| it["id"] == id).unwrap();
    comment["status"].as_str().unwrap_or("published").to_owned()
}

#[test]
fn what_was_decided_here_outlives_every_pull() {
    let server = Server::start();
    let site = site(&server.url);
    // A comment of an import, which the server knows nothing of.
    site.write(
        FILE,
        r#"{"version": 1, "comments": [{"id": "12", "author": "Old", "date": "2020-01-01T00:00:00Z", "content_html": "<p>Old</p>"}]}"#,
    );
    let thread = [
        (1, "Ada", "<p>One <script>x</script><b>bold</b></p>"),
        (2, "Bo", "<p>Best casino</p>"),
        (3, "", "<p>Three</p>"),
    ];
    server.says(200, &thread);
    assert_eq!(counts(run(&site).unwrap()), (3, 1, 0, 0));
    assert_eq!(counts(run(&site).unwrap()), (0, 0, 0, 0));
    assert_eq!((status(&site, "isso-2").as_str(), status(&site, "12").as_str()), ("held", "published"));
    let file = site.read(FILE);
    assert!(!file.contains("Anonymous") && file.contains("<b>bold</b>") && !file.contains("script"), "{file}");
    press(&site, &["approve", "isso-2"]);
    press(&site, &["hide", "isso-1"]);
    press(&site, &["delete", "isso-3"]);
    server.says(200, &[(1, "Ada", "<p>One, edited</p>"), thread[1], thread[2]]);
    assert_eq!(counts(run(&site).unwrap()), (0, 0, 1, 0));
    let all = ["isso-1", "isso-2", "isso-3", "12"].map(|it| status(&site, it));
    assert_eq!(all, ["hidden", "published", "deleted", "published"]);
    // A server that lost a comment, or all of them, and finds them again.
    server.says(200, &[]);
    assert_eq!(counts(run(&site).unwrap()), (0, 0, 0, 1));
    assert_eq!((status(&site, "isso-2").as_str(), status(&site, "12").as_str()), ("deleted", "published"));
    assert!(site.read(FILE).contains("Best casino"), "what was said is lost");
    server.says(200, &thread);
    run(&site).unwrap();
    let all = ["isso-1", "isso-2", "isso-3", "12"].map(|it| status(&site, it));
    assert_eq!(all, ["hidden", "published", "deleted", "published"]);
}

#[test]
fn what_was_edited_is_looked_at_again() {
    let server = Server::start();
    let site = site(&server.url);
    let thread = [(1, "Ada", "<p>One</p>"), (2, "Bo", "<p>Two</p>"), (3, "Cy", "<p>Three</p>")];
    server.says(200, &thread);
    run(&site).unwrap();
    press(&site, &["approve", "isso-2"]);
    press(&site, &["hide", "isso-3"]);
    server.says(200, &[(1, "Ada", "<p>Best casino</p>"), (2, "Casino", "<p>Two</p>"), (3, "Cy", "<p>A casino</p>")]);
    let pulled = run(&site).unwrap();
    assert_eq!((counts(pulled), pulled.held_again), ((0, 0, 3, 0), 2));
    assert!(pulled.to_string().contains("2 that everybody saw are held"), "{pulled}");
    let all = |it: &Site| ["isso-1", "isso-2", "isso-3"].map(|id| status(it, id));
    assert_eq!(all(&site), ["held", "held", "hidden"]);
    // What a person approves stays approved for the same words, and for no others.
    press(&site, &["approve", "isso-2"]);
    assert_eq!(run(&site).unwrap().held_again, 0);
    assert_eq!(all(&site), ["held", "published", "hidden"]);
    server.says(200, &[(1, "Ada", "<p>One</p>"), (2, "Casino", "<p>Two, and more</p>")]);
    assert_eq!(run(&site).unwrap().held_again, 1);
    assert_eq!(status(&site, "isso-2"), "held");
}

#[test]
fn what_comes_back_is_looked_at_again() {
    let server = Server::start();
    let site = site(&server.url);
    let thread = [(1, "Ada", "<p>A lottery</p>")];
    for comments in [&thread[..], &[]] {
        server.says(200, comments);
        run(&site).unwrap();
    }
    site.edit("content/publication.toml", "casino", "lottery");
    server.says(200, &thread);
    assert_eq!(run(&site).unwrap().held_again, 1);
    assert_eq!(status(&site, "isso-1"), "held");
}

#[test]
fn whoever_deletes_what_is_gone_means_it() {
    let server = Server::start();
    let site = site(&server.url);
    let thread = [(1, "Ada", "<p>One</p>")];
    for comments in [&thread[..], &[]] {
        server.says(200, comments);
        run(&site).unwrap();
    }
    press(&site, &["delete", "isso-1"]);
    server.says(200, &thread);
    run(&site).unwrap();
    assert_eq!(status(&site, "isso-1"), "deleted");
}

#[test]
fn a_server_that_fails_is_named_and_changes_nothing() {
    let server = Server::start();
    let site = site(&server.url);
    site.write(FILE, "{\"version\": 1, \"comments\": []}");
    let before = site.read(FILE);
    server.says(502, &[(1, "A", "x")]);
    let error = run(&site).unwrap_err();
    assert!(error.contains("ferry") && error.contains("(502)"), "{error}");
    server.answers(200, "<html>a captive portal</html>");
    assert!(run(&site).unwrap_err().contains("is it the right kind"));
    assert_eq!(site.read(FILE), before);
    site.edit("content/publication.toml", &server.url, "http://127.0.0.1:1");
    assert!(run(&site).unwrap_err().contains("does not answer"));
    site.edit("content/publication.toml", "[comments.provider.isso]\nurl = \"http://127.0.0.1:1\"\n", "");
    assert!(run(&site).unwrap_err().contains("names no server"));
}
