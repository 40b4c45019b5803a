//! What a prerendered page tells the reader about itself, in `<script type="application/json" id="jumpline-boot">`.

use crate::{Feed, FormatError, Item, Publication, error::read_json};
use serde::{Deserialize, Serialize};

/// What the first client render needs of this page, and never the body a second time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Boot {
    /// URL of the [`Common`] file.
    pub common: String,
    /// What this page shows.
    pub page: Page,
}

/// What all pages have in common: a file of its own, so that no page carries it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Common {
    /// The publication as its readers see it.
    pub publication: Publication,
    /// The message catalogue: texts in the order of the reader's keys.
    pub messages: Vec<String>,
}

/// What one page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Page {
    /// An article or a page, from `article.json`.
    Article(Box<Item>),
    /// Home, archive, section, tag or author, from `listing.json`.
    Listing(Box<Feed>),
    /// How to subscribe.
    Subscribe,
    /// The reader's pass: how to bring it, and what it opens.
    Account,
    /// What the reader keeps on this device: begun, saved, read.
    Library,
    /// Nothing stands here.
    NotFound,
    /// The shell that a static host serves for any other path: the reader finds out what stands there.
    Unfilled,
}

impl Common {
    /// Reads the file.
    ///
    /// # Errors
    /// When it is no such file.
    pub fn from_json(json: &str) -> Result<Self, FormatError> {
        read_json(json)
    }
}

impl Boot {
    /// Reads what a page embeds.
    ///
    /// # Errors
    /// When it is not what [`Boot::to_script`] wrote.
    pub fn from_json(json: &str) -> Result<Self, FormatError> {
        read_json(json)
    }

    /// JSON that may stand inside a `<script>` element: `<` is escaped, so nothing in it can end the element
    /// (HTML, 4.12.1.3 "Restrictions for contents of script elements"). Bodies are left out.
    pub fn to_script(&self) -> String {
        let mut boot = self.clone();
        if let Page::Article(item) = &mut boot.page {
            item.content_html = None;
            if let Some(extension) = &mut item.jumpline {
                extension.envelope = None;
            }
        }
        serde_json::to_string(&boot).unwrap_or_default().replace('<', "\\u003c")
    }
}
