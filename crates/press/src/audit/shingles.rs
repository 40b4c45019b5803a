//! Runs of eight words, as hashes: what must not be found.

use super::escapes;
use super::words::{self, Seen, Word};
use rayon::prelude::*;
use std::cell::RefCell;
use std::sync::atomic::{AtomicU64, Ordering};

/// Words of a run.
pub(super) const RUN: usize = 8;
/// Words that a shorter text needs to be searched for, as a whole.
const SHORTEST: usize = 4;
/// Bytes of letters that a run needs: `1 2 3 4 5 6 7 8` stands in many files and gives nothing away.
const LETTERS: usize = 12;
/// Different words that a run needs.
const DIFFERENT: usize = 4;
/// Odd, so that no word of a run is lost.
const BASE: u64 = 0xd6e8_feb8_6659_fd93;

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
    fn is_telling(&self) -> bool {
        let words = || self.window.last(self.words);
        let different = words().enumerate().filter(|(at, it)| words().take(*at).all(|other| other.hash != it.hash));
        let letters: usize = words().map(|it| it.end - it.start).sum();
        different.count() >= DIFFERENT && letters >= LETTERS
    }
}

/// Calls back for every run of `RUN` words, and of each shorter length whose bit is set in `short`.
pub(super) fn runs(bytes: &[u8], short: u8, mut visit: impl FnMut(Run<'_>)) {
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

#[derive(Clone, Copy, Default)]
struct Place {
    hash: u64,
    start: usize,
    end: usize,
}

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

/// Runs that are remembered as harmless: pages have most of their words in common, and the table of a large site is far away.
const PASSES: usize = 1 << 14;

thread_local! {
    static PASSED: RefCell<Vec<u64>> = RefCell::new(vec![0; PASSES]);
}

/// Tells what one table passed from what another did.
static TABLES: AtomicU64 = AtomicU64::new(1);

/// The runs of all gated texts that no published text holds.
pub(super) struct Shingles {
    /// Sorted.
    hashes: Vec<u64>,
    /// Where hashes with each beginning start.
    starts: Vec<u32>,
    /// A bit a hash, so that most words of a site are done with after one look.
    filter: Vec<u64>,
    /// Lengths of texts that are shorter than a run, a bit each.
    short: u8,
    mark: u64,
}

impl Shingles {
    /// Gathers them.
    pub(super) fn new(gated: &[&str], public: &[&str]) -> Self {
        let short = |text: &&str| match words::plain_count(text, RUN) {
            words @ SHORTEST..RUN => 1 << words,
            _ => 0,
        };
        let short = gated.par_iter().map(short).reduce(|| 0_u8, |a, b| a | b);
        let mut hashes: Vec<u64> = gated.par_iter().flat_map_iter(|text| of(text).into_iter()).collect();
        hashes.par_sort_unstable();
        hashes.dedup();
        let all = Self::index(hashes, short);
        let published: Vec<AtomicU64> = (0..all.hashes.len().div_ceil(64)).map(|_| AtomicU64::new(0)).collect();
        public.par_iter().for_each(|text| {
            let note = |run: Run<'_>| {
                if let Some(at) = all.find(run.hash) {
                    published[at / 64].fetch_or(1 << (at % 64), Ordering::Relaxed);
                }
            };
            runs(text.as_bytes(), short, note);
            if let Some((decoded, _)) = escapes::decode(text.as_bytes()) {
                runs(&decoded, short, note);
            }
        });
        let is_published = |at: usize| published[at / 64].load(Ordering::Relaxed) >> (at % 64) & 1 == 1;
        let left = all.hashes.iter().enumerate().filter(|(at, _)| !is_published(*at)).map(|it| *it.1).collect();
        Self::index(left, short)
    }

    /// Those with hashes that are known already, in their order and each once.
    pub(super) fn of_hashes(hashes: Vec<u64>) -> Self {
        Self::index(hashes, 0)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Calls back for every run in some bytes that may be a gated one.
    pub(super) fn search(&self, bytes: &[u8], mut found: impl FnMut(Run<'_>)) {
        if self.hashes.is_empty() {
            return;
        }
        PASSED.with_borrow_mut(|passed| {
            runs(bytes, self.short, |run| {
                let slot = &mut passed[run.hash as usize % PASSES];
                let mark = run.hash ^ self.mark;
                if *slot == mark {
                    return;
                }
                match self.find(run.hash) {
                    Some(_) => found(run),
                    None => *slot = mark,
                }
            });
        });
    }

    fn index(hashes: Vec<u64>, short: u8) -> Self {
        let buckets = (hashes.len() / 4).next_power_of_two().max(2);
        let shift = 64 - buckets.trailing_zeros();
        let mut starts = vec![0_u32; buckets + 1];
        for hash in &hashes {
            starts[(hash >> shift) as usize + 1] += 1;
        }
        (0..buckets).for_each(|it| starts[it + 1] += starts[it]);
        let mut filter = vec![0_u64; (hashes.len() * 16).next_power_of_two().max(64) / 64];
        for hash in &hashes {
            let bit = *hash as usize & (filter.len() * 64 - 1);
            filter[bit / 64] |= 1 << (bit % 64);
        }
        let mark = mixed(TABLES.fetch_add(1, Ordering::Relaxed).wrapping_mul(BASE));
        Self { hashes, starts, filter, short, mark }
    }

    fn find(&self, hash: u64) -> Option<usize> {
        let bit = hash as usize & (self.filter.len() * 64 - 1);
        if self.filter[bit / 64] >> (bit % 64) & 1 == 0 {
            return None;
        }
        let bucket = (hash >> (64 - (self.starts.len() - 1).trailing_zeros())) as usize;
        let (from, to) = (self.starts[bucket] as usize, self.starts[bucket + 1] as usize);
        self.hashes[from..to].iter().position(|it| *it == hash).map(|it| from + it)
    }
}

/// Lengths of the runs that a text of so many words is searched for: one at most.
pub(super) fn lengths(words: usize) -> impl Iterator<Item = usize> {
    let length = words.min(RUN);
    (length >= SHORTEST).then_some(length).into_iter()
}

/// The runs of a gated text that say enough, in their order.
pub(super) fn of(text: &str) -> Vec<u64> {
    let mut hashes = Vec::with_capacity(text.len() / 6);
    let short = lengths(words::plain_count(text, RUN)).filter(|it| *it < RUN).fold(0, |all, it| all | 1 << it);
    runs(text.as_bytes(), short, |run| {
        if !run.read && run.is_telling() {
            hashes.push(run.hash);
        }
    });
    hashes
}

fn mixed(it: u64) -> u64 {
    let it = (it ^ (it >> 32)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    it ^ (it >> 29)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(shingles: &Shingles, text: &str) -> usize {
        let mut count = 0;
        shingles.search(text.as_bytes(), |_| count += 1);
        count
    }

    #[test]
    fn any_eight_words_are_found_and_no_seven() {
        let body = "The harbour master had known about the leak since the spring of the year before.";
        let shingles = Shingles::new(&[body], &[]);
        assert_eq!(shingles.len(), 8);
        assert_eq!(finds(&shingles, body), 8);
        assert_eq!(finds(&shingles, "so KNOWN about—the leak: since THE Spring of, they"), 1);
        assert_eq!(finds(&shingles, "known about the leak since the spring in"), 0);
        assert_eq!(finds(&shingles, "known about the leak since the spring <b>o</b>f it"), 1);
        assert_eq!(finds(&shingles, "about known the leak since the spring of"), 0, "in another order");
    }

    #[test]
    fn what_is_published_is_no_secret() {
        let body = "The ferry leaves at nine and comes back at five every day but Sunday.";
        let shingles = Shingles::new(&[body], &["We know: the ferry leaves at nine and comes back at noon"]);
        assert_eq!(finds(&shingles, "The ferry leaves at nine and comes back at all"), 0);
        assert_eq!(finds(&shingles, "leaves at nine and comes back at five o'clock"), 1);
    }

    #[test]
    fn short_texts_are_searched_whole_and_empty_ones_not() {
        let shingles =
            Shingles::new(&["Nobody told the mayor", "Yes. No.", "1 2 3 4 5 6 7 8 9", "la la la la la la la la"], &[]);
        assert_eq!(shingles.len(), 1);
        assert_eq!(finds(&shingles, "and nobody told the mayor anything"), 1);
        assert_eq!(finds(&shingles, "1 2 3 4 5 6 7 8 9 la la la la la la la la"), 0);
    }
}
