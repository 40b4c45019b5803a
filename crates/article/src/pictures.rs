//! Photographs in several sizes: how large they are published (`[pictures]` of `publication.toml`), and what copies are called.

#[cfg(feature = "host")]
use serde::{Deserialize, Serialize};

/// Path or URL of the copy that is so many pixels wide: `/media/ferry.480w.jpg` of `/media/ferry.jpg`.
pub fn copy_of(picture: &str, width: u32) -> String {
    let (stem, kind) = picture.rsplit_once('.').unwrap_or((picture, ""));
    [stem, ".", &width.to_string(), "w.", kind].concat()
}

/// How large photographs are published. The reader knows of each what it is there in (`Image::widths`).
#[cfg(feature = "host")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Pictures {
    /// Pixels that the widest is wide; 0 publishes all as they are.
    pub widest: u32,
    /// Pixels that narrower copies are wide, for narrower windows.
    pub widths: Vec<u32>,
}

#[cfg(feature = "host")]
impl Default for Pictures {
    /// What Ghost does, and a phone's window, a phone's window of fine pixels, and a column of fine pixels.
    fn default() -> Self {
        Self { widest: 2000, widths: vec![480, 960, 1440] }
    }
}
