use super::*;
use crate::comments::outbox::{Like, Own};
use jumpline_article::Date;
use jumpline_article::commenting::{Isso, Letter, Refusal};

fn id(text: &str) -> CommentId {
    CommentId::new(text).expect("is an id")
}

fn comment(name: &str, parent: &str, minute: u32) -> Comment {
    let date = Date::parse(&format!("2026-11-25T10:{minute:02}:00Z")).expect("is a date");
    let parent = CommentId::new(parent).ok();
    Comment {
        parent,
        author: format!("by {name}"),
        content_html: format!("<p>{name}</p>"),
        ..Comment::empty(id(name), date)
    }
}

fn permalink() -> Permalink {
    Permalink::new("/ferry/").expect("is one")
}

fn entry(name: &str, act: Act) -> Entry {
    let at = 1_795_690_800_000;
    Entry {
        id: id(name),
        at,
        permalink: permalink(),
        title: String::new(),
        act,
        stage: Stage::Waiting,
        plan: String::new(),
    }
}

fn drawn(snapshot: &[Comment], listed: Option<&[Comment]>, kept: &Kept) -> Vec<String> {
    let (isso, permalink) = (Isso::new("https://isso.example"), permalink());
    let withheld = [Withheld { id: comment("isso-9", "", 9).id, date: comment("isso-9", "", 9).date }];
    let parts = Parts { permalink: &permalink, snapshot, withheld: &withheld, listed, service: Some(&isso), kept };
    let line = |it: Line| {
        let marks = [(it.mine, " mine"), (it.liked, " liked"), (it.held, " held")];
        let marks: String = marks.iter().filter(|it| it.0).map(|it| it.1).collect();
        let pending = it.pending.map(|it| format!(" {:?} {:?}", it.what, it.stage)).unwrap_or_default();
        let (comment, dashes) = (it.row.comment, "-".repeat(it.row.depth.into()));
        let status = if comment.status.is_published() { "" } else { comment.status.name() };
        format!("{dashes}{} {}{status}{marks}{pending} {}", comment.id, comment.likes, comment.content_html)
    };
    lines(parts).into_iter().map(line).collect()
}

#[test]
fn what_was_decided_against_is_not_shown_by_the_server_either() {
    // The second one has its number by now.
    let listed = [comment("isso-8", "", 8), comment("isso-9", "", 9), comment("isso-9", "", 10)];
    assert_eq!(drawn(&[], Some(&listed[..2]), &Kept::default()), ["isso-8 0 <p>isso-8</p>"]);
    assert_eq!(drawn(&[], Some(&listed[2..]), &Kept::default()), ["isso-9 0 <p>isso-9</p>"]);
}

#[test]
fn the_server_is_newer_than_the_page() {
    let mut hidden = Comment { status: Status::Hidden, ..comment("isso-3", "", 3) };
    hidden.content_html.clear();
    let snapshot = [
        comment("old", "", 0),
        comment("isso-1", "", 1),
        comment("isso-2", "", 2),
        hidden,
        comment("isso-4", "isso-3", 4),
    ];
    let changed = Comment { content_html: "<p>better</p>".into(), likes: 3, ..comment("isso-1", "", 1) };
    let listed = [changed, comment("isso-3", "", 3), comment("isso-4", "isso-3", 4), comment("isso-5", "isso-1", 5)];
    let expected = [
        "old 0 <p>old</p>",
        "isso-1 3 <p>better</p>",
        "-isso-5 0 <p>isso-5</p>",
        "isso-3 0hidden ",
        "-isso-4 0 <p>isso-4</p>",
    ];
    assert_eq!(drawn(&snapshot, Some(&listed), &Kept::default()), expected);
    assert_eq!(drawn(&snapshot, None, &Kept::default()).len(), 5);
}

#[test]
fn what_waits_stands_in_its_place() {
    let snapshot = [comment("isso-1", "", 1), comment("isso-2", "", 2)];
    let reply = Letter { parent: Some(id("isso-1")), text: "Yes".into(), ..Letter::default() };
    let mut refused = entry("o-2", Act::Delete { comment: id("isso-2") });
    refused.stage = Stage::Refused(Refusal::Gone);
    let like = entry("o-3", Act::Like { comment: id("isso-1"), liked: true });
    let kept = Kept { outbox: vec![entry("o-1", Act::Post(reply)), refused, like], ..Kept::default() };
    let expected = [
        "isso-1 1 liked <p>isso-1</p>",
        "-o-1 0 mine Post Waiting <p>Yes</p>",
        "isso-2 0 Delete Refused(Gone) <p>isso-2</p>",
    ];
    assert_eq!(drawn(&snapshot, None, &kept), expected);
}

#[test]
fn what_may_have_arrived_stands_there_once() {
    let letter = Letter { text: "Yes *indeed*".into(), author: "Ada".into(), ..Letter::default() };
    let mut sent = entry("o-1", Act::Post(letter));
    sent.at = 1_764_064_800_000;
    sent.stage = Stage::Sent { since: sent.at, tried: sent.at };
    let mut kept = Kept { outbox: vec![sent], ..Kept::default() };
    let arrived =
        Comment { author: "Ada".into(), content_html: "<p>Yes <em>indeed</em></p>".into(), ..comment("isso-1", "", 1) };
    assert_eq!(drawn(&[], Some(std::slice::from_ref(&arrived)), &kept), ["isso-1 0 <p>Yes <em>indeed</em></p>"]);
    assert_eq!(drawn(&[], Some(&[]), &kept).len(), 1);
    let own = Own {
        permalink: permalink(),
        at: 0,
        letter: Letter::default(),
        comment: arrived.clone(),
        at_once: true,
        was: arrived.id.clone(),
    };
    kept.own.push(own);
    assert_eq!(drawn(&[], Some(&[arrived]), &kept).len(), 2, "it is another one that says the same");
}

#[test]
fn what_is_held_is_seen_by_its_author() {
    let held = Comment { status: Status::Held, ..comment("isso-9", "", 9) };
    let own = Own {
        permalink: permalink(),
        at: 0,
        letter: Letter::default(),
        was: held.id.clone(),
        comment: held,
        at_once: false,
    };
    let mut kept = Kept { own: vec![own], ..Kept::default() };
    kept.likes.push(Like { permalink: permalink(), comment: id("isso-1") });
    let listed = [Comment { likes: 2, ..comment("isso-1", "", 1) }];
    assert_eq!(drawn(&[], Some(&listed), &kept), ["isso-1 2 liked <p>isso-1</p>", "isso-9 0 mine held <p>isso-9</p>"]);
    let isso = Isso::new("https://isso.example");
    let approved = [comment("isso-9", "", 9)];
    kept.see(&isso, &permalink(), &approved, 1_800_000_000_000);
    assert_eq!(drawn(&[], Some(&approved), &kept), ["isso-9 0 mine <p>isso-9</p>"]);
    kept.see(&isso, &permalink(), &[], 1_800_000_000_000);
    assert_eq!(drawn(&[], Some(&[]), &kept), [""; 0]);
}
