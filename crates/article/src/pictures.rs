//! Photographs in several sizes: how large they are published (`[pictures]` of `publication.toml`), and what copies are called.

#[cfg(feature = "host")]
use serde::{Deserialize, Serialize};

/// Path or URL of the copy that is so many pixels wide: `/media/ferry.480w.jpg` of `/media/ferry.jpg`.
pub fn copy_of(picture: &str, width: u32) -> String {
    let (stem, kind) = picture.rsplit_once('.').unwrap_or((picture, ""));
    [stem, ".", &width.to_string(), "w.", kind].concat()
}

/// The picture that such a copy is of, by its name.
pub fn original_of(copy: &str) -> Option<String> {
    let (stem, kind) = copy.rsplit_once('.')?;
    let (stem, width) = stem.rsplit_once('.')?;
    let width = width.strip_suffix('w').filter(|it| !it.is_empty())?;
    width.bytes().all(|it| it.is_ascii_digit()).then(|| [stem, ".", kind].concat())
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
            assert_eq!(original_of(&copy_of(picture, 480)).as_deref(), Some(picture));
        }
        for other in [
            "media/ferry.jpg",
            "media/ferry.w.jpg",
            "media/ferry.480.jpg",
            "media/ferry.480w.png",
            "media/ferryman.480w.jpg",
        ] {
            assert_ne!(original_of(other).as_deref(), Some("media/ferry.jpg"), "{other}");
        }
    }
}
