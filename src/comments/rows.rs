//! A thread in the order in which it is read: a flat list, each row with its depth.

use jumpline_article::{Comment, CommentId};
use std::collections::{BTreeMap, BTreeSet};

/// Replies are indented up to this depth; below it they say whom they answer.
pub const DEEPEST: u8 = 4;

/// A comment and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The comment.
    pub comment: Comment,
    /// 0 for the first of a conversation.
    pub depth: u8,
    /// Whom it answers: id and name of the comment above.
    pub answers: Option<(CommentId, String)>,
}

/// The rows of a thread, oldest conversation first, every reply below what it answers.
pub fn rows(comments: Vec<Comment>) -> Vec<Row> {
    let known: BTreeSet<CommentId> = comments.iter().map(|it| it.id.clone()).collect();
    let mut replies: BTreeMap<CommentId, Vec<Comment>> = BTreeMap::new();
    let mut first = Vec::new();
    for comment in comments {
        match comment.parent.clone().filter(|it| known.contains(it)) {
            Some(parent) => replies.entry(parent).or_default().push(comment),
            None => first.push(comment),
        }
    }
    // A stack and no recursion: a chain may be as long as a thread.
    let mut open: Vec<_> = first.into_iter().rev().map(|it| (it, 0_u8, None)).collect();
    let mut rows = Vec::new();
    while let Some((comment, depth, answers)) = open.pop() {
        let below = replies.remove(&comment.id).unwrap_or_default().into_iter().rev();
        let this = (comment.id.clone(), comment.author.clone());
        open.extend(below.map(|it| (it, depth.saturating_add(1), Some(this.clone()))));
        rows.push(Row { comment, depth, answers });
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use jumpline_article::Date;

    fn comment(id: &str, parent: &str) -> Comment {
        let date = Date::parse("2026-11-25T10:00:00Z").expect("is a date");
        let id = CommentId::new(id).expect("is an id");
        let author = format!("author of {id}");
        Comment { parent: CommentId::new(parent).ok(), author, ..Comment::empty(id, date) }
    }

    #[test]
    fn a_thread_is_read_from_top_to_bottom() {
        let list = vec![
            comment("1", ""),
            comment("2", ""),
            comment("3", "1"),
            comment("4", "3"),
            comment("5", "1"),
            comment("6", "gone"),
        ];
        let rows = rows(list);
        let written: Vec<_> =
            rows.iter().map(|it| format!("{}{}", "-".repeat(it.depth.into()), it.comment.id)).collect();
        assert_eq!(written.join(" "), "1 -3 --4 -5 2 6");
        assert_eq!(rows[2].answers.as_ref().map(|it| it.1.as_str()), Some("author of 3"));
    }

    #[test]
    fn a_chain_as_long_as_a_thread_is_no_danger() {
        let mut list = vec![comment("0", "")];
        list.extend((1..5000).map(|it| comment(&it.to_string(), &(it - 1).to_string())));
        assert_eq!(rows(list).len(), 5000);
    }
}
