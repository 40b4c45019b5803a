//! What can be taken along, as it stands on this device.

use super::reading::Readings;
use jumpline_article::offline::{Archive, Piece};

impl Readings {
    /// Whether it is saved.
    pub(super) fn has(&self, piece: &Piece) -> bool {
        self.of(piece.permalink.as_str()).is_some_and(|it| it.saved > 0)
    }

    /// Whether it is saved as it is now.
    pub(super) fn has_newest(&self, piece: &Piece) -> bool {
        self.of(piece.permalink.as_str()).is_some_and(|it| it.saved > 0 && it.digest == piece.digest)
    }

    /// How many articles of the archive are saved.
    pub(super) fn count_of(&self, archive: &Archive) -> usize {
        let mut saved: Vec<&str> = self.0.iter().filter(|it| it.saved > 0).map(|it| it.permalink.as_str()).collect();
        saved.sort_unstable();
        archive.articles.iter().filter(|it| saved.binary_search(&it.permalink.as_str()).is_ok()).count()
    }
}
