//! What Isso writes and reads, and what it means here.

use crate::comment::Status;
use crate::commenting::plain;
use crate::{Comment, CommentId, Date};
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
pub(super) struct Listing {
    pub(super) replies: Vec<Raw>,
}

/// A comment as Isso writes it. Its author is escaped in some answers and not in others. Any number is read, since one that makes no
/// sense would take the whole list away.
#[derive(Deserialize)]
pub(super) struct Raw {
    pub(super) id: f64,
    #[serde(default)]
    pub(super) parent: Option<f64>,
    pub(super) created: f64,
    #[serde(default)]
    pub(super) modified: Option<f64>,
    #[serde(default)]
    pub(super) mode: u64,
    #[serde(default)]
    pub(super) text: Option<String>,
    #[serde(default)]
    pub(super) author: Option<String>,
    #[serde(default)]
    pub(super) website: Option<String>,
    #[serde(default)]
    pub(super) likes: f64,
    #[serde(default)]
    pub(super) replies: Vec<Raw>,
}

#[derive(Deserialize)]
pub(super) struct Votes {
    pub(super) likes: f64,
}

#[derive(Serialize)]
pub(super) struct New<'a> {
    pub(super) text: &'a str,
    pub(super) author: Option<&'a str>,
    pub(super) email: Option<&'a str>,
    pub(super) website: Option<&'a str>,
    pub(super) parent: Option<u64>,
    /// Without it Isso fetches the page to find its title, and refuses the comment when it cannot.
    pub(super) title: &'a str,
}

#[derive(Serialize)]
pub(super) struct Changed<'a> {
    pub(super) text: &'a str,
}

impl Raw {
    /// As everybody else writes comments; `None` when its id or date is none. Likes without sense are as many as there can be.
    pub(super) fn comment(self) -> Option<Comment> {
        let date = |seconds: f64| Date::from_unix(seconds as i64);
        let status = match self.mode {
            2 => Status::Held,
            4 => Status::Deleted,
            _ => Status::Published,
        };
        Some(Comment {
            parent: self.parent.and_then(id),
            author: plain::name(&self.author.unwrap_or_default()),
            url: plain::website(self.website),
            edited: self.modified.and_then(date),
            likes: self.likes as u32,
            status,
            content_html: self.text.unwrap_or_default(),
            ..Comment::empty(id(self.id)?, date(self.created)?)
        })
    }
}

/// Isso counts through all threads; other comments of the article may come from elsewhere and have numbers of their own.
fn id(number: f64) -> Option<CommentId> {
    CommentId::new(&format!("isso-{}", number as u64)).ok().filter(|_| number > 0.0)
}

pub(super) fn number(id: &CommentId) -> Option<u64> {
    id.as_str().strip_prefix("isso-")?.parse().ok()
}
