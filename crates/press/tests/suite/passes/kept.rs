//! Passes that were sent out stay open when the secret or the list of passes is not where it was.

use super::{Desk, PAID, SHELL};
use std::fs;

fn built() -> (Desk, String) {
    let desk = Desk::new();
    desk.write("content/articles/a.md", PAID);
    assert!(desk.press("pass issue --tier paid --until 2027-01-31").ok);
    let build = format!("build --shell {SHELL}");
    let said = desk.press(&build);
    assert!(said.ok && said.out.contains(", 1 live pass, ") && !said.err.contains("no passes"), "{}", said.err);
    (desk, build)
}

#[test]
fn a_list_that_is_gone_locks_nobody_out() {
    let (desk, build) = built();
    let keyring = desk.read("dist/keyring/0000.json");
    fs::rename(desk.path("keys/passes.json"), desk.path("kept.json")).unwrap();
    let said = desk.press(&build);
    assert!(!said.ok && said.err.contains("keys/passes.json: is not there, and dist has a pass, "), "{}", said.err);
    // A list that was begun anew is not the one that the readers are in.
    assert!(desk.press("pass issue --tier paid --until 2027-01-31").ok);
    let said = desk.press(&build);
    assert!(!said.ok && said.err.contains("passes.json: lists none of them, and dist has a pass, "), "{}", said.err);
    assert_eq!(desk.read("dist/keyring/0000.json"), keyring);
    fs::copy(desk.path("kept.json"), desk.path("keys/passes.json")).unwrap();
    assert!(desk.press("pass issue --tier gold --until 2027-01-31").ok && desk.press(&build).ok);
    fs::copy(desk.path("kept.json"), desk.path("keys/passes.json")).unwrap();
    let said = desk.press(&build);
    assert!(said.ok && said.err.contains("passes.json: a pass of the site is not in this list"), "{}", said.err);
    assert!(!desk.press(&build).err.contains("not in this list"), "it was said once");
    fs::remove_file(desk.path("keys/passes.json")).unwrap();
    fs::remove_dir_all(desk.path("dist/keyring")).unwrap();
    let said = desk.press(&build);
    assert!(said.ok && said.err.contains("passes.json: no passes are published: "), "{}", said.err);
}

#[test]
fn a_site_with_a_wall_gets_no_second_secret() {
    let (desk, build) = built();
    let keyring = desk.read("dist/keyring/0000.json");
    fs::rename(desk.path("keys"), desk.path("elsewhere")).unwrap();
    let refused = || {
        let said = desk.press(&build);
        assert!(!said.ok && said.err.contains("there is no secret, and dist was locked with one"), "{}", said.err);
        assert!(said.err.contains("JUMPLINE_SECRET") && !desk.path("keys").exists(), "{}", said.err);
        let gift = desk.press("gift /a/");
        assert!(!gift.ok && gift.err.contains("a gift could open") && !desk.path("keys").exists(), "{}", gift.err);
    };
    refused();
    fs::rename(desk.path("dist"), desk.path("away")).unwrap();
    refused();
    fs::rename(desk.path("away"), desk.path("dist")).unwrap();
    assert!(desk.press("pass secret").ok);
    let said = desk.press(&build);
    assert!(!said.ok && said.err.contains("is another secret than the one that dist was locked with"), "{}", said.err);
    assert_eq!(desk.read("dist/keyring/0000.json"), keyring);
    assert!(desk.press_with(Some("elsewhere/secret"), &build).ok);
    fs::remove_dir_all(desk.path("dist/keyring")).unwrap();
    assert!(desk.press(&build).ok, "a new wall on purpose");
}
