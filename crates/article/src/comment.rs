//! Comments: the file beside an article, and the thread that the press publishes from it.

use crate::{Date, FormatError, error::read_json};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The comments of one article: `<article>.comments.json` beside it, and `comments.json` beside its page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentFile {
    /// [`crate::FORMAT_VERSION`] of the press that wrote it.
    pub version: u32,
    /// When they were last fetched from the server that takes them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken: Option<Date>,
    /// In `content/` oldest first; as published in the order of reading: each reply below what it answers.
    pub comments: Vec<Comment>,
}

/// One comment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// Unique in its thread.
    pub id: CommentId,
    /// The comment it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<CommentId>,
    /// The name it is signed with, plain text.
    pub author: String,
    /// The author's website.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When it was written.
    pub date: Date,
    /// When it was last changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited: Option<Date>,
    /// How many readers like it.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub likes: u32,
    /// Whether the article's author wrote it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub by_author: bool,
    /// Whether it is shown.
    #[serde(default, skip_serializing_if = "Status::is_published")]
    pub status: Status,
    /// What it says: sanitised HTML.
    pub content_html: String,
}

/// Whether a comment is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Everybody sees it.
    #[default]
    Published,
    /// It waits for approval.
    Held,
    /// A moderator took it out of sight; a placeholder stands in its place where it has replies.
    Hidden,
    /// It is spam.
    Spam,
    /// It was deleted while replies to it stay; only the placeholder is left.
    Deleted,
}

impl Status {
    /// Every one.
    pub const ALL: [Self; 5] = [Self::Published, Self::Held, Self::Hidden, Self::Spam, Self::Deleted];

    /// Its name, as a file has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Held => "held",
            Self::Hidden => "hidden",
            Self::Spam => "spam",
            Self::Deleted => "deleted",
        }
    }

    /// Whether everybody sees the comment.
    pub fn is_published(&self) -> bool {
        *self == Self::Published
    }
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

fn is_false(flag: &bool) -> bool {
    !flag
}

/// What a comment is called in its thread: 1 to 64 ASCII letters, digits, `-` or `_`, so that it may stand in a fragment.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CommentId(String);

impl CommentId {
    /// Checks an id.
    ///
    /// # Errors
    /// With a sentence, when it is empty, too long or has other characters.
    pub fn new(text: &str) -> Result<Self, String> {
        let fits = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_');
        if text.is_empty() || text.len() > 64 || !text.bytes().all(fits) {
            return Err(format!("`{text}` is no id of a comment; expected up to 64 letters, digits, - or _"));
        }
        Ok(Self(text.to_owned()))
    }

    /// The id.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id of its element, which its permalink ends in.
    pub fn anchor(&self) -> String {
        format!("comment-{}", self.0)
    }
}

impl fmt::Display for CommentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for CommentId {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::new(&text)
    }
}

impl From<CommentId> for String {
    fn from(id: CommentId) -> String {
        id.0
    }
}

impl CommentFile {
    /// Reads a comment file.
    ///
    /// # Errors
    /// When it is no JSON, a field is missing or of another type, or a newer press wrote it.
    pub fn from_json(json: &str) -> Result<Self, FormatError> {
        let file: Self = read_json(json)?;
        crate::item::check_version(Some(file.version))?;
        Ok(file)
    }

    /// What may be published: the published comments, and an empty placeholder for each hidden or deleted one that published
    /// ones hang on. What answers a held comment or spam hangs on the comment above that. Older ones stand first, whatever the order of
    /// the file, which a person may have changed.
    pub fn published(mut self) -> Self {
        // A date is read anew each time it is asked.
        self.comments.sort_by_cached_key(|it| it.date.unix());
        let (all, places) = (&self.comments, Places::new(&self.comments));
        let parents: Vec<Option<usize>> = all.iter().map(|it| places.find(it.parent.as_ref()?)).collect();
        let is_public = |at: usize| all[at].status.is_published();
        let stays = |at: usize| matches!(all[at].status, Status::Published | Status::Hidden | Status::Deleted);
        // No chain is longer than the list, so a loop ends too.
        let above = |at: usize| {
            let mut at = parents[at];
            for _ in 0..all.len() {
                match at {
                    Some(parent) if !stays(parent) => at = parents[parent],
                    found => return found,
                }
            }
            None
        };
        let mut carried = vec![false; all.len()];
        for at in (0..all.len()).filter(|it| is_public(*it)) {
            let mut next = above(at);
            while let Some(at) = next {
                next = if std::mem::replace(&mut carried[at], true) { None } else { above(at) };
            }
        }
        let shown = |at: usize| is_public(at) || (stays(at) && carried[at]);
        let answered = |at: usize| above(at).map(|it| all[it].id.clone());
        let shown: Vec<_> = (0..all.len()).map(|it| shown(it).then(|| answered(it))).collect();
        let comments = self.comments.into_iter().zip(shown).filter_map(|(comment, shown)| {
            let parent = shown?;
            if comment.status.is_published() {
                return Some(Comment { parent, ..comment });
            }
            Some(Comment { parent, status: comment.status, ..Comment::empty(comment.id, comment.date) })
        });
        Self { comments: in_reading_order(comments.collect()), ..self }
    }
}

/// Where comments stand in a list, by their ids. Small, and as fast as a table of hashes for any thread.
#[derive(Debug)]
pub struct Places<'a> {
    comments: &'a [Comment],
    sorted: Vec<usize>,
}

impl<'a> Places<'a> {
    /// The places in this list.
    pub fn new(comments: &'a [Comment]) -> Self {
        let mut sorted: Vec<usize> = (0..comments.len()).collect();
        sorted.sort_unstable_by(|a, b| comments[*a].id.as_str().cmp(comments[*b].id.as_str()).then(a.cmp(b)));
        Self { comments, sorted }
    }

    /// The place of a comment; of several with one id, that of the first.
    pub fn find(&self, id: &CommentId) -> Option<usize> {
        let at = self.sorted.partition_point(|it| self.comments[*it].id.as_str() < id.as_str());
        self.sorted.get(at).copied().filter(|it| self.comments[*it].id == *id)
    }
}

/// Each reply below what it answers, older ones first. Of two comments with one id the first stays; a comment that answers itself, by
/// whatever detour, begins a conversation.
fn in_reading_order(comments: Vec<Comment>) -> Vec<Comment> {
    let places = Places::new(&comments);
    let parents: Vec<Option<usize>> = comments.iter().map(|it| places.find(it.parent.as_ref()?)).collect();
    let doubles: Vec<bool> = comments.iter().enumerate().map(|(at, it)| places.find(&it.id) != Some(at)).collect();
    let mut replies: Vec<Vec<usize>> = vec![Vec::new(); comments.len()];
    for (place, parent) in parents.iter().enumerate() {
        if let Some(parent) = parent {
            replies[*parent].push(place);
        }
    }
    let first = (0..comments.len()).filter(|it| parents[*it].is_none());
    // What no first comment leads to hangs in a loop: it is broken at its oldest.
    let starts: Vec<usize> = first.chain(0..comments.len()).collect();
    let mut waiting: Vec<Option<Comment>> =
        comments.into_iter().zip(doubles).map(|(it, is_double)| (!is_double).then_some(it)).collect();
    let mut ordered = Vec::new();
    for start in starts {
        if let Some(comment) = &mut waiting[start] {
            comment.parent = None;
        }
        // A stack and no recursion: a chain may be as long as a thread.
        let mut open = vec![start];
        while let Some(place) = open.pop() {
            if let Some(comment) = waiting[place].take() {
                ordered.push(comment);
                open.extend(replies[place].iter().rev());
            }
        }
    }
    ordered
}

impl Comment {
    /// A comment that says nothing yet.
    pub fn empty(id: CommentId, date: Date) -> Self {
        Self {
            id,
            parent: None,
            author: String::new(),
            url: None,
            date,
            edited: None,
            likes: 0,
            by_author: false,
            status: Status::Published,
            content_html: String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comment(id: &str, parent: &str, status: Status) -> Comment {
        let date = Date::parse("2026-11-25T10:00:00Z").expect("is a date");
        let id = CommentId::new(id).expect("is an id");
        let parent = CommentId::new(parent).ok();
        Comment { parent, status, author: "Ada".into(), content_html: "<p>Yes</p>".into(), ..Comment::empty(id, date) }
    }

    fn shape(comments: Vec<Comment>) -> Vec<(String, Option<String>, bool)> {
        let file = CommentFile { version: 1, taken: None, comments }.published();
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
        let expected = [
            row("1", "", false),
            row("3", "1", false),
            row("4", "3", false),
            row("5", "1", false),
            row("2", "", false),
        ];
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

    #[test]
    fn an_id_fits_into_a_fragment() {
        for bad in ["", "a b", "a\"", "é", &"x".repeat(65)] {
            assert!(CommentId::new(bad).is_err(), "{bad}");
        }
        assert_eq!(CommentId::new("12-a_B").expect("is one").anchor(), "comment-12-a_B");
    }
}
