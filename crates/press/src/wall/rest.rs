//! What follows the teaser of a gated article, rendered and not yet locked.

use jumpline_article::{Attachment, Heading};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The hidden part of an article. It holds no key: it may lie in the cache, like the content itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Gated {
    /// Sanitised HTML that goes on where the teaser ends; media stand in it under their own paths.
    pub content_html: String,
    /// Headings of the hidden part.
    pub contents: Vec<Heading>,
    /// Media that the hidden part shows or links to: `media/chart.svg`.
    pub media: BTreeSet<String>,
    /// Files that go with the article.
    pub attachments: Vec<Attachment>,
    /// Plain text of what stands nowhere else.
    pub text: String,
    /// What else it says: of its pictures to who does not see them, and beside what is pointed at.
    pub said: Vec<String>,
    /// What is spoken in its films and sounds, by the file of the captions.
    pub tracks: BTreeMap<String, String>,
}
