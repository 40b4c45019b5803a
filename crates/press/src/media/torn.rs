//! Whether a picture breaks off: a browser shows its upper part, or nothing, and nobody is told.

/// Whether the end of a PNG, JPEG or WebP is missing. What cannot be followed is taken for whole, and so is any other format.
pub(super) fn is_torn(bytes: &[u8]) -> bool {
    if let Some(chunks) = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n") {
        return png_has_no_end(chunks);
    }
    if let Some(segments) = bytes.strip_prefix(&[0xff, 0xd8]) {
        return jpeg_has_no_end(segments);
    }
    match (bytes.strip_prefix(b"RIFF").and_then(|it| it.split_first_chunk()), bytes.get(8..12)) {
        (Some((length, rest)), Some(b"WEBP")) => (rest.len() as u64) < u64::from(u32::from_le_bytes(*length)),
        _ => false,
    }
}

/// PNG, 5.3 "Chunk layout": length, type, data, CRC; `IEND` is the last.
fn png_has_no_end(mut rest: &[u8]) -> bool {
    while let Some((length, after)) = rest.split_first_chunk() {
        let whole = 4 + u32::from_be_bytes(*length) as usize + 4;
        let Some(chunk) = after.get(..whole) else { return true };
        if chunk.starts_with(b"IEND") {
            return false;
        }
        rest = &after[whole..];
    }
    true
}

/// JPEG, B.1.1: segments with a length each, up to the scan; in that `ff d9` can only be the end (B.1.1.5). A thumbnail before the scan
/// has an end of its own.
fn jpeg_has_no_end(mut rest: &[u8]) -> bool {
    loop {
        match rest {
            [0xff, 0xff, ..] => rest = &rest[1..],
            [0xff, 0xda, scan @ ..] => return !scan.windows(2).any(|it| it == [0xff, 0xd9]),
            [0xff, _, high, low, ..] => {
                let length = usize::from(u16::from_be_bytes([*high, *low]));
                let Some(after) = rest.get(2 + length..) else { return true };
                rest = after;
            }
            [] | [0xff] | [0xff, _] | [0xff, _, _] => return true,
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_without_its_end_is_torn() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\x02IHDRab....\0\0\0\0IENDcrc.";
        let jpeg = b"\xff\xd8\xff\xe1\0\x06\xff\xd9ab\xff\xff\xdb\0\x03x\xff\xda\0\x02ab\xff\0cd\xff\xd9";
        let webp = b"RIFF\x06\0\0\0WEBPab";
        for whole in [png.as_slice(), jpeg, webp] {
            assert!(!is_torn(whole) && !is_torn(&[whole, b"more"].concat()));
            for end in 12..whole.len() {
                assert!(is_torn(&whole[..end]), "{end}");
            }
        }
        for other in [b"GIF89a".as_slice(), b"<svg/>", b"", b"\xff\xd8\0\0", b"RIFF"] {
            assert!(!is_torn(other), "{other:?}");
        }
    }
}
