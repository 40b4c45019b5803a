//! What WordPress writes and reads, and what it means here.

use crate::comment::Status;
use crate::commenting::plain;
use crate::{Comment, CommentId, Date};
use serde::{Deserialize, Serialize};

/// A post, as far as it matters.
#[derive(Deserialize)]
pub(super) struct Post {
    pub(super) id: u64,
}

/// A comment as WordPress writes it, or as plug-ins and imports left it: any number is read, since one that makes no sense would take the
/// whole list away.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Raw {
    pub(super) id: f64,
    pub(super) parent: f64,
    pub(super) author_name: String,
    pub(super) author_url: String,
    pub(super) date_gmt: String,
    pub(super) content: Rendered,
    pub(super) status: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Rendered {
    pub(super) rendered: String,
}

/// Why something was refused.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Fault {
    pub(super) code: String,
    pub(super) message: String,
    pub(super) data: Data,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Data {
    pub(super) params: Params,
}

/// What was wrong, by the name of the field; there are others.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Params {
    pub(super) author_email: Option<String>,
    pub(super) author_name: Option<String>,
    pub(super) author_url: Option<String>,
}

/// A comment to write.
#[derive(Serialize)]
pub(super) struct New<'a> {
    pub(super) post: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) parent: Option<u64>,
    pub(super) author_name: &'a str,
    pub(super) author_email: &'a str,
    pub(super) author_url: &'a str,
    pub(super) content: String,
}

impl Raw {
    /// As everybody else writes comments; `None` when it lacks an id or a date.
    pub(super) fn comment(self) -> Option<Comment> {
        let id = |number: f64| CommentId::new(&(number as u64).to_string()).ok().filter(|_| number > 0.0);
        let zoned = if self.date_gmt.ends_with('Z') { self.date_gmt } else { [&self.date_gmt, "Z"].concat() };
        let status = match self.status.as_str() {
            "" | "approved" => Status::Published,
            "spam" => Status::Spam,
            "trash" => Status::Deleted,
            _ => Status::Held,
        };
        Some(Comment {
            parent: id(self.parent),
            author: plain::name(&self.author_name),
            url: plain::website(Some(self.author_url)),
            status,
            content_html: self.content.rendered,
            ..Comment::empty(id(self.id)?, Date::parse(&zoned)?)
        })
    }
}

impl Params {
    pub(super) fn is_of_author(&self) -> bool {
        self.author_email.is_some() || self.author_name.is_some() || self.author_url.is_some()
    }
}

pub(super) fn number(id: &CommentId) -> Option<u64> {
    id.as_str().parse().ok()
}
