//! What is written, kept and removed.

use super::*;

fn build(out: &Path, before: Manifest, files: &[(&str, &str)]) -> (Manifest, Vec<Outcome>) {
    let dist = Files::open(out, before, tempfile::tempfile().expect("has a temporary folder"));
    let put = |it: &(&str, &str)| dist.bytes(it.0, it.1.as_bytes().to_vec()).expect("is writable");
    let outcomes = files.iter().map(put).collect();
    (dist.finish().expect("is writable"), outcomes)
}

#[test]
fn only_changes_are_written_and_only_ours_is_removed() {
    let folder = tempfile::tempdir().expect("has a temporary folder");
    let out = folder.path();
    let (first, outcomes) = build(out, Manifest::default(), &[("a/x", "1"), ("a/b/y", "2"), ("z", "3")]);
    assert_eq!(outcomes, [Outcome::Written; 3]);
    fs::write(out.join("foreign"), "f").expect("is writable");
    fs::write(out.join("z"), "edited by somebody").expect("is writable");
    let (second, outcomes) = build(out, first, &[("a/x", "1"), ("z", "3")]);
    assert_eq!(outcomes, [Outcome::Kept, Outcome::Written]);
    assert!(!out.join("a/b").exists() && out.join("a/x").exists() && out.join("foreign").exists());
    assert_eq!(fs::read_to_string(out.join("z")).expect("is there"), "3");
    let (_, outcomes) = build(out, Manifest::default(), &[("a/x", "1")]);
    assert_eq!(outcomes, [Outcome::Same], "without a manifest the bytes decide");
    build(out, second, &[]);
    assert!(!out.join("a").exists() && out.join("foreign").exists());
}

#[test]
fn a_build_that_was_broken_off_is_remembered() {
    let folder = tempfile::tempdir().expect("has a temporary folder");
    let (out, journal) = (folder.path().join("out"), folder.path().join("journal"));
    let dist = Files::open(&out, Manifest::default(), File::create(&journal).expect("is writable"));
    for path in ["a/x", "a/y"] {
        dist.bytes(path, b"1".to_vec()).expect("is writable");
    }
    drop(dist);
    fs::write(out.join("a/foreign"), "f").expect("is writable");
    let noted = fs::read_to_string(&journal).expect("is there") + "../journal\n/etc/passwd\na/foreign";
    let (_, outcomes) = build(&out, Manifest::default().with_journal(&noted), &[("a/x", "1")]);
    assert_eq!(outcomes, [Outcome::Same]);
    assert!(out.join("a/x").exists() && !out.join("a/y").exists());
    assert!(journal.exists() && out.join("a/foreign").exists(), "a torn line and other folders are nobody's");
}

#[test]
fn what_could_never_be_written_need_not_be_removed() {
    let folder = tempfile::tempdir().expect("has a temporary folder");
    let (out, long) = (folder.path().join("out"), format!("tag/{}/listing.json", "д".repeat(130)));
    build(&out, Manifest::default(), &[("a", "1")]);
    let noted = Manifest::default().with_journal(&format!("{long}\na/x\n"));
    let (now, _) = build(&out, noted, &[("a", "1")]);
    assert_eq!(now.paths().collect::<Vec<_>>(), ["a"]);
    assert!(out.join("a").exists());
}

#[test]
fn a_page_is_whole_or_as_it_was() {
    let folder = tempfile::tempdir().expect("has a temporary folder");
    let out = folder.path();
    fs::create_dir(out.join(HALVES)).expect("is writable");
    fs::write(out.join(HALVES).join("0"), "ha").expect("is writable");
    let (before, _) = build(out, Manifest::default(), &[("a", "1")]);
    assert!(!out.join(HALVES).exists(), "nothing is left of it");
    let dist = Files::open(out, before, tempfile::tempfile().expect("has a temporary folder"));
    // As on a full disk, where no file can grow.
    fs::write(out.join(HALVES), "").expect("is writable");
    let error = dist.bytes("a", b"2".to_vec()).expect_err("cannot be written");
    assert!(error.to_string().ends_with("a: cannot be written"), "{error}");
    assert_eq!(fs::read_to_string(out.join("a")).expect("is there"), "1");
}

#[test]
fn nothing_is_written_outside() {
    let folder = tempfile::tempdir().expect("has a temporary folder");
    let out = folder.path().join("out");
    let dist = Files::open(&out, Manifest::default(), tempfile::tempfile().expect("has a temporary folder"));
    for path in ["../escaped", "a/../../escaped", "/tmp/escaped", ""] {
        assert!(dist.bytes(path, b"1".to_vec()).is_err(), "{path}");
    }
    assert!(!folder.path().join("escaped").exists());
}

#[test]
fn nothing_of_others_is_written_over() {
    let folder = tempfile::tempdir().expect("has a temporary folder");
    let out = folder.path();
    let put = |path: &str, text: &str| {
        let dist = Files::open(out, Manifest::default(), tempfile::tempfile().expect("has a temporary folder"));
        dist.bytes(path, text.as_bytes().to_vec()).map_err(|it| it.to_string())
    };
    fs::write(out.join("robots.txt"), "mine").expect("is writable");
    assert!(put("robots.txt", "1").expect_err("is mine").contains("robots.txt: is not from press"));
    assert_eq!(fs::read_to_string(out.join("robots.txt")).expect("is there"), "mine");
    assert_eq!(put("robots.txt", "mine"), Ok(Outcome::Same));
    let page = "<script type=\"application/json\" id=\"jumpline-boot\">{}</script>";
    fs::write(out.join("index.html"), page).expect("is writable");
    assert_eq!(put("robots.txt", "1"), Ok(Outcome::Written), "an earlier build's, though the cache is gone");
}

#[test]
#[cfg(unix)]
fn no_link_leads_out() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().expect("has a temporary folder");
    let (real, out, outside) = (folder.path().join("real"), folder.path().join("out"), folder.path().join("outside"));
    for it in [&real.join("b"), &outside] {
        fs::create_dir_all(it).expect("is writable");
    }
    fs::write(outside.join("x"), "mine").expect("is writable");
    for (link, to) in [("a", "../outside"), ("c", "b"), ("d", "nowhere")] {
        symlink(to, real.join(link)).expect("is writable");
    }
    symlink(&real, &out).expect("is writable");
    let dist = Files::open(
        &out,
        Manifest::default().with_journal("a/x\n"),
        tempfile::tempfile().expect("has a temporary folder"),
    );
    for path in ["a/x", "a/y/z", "d/x"] {
        let error = dist.bytes(path, b"1".to_vec()).expect_err("leads out").to_string();
        assert!(error.contains("is a link that leads out of"), "{error}");
    }
    assert!(dist.bytes("c/x", b"1".to_vec()).is_ok() && real.join("b/x").exists());
    dist.finish().expect("is writable");
    assert_eq!(fs::read_to_string(outside.join("x")).expect("is there"), "mine");
}
