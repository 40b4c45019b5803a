//! An article as a JSON Feed 1.1 item (https://www.jsonfeed.org/version/1.1/) with our extension under `_jumpline`.

use crate::error::{VERSION_FIELD, read_json};
use crate::{Date, Extension, FORMAT_VERSION, FormatError, Visibility};
use serde::{Deserialize, Serialize};

/// An article, or a card of one when it has no content. Fields that JSON Feed does not define are ignored.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Item {
    /// Unique in the publication and never changed: for imports, the id of the system it came from.
    #[serde(deserialize_with = "id_or_number")]
    pub id: String,
    /// Absolute URL of the article's page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Absolute URL of a page elsewhere that this article is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_url: Option<String>,
    /// Plain text. A note may have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Plain text of a sentence or two, for listings and search engines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// The body: sanitised HTML. In a gated article the teaser only. Absent in cards.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_html: Option<String>,
    /// The body as plain text, for feeds that have no HTML; our listings carry the summary here, since JSON Feed wants one of the two.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_text: Option<String>,
    /// Absolute URL of the main image.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// When it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_published: Option<Date>,
    /// When it was last changed in a way that a reader should know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_modified: Option<Date>,
    /// Who wrote it, in the order of the byline.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<Author>,
    /// JSON Feed 1.0's single author; read, never written.
    #[serde(skip_serializing)]
    pub author: Option<Author>,
    /// Names of tags, as people write them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// BCP 47 language, when it is not the publication's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Audio and other files that go with it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// What JSON Feed has no word for.
    #[serde(rename = "_jumpline", skip_serializing_if = "Option::is_none")]
    pub jumpline: Option<Extension>,
}

/// A JSON Feed author: a person or a desk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Author {
    /// The name as the byline prints it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Absolute URL of the author's page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Absolute URL of a square picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avatar: Option<String>,
}

/// A JSON Feed attachment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attachment {
    /// Absolute URL of the file.
    pub url: String,
    /// Media type, such as `audio/mpeg`.
    pub mime_type: String,
    /// Title, when it has one of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Size in bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size_in_bytes: Option<u64>,
    /// Length in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_in_seconds: Option<f64>,
}

// `Item` holds `f64` durations, which have no `Eq`; ours are never NaN, since JSON has no NaN.
impl Eq for Item {}

impl Item {
    /// Reads an article's JSON.
    ///
    /// # Errors
    /// When it is no JSON, a field has another type than the format says, it has no id, or a newer press wrote it.
    pub fn from_json(json: &str) -> Result<Self, FormatError> {
        let mut item: Self = read_json(json)?;
        if item.authors.is_empty() {
            item.authors.extend(item.author.take());
        }
        if item.id.is_empty() {
            return Err(FormatError {
                field: "id".to_owned(),
                ..FormatError::document("missing; expected a text that names this article for good")
            });
        }
        check_version(item.jumpline.as_ref().map(|it| it.version))?;
        Ok(item)
    }

    /// Writes it as one line of JSON.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Whether the published body is only a teaser.
    pub fn is_gated(&self) -> bool {
        self.jumpline.as_ref().is_some_and(|it| it.visibility != Visibility::Public)
    }

    /// The same item as a listing shows it: no body, no contents, no neighbours.
    pub fn to_card(&self) -> Self {
        let mut card = Self { content_html: None, content_text: None, attachments: Vec::new(), ..self.clone() };
        if let Some(extension) = &mut card.jumpline {
            extension.contents.clear();
            extension.related.clear();
            (extension.previous, extension.next, extension.envelope) = (None, None, None);
        }
        card
    }

    /// The same item as a list without pictures shows it, such as that of related articles: every page carries some of these.
    pub fn to_brief(&self) -> Self {
        let mut brief = Self { image: None, tags: Vec::new(), ..self.to_card() };
        if let Some(extension) = &mut brief.jumpline {
            extension.image = None;
            // It is shown instead.
            brief.summary.take_if(|_| extension.standfirst.is_some());
        }
        brief
    }
}

/// Refuses what a newer press wrote, since a field may have got another meaning.
pub(crate) fn check_version(version: Option<u32>) -> Result<(), FormatError> {
    match version {
        Some(version) if version > FORMAT_VERSION => Err(FormatError {
            field: VERSION_FIELD.to_owned(),
            ..FormatError::document(format!(
                "{version} was written by a newer press; this one reads up to version {FORMAT_VERSION}"
            ))
        }),
        _ => Ok(()),
    }
}

/// JSON Feed 1.1: "if an id is presented as a number, a JSON Feed reader should coerce it to a string".
fn id_or_number<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    struct Id;

    impl serde::de::Visitor<'_> for Id {
        type Value = String;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("a text or a whole number")
        }

        fn visit_str<E>(self, text: &str) -> Result<String, E> {
            Ok(text.to_owned())
        }

        fn visit_u64<E>(self, number: u64) -> Result<String, E> {
            Ok(number.to_string())
        }

        fn visit_i64<E>(self, number: i64) -> Result<String, E> {
            Ok(number.to_string())
        }
    }

    deserializer.deserialize_any(Id)
}
