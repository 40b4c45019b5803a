//! What JSON Feed has no word for: our part of an item, under `_jumpline`.

use crate::wall::Envelope;
use crate::{Item, Permalink, Slug};
use serde::{Deserialize, Serialize};

/// Our part of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// [`FORMAT_VERSION`] of the press that wrote it.
    pub version: u32,
    /// The article's path below the base. What the press writes always has one; in what it reads it may be missing.
    #[cfg_attr(feature = "host", serde(default = "Permalink::missing"))]
    pub permalink: Permalink,
    /// An article of the stream, or a page that stands beside it.
    #[serde(default, skip_serializing_if = "ItemKind::is_article")]
    pub kind: ItemKind,
    /// The sentence below the title, plain text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standfirst: Option<String>,
    /// Slug of a section of `publication.toml`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<Slug>,
    /// Who may read all of it.
    #[serde(default)]
    pub visibility: Visibility,
    /// Names of the tiers that may open a paid article; empty means every tier.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tiers: Vec<String>,
    /// Whole minutes, at least 1.
    #[serde(default)]
    pub reading_time: u32,
    /// Words of the whole body, the gated part included.
    #[serde(default)]
    pub words: u32,
    /// What is known of its comments at publish time.
    #[serde(default)]
    pub comments: CommentSummary,
    /// The main image with what is needed to lay it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<Image>,
    /// The table of contents: headings of the published part, in order. Absent in cards.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contents: Vec<Heading>,
    /// The article published before this one. Absent in cards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<Jump>,
    /// The article published after this one. Absent in cards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Jump>,
    /// Related articles, best first, as [`crate::Item::to_brief`] has them. Absent in cards.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Item>,
    /// What follows the teaser of a gated article, locked. Only in `article.json`: cards, feeds and pages do not carry it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub envelope: Option<Box<Envelope>>,
}

/// What an item is in its publication.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ItemKind {
    /// Stands in listings, feeds and the archive.
    #[default]
    Article,
    /// Stands by itself: imprint, about, privacy.
    Page,
}

impl ItemKind {
    /// Whether it stands in listings.
    pub fn is_article(&self) -> bool {
        *self == Self::Article
    }
}

/// Who may read the whole article (Ghost's words).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Visibility {
    /// Everybody.
    #[default]
    Public,
    /// Whoever has subscribed, paying or not.
    Members,
    /// Whoever holds a pass of a fitting tier.
    Paid,
}

/// Comments at publish time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentSummary {
    /// Published comments.
    #[serde(default)]
    pub count: u32,
    /// Whether new ones are taken.
    #[serde(default = "open_by_default")]
    pub open: bool,
    /// Comments that are not to be seen though their server may show them; `comments.json` names them.
    #[serde(default, skip_serializing_if = "is_none")]
    pub withheld: u32,
}

impl Default for CommentSummary {
    fn default() -> Self {
        Self { count: 0, open: true, withheld: 0 }
    }
}

fn is_none(count: &u32) -> bool {
    *count == 0
}

fn open_by_default() -> bool {
    true
}

/// A picture and what is needed to lay it out before it has loaded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// Path below the base (`/media/x.svg`), or an absolute URL on a media host of the publication.
    pub src: String,
    /// Width in CSS pixels; 0 when it is unknown.
    #[serde(default)]
    pub width: u32,
    /// Height in CSS pixels; 0 when it is unknown.
    #[serde(default)]
    pub height: u32,
    /// Pixels that its narrower copies are wide, each under a name of its own (`ferry.480w.jpg`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub widths: Vec<u32>,
    /// Text for who cannot see it; empty for decoration.
    #[serde(default)]
    pub alt: String,
    /// Plain text printed below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caption: Option<String>,
}

/// A heading that the table of contents links to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// 2 or 3.
    pub level: u8,
    /// The element's id.
    pub id: String,
    /// Plain text.
    pub text: String,
}

/// A jump line to a neighbouring article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Jump {
    /// Where it leads.
    pub permalink: Permalink,
    /// The other article's title.
    pub title: String,
    /// BCP 47 language of the title, when it is not the publication's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}
