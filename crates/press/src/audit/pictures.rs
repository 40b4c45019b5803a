//! Metadata of pictures: text that stands among bytes that are none.

use super::parts::Part;
use super::unpacking::Unpacking;
use flate2::read::ZlibDecoder;

/// How a PNG begins.
pub(super) const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
/// How an icon begins (`ICONDIR`); its pictures may be PNG.
pub(super) const ICO: &[u8] = b"\0\0\x01\0";
/// How a JPEG begins.
pub(super) const JPEG: &[u8] = b"\xff\xd8\xff";

/// Whether bytes are a WebP.
pub(super) fn is_webp(bytes: &[u8]) -> bool {
    bytes.starts_with(b"RIFF") && bytes.get(8..).is_some_and(|it| it.starts_with(b"WEBP"))
}

/// Chunks of length, name, data and check (PNG 3rd edition, §5.3).
/// `from` is where it begins, as it may stand in another file.
pub(super) fn png(bytes: &[u8], from: usize, unpacking: &Unpacking) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut at = from + PNG.len();
    while let Some([a, b, c, d, name @ ..]) = bytes.get(at..at + 8) {
        let start = at + 8;
        let end = start.saturating_add(u32::from_be_bytes([*a, *b, *c, *d]) as usize).min(bytes.len());
        let data = &bytes[start..end];
        // Where the n-th text of a chunk ends; texts end with a zero.
        let after = |n: usize| memchr::memchr_iter(0, data).nth(n).map(|it| it + 1);
        // Text may stand in chunks of anybody's, and their names are letters, too.
        if name != b"IDAT" {
            parts.push(Part::Text(start, end));
        }
        let packed = match name {
            // Keyword, method (§11.3.3.3); a colour profile is built alike.
            b"zTXt" | b"iCCP" => after(0).map(|it| it + 1),
            // Keyword, whether it is compressed, method, language, translated keyword (§11.3.3.4).
            b"iTXt" => itxt(data),
            b"eXIf" => {
                parts.push(Part::Wide(start, end));
                None
            }
            _ => None,
        };
        if let Some((from, stream)) = packed.and_then(|it| Some((start + it, data.get(it..)?))) {
            parts.push(Part::Unpacked(from, unpacking.maybe(ZlibDecoder::new(stream))));
        }
        at = end + 4;
    }
    parts
}

fn itxt(data: &[u8]) -> Option<usize> {
    let keyword = memchr::memchr(0, data)?;
    let texts = keyword + 3;
    let is_packed = *data.get(keyword + 1)? == 1;
    let text = memchr::memchr_iter(0, data.get(texts..)?).nth(1)? + 1;
    is_packed.then_some(texts + text)
}

/// Segments of marker and length (ITU T.81, B.1.1.4); what comes after the first scan is the picture.
pub(super) fn jpeg(bytes: &[u8]) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut at = 2;
    while let Some([0xff, marker, high, low]) = bytes.get(at..at + 4) {
        let end = (at + 2 + usize::from(u16::from_be_bytes([*high, *low]))).min(bytes.len());
        if *marker == 0xda {
            break;
        }
        if matches!(marker, 0xe0..=0xef | 0xfe) && end > at + 4 {
            parts.push(Part::Text(at + 4, end));
        }
        if *marker == 0xe1 && bytes[at + 4..].starts_with(b"Exif") && end > at + 4 {
            parts.push(Part::Wide(at + 4, end));
        }
        at = end.max(at + 2);
    }
    parts
}

/// Chunks of name, length and data, padded to an even length (RFC 9649).
pub(super) fn webp(bytes: &[u8]) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut at = 12;
    while let Some([name @ .., a, b, c, d]) = bytes.get(at..at + 8) {
        let start = at + 8;
        let end = start.saturating_add(u32::from_le_bytes([*a, *b, *c, *d]) as usize).min(bytes.len());
        if matches!(name, b"EXIF" | b"XMP ") {
            parts.push(Part::Text(start, end));
        }
        if name == b"EXIF" {
            parts.push(Part::Wide(start, end));
        }
        at = end + end % 2;
    }
    parts
}
