//! UTF-16, in which EXIF holds what Windows and some cameras write, as UTF-8.

use super::layer::Mark;

/// Characters of one byte in a row that give UTF-16 away.
const ROW: usize = 12;

/// A way to read bytes as UTF-16.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wide {
    /// Where the first unit begins: 0 or 1.
    pub(super) start: usize,
    /// Whether the low byte comes first.
    pub(super) is_little: bool,
}

impl Wide {
    /// Every way there is, for bytes that are known to hold some.
    pub(super) const ALL: [Self; 4] = [
        Self { start: 0, is_little: true },
        Self { start: 1, is_little: true },
        Self { start: 0, is_little: false },
        Self { start: 1, is_little: false },
    ];

    /// The ways in which bytes may be meant.
    pub(super) fn of(bytes: &[u8]) -> Vec<Self> {
        let mut found = Vec::new();
        match bytes {
            [0xff, 0xfe, ..] => found.push(Self { start: 0, is_little: true }),
            [0xfe, 0xff, ..] => found.push(Self { start: 0, is_little: false }),
            _ => {}
        }
        let mut done = 0;
        for zero in memchr::memchr_iter(0, bytes) {
            if zero >= done && is_row(&bytes[zero..]) {
                done = zero + 2 * ROW;
                let ways =
                    [Self { start: (zero + 1) % 2, is_little: true }, Self { start: zero % 2, is_little: false }];
                found.extend(ways.into_iter().filter(|it| !found.contains(it)).collect::<Vec<_>>());
                if found.len() == Self::ALL.len() {
                    break;
                }
            }
        }
        found
    }

    /// The bytes as UTF-8, and where each stood.
    pub(super) fn decode(self, bytes: &[u8]) -> (Vec<u8>, Vec<Mark>) {
        let units = bytes[self.start.min(bytes.len())..].chunks_exact(2);
        let units = units.map(|it| match self.is_little {
            true => u16::from_le_bytes([it[0], it[1]]),
            false => u16::from_be_bytes([it[0], it[1]]),
        });
        let mut out = Vec::with_capacity(bytes.len() / 2);
        let mut below = self.start;
        let mut marks = vec![Mark { here: 0, below, encoding: None }];
        for letter in char::decode_utf16(units) {
            let letter = letter.unwrap_or(' ');
            below += 2 * letter.len_utf16();
            if letter.is_ascii() {
                out.push(letter as u8);
            } else {
                out.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
                marks.push(Mark { here: out.len(), below, encoding: None });
            }
        }
        (out, marks)
    }
}

/// Whether every second byte is zero and the others are printable.
fn is_row(bytes: &[u8]) -> bool {
    bytes.len() >= 2 * ROW
        && bytes[..2 * ROW].chunks_exact(2).all(|it| it[0] == 0 && matches!(it[1], b' '..=b'~' | b'\n' | b'\r'))
}
