//! Icons of an installed site, drawn from the publication's logo.

use crate::dist::Shell;
use crate::draw::{self, Drawing};
use crate::media;
use crate::source::place;
use anyhow::Context as _;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jumpline_article::Publication;
use std::path::Path;

/// One icon.
pub(super) struct Icon {
    /// Its file.
    pub(super) file: &'static str,
    /// Width and height in pixels.
    pub(super) size: u32,
    /// How much of it the logo fills: a mask cuts away all beyond four fifths (W3C, "Icon masks and safe zone").
    share: f32,
    /// Whether it may be cut into any shape, and so stands on a ground.
    pub(super) is_maskable: bool,
    /// Whether the manifest names it; Apple's devices look for their own.
    pub(super) is_listed: bool,
}

/// Every icon.
pub(super) const ALL: [Icon; 4] = [
    Icon { file: "icon-192.png", size: 192, share: 1.0, is_maskable: false, is_listed: true },
    Icon { file: "icon-512.png", size: 512, share: 1.0, is_maskable: false, is_listed: true },
    Icon { file: "icon-maskable.png", size: 512, share: 0.68, is_maskable: true, is_listed: true },
    Icon { file: "apple-touch-icon.png", size: 180, share: 0.86, is_maskable: true, is_listed: false },
];

/// The logo as an SVG.
#[derive(Debug)]
pub struct Logo {
    svg: Vec<u8>,
    name: String,
}

impl Logo {
    /// The publication's logo; the reader's own when it has none.
    ///
    /// # Errors
    /// When it cannot be read, or is neither SVG nor PNG.
    pub fn of(content: &Path, publication: &Publication, shell: &Shell) -> anyhow::Result<Self> {
        let icon = &publication.app.icon;
        if icon.is_empty() {
            return Ok(Self { svg: shell.file("icon.svg")?, name: "icon.svg".to_owned() });
        }
        let file = content.join(icon);
        let name = file.display().to_string();
        let fault = |what: &str| place::fault(content, &["app".into(), "icon".into()], &format!("{name} {what}"));
        let bytes = std::fs::read(&file).map_err(|error| fault(&format!("cannot be read: {error}")))?;
        let kind = file.extension().and_then(|it| it.to_str()).map(str::to_ascii_lowercase);
        let svg = match kind.as_deref() {
            Some("svg") => bytes,
            Some("png") => framed(&bytes).map_err(|_| fault("is no PNG; save it as one again"))?,
            _ => return Err(fault("is neither SVG nor PNG; name a picture of one of these kinds").into()),
        };
        draw::parse(&svg).map_err(|error| fault(&format!("is no SVG: {error}")))?;
        media::check_svg(&svg).map_err(|error| fault(&error.to_string()))?;
        Ok(Self { svg, name })
    }

    /// It as an SVG.
    pub fn svg(&self) -> &[u8] {
        &self.svg
    }

    /// Changes with all that an icon is made of.
    pub(super) fn key(&self, background: &str, icon: &Icon) -> String {
        let mut hash = blake3::Hasher::new();
        hash.update(&self.svg).update(background.as_bytes()).update(icon.file.as_bytes());
        hash.finalize().to_hex().to_string()
    }

    /// An icon, as PNG.
    ///
    /// # Errors
    /// When the logo is no picture.
    pub(super) fn draw(&self, icon: &Icon, background: &str) -> anyhow::Result<Vec<u8>> {
        let room = icon.size as f32 * icon.share;
        let ground = icon.is_maskable.then_some(background);
        let drawing = Drawing { svg: &self.svg, canvas: (icon.size, icon.size), room: (room, room), ground };
        drawing.png().with_context(|| format!("{}: {}", self.name, icon.file))
    }
}

/// A PNG within an SVG.
fn framed(png: &[u8]) -> anyhow::Result<Vec<u8>> {
    let size = imagesize::blob_size(png).context("it cannot be measured")?;
    let (width, height, data) = (size.width, size.height, STANDARD.encode(png));
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\"><image width=\"{width}\" height=\"{height}\" href=\"data:image/png;base64,{data}\"/></svg>"
    );
    Ok(svg.into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use resvg::tiny_skia::Pixmap;

    const RED: &[u8] = b"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 10\"><rect width=\"10\" height=\"10\" fill=\"#f00\"/></svg>";

    fn pixel(png: &[u8], x: u32, y: u32) -> (u8, u8, u8, u8) {
        let pixels = Pixmap::decode_png(png).expect("is a PNG");
        let it = pixels.pixel(x, y).expect("lies within");
        (it.red(), it.green(), it.blue(), it.alpha())
    }

    #[test]
    fn a_mask_leaves_room_around_the_logo() {
        let logo = Logo { svg: RED.to_vec(), name: "red.svg".to_owned() };
        let [plain, _, masked, _] = &ALL;
        let plain = logo.draw(plain, "#00ff00").expect("is drawn");
        assert_eq!(pixel(&plain, 1, 1), (255, 0, 0, 255));
        let masked = logo.draw(masked, "#00ff00").expect("is drawn");
        assert_eq!((pixel(&masked, 40, 40), pixel(&masked, 256, 256)), ((0, 255, 0, 255), (255, 0, 0, 255)));
        let bright = logo.draw(&ALL[2], "oklch(1 0 0)").expect("is drawn");
        assert_eq!(pixel(&bright, 40, 40), (255, 255, 255, 255));
        // A logo that is a PNG.
        let again = Logo { svg: framed(&plain).expect("is measured"), name: "red.png".to_owned() };
        assert_eq!(pixel(&again.draw(&ALL[2], "#00ff00").expect("is drawn"), 256, 256), (255, 0, 0, 255));
    }

    #[test]
    fn what_is_no_picture_is_named() {
        let logo = Logo { svg: b"no picture".to_vec(), name: "logo.svg".to_owned() };
        assert!(logo.draw(&ALL[0], "#fff").expect_err("is no picture").to_string().contains("logo.svg: icon-192.png"));
    }
}
