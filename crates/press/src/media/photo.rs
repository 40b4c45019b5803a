//! Photographs, made smaller: nobody sees what is beyond the window, and a phone on a slow line waits for it.

use super::exif;
use super::jpeg::segments;
use fast_image_resize::images::Image;
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use jpeg_encoder::{ColorType, Encoder};
use jumpline_article::Pictures;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// Changes when copies come out otherwise, so that those of earlier builds are made again.
const RULES: &str = "photograph 1";

/// What is hardly told from the best, at a third of its bytes (1 to 100). Nobody gets back what a coarser one has lost.
const QUALITY: u8 = 82;
/// What a quality of 50 divides the brightness of a block by, all 64 values added up (JPEG, K.1 "Quantization tables").
const HALF: u32 = 3688;
/// A copy is at most so many tenths as wide as the next wider one: a narrower difference is not worth a file.
const TENTHS: u32 = 8;

/// In which sizes a photograph is published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sizes {
    /// Of the file under its own name, in pixels, when it is made smaller.
    pub(super) own: Option<(u32, u32)>,
    /// Pixels that its copies are wide, the narrowest first.
    pub(super) copies: Vec<u32>,
}

impl Sizes {
    /// Of a photograph of so many pixels.
    pub(super) fn of(pictures: &Pictures, (width, height): (u32, u32)) -> Self {
        let times = f64::from(width) / f64::from(pictures.widest.max(1));
        let is_smaller = pictures.widest > 0 && times * f64::from(TENTHS) >= 10.0;
        let fitted = |it: u32| (f64::from(it) / times).round().max(1.0) as u32;
        let own = is_smaller.then(|| (fitted(width), fitted(height)));
        let shown = own.map_or(width, |it| it.0);
        let mut copies = pictures.widths.clone();
        copies.retain(|it| u64::from(*it) * 10 <= u64::from(shown) * u64::from(TENTHS));
        copies.sort_unstable();
        copies.dedup();
        Self { own, copies }
    }

    /// Changes with what comes out; `hash` is that of the file.
    pub(super) fn key(&self, hash: &str) -> String {
        blake3::hash([hash, RULES, &format!("{self:?}")].join("\0").as_bytes()).to_hex().to_string()
    }
}

/// Whether this is the name of a JPEG.
pub(super) fn is_named(path: &str) -> bool {
    let kind = path.rsplit_once('.').map(|it| it.1.to_ascii_lowercase());
    kind.is_some_and(|it| ["jpg", "jpeg"].contains(&it.as_str()))
}

/// A photograph in memory, as it lies in its file.
pub(crate) struct Photo {
    image: Image<'static>,
    is_grey: bool,
    /// How it is to be turned (EXIF 2.32, tag 0x0112 `Orientation`).
    orientation: u16,
    quality: u8,
    profile: Option<Vec<u8>>,
    /// Who made it, and who may use it (EXIF): the number of a segment, and what is in it.
    rights: Option<(u8, Vec<u8>)>,
    /// The same, and more, at length (XMP, IPTC).
    notes: Vec<(u8, Vec<u8>)>,
}

/// What the segments begin with that say who made a picture.
const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
const IPTC: &[u8] = b"Photoshop 3.0\0";

/// Whether this is a JPEG whose colours are those of screens, and that the decoder reads as browsers do.
pub(super) fn is_one(jpeg: &[u8]) -> bool {
    jpeg.starts_with(&[0xff, 0xd8]) && is_in_one_scan(jpeg) && {
        let mut decoder = JpegDecoder::new(ZCursor::new(jpeg));
        decoder.decode_headers().is_ok() && decoder.input_colorspace().and_then(pixels).is_some()
    }
}

/// Whether all colours of a sequential JPEG are in its first scan (JPEG, B.2.2 and B.2.3). Hardly any are otherwise, and those come out in
/// wrong colours (`zune-image` 419).
fn is_in_one_scan(jpeg: &[u8]) -> bool {
    let mut colours = None;
    for (marker, segment) in segments(jpeg) {
        match marker {
            0xc0 | 0xc1 => colours = segment.get(5),
            0xda => return colours.is_none_or(|it| segment.first() == Some(it)),
            _ => {}
        }
    }
    false
}

/// As what it is decoded; nothing for the inks of printers.
fn pixels(space: ColorSpace) -> Option<(ColorSpace, PixelType)> {
    match space {
        ColorSpace::Luma => Some((ColorSpace::Luma, PixelType::U8)),
        ColorSpace::YCbCr | ColorSpace::RGB => Some((ColorSpace::RGB, PixelType::U8x3)),
        _ => None,
    }
}

impl Photo {
    /// Reads one; nothing where it is broken.
    pub(super) fn read(jpeg: &[u8]) -> Option<Self> {
        let mut decoder = JpegDecoder::new(ZCursor::new(jpeg));
        decoder.decode_headers().ok()?;
        let (space, kind) = pixels(decoder.input_colorspace()?)?;
        // What is damaged is published as it is: each browser makes the best of it.
        decoder.set_options(DecoderOptions::default().set_strict_mode(true).jpeg_set_out_colorspace(space));
        let buffer = decoder.decode().ok()?;
        let info = decoder.info()?;
        let image = Image::from_vec_u8(info.width.into(), info.height.into(), buffer, kind).ok()?;
        let rights = exif::rights(jpeg).map(|it| (1, it));
        let xmp = decoder.xmp().map(|it| (1, [XMP, it].concat()));
        let iptc = decoder.iptc().map(|it| (13, [IPTC, it].concat()));
        Some(Self {
            image,
            is_grey: kind == PixelType::U8,
            orientation: exif::orientation(jpeg).unwrap_or(1),
            profile: decoder.icc_profile(),
            quality: quality(jpeg).map_or(QUALITY, |it| it.min(QUALITY)),
            rights,
            notes: xmp.into_iter().chain(iptc).collect(),
        })
    }

    /// Width and height once it is turned, in pixels.
    fn size(&self) -> (u32, u32) {
        let (width, height) = (self.image.width(), self.image.height());
        if self.is_turned() { (height, width) } else { (width, height) }
    }

    fn is_turned(&self) -> bool {
        (5..=8).contains(&self.orientation)
    }

    /// The file that is published under its own name.
    pub(super) fn at(&self, size: (u32, u32)) -> Option<Vec<u8>> {
        self.encode(size, self.rights.iter().chain(&self.notes))
    }

    /// A copy of this width, which is what people save who save a picture.
    pub(super) fn copy(&self, width: u32) -> Option<Vec<u8>> {
        let size = self.size();
        let height = (f64::from(width) * f64::from(size.1) / f64::from(size.0)).round().max(1.0) as u32;
        self.encode((width, height), self.rights.iter())
    }

    fn encode<'a>(
        &self,
        (width, height): (u32, u32),
        notes: impl Iterator<Item = &'a (u8, Vec<u8>)>,
    ) -> Option<Vec<u8>> {
        let (across, down) = if self.is_turned() { (height, width) } else { (width, height) };
        let mut fitted = Image::new(across, down, self.image.pixel_type());
        let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
        Resizer::new().resize(&self.image, &mut fitted, &options).ok()?;
        let upright = turn(fitted.buffer(), (across, down), self.orientation, if self.is_grey { 1 } else { 3 });
        let mut jpeg = Vec::new();
        let mut encoder = Encoder::new(&mut jpeg, self.quality);
        // What has come so far shows the whole picture, if coarsely.
        encoder.set_progressive(true);
        encoder.set_optimized_huffman_tables(true);
        if let Some(profile) = &self.profile {
            encoder.add_icc_profile(profile).ok()?;
        }
        for (segment, data) in notes {
            // What is too long for a segment was in several, and is no use in part.
            let _ = encoder.add_app_segment(*segment, data.clone());
        }
        let colours = if self.is_grey { ColorType::Luma } else { ColorType::Rgb };
        encoder.encode(&upright, width.try_into().ok()?, height.try_into().ok()?, colours).ok()?;
        Some(jpeg)
    }
}

/// What the encoder of a JPEG was told, about: 1 to 100, by its first table (B.2.4.1), which most scale in the same way.
fn quality(jpeg: &[u8]) -> Option<u8> {
    let (_, table) = segments(jpeg).find(|(marker, segment)| *marker == 0xdb && segment.first() == Some(&0))?;
    let sum: u32 = table.get(1..65)?.iter().map(|it| u32::from(*it)).sum();
    let percent = (sum * 100 / HALF).max(1);
    let quality = if percent <= 100 { (200 - percent) / 2 } else { 5000 / percent };
    u8::try_from(quality.clamp(1, 100)).ok()
}

/// Turns and mirrors pixels of so many bytes as the orientation says.
fn turn(pixels: &[u8], (width, height): (u32, u32), orientation: u16, bytes: usize) -> Vec<u8> {
    let (width, height) = (width as usize, height as usize);
    let (across, down) = if (5..=8).contains(&orientation) { (height, width) } else { (width, height) };
    let mut turned = Vec::with_capacity(pixels.len());
    for y in 0..down {
        for x in 0..across {
            // Where it comes from: the column and the row of what lies in the file.
            let (column, row) = match orientation {
                2 => (width - 1 - x, y),
                3 => (width - 1 - x, height - 1 - y),
                4 => (x, height - 1 - y),
                5 => (y, x),
                6 => (y, height - 1 - x),
                7 => (width - 1 - y, height - 1 - x),
                8 => (width - 1 - y, x),
                _ => (x, y),
            };
            let at = (row * width + column) * bytes;
            turned.extend_from_slice(&pixels[at..at + bytes]);
        }
    }
    turned
}

#[cfg(test)]
#[path = "photo/tests.rs"]
mod tests;
