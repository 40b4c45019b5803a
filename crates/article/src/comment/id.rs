//! What a comment is called in its thread.

use serde::{Deserialize, Serialize};
use std::fmt;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_fits_into_a_fragment() {
        for bad in ["", "a b", "a\"", "é", &"x".repeat(65)] {
            assert!(CommentId::new(bad).is_err(), "{bad}");
        }
        assert_eq!(CommentId::new("12-a_B").expect("is one").anchor(), "comment-12-a_B");
    }
}
