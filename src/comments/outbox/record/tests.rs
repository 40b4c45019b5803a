//! What the outbox writes, it reads.

use super::*;
use jumpline_article::error::read_json;

fn again(record: &Record) -> Record {
    read_json(&serde_json::to_string(record).expect("can be written")).expect("can be read")
}

#[test]
fn everything_is_read_as_it_was_written() {
    let id = |text: &str| CommentId::new(text).expect("is one");
    let letter = Letter {
        parent: Some(id("isso-1")),
        text: "a\n\"b\"".into(),
        author: "Ada".into(),
        email: "a@b.c".into(),
        website: "https://b.c".into(),
    };
    let acts = [
        Act::Post(letter.clone()),
        Act::Post(Letter { parent: None, ..letter.clone() }),
        Act::Edit { comment: id("isso-1"), text: "c".into() },
        Act::Delete { comment: id("isso-1") },
        Act::Like { comment: id("isso-1"), liked: true },
        Act::Like { comment: id("isso-1"), liked: false },
    ];
    let mut stages = vec![Stage::Waiting, Stage::Sent { since: 1, tried: 2 }, Stage::Unsure];
    stages.extend([None, Some((201, "{}".to_owned()))].map(|answer| Stage::Handed {
        before: "[]".into(),
        tried: 2,
        answer,
    }));
    stages.extend(REFUSALS.map(|it| Stage::Refused(it.1)));
    stages.extend(["", "No \"way\""].map(|it| Stage::Refused(Refusal::Other(it.into()))));
    let permalink = Permalink::new("/ferry/").expect("is one");
    for act in acts {
        for stage in stages.clone() {
            let (permalink, title) = (permalink.clone(), "The ferry".to_owned());
            let entry = Entry { id: id("o-1"), at: 9, permalink, title, act: act.clone(), stage, plan: "{}".into() };
            assert_eq!(again(&Record::from(&entry)).entry().as_ref(), Some(&entry));
        }
    }
    let date = Date::parse("2026-11-25T10:00:00Z").expect("is a date");
    for status in Status::ALL {
        let comment = Comment {
            parent: Some(id("isso-1")),
            author: "Ada".into(),
            url: Some("https://b.c".into()),
            edited: Some(date.clone()),
            likes: 3,
            by_author: true,
            status,
            content_html: "<p>a</p>".into(),
            ..Comment::empty(id("isso-2"), date.clone())
        };
        for was in ["o-1", "isso-2"] {
            let (permalink, letter, comment) = (permalink.clone(), letter.clone(), comment.clone());
            let own = Own { permalink, at: 9, letter, comment, at_once: true, was: id(was) };
            assert_eq!(again(&Record::from(&own)).own().as_ref(), Some(&own));
        }
    }
    let like = Like { permalink, comment: id("isso-1") };
    assert_eq!(again(&Record::from(&like)).like(), Some(like));
}

#[test]
fn what_a_newer_reader_wrote_is_nothing_here() {
    let record: Record = read_json("{\"kind\": \"pin\", \"id\": \"o-1\", \"permalink\": \"/a/\"}").expect("reads");
    assert_eq!((record.entry(), record.own(), record.like()), (None, None, None));
}
