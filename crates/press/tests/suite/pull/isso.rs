//! A real Isso, where it is installed.

use super::{FILE, counts, run, site, status};
use jumpline_article::comment::Status;
use jumpline_article::commenting::{Act, Answer, Check, Checked, Isso, Letter, Outcome, Place, Refusal, Service};
use jumpline_article::{Comment, CommentId, Permalink};
use jumpline_press::moderation::Wire;
use std::thread;
use std::time::Duration;

/// A real Isso; `None`, with the reason printed, where it is not installed.
fn real_isso(moderation: bool) -> Option<xtask::isso::Isso> {
    let more = format!(
        "[moderation]\nenabled = {moderation}\n\
         [guard]\nenabled = true\nratelimit = 4\ndirect-reply = 9\nreply-to-self = true\n"
    );
    xtask::isso::Isso::start("http://127.0.0.1:1", &more).unwrap()
}

fn place() -> Place {
    Place {
        permalink: Permalink::new("/ferry/").unwrap(),
        path: "/repo/ferry/".into(),
        title: "Ferry".into(),
        name: String::new(),
    }
}

fn act(isso: &Isso, wire: &Wire, act: &Act) -> Outcome {
    let request = isso.send(&place(), act).unwrap();
    let (status, text) = wire.ask(&request).unwrap();
    isso.sent(act, Answer { status, text: &text })
}

fn letter(text: &str, parent: Option<&CommentId>) -> Act {
    let text = text.to_owned();
    Act::Post(Letter {
        parent: parent.cloned(),
        text,
        author: "Ada <b>".into(),
        email: "ada@secret.example".into(),
        ..Letter::default()
    })
}

#[track_caller]
fn posted(outcome: Outcome) -> Comment {
    match outcome {
        Outcome::Done(Some(comment)) => comment,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_real_isso_takes_changes_and_gives_back() {
    let Some(real) = real_isso(false) else { return };
    let (isso, wire) = (Isso::new(&real.url()), Wire::default());
    let first = posted(act(&isso, &wire, &letter("Hello *you*, `x < y`", None)));
    assert_eq!((first.author.as_str(), first.status.is_published()), ("Ada <b>", true));
    let reply = posted(act(&isso, &wire, &letter("A reply", Some(&first.id))));
    assert_eq!(reply.parent.as_ref(), Some(&first.id));
    let edit = Act::Edit { comment: reply.id.clone(), text: "A better reply".into() };
    let edited = posted(act(&isso, &wire, &edit));
    assert!(
        edited.content_html.contains("better") && edited.edited.is_some() && edited.author == "Ada <b>",
        "{edited:?}"
    );
    // A cookie is what makes a comment one's own.
    let stranger = act(&isso, &Wire::default(), &edit);
    assert_eq!(stranger, Outcome::Refused(Refusal::Gone));
    assert_eq!(act(&isso, &wire, &letter("x", None)), Outcome::Refused(Refusal::TooShort));
    let like = Act::Like { comment: first.id.clone(), liked: true };
    assert!(matches!(act(&isso, &wire, &like), Outcome::Liked(_)));
    // What was sent without an answer is found; what never was is not.
    let lost = letter("Hello *you*, `x < y`", None);
    let Check::Ask(question) = isso.check(&place(), &lost) else { panic!("asks") };
    let (code, text) = wire.ask(&question).unwrap();
    let answer = Answer { status: code, text: &text };
    let since = u64::try_from(first.date.unix()).unwrap() * 1000;
    assert!(matches!(isso.checked(&lost, since, answer), Checked::Arrived(_)));
    assert_eq!(isso.checked(&letter("Never", None), since, answer), Checked::Absent);

    let site = site(&real.url());
    assert_eq!(counts(run(&site).unwrap()), (2, 0, 0, 0));
    assert_eq!(act(&isso, &wire, &Act::Delete { comment: reply.id.clone() }), Outcome::Done(None));
    assert_eq!(act(&isso, &wire, &Act::Delete { comment: reply.id }), Outcome::Refused(Refusal::Gone));
    assert_eq!(counts(run(&site).unwrap()), (0, 0, 0, 1));
    site.build();
    let page = site.read("dist/ferry/index.html");
    assert!(page.contains("Hello <em>you</em>") && !page.contains("better reply"), "{page}");
    // An author's address never leaves the server.
    assert!(!site.read(FILE).contains("secret"));
    let count = isso.count(&["/repo/ferry/".to_owned(), "/nowhere/".to_owned()]).unwrap();
    let (code, text) = wire.ask(&count).unwrap();
    assert_eq!(isso.counted(Answer { status: code, text: &text }), Ok(vec![1, 0]));
    // Comments are told apart by the second.
    thread::sleep(Duration::from_millis(1100));
    // More than four in a minute are too many.
    let flood: Vec<_> = (0..6).map(|it| act(&isso, &wire, &letter(&format!("Flood {it}"), None))).collect();
    assert_eq!(flood[5], Outcome::Refused(Refusal::Flood));
    // The first of them has the number of the reply that was deleted, and is another comment all the same.
    let pulled = run(&site).unwrap();
    assert!(pulled.new > 0 && pulled.changed == 0, "{pulled:?}");
    let file = site.read(FILE);
    assert!(file.contains("better reply") && file.contains("Flood 0"), "{file}");
    assert_eq!((status(&site, "isso-2").as_str(), counts(run(&site).unwrap())), ("published", (0, 0, 0, 0)));
}

#[test]
fn a_real_isso_holds_back_what_is_to_be_approved() {
    let Some(real) = real_isso(true) else { return };
    let (isso, wire) = (Isso::new(&real.url()), Wire::default());
    let held = posted(act(&isso, &wire, &letter("Let me in", None)));
    assert_eq!(held.status, Status::Held);
    assert_eq!(counts(run(&site(&real.url())).unwrap()), (0, 0, 0, 0));
}
