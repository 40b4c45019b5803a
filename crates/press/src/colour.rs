//! A colour as CSS writes it (CSS Color 4), for whoever knows only sRGB.

use lightningcss::traits::Parse as _;
use lightningcss::values::color::{CssColor, RGBA};

/// A colour in sRGB: red, green, blue and alpha. `None` for what is no colour, or one only in a page, such as `currentColor`.
pub(crate) fn srgb(text: &str) -> Option<[u8; 4]> {
    let colour = CssColor::parse_string(text).ok()?;
    let RGBA { red, green, blue, alpha } = RGBA::try_from(&colour).ok()?;
    Some([red, green, blue, alpha])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_write_a_colour_is_one() {
        for (text, expected) in [
            ("#f00", [255, 0, 0, 255]),
            ("#ff000080", [255, 0, 0, 128]),
            ("Red", [255, 0, 0, 255]),
            ("transparent", [0, 0, 0, 0]),
            ("rgb(255 0 0)", [255, 0, 0, 255]),
            ("rgba(255, 0, 0, 1)", [255, 0, 0, 255]),
            ("hsl(0 100% 50%)", [255, 0, 0, 255]),
            ("hsl(0deg, 100%, 50%)", [255, 0, 0, 255]),
            ("oklch(1 0 0)", [255, 255, 255, 255]),
            ("oklab(0% 0 0)", [0, 0, 0, 255]),
        ] {
            assert_eq!(srgb(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_colour_by_itself_is_none() {
        for text in ["", " ", "notacolour", "#ff", "#ggg", "rgb(1 2", "red blue", "currentColor", "Canvas", "var(--x)"]
        {
            assert_eq!(srgb(text), None, "{text}");
        }
        assert_eq!(srgb("light-dark(#fff, #000)"), None);
        assert_eq!(srgb("red\"/>"), None);
    }
}
