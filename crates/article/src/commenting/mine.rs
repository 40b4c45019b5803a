//! Which of a server's comments is the one that was sent, where its answer was lost.

use super::{Checked, Letter, Outcome, plain};
use crate::Comment;

/// Looks for a letter among comments: by its author, by its words (as HTML), and by the time (milliseconds since 1970, and seconds by which
/// a clock may be off). Servers change every sign but letters and digits.
pub(super) fn find(comments: Vec<Comment>, letter: &Letter, html: &str, (since, slack): (u64, i64)) -> Checked {
    let since = i64::try_from(since / 1000).unwrap_or(i64::MAX).saturating_sub(slack);
    let (author, words) = (letters(&letter.author), letters(html));
    let mine = |it: &Comment| it.date.unix() >= since && letters(&it.author) == author;
    let mut alike = Vec::new();
    for comment in comments.into_iter().rev().filter(mine) {
        let theirs = letters(&comment.content_html);
        if theirs == words {
            return Checked::Arrived(Outcome::Done(Some(comment)));
        }
        if is_alike(&theirs, &words) {
            alike.push(comment);
        }
    }
    if alike.is_empty() { Checked::Absent } else { Checked::Alike(alike) }
}

/// The letters and digits of some HTML: what of a text no server changes.
pub fn letters(html: &str) -> Vec<char> {
    plain::text(html).chars().filter(|it| it.is_alphanumeric()).collect()
}

/// Whether beginning and end of two texts are for the most part those of the shorter one: a server takes out the number of a list or the address of a link.
fn is_alike(one: &[char], other: &[char]) -> bool {
    let same = |(one, other): &(&char, &char)| one == other;
    let begin = one.iter().zip(other).take_while(same).count();
    let end = one.iter().rev().zip(other.iter().rev()).take_while(same).count();
    (begin + end) * 2 > one.len().min(other.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CommentId, Date, markup};

    fn found(sent: &str, there: &str) -> &'static str {
        let letter = Letter { text: sent.to_owned(), author: "Ada  Lovelace".to_owned(), ..Letter::default() };
        let date = Date::parse("2026-11-30T08:00:00Z").expect("is a date");
        let empty = Comment::empty(CommentId::new("isso-1").expect("is an id"), date.clone());
        let comment = Comment { author: "Ada Lovelace".to_owned(), content_html: there.to_owned(), ..empty };
        match find(vec![comment], &letter, &markup::to_html(sent), (date.unix().unsigned_abs() * 1000, 0)) {
            Checked::Arrived(_) => "it",
            Checked::Alike(_) => "alike",
            Checked::Absent => "absent",
            Checked::Unknown => "unknown",
        }
    }

    #[test]
    fn what_a_server_made_of_it_is_known() {
        for (sent, there, what) in [
            ("It costs ~~10~~ 5 euro and H~2~O", "<p>It costs <del>10</del> 5 euro and H<sub>2</sub>O</p>", "it"),
            ("# Title", "<h1>Title</h1>", "it"),
            ("__init__ of x^2^", "<p><strong>init</strong> of x<sup>2</sup></p>", "it"),
            ("1) one\n2) two and three", "<ol><li>one</li><li>two and three</li></ol>", "alike"),
            ("See [this](https://a.example \"A title\")", "<p>See <a href=\"https://a.example\">this</a></p>", "alike"),
            ("Yes", "<p>No</p>", "absent"),
            ("What I wanted to say of ferries", "<p>Quite another thing, about tides</p>", "absent"),
        ] {
            assert_eq!(found(sent, there), what, "{sent}");
        }
    }
}
