//! What can be taken along, as the press lists it in `offline.json`.

use super::reading::Readings;
use jumpline_article::Permalink;
use serde::Deserialize;

/// Every article of the publication, as `press` lists it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Archive {
    /// All of them, the newest first.
    pub articles: Vec<Piece>,
    /// Where they are found.
    #[serde(default)]
    pub lists: Lists,
}

/// Home, archive, sections, tags, authors and pages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Lists {
    /// Bytes of all their files.
    pub bytes: u64,
    /// Changes with what any of them says.
    #[serde(default)]
    pub digest: String,
    /// Their paths below the base.
    pub paths: Vec<String>,
    /// Files of pages such as the imprint.
    #[serde(default)]
    pub files: Vec<String>,
}

impl Lists {
    /// The files of each, which are of use together.
    pub(super) fn groups(self) -> Vec<Vec<String>> {
        let lists = self.paths.into_iter().map(|it| vec![format!("{it}index.html"), format!("{it}listing.json")]);
        lists.chain(self.files.into_iter().map(|it| vec![it])).collect()
    }
}

impl Archive {
    /// Bytes of all that is taken along.
    pub fn bytes(&self) -> u64 {
        self.lists.bytes + self.articles.iter().map(|it| it.bytes).sum::<u64>()
    }

    /// How many of its articles are saved.
    pub(super) fn count_here(&self, readings: &Readings) -> usize {
        let saved = readings.0.iter().filter(|it| it.saved > 0);
        let mut saved: Vec<&str> = saved.map(|it| it.permalink.as_str()).collect();
        saved.sort_unstable();
        self.articles.iter().filter(|it| saved.binary_search(&it.permalink.as_str()).is_ok()).count()
    }
}

/// One article and what it takes to read it without a network.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Piece {
    /// The article.
    pub permalink: Permalink,
    /// Its title.
    pub title: String,
    /// The language of that (BCP 47), where it is not the publication's; else empty.
    #[serde(default)]
    pub language: String,
    /// Minutes that reading it takes.
    pub minutes: u32,
    /// Bytes of all its files.
    pub bytes: u64,
    /// Changes with what the article says and shows.
    #[serde(default)]
    pub digest: String,
    /// Its files, below the base.
    pub files: Vec<String>,
}

impl Piece {
    /// Whether it is saved.
    pub(super) fn is_here(&self, saved: &Readings) -> bool {
        saved.of(self.permalink.as_str()).is_some_and(|it| it.saved > 0)
    }

    /// Whether it is not saved as it is now.
    pub(super) fn is_due(&self, saved: &Readings) -> bool {
        saved.of(self.permalink.as_str()).is_none_or(|it| it.saved == 0 || it.digest != self.digest)
    }
}
