//! The outbox: what a reader did to a thread, kept on this device until the provider has it.

pub mod flush;
pub mod kept;
mod look;
mod plan;
pub mod record;
mod reword;
mod see;
#[cfg(test)]
mod tests;

pub use flush::{Door, Flushed, Lost, flush};
pub use kept::{Kept, Like, Own};
pub use record::Record;

use jumpline_article::comment::Status;
use jumpline_article::commenting::{Act, Letter, Refusal};
use jumpline_article::{Comment, CommentId, Date, Permalink, markup};

/// Something that the provider does not have yet, or is not known to have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Also the id of the comment that it posts, until the provider gives it another.
    pub id: CommentId,
    /// When the reader did it, in milliseconds since 1970.
    pub at: u64,
    /// The article.
    pub permalink: Permalink,
    /// Its title.
    pub title: String,
    /// What is to be done.
    pub act: Act,
    /// How far it got.
    pub stage: Stage,
    /// What the service worker is to ask while no page is open, see [`Kept::plan`]; empty where it is to ask nothing.
    pub plan: String,
}

/// How far something got. Times are milliseconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It was not sent, or is known not to have arrived.
    Waiting,
    /// It was sent, and no answer has come. It may have arrived.
    Sent {
        /// When the newest comment was written that was there before, by the server's clock.
        since: u64,
        /// When somebody last did something about it.
        tried: u64,
    },
    /// The service worker sent it, while no page was open.
    Handed {
        /// What the server answered when it was asked what was there before.
        before: String,
        /// When it was sent.
        tried: u64,
        /// Status and text of what the server said; `None` where nobody heard it.
        answer: Option<(u16, String)>,
    },
    /// It was sent, and nobody can say whether it arrived: the reader decides.
    Unsure,
    /// The provider does not take it.
    Refused(Refusal),
}

impl Entry {
    /// Whether the reader may change it or take it back: nobody is sending it.
    pub fn is_at_hand(&self) -> bool {
        !self.stage.is_on_its_way()
    }

    /// The comment that it answers or changes.
    pub fn target(&self) -> Option<&CommentId> {
        match &self.act {
            Act::Post(letter) => letter.parent.as_ref(),
            Act::Edit { comment, .. } | Act::Delete { comment } | Act::Like { comment, .. } => Some(comment),
        }
    }

    /// The comment that it posts, as it looks until the provider shows it; `None` for everything else.
    pub fn comment(&self) -> Option<Comment> {
        let Act::Post(letter) = &self.act else { return None };
        Some(comment(self.id.clone(), self.at, letter))
    }
}

impl Stage {
    /// Whether it was sent, and what became of it is not noted yet.
    pub fn is_on_its_way(&self) -> bool {
        matches!(self, Self::Sent { .. } | Self::Handed { .. })
    }

    /// Whether it failed for a reason that sending it again as it is may mend.
    pub fn may_be_sent_again(&self) -> bool {
        match self {
            Self::Waiting | Self::Sent { .. } | Self::Handed { .. } => false,
            Self::Unsure => true,
            Self::Refused(why) => matches!(why, Refusal::Flood | Refusal::Closed | Refusal::Other(_)),
        }
    }
}

/// A letter as a comment.
pub fn comment(id: CommentId, at: u64, letter: &Letter) -> Comment {
    let date = i64::try_from(at / 1000).ok().and_then(Date::from_unix);
    // No clock shows a time that is no date.
    let date = date.or_else(|| Date::from_unix(0)).unwrap_or_else(|| unreachable!("1970 is a date"));
    Comment {
        parent: letter.parent.clone(),
        author: letter.author.clone(),
        url: Some(letter.website.clone()).filter(|it| !it.is_empty()),
        status: Status::Published,
        content_html: markup::to_html(&letter.text),
        ..Comment::empty(id, date)
    }
}
