//! Archives: ZIP, which is also what DOCX, XLSX, PPTX, ODT and EPUB are, and tar.

use super::parts::{self, Part};
use super::unpacking::Unpacking;
use super::unread::Why;
use flate2::read::DeflateDecoder;
use memchr::memmem::Finder;
use std::sync::LazyLock;

/// How a member of a ZIP archive begins (APPNOTE 4.3.7), and so nearly every archive.
pub(super) const ZIP: &[u8] = b"PK\x03\x04";

/// Where the name of a member begins.
const NAME: usize = 30;
/// Where the data of a member ends whose length was not known before (APPNOTE 4.3.9).
const DESCRIPTOR: &[u8] = b"PK\x07\x08";

/// A block of a tar archive.
const BLOCK: usize = 512;

static MEMBERS: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(ZIP));

/// Unpacks each member of a ZIP archive, found by the header that stands before it. The directory at the end is not asked: what
/// it leaves out can be read by who looks, and a torn archive has none. So the members of a stored archive in an archive are
/// found too.
pub(super) fn zip(bytes: &[u8], unpacking: &Unpacking, visit: &mut dyn FnMut(Part)) {
    for at in MEMBERS.find_iter(bytes) {
        let Some(member) = Member::read(bytes, at) else { continue };
        let data = &bytes[member.data..];
        // The place of a member is its name, because whoever reads of a leak sees what stands there.
        let place = at + NAME;
        match member.method {
            _ if member.is_encrypted => unpacking.miss(Why::Encrypted),
            Method::Stored => {
                let length = match member.length {
                    Some(length) => length.min(data.len()),
                    None => memchr::memmem::find(data, DESCRIPTOR).unwrap_or(data.len()),
                };
                stored(bytes, (member.data, member.data + length), member.name, unpacking, visit);
            }
            Method::Deflated if parts::is_brotli(member.name) => {
                visit(Part::Unpacked(place, unpacking.whole(parts::brotli(DeflateDecoder::new(data)))));
            }
            Method::Deflated => visit(Part::Unpacked(place, unpacking.whole(DeflateDecoder::new(data)))),
            Method::Unknown => unpacking.miss(Why::Unknown),
        }
    }
}

struct Member<'a> {
    name: &'a [u8],
    method: Method,
    is_encrypted: bool,
    /// Where its data begins.
    data: usize,
    /// Bytes of its data, where they are known here.
    length: Option<usize>,
}

#[derive(Clone, Copy)]
enum Method {
    Stored,
    Deflated,
    Unknown,
}

impl<'a> Member<'a> {
    /// `None` where four bytes only happen to be those of a header.
    fn read(bytes: &'a [u8], at: usize) -> Option<Self> {
        let header = bytes.get(at..at + NAME)?;
        let short = |at: usize| u16::from_le_bytes([header[at], header[at + 1]]);
        let (version, flags) = (header[4], short(6));
        let method = match short(8) {
            0 => Method::Stored,
            8 => Method::Deflated,
            1..=20 | 93..=99 => Method::Unknown,
            _ => return None,
        };
        if version > 63 {
            return None;
        }
        let name_end = at + NAME + usize::from(short(26));
        let name = bytes.get(at + NAME..name_end)?;
        let data = name_end + usize::from(short(28));
        bytes.get(data..)?;
        let length = u32::from_le_bytes([header[18], header[19], header[20], header[21]]);
        // Zero with a descriptor behind the data, all ones with the length in another field.
        let is_known = length != u32::MAX && (length != 0 || flags & 8 == 0);
        Some(Self { name, method, is_encrypted: flags & 1 != 0, data, length: is_known.then_some(length as usize) })
    }
}

/// Looks at a member that stands as it is, which begins where its name ends.
fn stored(bytes: &[u8], (from, to): (usize, usize), name: &[u8], unpacking: &Unpacking, visit: &mut dyn FnMut(Part)) {
    let data = &bytes[from..to];
    if parts::is_brotli(name) {
        visit(Part::Unpacked(from, unpacking.whole(parts::brotli(data))));
    } else if !data.starts_with(ZIP) {
        // Members of an archive in it are found as those of this one are.
        visit(Part::Text(from, to));
    }
}

/// Whether bytes are a tar archive (POSIX.1-2017, pax, "ustar Interchange Format").
pub(super) fn is_tar(bytes: &[u8]) -> bool {
    bytes.len() >= BLOCK && bytes.get(257..).is_some_and(|it| it.starts_with(b"ustar"))
}

/// Looks into each member of a tar archive.
pub(super) fn tar(bytes: &[u8], unpacking: &Unpacking, visit: &mut dyn FnMut(Part)) {
    let mut at = 0;
    while let Some(block) = bytes.get(at..).filter(|it| is_tar(it)) {
        let name = block[..100].split(|it| *it == 0).next().unwrap_or_default();
        let digits = block[124..136].iter().skip_while(|it| **it == b' ').take_while(|it| matches!(it, b'0'..=b'7'));
        let length = digits.fold(0, |length: usize, it| length * 8 + usize::from(it - b'0'));
        let from = at + BLOCK;
        let to = from.saturating_add(length).min(bytes.len());
        stored(bytes, (from, to), name, unpacking, visit);
        at = from.saturating_add(length.next_multiple_of(BLOCK));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(bytes: &[u8]) -> (usize, bool) {
        let (mut count, unpacking) = (0, Unpacking::new(bytes.len()));
        zip(bytes, &unpacking, &mut |_| count += 1);
        (count, unpacking.missed().is_empty())
    }

    #[test]
    fn what_only_begins_like_a_member_is_none() {
        let header = *b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\x04\0\0\0\x04\0\0\0\x01\0\0\0";
        assert_eq!(parts(&[&header[..], b"atext"].concat()), (1, true));
        assert_eq!(parts(&header), (0, true), "no room for a name");
        for (at, byte) in [(4, 200), (8, 50), (9, 1), (26, 255)] {
            let mut other = header;
            other[at] = byte;
            assert_eq!(parts(&[&other[..], b"atext"].concat()), (0, true), "byte {at}");
        }
        assert_eq!(parts(b"PK\x03\x04"), (0, true));
    }

    #[test]
    fn a_tar_archive_may_be_torn() {
        let mut block = [0; 600];
        block[124..136].copy_from_slice(b"77777777777\0");
        block[257..262].copy_from_slice(b"ustar");
        for length in [262, 511, 512, 600] {
            let (mut count, unpacking) = (0, Unpacking::new(length));
            tar(&block[..length], &unpacking, &mut |_| count += 1);
            assert_eq!(count, usize::from(length >= 512), "{length}");
        }
    }
}
