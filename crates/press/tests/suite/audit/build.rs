//! A build ends with the audit, which can be taken by itself too.

use super::packed::paragraph;
use super::packers::{encrypted, zip};
use super::{ARTICLE, LEAK};
use crate::driver::Site;
use jumpline_press::build;
use jumpline_press::wall::Secret;
use std::fs;
use zip::CompressionMethod::Deflated;

#[test]
fn a_build_ends_with_the_audit() {
    let site = Site::copy("small");
    site.write("content/articles/harbour.md", ARTICLE);
    site.build();
    let whole = site.files();
    let summary = build::audit(&site.options()).unwrap();
    assert!(summary.searched == whole.len() && summary.runs > 10 && summary.keys > 2, "{summary}");
    assert_eq!(site.build().built, 0, "and the second build has nothing to search");
    site.write("shell/notes.txt", &format!("to do: {LEAK}"));
    let error = site.fail(false);
    assert!(
        error.starts_with("notes.txt: byte 7: locked text of /harbour/ (./content/articles/harbour.md): `harbour"),
        "{error}"
    );
    assert_eq!(site.fail(false), error, "until it is mended");
    site.remove("shell/notes.txt");
    site.build();
    assert!(site.files() == whole);
}

#[test]
fn the_audit_by_itself_reads_what_a_publisher_put_in() {
    let site = Site::copy("small");
    site.write("content/articles/harbour.md", ARTICLE);
    site.build();
    let secret = Secret::from([7; 32]).line();
    site.write("dist/backup.txt", &secret);
    let error = build::audit(&site.options()).unwrap_err().to_string();
    assert!(
        error.starts_with("backup.txt: byte ") && error.contains("the key `the publisher's secret`, base64"),
        "{error}"
    );
    site.remove("dist/backup.txt");
    site.edit(
        "dist/harbour/article.json",
        "closed",
        "closed. He hid the leak \\u0026amp; wept over it for a year, and",
    );
    let error = build::audit(&site.options()).unwrap_err().to_string();
    assert!(error.starts_with("harbour/article.json: byte ") && error.contains("JSON-escaped"), "{error}");
}

#[test]
fn what_is_published_elsewhere_is_no_leak() {
    let site = Site::copy("small");
    site.write("content/articles/harbour.md", ARTICLE);
    site.write(
        "content/articles/quote.md",
        &format!("---\ntitle: A quote\ndate: 2026-11-03\n---\n\nThey wrote: {LEAK}.\n"),
    );
    site.build();
}

#[test]
fn what_is_said_of_pictures_and_in_films_is_locked_too() {
    let site = Site::copy("small");
    let body = "\n\n![Seven barrels lie under the third pier of the harbour](/media/dot.svg \"The mayor paid for every one of them in cash\")\n\n\
                <video src=\"/media/a.mp4\"><track src=\"/media/a.vtt\"></video>\n";
    site.write("content/articles/harbour.md", &format!("{ARTICLE}{body}"));
    site.write("content/media/dot.svg", "<svg viewBox='0 0 8 4'/>");
    site.write("content/media/a.mp4", "film");
    site.write("content/media/a.vtt", "WEBVTT\n\n00:00.000 --> 00:02.000\nShe counted the money twice on the\n\n00:02.000 --> 00:03.000\nold kitchen table.\n");
    site.build();
    for leak in [
        "seven barrels lie under the third pier of the harbour",
        "the mayor paid for every one of them in cash",
        "she counted the money twice on the old kitchen table",
    ] {
        site.write("shell/notes.txt", leak);
        let error = site.fail(false);
        assert!(error.contains("notes.txt: byte 0: locked text of /harbour/"), "{leak}: {error}");
    }
    // What something public shows is no secret.
    site.remove("shell/notes.txt");
    site.write("content/articles/film.md", "---\ntitle: A film\ndate: 2026-11-03\n---\n\n<video src=\"/media/a.mp4\"><track src=\"/media/a.vtt\"></video>\n");
    site.build();
}

#[test]
fn an_article_may_quote_the_head_of_its_own_envelope() {
    let site = Site::copy("small");
    let quoted = "```json\n{\"recipients\": [{\"header\": {\"alg\": \"A256KW\", \"kid\": \"pilots/2026-11\"}, \"encrypted_key\": \"…\"}]}\n```";
    let article = ARTICLE.replace("<!--more-->", &format!("<!--more-->\n\n{quoted}\n"));
    assert!(article != ARTICLE);
    site.write("content/articles/harbour.md", &article);
    site.build();
}

#[test]
fn a_build_says_what_its_audit_could_not_look_into() {
    let site = Site::copy("small");
    site.write("content/articles/harbour.md", ARTICLE);
    site.build();
    let before = site.build().warnings;
    fs::write(site.path("shell/a.zip"), encrypted(b"nothing")).unwrap();
    assert_eq!(site.build().warnings, before + 1);
    assert_eq!(site.build().warnings, before + 1, "and the next build says it again");
    assert_eq!(build::audit(&site.options()).unwrap().unread.len(), 1);
    let docx = zip(Deflated, &[("word/document.xml", paragraph(LEAK).as_bytes())]);
    fs::write(site.path("shell/a.docx"), docx).unwrap();
    let error = site.fail(false);
    assert!(error.starts_with("a.docx: byte 30: locked text of /harbour/"), "{error}");
}

#[cfg(unix)]
#[test]
fn folders_that_are_links_are_searched() {
    use std::os::unix::fs::symlink;
    let site = Site::copy("small");
    site.write("content/articles/harbour.md", ARTICLE);
    fs::create_dir_all(site.path("elsewhere/site")).unwrap();
    symlink(site.path("elsewhere/site"), site.path("dist")).unwrap();
    site.build();
    assert!(site.path("elsewhere/site/index.html").exists());
    assert!(site.path("dist").is_symlink());
    site.write("elsewhere/notes/a.txt", "nothing");
    symlink(site.path("elsewhere/notes"), site.path("dist/notes")).unwrap();
    build::audit(&site.options()).unwrap();
    site.write("elsewhere/notes/a.txt", &format!("to do: {LEAK}"));
    let error = build::audit(&site.options()).unwrap_err().to_string();
    assert!(error.starts_with("notes/a.txt: byte 7: locked text of /harbour/"), "{error}");
    fs::remove_dir_all(site.path("elsewhere/notes")).unwrap();
    fs::remove_file(site.path("dist/notes")).unwrap();
    symlink(site.path("dist"), site.path("dist/round")).unwrap();
    let error = build::audit(&site.options()).unwrap_err().to_string();
    assert!(error.contains("cannot be searched for leaks") && error.contains("loop"), "{error}");
}
