//! What `--svg` and `--links` name is written, and nothing else is written over.

use super::{Desk, PAID};

const LIST: &str = "email,tier,until\nada@a.example,paid,2027-01-31\n";

#[test]
fn the_secret_the_passes_and_the_input_are_not_written_over() {
    let desk = Desk::new();
    desk.write("list.csv", LIST);
    desk.write("notes.txt", "dear");
    assert!(desk.press("pass issue --tier paid --until 2027-01-31").ok);
    let files = ["keys/secret", "keys/passes.json", "list.csv", "notes.txt"];
    let before = files.map(|it| desk.read(it));
    for (file, said) in [
        ("keys/secret", "keys/secret: is the secret itself"),
        ("keys/../keys/passes.json", "passes.json: is the list of passes"),
        ("notes.txt", "notes.txt: is there already, and is no "),
        ("keys", "keys: is no file; name one"),
    ] {
        for line in [
            format!("pass issue --tier paid --until 2027-01-31 --svg {file}"),
            format!("pass import list.csv --links {file}"),
        ] {
            let refused = desk.press(&line);
            assert!(!refused.ok && refused.err.contains(said), "{line}: {}", refused.err);
        }
    }
    let refused = desk.press("pass import list.csv --links ./list.csv");
    assert!(!refused.ok && refused.err.contains("./list.csv: is the list that is imported"), "{}", refused.err);
    assert_eq!(files.map(|it| desk.read(it)), before);
}

#[test]
fn a_secret_that_is_named_and_not_there_yet_is_left_its_place() {
    let desk = Desk::new();
    let refused = desk.press_with(Some("s"), "pass issue --tier paid --until 2027-01-31 --svg s");
    assert!(!refused.ok && refused.err.contains("is the secret itself"), "{}", refused.err);
}

#[test]
fn a_pass_is_listed_though_its_picture_cannot_be_written() {
    let desk = Desk::new();
    let said = desk.press("pass issue --tier paid --until 2027-01-31 --svg no/folder/ada.svg");
    assert!(
        !said.ok && said.out.contains("/unlock/#") && desk.press("pass list").out.contains("2027-01-31"),
        "{}",
        said.err
    );
}

#[test]
fn what_an_earlier_run_wrote_is_written_anew() {
    let desk = Desk::new();
    desk.write("list.csv", LIST);
    desk.write("empty.csv", "");
    for line in [
        "pass issue --tier paid --until 2027-01-31 --svg ada.svg",
        "pass import list.csv --links links.csv",
        "pass import list.csv --links empty.csv",
    ] {
        for _ in 0..2 {
            let said = desk.press(line);
            assert!(said.ok, "{line}: {}", said.err);
        }
    }
    let refused = desk.press("pass issue --tier paid --until 2027-01-31 --svg links.csv");
    assert!(!refused.ok && refused.err.contains("is no picture of a pass"), "{}", refused.err);
}

#[test]
fn a_gift_of_a_draft_says_that_it_is_one() {
    let desk = Desk::new();
    desk.write("content/articles/a.md", PAID);
    desk.write("content/articles/b.md", &PAID.replace("title: A", "title: B\ndraft: true"));
    let said = desk.press("gift /b/").err;
    assert!(
        said.contains("/b/ is a draft, and nobody can open it; take `draft: true` out of content/articles/b.md"),
        "{said}"
    );
    assert!(desk.press("gift /c/").err.contains("no article stands at /c/"));
}
