//! Comments that came with an import, kept in `<article>.comments.json` beside the article.

use crate::{Date, FormatError, error::read_json};
use serde::{Deserialize, Serialize};

/// The approved comments of one article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentFile {
    /// [`crate::FORMAT_VERSION`] of the press that wrote it.
    pub version: u32,
    /// Oldest first.
    pub comments: Vec<Comment>,
}

/// One comment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// Unique in its file.
    pub id: String,
    /// The comment it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// The name it is signed with, plain text.
    pub author: String,
    /// The author's website.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When it was written.
    pub date: Date,
    /// What it says: sanitised HTML.
    pub content_html: String,
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
}
