//! TIFF as EXIF uses it: the directory that says where a picture was taken, and how it is taken out.

/// Heads of a TIFF, by the order of its bytes.
pub(super) const LITTLE: &[u8] = b"II*\0";
pub(super) const BIG: &[u8] = b"MM\0*";

/// Points to the directory of the place (EXIF 2.32, 4.6.3).
const PLACE: u16 = 0x8825;
/// Bytes of an entry.
const ENTRY: usize = 12;
/// Bytes of a value of the place, at most: one that claims more is damaged, and its bytes may be another's.
const LONGEST: usize = 4096;
/// Directories that are followed; EXIF has two.
const DIRECTORIES: usize = 8;

struct Tiff<'a> {
    bytes: &'a mut [u8],
    is_little: bool,
}

/// Takes the place out: its values become zeros, and nothing points to them any more. The length stays. Says whether there was one.
pub(super) fn take_place(bytes: &mut [u8]) -> bool {
    let is_little = bytes.starts_with(LITTLE);
    if !is_little && !bytes.starts_with(BIG) {
        return false;
    }
    let mut tiff = Tiff { bytes, is_little };
    let (mut changed, mut next) = (false, tiff.long(4));
    for _ in 0..DIRECTORIES {
        let Some(directory) = next.filter(|it| *it > 0) else { break };
        changed |= tiff.take_from(directory).unwrap_or(false);
        next = tiff.entries(directory).and_then(|it| tiff.long(directory + 2 + it * ENTRY));
    }
    changed
}

impl Tiff<'_> {
    fn take_from(&mut self, directory: usize) -> Option<bool> {
        let entries = self.entries(directory)?;
        let at = (0..entries).map(|it| directory + 2 + it * ENTRY).find(|it| self.short(*it) == Some(PLACE));
        let Some(at) = at else { return Some(false) };
        let place = self.long(at + 8)?;
        // What follows moves up, and the last four bytes name the next directory.
        let end = directory + 2 + entries * ENTRY + 4;
        if end > self.bytes.len() {
            return None;
        }
        self.clear_all(place);
        self.bytes.copy_within(at + ENTRY..end, at);
        self.bytes[end - ENTRY..end].fill(0);
        let fewer = u16::try_from(entries - 1).ok()?;
        let fewer = if self.is_little { fewer.to_le_bytes() } else { fewer.to_be_bytes() };
        self.bytes[directory..directory + 2].copy_from_slice(&fewer);
        Some(true)
    }

    fn clear_all(&mut self, directory: usize) {
        let entries = self.entries(directory).unwrap_or(0);
        for entry in (0..entries).map(|it| directory + 2 + it * ENTRY) {
            let (Some(kind), Some(count), Some(value)) =
                (self.short(entry + 2), self.long(entry + 4), self.long(entry + 8))
            else {
                break;
            };
            let length = count.saturating_mul(size(kind));
            if (5..=LONGEST).contains(&length) {
                self.clear(value, length);
            }
            self.clear(entry, ENTRY);
        }
        self.clear(directory, 2);
    }

    fn clear(&mut self, at: usize, length: usize) {
        if let Some(bytes) = at.checked_add(length).and_then(|end| self.bytes.get_mut(at..end)) {
            bytes.fill(0);
        }
    }

    fn entries(&self, directory: usize) -> Option<usize> {
        self.short(directory).map(usize::from)
    }

    fn short(&self, at: usize) -> Option<u16> {
        let bytes: [u8; 2] = self.bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self.is_little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    }

    fn long(&self, at: usize) -> Option<usize> {
        let bytes: [u8; 4] = self.bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if self.is_little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) } as usize)
    }
}

/// Bytes of one value of a type (TIFF 6.0, section 2).
fn size(kind: u16) -> usize {
    match kind {
        3 | 8 => 2,
        4 | 9 | 11 => 4,
        5 | 10 | 12 => 8,
        _ => 1,
    }
}
