//! Threads as they are published.

use super::*;

fn comment(id: &str, parent: &str, status: Status) -> Comment {
    let date = Date::parse("2026-11-25T10:00:00Z").expect("is a date");
    let id = CommentId::new(id).expect("is an id");
    let parent = CommentId::new(parent).ok();
    Comment { parent, status, author: "Ada".into(), content_html: "<p>Yes</p>".into(), ..Comment::empty(id, date) }
}

fn shape(comments: Vec<Comment>) -> Vec<(String, Option<String>, bool)> {
    let file = CommentFile { version: 1, comments, ..CommentFile::default() }.published();
    let one = |it: Comment| (it.id.into(), it.parent.map(Into::into), it.author.is_empty());
    file.comments.into_iter().map(one).collect()
}

fn row(id: &str, parent: &str, is_empty: bool) -> (String, Option<String>, bool) {
    (id.to_owned(), (!parent.is_empty()).then(|| parent.to_owned()), is_empty)
}

#[test]
fn only_what_may_be_seen_is_published() {
    use Status::{Deleted, Held, Hidden, Published, Spam};
    let list = vec![
        comment("1", "", Hidden),
        comment("2", "1", Deleted),
        comment("3", "2", Published),
        comment("4", "3", Spam),
        comment("5", "4", Published),
        comment("6", "", Hidden),
        comment("7", "6", Held),
        comment("8", "gone", Published),
    ];
    let expected =
        [row("1", "", true), row("2", "1", true), row("3", "2", false), row("5", "3", false), row("8", "", false)];
    assert_eq!(shape(list), expected);
}

#[test]
fn older_ones_come_first_whatever_the_order_of_the_file() {
    let comment = |(id, parent, date): (&str, &str, &str)| Comment {
        date: Date::parse(date).expect("is a date"),
        ..comment(id, parent, Status::Published)
    };
    let list = [
        ("1", "", "2026-11-25T10:00:00Z"),
        ("2", "1", "2026-11-27T09:00:00+02:00"),
        ("3", "", "2026-11-24T10:00:00Z"),
        ("4", "1", "2026-11-27T08:00:00+02:00"),
    ];
    let expected = [row("3", "", false), row("1", "", false), row("4", "1", false), row("2", "1", false)];
    assert_eq!(shape(list.map(comment).to_vec()), expected);
}

#[test]
fn a_thread_is_published_in_the_order_of_reading() {
    use Status::Published;
    let list = [("1", ""), ("2", ""), ("3", "1"), ("4", "3"), ("2", "1"), ("5", "1"), ("6", "gone")];
    let list = list.map(|(id, parent)| comment(id, parent, Published));
    let expected =
        [row("1", "", false), row("3", "1", false), row("4", "3", false), row("5", "1", false), row("2", "", false)];
    assert_eq!(shape(list.to_vec())[..5], expected);
    let mut chain = vec![comment("0", "", Published)];
    chain.extend((1..5000).map(|it| comment(&it.to_string(), &(it - 1).to_string(), Published)));
    assert_eq!(shape(chain).len(), 5000);
}

#[test]
fn a_loop_ends() {
    use Status::{Hidden, Published, Spam};
    let three = |status| vec![comment("1", "2", status), comment("2", "1", status), comment("3", "1", Published)];
    assert_eq!(shape(three(Spam)), [row("3", "", false)]);
    assert_eq!(shape(three(Hidden)), [row("1", "", true), row("2", "1", true), row("3", "1", false)]);
    assert_eq!(shape(three(Published)), [row("1", "", false), row("2", "1", false), row("3", "1", false)]);
}
