//! The secret is made once, kept, and never written where everybody reads.

use super::{Desk, PAID, SHELL};
use jumpline_press::wall::Secret;
use std::fs;

#[test]
fn a_secret_that_was_named_is_not_made_anew() {
    let desk = Desk::new();
    desk.write("list.csv", "email,tier,until\na@b.example,paid,2027-01-31\n");
    desk.write("content/articles/a.md", PAID);
    desk.write("site/a.txt", "a");
    let toml = desk.read("content/publication.toml");
    let tasks = [
        format!("build --shell {SHELL}"),
        "audit site".to_owned(),
        "gift /a/".to_owned(),
        "pass list".to_owned(),
        "pass link x".to_owned(),
        "pass revoke x".to_owned(),
        "pass extend x --until 2027-01-31".to_owned(),
        "pass issue --tier paid --until 2027-01-31".to_owned(),
        "pass import list.csv".to_owned(),
    ];
    let check = |variable: Option<&str>, by: &str, tasks: &[String]| {
        for task in tasks {
            let said = desk.press_with(variable, task);
            let told = said.err.contains("elsewhere/sceret: there is no secret, and ")
                && said.err.contains(by)
                && said.err.contains("press pass secret");
            assert!(!said.ok && told, "{task}: {}{}", said.out, said.err);
            assert!(
                !desk.path("elsewhere").exists() && !desk.path("keys").exists() && !desk.path("dist").exists(),
                "{task}"
            );
        }
    };
    check(Some("elsewhere/sceret"), "JUMPLINE_SECRET", &tasks);
    desk.write("content/publication.toml", &format!("{toml}[paywall]\nsecret = \"../elsewhere/sceret\"\n"));
    check(None, "`paywall.secret`", &tasks);
    let made = desk.press("pass secret");
    assert!(made.ok && made.err.contains("Back it up now"), "{}", made.err);
    let secret = desk.read("elsewhere/sceret");
    assert!(Secret::parse(&secret).is_some());
    assert!(desk.press("pass secret").out.contains("there is one already"));
    assert_eq!(desk.read("elsewhere/sceret"), secret);
    assert!(desk.press(&tasks[0]).ok && desk.press(&tasks[7]).ok && desk.press(&tasks[3]).ok);
    fs::remove_file(desk.path("elsewhere/sceret")).unwrap();
    for task in [&tasks[0], &tasks[3], &"pass secret".to_owned()] {
        let said = desk.press(task);
        assert!(!said.ok && said.err.contains("put your backup of it back"), "{task}: {}", said.err);
    }
    // The place that nobody has to name is made at the first use.
    for folder in ["dist", "target"] {
        fs::remove_dir_all(desk.path(folder)).unwrap();
    }
    desk.write("content/publication.toml", &format!("{toml}[paywall]\nsecret = \"../keys/secret\"\n"));
    let built = desk.press(&tasks[0]);
    assert!(built.ok && built.err.contains("Back it up now"), "{}", built.err);
}

#[test]
fn nothing_that_opens_the_wall_is_written_where_everybody_reads() {
    let desk = Desk::new();
    desk.write("site/index.html", "<script type=\"application/json\" id=\"jumpline-boot\">{}</script>");
    desk.write("list.csv", "email,tier,until\na@b.example,paid,2027-01-31\n");
    for folder in ["dist", "site", "site/ferry", "content", "content/media"] {
        for task in [
            format!("pass issue --tier paid --until 2027-01-31 --svg {folder}/s.svg"),
            format!("pass import list.csv --links {folder}/links.csv"),
        ] {
            let said = desk.press(&task);
            let expected = if folder.starts_with("content") { "lies in the content" } else { "lies in the site" };
            assert!(!said.ok && said.err.contains(expected), "{task}: {}{}", said.err, said.out);
        }
        for task in ["pass secret", "pass issue --tier paid --until 2027-01-31", "pass list"] {
            let said = desk.press_with(Some(&format!("{folder}/secret")), task);
            assert!(!said.ok && said.err.contains("a secret may not lie in the"), "{task}: {}", said.err);
        }
    }
    assert!(!desk.path("dist").exists() && !desk.path("keys").exists(), "a pass was made for nobody");
    let toml = desk.read("content/publication.toml");
    desk.write("content/publication.toml", &format!("{toml}[paywall]\nsecret = \"../dist/secret\"\n"));
    assert!(desk.press("pass secret").err.contains("a secret may not lie in the site"));
    desk.write("content/publication.toml", &toml);
    assert!(desk.press("pass issue --tier paid --until 2027-01-31 --svg s.svg").ok && desk.path("s.svg").exists());
}

#[test]
fn a_list_is_known_however_its_host_is_written() {
    let desk = Desk::new();
    let toml = desk.read("content/publication.toml").replace("https://t.example", "https://bücher.example");
    desk.write("content/publication.toml", &toml);
    let said = desk.press("pass issue --tier paid --until 2027-01-31");
    assert!(said.ok && said.out.starts_with("https://xn--bcher-kva.example/unlock/#"), "{}{}", said.out, said.err);
    let list = desk.read("keys/passes.json");
    for written in ["https://bücher.example", "https://xn--bcher-kva.example/"] {
        let list = list.replace("https://xn--bcher-kva.example\"", &format!("{written}\""));
        fs::write(desk.path("keys/passes.json"), list).unwrap();
        let said = desk.press("pass list");
        assert!(said.ok && said.out.contains("live"), "{written}: {}", said.err);
    }
}
