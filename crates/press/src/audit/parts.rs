//! Parts of files that hold text in another form than the rest: what is packed, documents, and metadata of pictures.

use super::layer::Mark;
use super::pictures::{ICO, JPEG, PNG, is_webp};
use super::unpacking::Unpacking;
use super::unread::Why;
use super::{archive, pdf, pictures};
use brotli_decompressor::Decompressor;
use flate2::read::{MultiGzDecoder, ZlibDecoder};
use std::io::Read;

/// A part that needs a look of its own.
pub(super) enum Part {
    /// What came out of a packed part that begins there.
    Unpacked(usize, Vec<u8>),
    /// Text of a PDF, and the objects that each stretch of it comes from.
    Pdf(Vec<Mark>, Vec<u8>),
    /// Text, next to which stand bytes that may look like letters.
    Text(usize, usize),
    /// Metadata, some of which may be UTF-16.
    Wide(usize, usize),
}

const ID3: &[u8] = b"ID3";
const GZIP: &[u8] = b"\x1f\x8b\x08";
const ZLIB: [&[u8]; 4] = [b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda"];

/// 7z, RAR, xz, bzip2 and Zstandard.
const UNKNOWN: [&[u8]; 5] = [b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\xfd7zXZ\0", b"BZh", b"\x28\xb5\x2f\xfd"];
/// A block of bzip2 begins with the digits of π.
const BZIP2: &[u8] = b"1AY&SY";
/// Compound files: among others what Office makes of a document with a password (MS-OFFCRYPTO, §2.3).
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
const ENCRYPTED: &[u8] = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";

/// Whether bytes are a file that has such parts.
pub(super) fn has_parts(bytes: &[u8]) -> bool {
    [PNG, JPEG, ICO, ID3, GZIP, archive::ZIP].iter().chain(&ZLIB).any(|it| bytes.starts_with(it))
        || is_webp(bytes)
        || pdf::is_pdf(bytes)
        || archive::is_tar(bytes)
}

/// Calls back for each part of a file. A torn file has those that come before the tear. Bytes that are no file (`is_file`) may
/// begin like a packed one by chance, as ciphertext does, and then nothing is missed.
pub(super) fn each(bytes: &[u8], is_file: bool, unpacking: &Unpacking, visit: &mut dyn FnMut(Part)) {
    if bytes.starts_with(PNG) {
        pictures::png(bytes, 0, unpacking).into_iter().for_each(&mut *visit);
    } else if bytes.starts_with(ICO) {
        let pictures = memchr::memmem::find_iter(bytes, PNG).flat_map(|from| pictures::png(bytes, from, unpacking));
        pictures.for_each(&mut *visit);
    } else if bytes.starts_with(JPEG) {
        pictures::jpeg(bytes).into_iter().for_each(&mut *visit);
    } else if is_webp(bytes) {
        pictures::webp(bytes).into_iter().for_each(&mut *visit);
    } else if bytes.starts_with(ID3) {
        visit(Part::Wide(0, id3_end(bytes)));
    } else if bytes.starts_with(GZIP) {
        let stream = MultiGzDecoder::new(bytes);
        visit(Part::Unpacked(0, if is_file { unpacking.whole(stream) } else { unpacking.maybe(stream) }));
    } else if is_zlib(bytes) {
        visit(Part::Unpacked(0, unpacking.maybe(ZlibDecoder::new(bytes))));
    } else if pdf::is_pdf(bytes) {
        pdf::each(bytes, unpacking, visit);
    } else if archive::is_tar(bytes) {
        archive::tar(bytes, unpacking, visit);
    } else if is_unknown(bytes) {
        unpacking.miss(Why::Unknown);
    } else if bytes.starts_with(COMPOUND) && memchr::memmem::find(bytes, ENCRYPTED).is_some() {
        unpacking.miss(Why::Encrypted);
    }
    // An archive may stand behind anything: a program that unpacks it, a picture that hides it.
    archive::zip(bytes, unpacking, visit);
}

/// Where the tag of a piece of music ends; its length has seven bits a byte (ID3v2.4, §3.1).
fn id3_end(bytes: &[u8]) -> usize {
    let length = bytes.get(6..10).unwrap_or_default().iter().fold(0, |sum, it| sum << 7 | usize::from(it & 0x7f));
    bytes.len().min(10 + length)
}

/// Whether bytes may be a zlib stream (RFC 1950, §2.2).
pub(super) fn is_zlib(bytes: &[u8]) -> bool {
    ZLIB.iter().any(|it| bytes.starts_with(it))
}

/// Whether a file of this name is Brotli (RFC 7932), which nothing in it says.
pub(super) fn is_brotli(name: &[u8]) -> bool {
    name.to_ascii_lowercase().ends_with(b".br")
}

/// A Brotli stream, unpacked.
pub(super) fn brotli(stream: impl Read) -> impl Read {
    Decompressor::new(stream, 4096)
}

fn is_unknown(bytes: &[u8]) -> bool {
    let begins = UNKNOWN.iter().any(|it| bytes.starts_with(it));
    begins && (bytes[0] != b'B' || bytes.get(4..).is_some_and(|it| it.starts_with(BZIP2)))
}
