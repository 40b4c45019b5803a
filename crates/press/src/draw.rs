//! Vector pictures drawn as PNG, for whoever takes nothing else.

use crate::colour;
use anyhow::{Context as _, anyhow};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Error, ImageHrefResolver, Options, Tree};

/// A picture on a canvas.
pub(crate) struct Drawing<'a> {
    /// The picture, an SVG.
    pub(crate) svg: &'a [u8],
    /// Width and height of the canvas in pixels.
    pub(crate) canvas: (u32, u32),
    /// Width and height of the room in its middle that the picture fits into.
    pub(crate) room: (f32, f32),
    /// The colour below it; transparent when absent.
    pub(crate) ground: Option<&'a str>,
}

impl Drawing<'_> {
    /// Draws it.
    ///
    /// # Errors
    /// When the picture is no SVG.
    pub(crate) fn png(&self) -> anyhow::Result<Vec<u8>> {
        let (width, height) = self.canvas;
        let mut pixels = Pixmap::new(width, height).context("a canvas without a size")?;
        let (width, height) = (width as f32, height as f32);
        if let Some(colour) = self.ground {
            resvg::render(&ground(colour)?, Transform::from_scale(width, height), &mut pixels.as_mut());
        }
        let tree = parse(self.svg)?;
        let size = tree.size();
        let scale = (self.room.0 / size.width()).min(self.room.1 / size.height());
        let place =
            Transform::from_translate((width - size.width() * scale) / 2.0, (height - size.height() * scale) / 2.0);
        resvg::render(&tree, place.pre_scale(scale, scale), &mut pixels.as_mut());
        pixels.encode_png().map_err(|error| anyhow!("{error}"))
    }
}

/// Reads an SVG. Pictures in it are drawn when they are written in it: no path of it opens a file.
///
/// # Errors
/// When it is none.
pub(crate) fn parse(svg: &[u8]) -> Result<Tree, Error> {
    let none = ImageHrefResolver { resolve_string: Box::new(|_, _| None), ..ImageHrefResolver::default() };
    Tree::from_data(svg, &Options { image_href_resolver: none, ..Options::default() })
}

/// A square of a colour. It is written in sRGB, since SVG 1.1 knows none of the newer forms and draws them black.
fn ground(colour: &str) -> anyhow::Result<Tree> {
    let [red, green, blue, alpha] = colour::srgb(colour).with_context(|| format!("`{colour}` is no colour"))?;
    let opacity = f32::from(alpha) / 255.0;
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"><rect width=\"1\" height=\"1\" fill=\"#{red:02x}{green:02x}{blue:02x}\" fill-opacity=\"{opacity}\"/></svg>"
    );
    Ok(parse(svg.as_bytes())?)
}
