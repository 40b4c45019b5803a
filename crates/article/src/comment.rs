//! Comments: the file beside an article, and the thread that the press publishes from it.

mod id;
mod places;
mod publish;
#[cfg(test)]
mod tests;

pub use id::CommentId;
pub use places::Places;

use crate::tree::Parsed;
use crate::{Date, FormatError, error::read_json};
use serde::{Deserialize, Serialize};

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
    /// As published: comments that a server may go on showing and that were decided against here. In `content/` they stand among the
    /// others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub withheld: Vec<Withheld>,
}

/// A comment that is not to be seen. Servers give the id of a deleted comment to the next one, and so its date belongs to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withheld {
    /// Its id.
    pub id: CommentId,
    /// When it was written.
    pub date: Date,
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

impl CommentFile {
    /// Reads a comment file.
    ///
    /// # Errors
    /// When it is no JSON, a field is missing or of another type, or a newer press wrote it.
    pub fn from_json(json: &str) -> Result<Self, FormatError> {
        read_json(json).and_then(Self::checked)
    }

    /// As [`Self::from_json`], of a document that was parsed already.
    ///
    /// # Errors
    /// When a field is missing or of another type, or a newer press wrote it.
    pub fn from_parsed(document: Parsed) -> Result<Self, FormatError> {
        document.read().and_then(Self::checked)
    }

    fn checked(self) -> Result<Self, FormatError> {
        crate::item::check_version(Some(self.version))?;
        Ok(self)
    }
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

/// Characters of a name that are shown.
const LONGEST_NAME: usize = 100;

/// A name as it is shown: on one line and not without end. A stranger chose it, so nothing in it moves the words around it
/// (Unicode Standard Annex 9: embeddings, overrides, isolates), and nothing rings.
pub fn shown_name(text: &str) -> String {
    let stays = |it: &char| {
        let turns = matches!(it, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        !turns && (!it.is_control() || it.is_whitespace())
    };
    let text: String = text.chars().filter(stays).collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(LONGEST_NAME) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text,
    }
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

fn is_zero(number: &u32) -> bool {
    *number == 0
}

fn is_false(flag: &bool) -> bool {
    !flag
}
