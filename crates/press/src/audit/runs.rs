//! Runs of words in any bytes, as hashes.

use super::words::{self, Seen, Word};

/// Words of a run.
pub(super) const RUN: usize = 8;
/// Words that a shorter text needs to be searched for, as a whole.
pub(super) const SHORTEST: usize = 4;
/// Bytes of letters that a run needs: `1 2 3 4 5 6 7 8` stands in many files and gives nothing away.
const LETTERS: usize = 12;
/// Different words that a run needs.
const DIFFERENT: usize = 4;
/// Odd, so that no word of a run is lost.
pub(super) const BASE: u64 = 0xd6e8_feb8_6659_fd93;

/// One run in a stretch of bytes.
pub(super) struct Run<'a> {
    pub(super) hash: u64,
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether tags are taken out.
    pub(super) read: bool,
    words: usize,
    window: &'a Window,
}

impl Run<'_> {
    /// Whether it says enough to be searched for.
    pub(super) fn is_telling(&self) -> bool {
        let words = || self.window.last(self.words);
        let different = words().enumerate().filter(|(at, it)| words().take(*at).all(|other| other.hash != it.hash));
        let letters: usize = words().map(|it| it.end - it.start).sum();
        different.count() >= DIFFERENT && letters >= LETTERS
    }
}

/// Calls back for every run of `RUN` words, and of each shorter length whose bit is set in `short`.
pub(super) fn each(bytes: &[u8], short: u8, mut visit: impl FnMut(Run<'_>)) {
    let (mut raw, mut text) = (Window::default(), Window::default());
    words::each(bytes, |it: Word<u64>| {
        let word = Place { hash: mixed(it.spelling), start: it.start, end: it.end };
        if it.seen != Seen::Text {
            raw.push(word);
            raw.runs(short, false, &mut visit);
        }
        if it.seen != Seen::Raw {
            text.push(word);
            // Where no tag stands, both are the same.
            if it.seen == Seen::Text || text.hash != raw.hash || text.first().start != raw.first().start {
                text.runs(short, true, &mut visit);
            }
        }
    });
}

/// A word's hash, and where it stands.
#[derive(Clone, Copy, Default)]
struct Place {
    hash: u64,
    start: usize,
    end: usize,
}

/// The last words that were read.
#[derive(Default)]
struct Window {
    ring: [Place; RUN],
    count: usize,
    hash: u64,
}

impl Window {
    fn push(&mut self, word: Place) {
        const LEAVES: u64 = BASE.wrapping_pow(RUN as u32);
        let slot = &mut self.ring[self.count % RUN];
        self.hash = self.hash.wrapping_mul(BASE).wrapping_add(word.hash).wrapping_sub(slot.hash.wrapping_mul(LEAVES));
        *slot = word;
        self.count += 1;
    }

    /// The first of the last `RUN` words.
    fn first(&self) -> &Place {
        &self.ring[self.count % RUN]
    }

    fn last(&self, words: usize) -> impl Iterator<Item = &Place> {
        (self.count - words..self.count).map(|it| &self.ring[it % RUN])
    }

    fn runs(&self, short: u8, read: bool, visit: &mut impl FnMut(Run<'_>)) {
        if self.count >= RUN {
            visit(self.run(self.hash, RUN, read));
        }
        if short != 0 {
            for words in (SHORTEST..RUN).filter(|it| short & 1 << it != 0 && self.count >= *it) {
                let sum = self.last(words).fold(0_u64, |hash, it| hash.wrapping_mul(BASE).wrapping_add(it.hash));
                visit(self.run(sum, words, read));
            }
        }
    }

    fn run(&self, sum: u64, words: usize, read: bool) -> Run<'_> {
        let start = self.ring[(self.count - words) % RUN].start;
        let end = self.ring[(self.count - 1) % RUN].end;
        Run { hash: mixed(sum ^ words as u64), start, end, read, words, window: self }
    }
}

/// A hash of which any bits tell it from others.
pub(super) fn mixed(it: u64) -> u64 {
    let it = (it ^ (it >> 32)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    it ^ (it >> 29)
}
