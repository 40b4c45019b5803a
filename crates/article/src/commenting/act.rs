//! What a reader does to a thread, and what became of it.

use crate::{Comment, CommentId};
use serde::{Deserialize, Serialize};

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Publish a comment.
    Post(Letter),
    /// Change the text of a comment of this reader.
    Edit {
        /// Which one.
        comment: CommentId,
        /// Its new text, as typed.
        text: String,
    },
    /// Delete a comment of this reader.
    Delete {
        /// Which one.
        comment: CommentId,
    },
    /// Like a comment, or no longer.
    Like {
        /// Which one.
        comment: CommentId,
        /// Whether it is liked from now on.
        liked: bool,
    },
}

/// A new comment, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Letter {
    /// The comment it answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<CommentId>,
    /// What it says, in the subset of Markdown of [`crate::markup`].
    pub text: String,
    /// The name it is signed with.
    pub author: String,
    /// The author's address, which is never shown.
    pub email: String,
    /// The author's website.
    pub website: String,
}

/// What became of an act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The server has it, and shows this comment (or will, once approved: [`crate::comment::Status::Held`]). `None` where it did not
    /// say: a deleted comment, or one that it had already.
    Done(Option<Comment>),
    /// A like was counted; so many there are now.
    Liked(u32),
    /// The server does not take it. Sending the same again is of no use.
    Refused(Refusal),
    /// An error of the server, or words nobody understands: it may have arrived.
    Unclear,
}

/// Why a provider does not take something.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The thread is closed.
    Closed,
    /// The text is too short.
    TooShort,
    /// The text, or a field beside it, is too long.
    TooLong,
    /// Too many comments in too short a time.
    Flood,
    /// It looks like spam.
    Spam,
    /// One has to sign in at the provider's own page.
    SignIn,
    /// Name or address are missing or wrong.
    NameMissing,
    /// What is answered, changed or liked is not there any more, or no longer may be.
    Gone,
    /// Anything else, in the provider's own words as plain text; empty when it had none.
    Other(String),
}
