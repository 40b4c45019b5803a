//! Icons of an installed site, drawn from the publication's logo.

use super::Sources;
use anyhow::{Context as _, anyhow, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

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
pub(super) struct Logo {
    svg: Vec<u8>,
    name: String,
}

impl Logo {
    /// The publication's logo; the reader's own when it has none.
    ///
    /// # Errors
    /// When it cannot be read, or is neither SVG nor PNG.
    pub(super) fn of(sources: &Sources<'_>) -> anyhow::Result<Self> {
        let icon = &sources.site.publication.app.icon;
        if icon.is_empty() {
            return Ok(Self { svg: sources.shell.file("icon.svg")?, name: "icon.svg".to_owned() });
        }
        let file = sources.content.join(icon);
        let name = format!("publication.toml: app.icon: {}", file.display());
        let bytes = std::fs::read(&file).with_context(|| format!("{name}: cannot be read"))?;
        let svg = match file.extension().and_then(|it| it.to_str()) {
            Some("svg") => bytes,
            Some("png") => framed(&bytes).with_context(|| format!("{name}: is no PNG"))?,
            _ => bail!("{name}: expected an SVG or PNG"),
        };
        Ok(Self { svg, name })
    }

    /// It as an SVG.
    pub(super) fn svg(&self) -> &[u8] {
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
    /// When the logo is no picture, or the background no colour.
    pub(super) fn draw(&self, icon: &Icon, background: &str) -> anyhow::Result<Vec<u8>> {
        let mut pixels = Pixmap::new(icon.size, icon.size).context("an icon without a size")?;
        let size = icon.size as f32;
        if icon.is_maskable {
            let ground = ground(background)?;
            resvg::render(&ground, Transform::from_scale(size, size), &mut pixels.as_mut());
        }
        let logo = Tree::from_data(&self.svg, &Options::default()).map_err(|it| anyhow!("{}: {it}", self.name))?;
        let (width, height) = (logo.size().width(), logo.size().height());
        let scale = size * icon.share / width.max(height);
        let place = Transform::from_translate((size - width * scale) / 2.0, (size - height * scale) / 2.0);
        resvg::render(&logo, place.pre_scale(scale, scale), &mut pixels.as_mut());
        pixels.encode_png().map_err(|it| anyhow!("{}: {it}", icon.file))
    }
}

/// A square of a colour. An unknown colour is drawn as black by SVG, so it is looked at first.
fn ground(background: &str) -> anyhow::Result<Tree> {
    if !background.chars().all(|it| it.is_ascii_alphanumeric() || "#(),.% ".contains(it)) || background.is_empty() {
        bail!("publication.toml: app.background: `{background}` is no colour; expected one such as #fcfbf8");
    }
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"><rect width=\"1\" height=\"1\" fill=\"{background}\"/></svg>"
    );
    Tree::from_str(&svg, &Options::default()).map_err(|it| anyhow!("publication.toml: app.background: {it}"))
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
        // A logo that is a PNG.
        let again = Logo { svg: framed(&plain).expect("is measured"), name: "red.png".to_owned() };
        assert_eq!(pixel(&again.draw(&ALL[2], "#00ff00").expect("is drawn"), 256, 256), (255, 0, 0, 255));
    }

    #[test]
    fn what_is_no_picture_and_no_colour_is_named() {
        let logo = Logo { svg: b"no picture".to_vec(), name: "app.icon: logo.svg".to_owned() };
        assert!(logo.draw(&ALL[0], "#fff").expect_err("is no picture").to_string().contains("logo.svg"));
        let logo = Logo { svg: RED.to_vec(), name: String::new() };
        let error = logo.draw(&ALL[2], "red\"/>").expect_err("is no colour").to_string();
        assert!(error.contains("app.background"), "{error}");
    }
}
