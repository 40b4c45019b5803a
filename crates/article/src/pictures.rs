//! Photographs in several sizes: how large they are published (`[pictures]` of `publication.toml`), and what copies are called.

#[cfg(feature = "host")]
use serde::{Deserialize, Serialize};

/// Path or URL of the copy that is so many pixels wide: `/media/ferry.480w.jpg` of `/media/ferry.jpg`.
pub fn copy_of(picture: &str, width: u32) -> String {
    let (stem, kind) = picture.rsplit_once('.').unwrap_or((picture, ""));
    [stem, ".", &width.to_string(), "w.", kind].concat()
}

/// Whether the first is such a copy of the second, whatever its width.
pub fn is_copy_of(copy: &str, picture: &str) -> bool {
    let (stem, kind) = picture.rsplit_once('.').unwrap_or((picture, ""));
    let width = copy.strip_prefix(stem).and_then(|it| it.strip_suffix(kind)?.strip_suffix("w.")?.strip_prefix('.'));
    width.is_some_and(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_told_by_its_name() {
        for picture in ["media/ferry.jpg", "media/a.b.jpeg"] {
            assert!(is_copy_of(&copy_of(picture, 480), picture));
        }
        for other in [
            "media/ferry.jpg",
            "media/ferry.w.jpg",
            "media/ferry.480.jpg",
            "media/ferry.480w.png",
            "media/ferryman.480w.jpg",
        ] {
            assert!(!is_copy_of(other, "media/ferry.jpg"), "{other}");
        }
    }
}
