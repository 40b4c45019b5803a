//! The site that articles come from: what its addresses mean now.

use super::media::Media;
use crate::render::tree::Element;
use crate::site::address::encode;

/// What an address of a body means now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A file of the old site.
    Upload(String),
    /// A path of the new site, with its fragment.
    Path(String),
    /// The old site, but nothing that came in.
    Lost(String),
    /// Somewhere else.
    Remote(String),
    /// A fragment, `mailto:` and the like.
    Other(String),
    /// Nothing that may be linked to.
    Refused,
}

/// A site that is left behind.
pub(super) trait Home {
    /// Finds the place of an address.
    fn place(&self, address: &str, media: &Media) -> Place;

    /// What the site knows of a picture besides the text, for who cannot see it; may be empty.
    fn alt(&self, _image: &Element) -> String {
        String::new()
    }
}

/// The path that a file of the old site is served at.
pub(super) fn media_path(file: &str) -> String {
    format!("/media/{}", encode(file))
}
