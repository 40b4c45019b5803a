//! A thread as it is read: a flat list, each row with its depth.

use jumpline_article::{Comment, CommentId};

/// Replies are indented up to this depth; below it they say whom they answer.
pub const DEEPEST: u8 = 4;

/// A comment and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The comment.
    pub comment: Comment,
    /// 0 for the first of a conversation.
    pub depth: u8,
    /// Whom it answers: id and name of the comment above; no name where that is only a placeholder.
    pub answers: Option<(CommentId, Option<String>)>,
}

/// The rows of a published thread, which stands in the order of reading already.
pub fn rows(comments: Vec<Comment>) -> Vec<Row> {
    let mut above: Vec<(CommentId, Option<String>)> = Vec::new();
    let row = |comment: Comment| {
        while above.last().is_some_and(|it| Some(&it.0) != comment.parent.as_ref()) {
            above.pop();
        }
        let (depth, answers) = (u8::try_from(above.len()).unwrap_or(u8::MAX), above.last().cloned());
        above.push((comment.id.clone(), comment.status.is_published().then(|| comment.author.clone())));
        Row { comment, depth, answers }
    };
    comments.into_iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jumpline_article::Date;

    #[test]
    fn each_row_knows_its_depth() {
        let comment = |(id, parent): (&str, &str)| {
            let date = Date::parse("2026-11-25T10:00:00Z").expect("is a date");
            let id = CommentId::new(id).expect("is an id");
            let author = format!("author of {id}");
            Comment { parent: CommentId::new(parent).ok(), author, ..Comment::empty(id, date) }
        };
        let list = [("1", ""), ("3", "1"), ("4", "3"), ("5", "1"), ("2", ""), ("6", "2")];
        let rows = rows(list.map(comment).to_vec());
        let written: Vec<_> =
            rows.iter().map(|it| format!("{}{}", "-".repeat(it.depth.into()), it.comment.id)).collect();
        assert_eq!(written.join(" "), "1 -3 --4 -5 2 -6");
        assert_eq!(rows[2].answers.as_ref().and_then(|it| it.1.as_deref()), Some("author of 3"));
    }
}
