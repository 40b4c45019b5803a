//! Feeds and listings: JSON Feed 1.1 documents, chained by `next_url`.

use crate::{Author, FormatError, Item, Slug, error::read_json, item::check_version};
use serde::{Deserialize, Serialize};

/// The `version` of every feed that we write.
pub const JSON_FEED: &str = "https://jsonfeed.org/version/1.1";

/// A JSON Feed 1.1 document. A listing of ours carries [`Listing`] as well.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Feed {
    /// URL of the JSON Feed version.
    pub version: String,
    /// Name of the feed.
    pub title: String,
    /// Absolute URL of the page that the feed describes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub home_page_url: Option<String>,
    /// Absolute URL of the feed itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub feed_url: Option<String>,
    /// What it is about, plain text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Absolute URL of the document with the next, older items.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_url: Option<String>,
    /// Absolute URL of a square picture, 512 px.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    /// Who publishes it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<Author>,
    /// BCP 47 language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Newest first.
    pub items: Vec<Item>,
    /// What a listing view needs besides the items.
    #[serde(rename = "_jumpline", skip_serializing_if = "Option::is_none")]
    pub listing: Option<Listing>,
}

/// Which page of which listing a feed document is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// [`crate::FORMAT_VERSION`] of the press that wrote it.
    pub version: u32,
    /// What it lists.
    pub kind: ListingKind,
    /// The section's, tag's or author's name; empty for home and archive, which the interface names in its language.
    #[serde(default)]
    pub name: String,
    /// Path of its first page below the base, such as `/section/letters/`.
    pub path: String,
    /// This page, from 1.
    pub page: u32,
    /// How many pages there are, at least 1.
    pub pages: u32,
    /// How many items all its pages hold.
    pub total: u32,
    /// Home only: a shelf a section, naming ids of `items`. The first item is the lead story.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shelves: Vec<Shelf>,
    /// Archive only: the years, newest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub years: Vec<YearMark>,
}

/// What a listing lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ListingKind {
    /// The front page: lead story, latest, sections.
    Home,
    /// Everything.
    Archive,
    /// One section.
    Section,
    /// One tag.
    Tag,
    /// One author.
    Author,
}

/// A section's newest on the home page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shelf {
    /// The section.
    pub section: Slug,
    /// Ids of items in the same document.
    pub items: Vec<String>,
}

/// Where a year begins in the archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearMark {
    /// The year.
    pub year: i32,
    /// Articles published in it.
    pub count: u32,
    /// The archive page that its newest article stands on.
    pub page: u32,
}

impl Feed {
    /// Reads a feed, ours or anybody's.
    ///
    /// # Errors
    /// When it is no JSON, is no JSON Feed, has a field of another type, or a newer press wrote it.
    pub fn from_json(json: &str) -> Result<Self, FormatError> {
        let mut feed: Self = read_json(json)?;
        if !feed.version.starts_with("https://jsonfeed.org/version/1") {
            return Err(FormatError {
                field: "version".to_owned(),
                ..FormatError::document(format!("`{}` is not a JSON Feed; expected `{JSON_FEED}`", feed.version))
            });
        }
        for item in &mut feed.items {
            if item.authors.is_empty() {
                item.authors.extend(item.author.take());
            }
            check_version(item.jumpline.as_ref().map(|it| it.version))?;
        }
        check_version(feed.listing.as_ref().map(|it| it.version))?;
        Ok(feed)
    }

    /// Writes it as one line of JSON.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}
