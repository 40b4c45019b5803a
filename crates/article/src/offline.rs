//! `offline.json`: what it takes to read without a network, as the press lists it and the reader takes it along.

use crate::Permalink;
use crate::error::{FormatError, read_json};
use serde::{Deserialize, Serialize};

/// Every article of a publication, and the lists in which they are found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Archive {
    /// Version of this format, always 1.
    #[serde(default)]
    pub version: u32,
    /// All articles, the newest first.
    pub articles: Vec<Piece>,
    /// Where they are found.
    #[serde(default)]
    pub lists: Lists,
}

impl Archive {
    /// Reads the document.
    ///
    /// # Errors
    /// When a field is missing or of another type, or a newer press wrote it.
    pub fn from_json(json: &str) -> Result<Self, FormatError> {
        let archive: Self = read_json(json)?;
        crate::item::check_version(Some(archive.version))?;
        Ok(archive)
    }

    /// Bytes of all that is taken along.
    pub fn bytes(&self) -> u64 {
        self.lists.bytes + self.articles.iter().map(|it| it.bytes).sum::<u64>()
    }
}

/// Home, archive, sections, tags and authors, and the pages that the foot of each names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lists {
    /// Bytes of all their files.
    pub bytes: u64,
    /// Changes with what any of them says.
    #[serde(default)]
    pub digest: String,
    /// Their paths below the base, each of a page with its `listing.json`.
    pub paths: Vec<String>,
    /// The files of pages such as the imprint.
    #[serde(default)]
    pub files: Vec<String>,
}

impl Lists {
    /// The files of each, which are of use together.
    pub fn groups(self) -> Vec<Vec<String>> {
        let lists = self.paths.into_iter().map(|it| vec![format!("{it}index.html"), format!("{it}listing.json")]);
        lists.chain(self.files.into_iter().map(|it| vec![it])).collect()
    }
}

/// One article and what it takes to read it without a network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// The article.
    pub permalink: Permalink,
    /// Its title.
    pub title: String,
    /// The language of that (BCP 47), where it is not the publication's; else empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub language: String,
    /// Minutes that reading it takes.
    pub minutes: u32,
    /// Bytes of all its files.
    pub bytes: u64,
    /// Changes with what the article says and shows; not with the page around it.
    #[serde(default)]
    pub digest: String,
    /// Its files, below the base.
    pub files: Vec<String>,
}
