//! A long thread, folded: so many conversations, so many replies in each, and what must be seen in any case.

use super::merge::Line;
use jumpline_article::CommentId;
use std::cmp::Reverse;

/// Conversations that are shown at first, and at each *show more*.
pub const CONVERSATIONS: usize = 25;
/// Replies of a conversation that are shown at first.
pub const REPLIES: usize = 10;

/// In which order conversations stand. Replies always stand in the order in which they were written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The oldest first, as on the page that the press wrote.
    #[default]
    Oldest,
    /// The newest first.
    Newest,
    /// What most readers like first.
    Liked,
}

impl Order {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Oldest, Self::Newest, Self::Liked];

    /// Its name, as it is kept.
    pub fn name(self) -> &'static str {
        match self {
            Self::Oldest => "oldest",
            Self::Newest => "newest",
            Self::Liked => "liked",
        }
    }
}

/// How far a thread is unfolded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fold {
    /// In which order.
    pub order: Order,
    /// How often *show more* was pressed below the last conversation.
    pub pages: usize,
    /// The conversations all of whose replies are shown.
    pub opened: Vec<CommentId>,
    /// What is shown wherever it stands.
    pub must: Vec<CommentId>,
}

/// What stands in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// A comment.
    Line(&'a Line),
    /// So many more replies in the conversation that begins with this comment.
    MoreReplies(&'a CommentId, usize),
    /// So many more conversations.
    MoreConversations(usize),
}

/// Folds a thread.
pub fn fold<'a>(lines: &'a [Line], fold: &Fold) -> Vec<Piece<'a>> {
    let mut conversations: Vec<&[Line]> = lines.chunk_by(|_, next| next.row.depth > 0).collect();
    match fold.order {
        Order::Oldest => {}
        Order::Newest => conversations.reverse(),
        Order::Liked => conversations.sort_by_key(|it| Reverse(it.first().map_or(0, |it| it.row.comment.likes))),
    }
    let must = |it: &Line| it.mine || fold.must.contains(&it.row.comment.id);
    let shown = CONVERSATIONS * (fold.pages + 1);
    let (mut pieces, mut left) = (Vec::new(), 0);
    for (place, conversation) in conversations.into_iter().enumerate() {
        if place >= shown && !conversation.iter().any(must) {
            left += 1;
            continue;
        }
        let Some((first, replies)) = conversation.split_first() else { continue };
        let id = &first.row.comment.id;
        // One reply behind a button would be less than the button.
        let all = fold.opened.contains(id) || replies.len() <= REPLIES + 1;
        let last = replies.iter().rposition(must).map_or(0, |it| it + 1);
        let count = if all { replies.len() } else { REPLIES.max(last) };
        pieces.push(Piece::Line(first));
        pieces.extend(replies[..count].iter().map(Piece::Line));
        if count < replies.len() {
            pieces.push(Piece::MoreReplies(id, replies.len() - count));
        }
    }
    if left > 0 {
        pieces.push(Piece::MoreConversations(left));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comments::rows::Row;
    use jumpline_article::{Comment, Date};

    fn line(name: &str, depth: u8, likes: u32) -> Line {
        let id = CommentId::new(name).expect("is an id");
        let date = Date::from_unix(0).expect("is a date");
        let row = Row { comment: Comment { likes, ..Comment::empty(id, date) }, depth, answers: None };
        Line { row, mine: false, liked: false, held: false, pending: None }
    }

    fn drawn(lines: &[Line], how: &Fold) -> String {
        let one = |it: Piece<'_>| match it {
            Piece::Line(it) => it.row.comment.id.to_string(),
            Piece::MoreReplies(of, more) => format!("({of}+{more})"),
            Piece::MoreConversations(more) => format!("(+{more})"),
        };
        fold(lines, how).into_iter().map(one).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn conversations_are_ordered_and_their_replies_stay() {
        let lines = [line("a", 0, 1), line("b", 1, 9), line("c", 2, 0), line("d", 0, 5), line("e", 0, 1)];
        let how = |order| Fold { order, ..Fold::default() };
        assert_eq!(drawn(&lines, &how(Order::Oldest)), "a b c d e");
        assert_eq!(drawn(&lines, &how(Order::Newest)), "e d a b c");
        assert_eq!(drawn(&lines, &how(Order::Liked)), "d a b c e");
    }

    #[test]
    fn a_long_thread_is_folded_around_what_must_be_seen() {
        let mut lines = vec![line("first", 0, 0)];
        lines.extend((0..14).map(|it| line(&format!("r{it}"), 1, 0)));
        lines.extend((0..30).map(|it| line(&format!("c{it}"), 0, 0)));
        let mut how = Fold::default();
        assert!(drawn(&lines, &how).ends_with(
            "r9 (first+4) c0 c1 c2 c3 c4 c5 c6 c7 c8 c9 c10 c11 c12 c13 c14 c15 c16 c17 c18 c19 c20 c21 c22 c23 (+6)"
        ));
        how.must = ["r11", "c28"].map(|it| CommentId::new(it).expect("is one")).into_iter().collect();
        assert!(drawn(&lines, &how).contains("r11 (first+2) c0"));
        assert!(drawn(&lines, &how).ends_with("c23 c28 (+5)"));
        how.opened.push(CommentId::new("first").expect("is one"));
        how.pages = 1;
        assert!(drawn(&lines, &how).ends_with("c29") && !drawn(&lines, &how).contains('+'));
    }

    #[test]
    fn nothing_is_nothing() {
        assert_eq!(drawn(&[], &Fold::default()), "");
    }
}
