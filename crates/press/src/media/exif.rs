//! Whether a JPEG is shown turned by a quarter: phones write upright photographs that way.

/// Whether width and height change places (EXIF 2.32, tag 0x0112 `Orientation`, values 5 to 8).
pub(super) fn is_turned(jpeg: &[u8]) -> bool {
    orientation(jpeg).is_some_and(|it| (5..=8).contains(&it))
}

pub(super) fn orientation(jpeg: &[u8]) -> Option<u16> {
    let mut rest = jpeg.strip_prefix(&[0xff, 0xd8])?;
    loop {
        let (marker, length) = (*rest.get(1)?, usize::from(u16::from_be_bytes([*rest.get(2)?, *rest.get(3)?])));
        let segment = rest.get(4..2 + length)?;
        if rest[0] != 0xff || marker == 0xda {
            return None;
        }
        if let (0xe1, Some(tiff)) = (marker, segment.strip_prefix(b"Exif\0\0")) {
            return from_tiff(tiff);
        }
        rest = &rest[2 + length..];
    }
}

fn from_tiff(tiff: &[u8]) -> Option<u16> {
    let little = tiff.starts_with(b"II");
    let short = |at: usize| {
        let bytes: [u8; 2] = tiff.get(at..at + 2)?.try_into().ok()?;
        Some(if little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let long = |at: usize| {
        let bytes: [u8; 4] = tiff.get(at..at + 4)?.try_into().ok()?;
        Some(if little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) } as usize)
    };
    let directory = long(4)?;
    let entries = usize::from(short(directory)?);
    let mut places = (0..entries).map(|it| directory + 2 + it * 12);
    let entry = places.find(|at| short(*at) == Some(0x0112))?;
    short(entry + 8)
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
