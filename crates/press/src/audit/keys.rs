//! Looks for 32 bytes of a key anywhere in others.

use crate::wall::SecretKey;

/// Bytes that are compared first. One look in so many is enough, because a key is longer.
const STEP: usize = 8;

/// Set in no byte of ASCII.
const WIDE: u64 = 0x8080_8080_8080_8080;

/// All keys, by a piece for each way in which they can stand to multiples of eight.
pub(super) struct Keys<'a> {
    keys: &'a [SecretKey],
    /// Eight bytes, the key, and where in it they stand; sorted.
    pieces: Vec<(u64, u32, u8)>,
    filter: Vec<u64>,
    is_text_passed_over: bool,
}

impl<'a> Keys<'a> {
    /// Gathers them.
    pub(super) fn new(keys: &'a [SecretKey]) -> Self {
        let mut pieces = Vec::with_capacity(keys.len() * STEP);
        for (key, number) in keys.iter().zip(0..) {
            // Three whole pieces stand at multiples of eight, and one of them is hardly ever all ASCII: text is passed over.
            pieces.extend((0..STEP).map(|first| {
                let mut ways = (first..).step_by(STEP).take(3).map(|it| (piece(&key.bytes, it), number, it as u8));
                ways.find(|it| it.0 & WIDE != 0).unwrap_or((piece(&key.bytes, first), number, first as u8))
            }));
        }
        pieces.sort_unstable();
        let mut filter = vec![0; (pieces.len() * 16).next_power_of_two().max(64) / 64];
        for (piece, ..) in &pieces {
            let bit = bit(*piece, filter.len());
            filter[bit / 64] |= 1_u64 << (bit % 64);
        }
        let is_text_passed_over = pieces.iter().all(|it| it.0 & WIDE != 0);
        Self { keys, pieces, filter, is_text_passed_over }
    }

    /// Calls back with each key that is found and where.
    pub(super) fn search(&self, bytes: &[u8], mut found: impl FnMut(&'a SecretKey, usize)) {
        if self.keys.is_empty() {
            return;
        }
        for at in (0..(bytes.len() + 1).saturating_sub(STEP)).step_by(STEP) {
            let piece = piece(bytes, at);
            if self.is_text_passed_over && piece & WIDE == 0 {
                continue;
            }
            let bit = bit(piece, self.filter.len());
            if self.filter[bit / 64] >> (bit % 64) & 1 == 0 {
                continue;
            }
            let from = self.pieces.partition_point(|it| it.0 < piece);
            for (_, key, inside) in self.pieces[from..].iter().take_while(|it| it.0 == piece) {
                let key = &self.keys[*key as usize];
                let start = at.checked_sub(usize::from(*inside));
                if let Some(start) = start.filter(|it| bytes[*it..].starts_with(&key.bytes)) {
                    found(key, start);
                }
            }
        }
    }
}

fn piece(bytes: &[u8], at: usize) -> u64 {
    let mut piece = [0; STEP];
    piece.copy_from_slice(&bytes[at..at + STEP]);
    u64::from_le_bytes(piece)
}

fn bit(piece: u64, words: usize) -> usize {
    (piece.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20) as usize & (words * 64 - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_found_wherever_it_stands() {
        let key = |seed: u8| SecretKey {
            name: seed.to_string(),
            bytes: std::array::from_fn(|it| (it as u8).wrapping_mul(37).wrapping_add(seed)),
        };
        let keys = [key(1), key(2)];
        let table = Keys::new(&keys);
        for at in 0..20 {
            let mut bytes = vec![7; at];
            bytes.extend(keys[1].bytes);
            let mut found = Vec::new();
            table.search(&bytes, |key, at| found.push((key.name.clone(), at)));
            assert_eq!(found, [("2".to_owned(), at)]);
            bytes.pop();
            table.search(&bytes, |_, _| panic!("31 bytes are no key"));
        }
        let text = [SecretKey { name: "text".to_owned(), bytes: *b"a key that is nothing but ASCII!" }];
        let mut found = 0;
        Keys::new(&text).search(b"...a key that is nothing but ASCII!...", |_, at| found += at);
        assert_eq!(found, 3);
        Keys::new(&[]).search(&[0; 64], |_, _| panic!("there is no key"));
    }
}
