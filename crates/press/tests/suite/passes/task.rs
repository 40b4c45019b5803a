//! What each task takes, and what it says.

use super::Desk;
use std::collections::BTreeMap;
use std::fs;

#[test]
fn a_pass_is_not_extended_into_the_past() {
    let desk = Desk::new();
    assert!(desk.press("pass issue --tier paid --until 2027-01-31").ok);
    let id = desk.press("pass list").out.split_whitespace().next().unwrap().to_owned();
    let said = desk.press(&format!("pass extend {id} --until 2020-01-01"));
    assert!(!said.ok && said.err.contains("2020-01-01 is over already; `press pass revoke"), "{}", said.err);
    assert!(desk.press("pass list").out.contains("live"));
    assert!(desk.press(&format!("pass extend {id} --until 2027-02-28")).ok);
}

#[cfg(unix)]
#[test]
fn a_picture_of_a_link_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::new();
    assert!(desk.press("pass issue --tier paid --until 2027-01-31 --svg ada.svg").ok);
    assert!(desk.read("ada.svg").contains("<svg"));
    assert_eq!(fs::metadata(desk.path("ada.svg")).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn each_task_says_what_it_does() {
    let desk = Desk::new();
    let mut seen = BTreeMap::new();
    let mut left = vec![String::new()];
    while let Some(command) = left.pop() {
        let help = desk.press(&format!("{command} --help")).out;
        let first = help.lines().next().unwrap_or_default().to_owned();
        assert!(first.contains(' ') && !first.starts_with("Where"), "press{command}: {first}");
        if let Some(other) = seen.insert(first.clone(), command.clone()) {
            panic!("press{command} and press{other} say the same: {first}");
        }
        let commands = help.split_once("\nCommands:\n").map_or("", |it| it.1.split_once("\n\n").unwrap().0);
        for line in commands.lines().filter(|it| it.starts_with("  ") && !it.starts_with("    ")) {
            let mut words = line.split_whitespace();
            let name = words.next().unwrap();
            assert!(words.next().is_some(), "press{command} {name} stands in the list without a word");
            left.extend((name != "help").then(|| format!("{command} {name}")));
        }
    }
    assert!(seen.len() > 15, "{seen:?}");
}

#[test]
fn nothing_to_search_is_no_clean_site() {
    let desk = Desk::new();
    for out in ["nowhere", "empty"] {
        fs::create_dir_all(desk.path("empty")).unwrap();
        let said = desk.press(&format!("audit {out}"));
        assert!(!said.ok && said.err.contains(&format!("{out}: there is no site here")), "{}{}", said.out, said.err);
    }
}

#[test]
fn a_pass_is_for_somebody_who_can_be_written_to() {
    let desk = Desk::new();
    let wrong = desk.press("pass issue --tier paid --until 2027-01-31 --email nobody");
    assert!(!wrong.ok && wrong.err.contains("--email nobody is no email address"), "{}", wrong.err);
    let twice = desk.press("pass issue --tier gold --tier gold --until 2027-01-31 --email a@b.example");
    assert!(twice.ok && twice.err.contains(" for gold, until"), "{}", twice.err);
}
