//! Shells that are filled, and the policy of their pages.

use super::{Filling, Shell};
use crate::render::tests::publication;
use jumpline_article::Publication;
use std::fs;

fn shell(html: &str) -> anyhow::Result<Shell> {
    let folder = tempfile::tempdir().expect("has a temporary folder");
    fs::write(folder.path().join("index.html"), html).expect("is writable");
    Shell::read(
        folder.path(),
        &publication("base = \"/repo/\"\nlanguage = \"ar\"\nmedia_hosts = [\"https://i.example\"]"),
    )
}

const PAGE: &str = "<!doctype html><html class=x><head><meta charset=\"utf-8\"><!--HEAD--><script>a</script>\
    <script src=\"/__base__/b.js\"></script></head><body><div id=\"app\"></div>\
    <script type=module>import(\"/__base__/c.js\")</script><script type=\"application/json\">{}</script></body></html>";

#[test]
fn a_page_is_filled_below_its_base() {
    let shell = shell(PAGE).expect("is sound");
    let page = shell.fill(&Filling { head: "<title>T</title>", app: "<p>a</p>", boot: "{}" });
    assert!(
        page.starts_with("<!doctype html><html lang=\"ar\" dir=\"rtl\"><head><meta charset=\"utf-8\"><meta http-equiv")
    );
    for part in
        ["src=\"/repo/b.js\"", "<div id=\"app\"><p>a</p></div>", "id=\"jumpline-boot\">{}</script>", "<title>T</title>"]
    {
        assert!(page.contains(part), "{part} in {page}");
    }
}

#[test]
fn the_bar_of_the_browser_has_the_colour_of_the_window() {
    let meta = |scheme, colour| {
        format!("<meta name=\"theme-color\" content=\"{colour}\" media=\"(prefers-color-scheme: {scheme})\">")
    };
    let html = [meta("light", "#fcfbf8"), meta("dark", "#161513")].concat();
    for (background, light, dark) in
        [("#fcfbf8", "#fcfbf8", "#161513"), ("white", "#ffffff", "#161513"), ("rgb(0 0 64)", "#000040", "#000040")]
    {
        assert_eq!(super::tinted(html.clone(), background), [meta("light", light), meta("dark", dark)].concat());
    }
    assert_eq!(super::tinted("<p>".to_owned(), "red"), "<p>");
}

#[test]
fn the_policy_allows_what_the_shell_runs_and_no_more() {
    let shell = shell(PAGE).expect("is sound");
    // printf a | openssl dgst -sha256 -binary | base64, and the same of import("/repo/c.js")
    let (first, second) = ("'sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs='", "'sha256-");
    let policy = shell.policy.with("");
    let scripts = policy.split("script-src ").nth(1).and_then(|it| it.split(';').next()).expect("has scripts");
    assert!(scripts.starts_with(&format!("'self' 'wasm-unsafe-eval' {first} {second}")), "{scripts}");
    assert_eq!(scripts.matches("sha256").count(), 2);
    assert!(policy.contains("img-src 'self' https://i.example;"));
    assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"));
}

#[test]
fn the_policy_lets_locked_pictures_and_the_provider_in() {
    let folder = tempfile::tempdir().expect("has a temporary folder");
    fs::write(folder.path().join("index.html"), PAGE).expect("is writable");
    let mut publication = publication(
        "[subscribe.provider.ghost]\nurl = \"https://letters.example/\"\n\n\
         [comments.provider.isso]\nurl = \"https://talk.example/isso\"\n",
    );
    let policy = |publication: &Publication| {
        let shell = Shell::read(folder.path(), publication).expect("is sound");
        shell.fill(&Filling { head: "", app: "", boot: "{}" })
    };
    assert!(!policy(&publication).contains("blob:"));
    let members = jumpline_article::wall::Bytes(vec![1; 32]);
    publication.paywall.lock = Some(jumpline_article::plan::Lock { mark: "st0c".to_owned(), bits: 0, members });
    let policy = policy(&publication);
    for part in [
        "img-src 'self' blob:;",
        "media-src 'self' blob:;",
        "connect-src 'self' https://letters.example https://talk.example;",
        "form-action 'self' https://letters.example;",
        "<meta name=\"referrer\" content=\"no-referrer\">",
    ] {
        assert!(policy.contains(part), "{part} in {policy}");
    }
}

#[test]
fn a_shell_that_cannot_be_filled_says_why() {
    for (html, why) in [
        ("<html><head></head></html>", "has no <!--HEAD-->"),
        ("<html><head><!--HEAD--></head></html>", "has no <div id=\"app\">"),
        ("<html><head><script>a</script><!--HEAD--></head><div id=\"app\"></div></html>", "stands before <!--HEAD-->"),
    ] {
        let error = format!("{:#}", shell(html).expect_err("is broken"));
        assert!(error.contains(why), "{error}");
    }
}

#[test]
fn a_reader_of_another_release_is_refused() {
    let folder = tempfile::tempdir().expect("has a temporary folder");
    fs::write(folder.path().join("index.html"), PAGE).expect("is writable");
    let read = |release: &str| {
        fs::write(folder.path().join("release"), release).expect("is writable");
        Shell::read(folder.path(), &publication("")).map(|it| it.files().to_vec())
    };
    let error = read("another").expect_err("is another").to_string();
    assert!(error.contains("of another release than this press"), "{error}");
    assert_eq!(read(&super::release()).expect("is this one"), Vec::<String>::new());
}
