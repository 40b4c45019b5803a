//! How much a file may still be unpacked to, and what of it could not be.

use super::unread::Why;
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::io::Read;

/// Bytes that a file may be unpacked to, however small it is.
const LEAST: u64 = 8 << 20;
/// Bytes that a file may be unpacked to, however large it is.
const MOST: u64 = 1 << 30;
/// Bytes that one byte of a file may be unpacked to. Documents stay far below; a bomb needs a thousand.
const FACTOR: u64 = 64;

/// What all that is packed in one file shares, so that archives in archives come to an end.
pub(super) struct Unpacking {
    left: Cell<u64>,
    missed: RefCell<BTreeSet<Why>>,
}

impl Unpacking {
    /// For a file of so many bytes.
    pub(super) fn new(length: usize) -> Self {
        let left = (length as u64).saturating_mul(FACTOR).clamp(LEAST, MOST);
        Self { left: Cell::new(left), missed: RefCell::default() }
    }

    /// Everything in a stream. Of a torn one what comes before the tear, and a note that the rest is not known.
    pub(super) fn whole(&self, stream: impl Read) -> Vec<u8> {
        let (out, is_whole) = self.read(stream);
        if !is_whole {
            self.miss(Why::Damaged);
        }
        out
    }

    /// Everything in a stream that may be none, and then is not missed.
    pub(super) fn maybe(&self, stream: impl Read) -> Vec<u8> {
        self.read(stream).0
    }

    fn read(&self, stream: impl Read) -> (Vec<u8>, bool) {
        let mut out = Vec::new();
        if self.left.get() == 0 {
            self.miss(Why::TooLarge);
            return (out, true);
        }
        let is_whole = stream.take(self.left.get() + 1).read_to_end(&mut out).is_ok();
        out.truncate(self.take(out.len()));
        (out, is_whole)
    }

    /// Bytes that may still be unpacked.
    pub(super) fn left(&self) -> usize {
        usize::try_from(self.left.get()).unwrap_or(usize::MAX)
    }

    /// Counts unpacked bytes; gives back how many of them may be kept. Where that is not all, nothing more is unpacked.
    pub(super) fn take(&self, bytes: usize) -> usize {
        let left = self.left.get();
        self.left.set(left.saturating_sub(bytes as u64));
        if bytes as u64 > left {
            self.miss(Why::TooLarge);
        }
        bytes.min(usize::try_from(left).unwrap_or(usize::MAX))
    }

    /// Notes that something in the file is not known.
    pub(super) fn miss(&self, why: Why) {
        self.missed.borrow_mut().insert(why);
    }

    /// What is not known.
    pub(super) fn missed(&self) -> BTreeSet<Why> {
        self.missed.borrow().clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_unpacked_to_a_limit_that_its_parts_share() {
        let unpacking = Unpacking::new(1);
        assert_eq!(unpacking.whole(std::io::repeat(0).take(LEAST / 2)).len() as u64, LEAST / 2);
        assert!(unpacking.missed().is_empty());
        assert_eq!(unpacking.whole(std::io::repeat(0)).len() as u64, LEAST / 2);
        assert_eq!(unpacking.missed(), BTreeSet::from([Why::TooLarge]));
        assert!(unpacking.whole(std::io::repeat(0)).is_empty());
        assert_eq!(Unpacking::new(1 << 20).left(), 64 << 20);
        assert_eq!(Unpacking::new(usize::MAX).left(), 1 << 30);
    }
}
