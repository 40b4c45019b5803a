//! A comment that is sent, or deleted, while it is being changed.

use super::{entry, id, letter};
use crate::comments::outbox::{Entry, Kept, Stage, comment};
use jumpline_article::CommentId;
use jumpline_article::commenting::{Act, Letter, Outcome};

/// The change of a comment that was called so when it was begun.
fn reword(kept: &mut Kept, name: &str, text: &str, may_edit: bool) -> Option<CommentId> {
    kept.reword(entry("o-9", 9, Act::Edit { comment: id(name), text: text.into() }), &letter(text), may_edit)
}

fn posted() -> Kept {
    let mut kept = Kept::default();
    kept.add(entry("o-1", 1, Act::Post(letter("First"))));
    kept
}

fn sent() -> Kept {
    let mut kept = posted();
    let there = comment(id("isso-5"), 1000, &letter("First"));
    kept.settle(&id("o-1"), Outcome::Done(Some(there)), 2);
    kept
}

fn edit(comment: &str) -> Entry {
    entry("o-9", 9, Act::Edit { comment: id(comment), text: "Second".into() })
}

#[test]
fn what_waits_is_sent_with_the_new_words() {
    let mut kept = Kept::default();
    kept.add(entry("o-1", 1, Act::Post(Letter { parent: Some(id("isso-1")), ..letter("First") })));
    assert_eq!(reword(&mut kept, "o-1", "Second", false), Some(id("o-1")));
    let wanted = Letter { parent: Some(id("isso-1")), ..letter("Second") };
    assert_eq!(kept.outbox, [entry("o-1", 1, Act::Post(wanted))]);
}

#[test]
fn what_was_sent_meanwhile_is_edited() {
    let mut kept = sent();
    assert_eq!((kept.called(&id("o-1")), kept.called(&id("isso-1"))), (id("isso-5"), id("isso-1")));
    assert_eq!(reword(&mut kept, "o-1", "Second", true), Some(id("isso-5")));
    assert_eq!(kept.outbox, [edit("isso-5")]);
}

#[test]
fn what_is_being_sent_is_edited_once_it_has_a_name() {
    let mut kept = posted();
    kept.outbox[0].stage = Stage::Sent { since: 0, tried: 1 };
    assert_eq!(reword(&mut kept, "o-1", "Second", true), Some(id("o-1")));
    let there = comment(id("isso-5"), 1000, &letter("First"));
    kept.settle(&id("o-1"), Outcome::Done(Some(there)), 2);
    assert_eq!(kept.outbox, [edit("isso-5")]);
}

#[test]
fn a_provider_that_takes_no_changes_is_sent_none() {
    let mut kept = sent();
    let before = kept.clone();
    assert_eq!(reword(&mut kept, "o-1", "Second", false), None);
    assert_eq!(kept, before);
}

#[test]
fn what_is_gone_is_said_to_be_gone() {
    let delete = |name: &str| entry("o-8", 8, Act::Delete { comment: id(name) });
    let mut kept = posted();
    kept.take_back(&id("o-1"));
    assert_eq!(reword(&mut kept, "o-1", "Second", true), None);
    // It will be gone once the server has heard of it.
    let mut kept = sent();
    kept.add(delete("isso-5"));
    assert_eq!(reword(&mut kept, "isso-5", "Second", true), None);
    for is_answered in [false, true] {
        let mut kept = posted();
        if is_answered {
            kept.add(entry("o-2", 2, Act::Post(Letter { parent: Some(id("o-1")), ..letter("Answer") })));
        }
        kept.settle_here(3);
        kept.add(delete("o-1"));
        kept.settle_here(8);
        let before = kept.clone();
        assert_eq!(reword(&mut kept, "o-1", "Second", true), None);
        assert_eq!(kept, before);
    }
}
