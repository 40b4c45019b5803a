//! Answers as a real Isso 0.14 gave them.

use super::super::Letter;
use super::*;
use crate::Date;
use crate::comment::Status;

const LIST: &str = r#"{"id": null, "total_replies": 3, "hidden_replies": 0, "replies": [
  {"id": 1, "parent": null, "created": 1795706640.66, "modified": 1795706641.04, "mode": 1, "text": "<p>Hello <em>you</em></p>\n<p><code>x &lt; y</code></p>",
   "author": "Ada &lt;b&gt;", "website": "https://ada.example", "likes": 2, "dislikes": 0, "notification": null, "hash": "9294c2ce46a6", "total_replies": 1, "hidden_replies": 0,
   "replies": [{"id": 3, "parent": 1, "created": 1795706640.82, "modified": null, "mode": 1, "text": "<p>A reply</p>", "author": null, "website": "javascript:x", "likes": 0,
                "dislikes": 0, "notification": null, "hash": "4505c1eeda98"}]},
  {"id": 2, "parent": null, "created": 1795706640.70, "modified": null, "mode": 4, "text": "", "author": null, "website": null, "likes": 0, "dislikes": 0, "notification": null,
   "hash": "4505c1eeda98", "total_replies": 0, "hidden_replies": 0, "replies": []}],
  "config": {"reply-to-self": true, "require-email": false, "require-author": false, "reply-notifications": false, "gravatar": false, "feed": false}}"#;

fn isso() -> Isso {
    Isso::new("https://talk.example/isso/")
}

fn place() -> Place {
    let permalink = Permalink::new("/fog/").expect("is one");
    Place { permalink, path: "/repo/fog/".into(), title: "Fog & \"mist\"".into(), name: String::new() }
}

fn answer(status: u16, text: &str) -> Answer<'_> {
    Answer { status, text }
}

fn refused(words: &str) -> String {
    format!("<!doctype html>\n<html lang=en>\n<title>400 Bad Request</title>\n<h1>Bad Request</h1>\n<p>{words}</p>\n")
}

fn letter(text: &str) -> Letter {
    Letter { text: text.into(), author: "Ada <b>".into(), ..Letter::default() }
}

fn comment(id: &str) -> CommentId {
    CommentId::new(id).expect("is one")
}

#[test]
fn a_thread_is_flat_and_oldest_first() {
    let batch = isso().listed(answer(200, LIST)).expect("reads");
    let ids: Vec<&str> = batch.comments.iter().map(|it| it.id.as_str()).collect();
    assert_eq!((ids.as_slice(), batch.more), (["isso-1", "isso-2", "isso-3"].as_slice(), false));
    let first = &batch.comments[0];
    assert_eq!((first.author.as_str(), first.likes, first.date.as_str()), ("Ada <b>", 2, "2026-11-26T15:24:00Z"));
    assert_eq!(first.edited.as_ref().map(Date::as_str), Some("2026-11-26T15:24:01Z"));
    assert_eq!((batch.comments[1].status, &batch.comments[2].url), (Status::Deleted, &None));
    assert_eq!(batch.comments[2].parent, Some(comment("isso-1")));
    let url = isso().list(&place(), 1).url;
    assert_eq!(url, "https://talk.example/isso/?uri=%2Frepo%2Ffog%2F&sort=oldest");
}

#[test]
fn what_is_no_thread_is_none() {
    for (status, text, trouble) in [
        (200, "", Trouble::Broken),
        (200, "<html>", Trouble::Broken),
        (200, &LIST[..LIST.len() / 2], Trouble::Broken),
        (404, "", Trouble::Missing),
        (502, LIST, Trouble::Status(502)),
    ] {
        assert_eq!(isso().listed(answer(status, text)), Err(trouble), "{status} {text}");
    }
}

#[test]
fn one_comment_that_cannot_be_read_takes_no_others_away() {
    let list = r#"{"replies": [{"id": 1, "created": 1e300}, {"id": -1, "created": 1}, {"id": 2, "created": 1, "likes": 99999999999},
        {"id": 3, "created": 2, "likes": -3}]}"#;
    let found = isso().listed(answer(200, list)).expect("reads").comments;
    let found: Vec<_> = found.iter().map(|it| (it.id.as_str(), it.likes)).collect();
    assert_eq!(found, [("isso-2", u32::MAX), ("isso-3", 0)]);
}

#[test]
fn a_letter_always_has_a_title() {
    let letter = Letter { parent: Some(comment("isso-7")), email: "a@b.example".into(), ..letter("*Hi*\n") };
    let request = isso().send(&place(), &Act::Post(letter)).expect("can be sent");
    assert_eq!((request.method, request.cookies), (Method::Post, true));
    assert_eq!(request.url, "https://talk.example/isso/new?uri=%2Frepo%2Ffog%2F");
    let body = r#"{"text":"*Hi*\n","author":"Ada <b>","email":"a@b.example","website":null,"parent":7,"title":"Fog & \"mist\""}"#;
    assert_eq!(request.body, body);
}

#[test]
fn what_isso_never_had_cannot_be_changed_there() {
    let imported = comment("12");
    assert_eq!(isso().send(&place(), &Act::Delete { comment: imported.clone() }), None);
    assert_eq!(isso().send(&place(), &Act::Like { comment: comment("isso-1"), liked: false }), None);
    let reply = Act::Post(Letter { parent: Some(imported), ..letter("Hello") });
    assert_eq!(isso().send(&place(), &reply), None);
}

#[test]
fn every_answer_means_something() {
    let post = Act::Post(letter("Hello"));
    let edit = Act::Edit { comment: comment("isso-1"), text: "x".into() };
    let like = Act::Like { comment: comment("isso-1"), liked: true };
    let delete = Act::Delete { comment: comment("isso-1") };
    let held = r#"{"id": 4, "parent": null, "created": 1795706640, "mode": 2, "text": "<p>x</p>", "author": "A", "website": null, "likes": 0}"#;
    let outcome = |act: &Act, status, text: &str| isso().sent(act, answer(status, text));
    let Outcome::Done(Some(comment)) = outcome(&post, 202, held) else { panic!("is taken") };
    assert_eq!(comment.status, Status::Held);
    assert_eq!(outcome(&delete, 200, "null\n"), Outcome::Done(None));
    let denied = r#"{"likes": 3, "dislikes": 0, "message": "Upvote denied because a vote has already been registered for this remote address: 127.0.0.0"}"#;
    assert_eq!(outcome(&like, 200, denied), Outcome::Liked(3));
    let short = refused("text is too short (minimum length: 3)");
    assert_eq!(outcome(&post, 400, &short), Outcome::Refused(Refusal::TooShort));
    let other = Outcome::Refused(Refusal::Other("Website not Django-conform".into()));
    assert_eq!(outcome(&post, 400, &refused("Website not Django-conform")), other);
    let email = refused("http://tools.ietf.org/html/rfc3696");
    assert_eq!(outcome(&post, 400, &email), Outcome::Refused(Refusal::NameMissing));
    let guard = refused("127.0.0.0: ratelimit exceeded (1, 4, 5)");
    assert_eq!(outcome(&post, 403, &guard), Outcome::Refused(Refusal::Flood));
    assert_eq!(outcome(&edit, 403, ""), Outcome::Refused(Refusal::Gone));
    assert_eq!(outcome(&edit, 404, ""), Outcome::Refused(Refusal::Gone));
    for status in [500, 502, 503, 504, 408, 425] {
        assert_eq!(outcome(&post, status, ""), Outcome::Unclear, "{status}");
    }
    assert_eq!(outcome(&post, 201, "{\"id\": 4"), Outcome::Unclear);
}

#[test]
fn what_got_no_answer_is_looked_for() {
    let post = Act::Post(letter("Hello *you*\n\n`x < y`"));
    assert_eq!(isso().check(&place(), &post), Check::Ask(isso().list(&place(), 1)));
    let sent_at = 1_795_706_640_000;
    let found = isso().checked(&post, sent_at, answer(200, LIST));
    assert!(matches!(found, Checked::Arrived(Outcome::Done(Some(it))) if it.id.as_str() == "isso-1"));
    // The same words, an hour earlier, are another comment.
    assert_eq!(isso().checked(&post, sent_at + 3_600_000, answer(200, LIST)), Checked::Absent);
    assert_eq!(isso().checked(&Act::Post(letter("Good day")), sent_at, answer(200, LIST)), Checked::Absent);
    let alike = isso().checked(&Act::Post(letter("1) Hello you, `x < y`")), sent_at, answer(200, LIST));
    assert!(matches!(alike, Checked::Alike(some) if some.len() == 1));
    assert_eq!(isso().checked(&post, sent_at, answer(500, LIST)), Checked::Unknown);
    let delete = Act::Delete { comment: comment("isso-1") };
    assert_eq!(isso().checked(&delete, 0, answer(404, "")), Checked::Arrived(Outcome::Done(None)));
    assert_eq!(isso().checked(&delete, 0, answer(502, "")), Checked::Unknown);
}
