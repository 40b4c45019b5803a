//! Where secrets may lie, and what becomes of them.

use super::Place;
use crate::render::tests::publication;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

fn place(folder: &Path, more: &str) -> anyhow::Result<Place> {
    let content = folder.join("content");
    fs::create_dir_all(&content).expect("is writable");
    Place::of(&content, &mut publication(more), None)
}

#[test]
fn a_secret_is_made_once_and_kept_from_others() {
    let folder = tempfile::tempdir().expect("has a temporary folder");
    let place = place(folder.path(), "").expect("is outside");
    assert_eq!(place.secret().expect("is sound"), None);
    let secret = place.secret_or_new().expect("is writable");
    assert_eq!(place.secret_or_new().expect("is sound"), secret);
    let keys = folder.path().join("keys");
    assert_eq!(fs::read_to_string(keys.join(".gitignore")).expect("is there"), "*\n");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path: &Path| fs::metadata(path).expect("is there").permissions().mode() & 0o777;
        assert_eq!((mode(&keys), mode(&keys.join("secret"))), (0o700, 0o600));
        fs::set_permissions(keys.join("secret"), fs::Permissions::from_mode(0o644)).expect("is ours");
        assert!(format!("{:#}", place.secret().expect_err("is open")).contains("can be read by others (mode 644)"));
    }
}

#[test]
fn a_secret_that_cannot_be_written_leaves_nothing() {
    let folder = tempfile::tempdir().expect("has a temporary folder");
    let place = place(folder.path(), "").expect("is outside");
    // As on a full disk, where a file can be made and cannot grow.
    let half = folder.path().join(format!("keys/secret.{}.new", std::process::id()));
    fs::create_dir_all(&half).expect("is writable");
    assert!(place.secret_or_new().is_err() && !folder.path().join("keys/secret").exists());
    fs::remove_dir(&half).expect("is ours");
    assert!(place.secret_or_new().is_ok());
}

#[test]
fn a_damaged_secret_is_not_replaced() {
    let folder = tempfile::tempdir().expect("has a temporary folder");
    let place = place(folder.path(), "").expect("is outside");
    place.secret_or_new().expect("is writable");
    fs::write(folder.path().join("keys/secret"), "torn").expect("is writable");
    assert!(format!("{:#}", place.secret_or_new().expect_err("is damaged")).contains("is damaged"));
    assert_eq!(fs::read_to_string(folder.path().join("keys/secret")).expect("is there"), "torn");
    fs::remove_file(folder.path().join("keys/secret")).expect("is there");
    fs::write(place.passes(), "{}").expect("is writable");
    assert!(format!("{:#}", place.secret_or_new().expect_err("is lost")).contains("put your backup of it back"));
}

#[test]
fn a_secret_does_not_lie_where_it_would_be_published() {
    let folder = tempfile::tempdir().expect("has a temporary folder");
    for path in ["secret", "../content/keys/secret", "x/../secret"] {
        let error = place(folder.path(), &format!("[paywall]\nsecret = \"{path}\"")).expect_err("is inside");
        assert!(error.to_string().contains("may not lie in the content"), "{error}");
    }
    let error = place(folder.path(), "[paywall]\nsecret = \"../dist/secret\"").expect_err("is in the site");
    assert!(error.to_string().contains("may not lie in the site"), "{error}");
    let place = place(folder.path(), "[paywall]\nsecret = \"../site/secret\"").expect("is outside the content");
    assert!(place.outside_of_site(&folder.path().join("site")).is_err());
}

#[test]
fn a_secret_is_made_unasked_where_nobody_named_it() {
    let folder = tempfile::tempdir().expect("has a temporary folder");
    let spelled = place(folder.path(), "[paywall]\nsecret = \"../keys/secret\"").expect("is outside");
    assert_eq!(spelled.secret().expect("is the default, spelled out"), None);
    let named = place(folder.path(), "[paywall]\nsecret = \"../kyes/secret\"").expect("is outside");
    let error = format!("{:#}", named.secret_or_new().expect_err("is nowhere"));
    assert!(error.contains("there is no secret, and `paywall.secret` names this file"), "{error}");
    assert!(named.make().expect("is writable") && !named.make().expect("is there"));
    assert_eq!(named.secret_or_new().expect("is sound"), named.secret().expect("is sound").expect("is there"));
}

#[test]
fn a_secret_that_git_keeps_is_refused() {
    let folder = tempfile::tempdir().expect("has a temporary folder");
    let place = place(folder.path(), "").expect("is outside");
    place.secret_or_new().expect("is writable");
    let git = |args: &[&str]| {
        let mut git = Command::new("git");
        git.arg("-C").arg(folder.path()).args(args).stdout(Stdio::null()).stderr(Stdio::null());
        git.status().is_ok_and(|it| it.success())
    };
    if !git(&["init"]) {
        eprintln!("no git here: nothing was tested");
        return;
    }
    assert!(place.secret().is_ok(), "is ignored");
    assert!(git(&["add", "--force", "keys/secret"]));
    assert!(format!("{:#}", place.secret().expect_err("is tracked")).contains("git keeps this file"));
    // In a container the folder is somebody else's. Only root can make it so.
    #[cfg(unix)]
    for path in ["", ".git"] {
        let _ = std::os::unix::fs::chown(folder.path().join(path), Some(12_345), None);
    }
    assert!(format!("{:#}", place.secret().expect_err("is tracked")).contains("git keeps this file"));
}
