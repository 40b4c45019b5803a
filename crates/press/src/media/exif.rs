//! What the head of a JPEG says of the photograph (EXIF 2.32, 4.6): how it is turned, who made it, and who may use it.

use super::jpeg::segments;

/// Whether width and height change places: phones write upright photographs that way.
pub(super) fn is_turned(jpeg: &[u8]) -> bool {
    orientation(jpeg).is_some_and(|it| (5..=8).contains(&it))
}

/// How it is shown (tag 0x0112 `Orientation`), 1 to 8; from 5 on it is turned by a quarter.
pub(super) fn orientation(jpeg: &[u8]) -> Option<u16> {
    let tiff = Tiff::of(jpeg)?;
    tiff.short(tiff.entry(0x0112)? + 8)
}

/// A head with nothing but who made it and who may use it (tags 0x013B `Artist`, 0x8298 `Copyright`), for a copy.
pub(super) fn rights(jpeg: &[u8]) -> Option<Vec<u8>> {
    let tiff = Tiff::of(jpeg)?;
    let texts: Vec<_> = [0x013b_u16, 0x8298].into_iter().filter_map(|tag| Some((tag, tiff.text(tag)?))).collect();
    let entries = u16::try_from(texts.len()).ok().filter(|it| *it > 0)?;
    let mut head = [b"Exif\0\0MM\0*\0\0\0\x08", entries.to_be_bytes().as_slice()].concat();
    let mut place = 8 + 2 + 12 * texts.len() + 4;
    for (tag, text) in &texts {
        let (length, at) = (u32::try_from(text.len()).ok()?, u32::try_from(place).ok()?);
        head.extend([&tag.to_be_bytes()[..], &[0, 2], &length.to_be_bytes(), &at.to_be_bytes()].concat());
        place += text.len();
    }
    head.extend([0; 4]);
    texts.iter().for_each(|it| head.extend_from_slice(it.1));
    Some(head)
}

struct Tiff<'a> {
    bytes: &'a [u8],
    is_little: bool,
}

impl<'a> Tiff<'a> {
    fn of(jpeg: &'a [u8]) -> Option<Self> {
        segments(jpeg).find_map(|(marker, segment)| {
            let bytes = segment.strip_prefix(b"Exif\0\0").filter(|_| marker == 0xe1)?;
            Some(Self { bytes, is_little: bytes.starts_with(b"II") })
        })
    }

    fn short(&self, at: usize) -> Option<u16> {
        let bytes = *self.bytes.get(at..)?.first_chunk()?;
        Some(if self.is_little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    }

    fn long(&self, at: usize) -> Option<usize> {
        let bytes = *self.bytes.get(at..)?.first_chunk()?;
        Some(if self.is_little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) } as usize)
    }

    /// Where the entry of a tag begins, in the first directory.
    fn entry(&self, tag: u16) -> Option<usize> {
        let directory = self.long(4)?;
        let entries = usize::from(self.short(directory)?);
        (0..entries).map(|it| directory + 2 + it * 12).find(|at| self.short(*at) == Some(tag))
    }

    /// A text, with the zero that ends it; nothing where it is empty, or too short to lie elsewhere.
    fn text(&self, tag: u16) -> Option<&'a [u8]> {
        let entry = self.entry(tag)?;
        let (length, at) = (self.long(entry + 4)?, self.long(entry + 8)?);
        let text = self.bytes.get(at..at.checked_add(length)?).filter(|_| length > 4)?;
        text.iter().any(|it| !matches!(it, 0 | b' ')).then_some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jpeg(order: &[u8; 2], orientation: u8) -> Vec<u8> {
        let little = order == b"II";
        let short = |it: u8| if little { [it, 0] } else { [0, it] };
        let long = |it: u8| if little { [it, 0, 0, 0] } else { [0, 0, 0, it] };
        let tag = if little { [0x12, 0x01] } else { [0x01, 0x12] };
        let parts: [&[u8]; 10] =
            [order, &short(42), &long(8), &short(1), &tag, &short(3), &long(1), &short(orientation), &[0, 0], &long(0)];
        let tiff = parts.concat();
        let length = (tiff.len() + 8) as u8;
        [&[0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 1, 0xff, 0xe1, 0, length][..], b"Exif\0\0", &tiff, &[0xff, 0xda]].concat()
    }

    #[test]
    fn who_made_it_is_kept_without_the_rest() {
        let text = b"Ann Other\0";
        let mut tiff = b"II*\0\x08\0\0\0\x02\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\x3b\x01\x02\0".to_vec();
        tiff.extend([text.len() as u8, 0, 0, 0, 38, 0, 0, 0, 0, 0, 0, 0]);
        tiff.extend(text);
        let whole = |head: &[u8]| [&[0xff, 0xd8, 0xff, 0xe1, 0, head.len() as u8 + 2], head, &[0xff, 0xda]].concat();
        let jpeg = whole(&[b"Exif\0\0", tiff.as_slice()].concat());
        assert_eq!(orientation(&jpeg), Some(6));
        let kept = whole(&rights(&jpeg).expect("names somebody"));
        assert_eq!((orientation(&kept), Tiff::of(&kept).and_then(|it| it.text(0x013b))), (None, Some(&text[..])));
        assert_eq!(rights(&kept), rights(&jpeg));
        assert_eq!(rights(&self::jpeg(b"MM", 1)), None);
    }

    #[test]
    fn the_orientation_is_found_in_both_byte_orders() {
        for order in [b"II", b"MM"] {
            assert_eq!(orientation(&jpeg(order, 6)), Some(6));
            assert!(is_turned(&jpeg(order, 8)) && !is_turned(&jpeg(order, 3)));
        }
    }

    #[test]
    fn a_torn_file_is_not_turned() {
        let whole = jpeg(b"MM", 6);
        for end in 0..whole.len() - 6 {
            assert!(!is_turned(&whole[..end]) || end > 38, "{end}");
        }
        assert!(!is_turned(&[0xff, 0xd8, 0xff, 0xe1, 0, 0]));
    }
}
