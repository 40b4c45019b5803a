//! The parts of a JPEG (B.1.1.3 "Marker segments"), up to the first scan.

/// Markers, and what is in their segments; the head of the first scan (0xda) is the last.
pub(super) fn segments(jpeg: &[u8]) -> impl Iterator<Item = (u8, &[u8])> {
    let mut rest = jpeg.strip_prefix(&[0xff, 0xd8]).unwrap_or_default();
    std::iter::from_fn(move || {
        let [0xff, marker, high, low, ..] = *rest else { return None };
        let end = 2 + usize::from(u16::from_be_bytes([high, low]));
        let segment = rest.get(4..end)?;
        rest = if marker == 0xda { &[] } else { &rest[end..] };
        Some((marker, segment))
    })
}
