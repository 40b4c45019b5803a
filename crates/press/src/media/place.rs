//! Pictures without the place that they were taken at. Phones write it into every photograph, and nobody sees it there: it may be
//! somebody's home. All else stays, byte for byte and in its place: points, colours, orientation, author and rights.

use super::tiff::{self, BIG, LITTLE};
use flate2::Crc;
use memchr::memmem;

/// Ends of the names of files that may say where they were taken.
const PICTURES: &[&str] =
    &["avif", "apng", "heic", "heif", "jfif", "jpe", "jpeg", "jpg", "jxl", "png", "tif", "tiff", "webp"];

/// Changes when more or less is taken out, so that pictures of earlier builds are copied again.
const RULES: &str = "without place 1";

/// What a properties' name in XMP begins with (Exif 2.32 for XMP, "exif:GPSLatitude" and its like).
const XMP: &[u8] = b"exif:GPS";
/// Bytes of a value of it, at most.
const LONGEST: usize = 400;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// What a copy of a file is made of; `hash` is that of the file.
pub(crate) fn key(path: &str, hash: &str) -> String {
    if is_picture(path) { format!("{hash} {RULES}") } else { hash.to_owned() }
}

/// The file as it is published.
pub(crate) fn without_place(path: &str, mut bytes: Vec<u8>) -> Vec<u8> {
    if is_picture(path) {
        if bytes.starts_with(PNG) {
            png(&mut bytes);
        } else {
            anywhere(&mut bytes);
        }
    }
    bytes
}

fn is_picture(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, it)| PICTURES.contains(&it.to_ascii_lowercase().as_str()))
}

/// In files without checksums. A phone's JPEG may hold several pictures, and a HEIC says by tables where its parts lie; their
/// beginnings are so distinct that they are found without.
fn anywhere(bytes: &mut [u8]) -> bool {
    let mut starts: Vec<usize> = [LITTLE, BIG].iter().flat_map(|it| memmem::find_iter(bytes, it)).collect();
    starts.retain(|at| is_start(bytes, *at));
    let mut changed = false;
    for start in starts {
        let end = segment(bytes, start).unwrap_or(bytes.len());
        changed |= tiff::take_place(&mut bytes[start..end]);
    }
    xmp(bytes) | changed
}

/// Whether what looks like the head of a TIFF is one, and no chance.
fn is_start(bytes: &[u8], at: usize) -> bool {
    let before = |mark: &[u8], gap: usize| bytes[..at.saturating_sub(gap)].ends_with(mark);
    let usual = [&[8, 0, 0, 0], &[0, 0, 0, 8]].into_iter().any(|it| bytes[at + 4..].starts_with(it));
    at == 0 || usual || before(b"Exif\0\0", 0) || before(b"EXIF", 4)
}

/// Where the segment of a JPEG ends whose EXIF begins here.
fn segment(bytes: &[u8], start: usize) -> Option<usize> {
    let [0xff, 0xe1, high, low] = *bytes.get(start.checked_sub(10)?..start - 6)? else { return None };
    let end = start - 8 + usize::from(u16::from_be_bytes([high, low]));
    (start..=bytes.len()).contains(&end).then_some(end)
}

/// Blanks the values of XMP, which stand between quotes or between tags.
fn xmp(bytes: &mut [u8]) -> bool {
    let starts: Vec<usize> = memmem::find_iter(bytes, XMP).map(|it| it + XMP.len()).collect();
    let mut changed = false;
    for start in starts {
        let room = start..bytes.len().min(start + LONGEST);
        let Some(open) = bytes[room.clone()].iter().position(|it| matches!(it, b'"' | b'\'' | b'>')) else { continue };
        let end = match bytes[start + open] {
            b'>' => b'<',
            quote => quote,
        };
        let value = &mut bytes[start + open + 1..room.end];
        let Some(length) = value.iter().position(|it| *it == end) else { continue };
        changed |= value[..length].iter().any(|it| !it.is_ascii_whitespace());
        value[..length].fill(b' ');
    }
    changed
}

/// The chunks of a PNG have checksums, and texts in them may be packed.
fn png(bytes: &mut [u8]) {
    let mut at = PNG.len();
    while let Some(head) = bytes.get(at..at + 8) {
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let kind = [head[4], head[5], head[6], head[7]];
        let data = at + 8;
        let Some(end) = data.checked_add(length).filter(|it| it + 4 <= bytes.len()) else { return };
        let changed = match &kind {
            b"eXIf" => tiff::take_place(&mut bytes[data..end]),
            b"iTXt" | b"tEXt" | b"zTXt" => note(&mut bytes[at + 4..end]),
            _ => false,
        };
        if changed {
            let mut sum = Crc::new();
            sum.update(&bytes[at + 4..end]);
            bytes[end..end + 4].copy_from_slice(&sum.sum().to_be_bytes());
        }
        at = end + 4;
    }
}

/// Blanks a place in a text of a PNG: its kind and its data. What is packed or spelled in digits goes as a whole.
fn note(chunk: &mut [u8]) -> bool {
    const EMPTY: &[u8] = b"tEXtComment\0";
    let is_packed = |it: &[u8]| it.starts_with(b"iTXtXML:com.adobe.xmp\0\x01");
    let is_profile = |it: &[u8]| {
        ["exif", "APP1", "xmp"].iter().any(|name| it[4..].starts_with(format!("Raw profile type {name}\0").as_bytes()))
    };
    if (is_packed(chunk) || is_profile(chunk)) && chunk.len() >= EMPTY.len() {
        chunk.fill(b' ');
        chunk[..EMPTY.len()].copy_from_slice(EMPTY);
        return true;
    }
    xmp(chunk)
}

#[cfg(test)]
mod tests;
