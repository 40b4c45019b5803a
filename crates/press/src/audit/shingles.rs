//! Runs of eight words, as hashes: what must not be found.

use super::escapes;
use super::runs::{self, BASE, RUN, Run, SHORTEST, mixed};
use super::words;
use rayon::prelude::*;
use std::cell::RefCell;
use std::sync::atomic::{AtomicU64, Ordering};

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
            runs::each(text.as_bytes(), short, note);
            if let Some((decoded, _)) = escapes::decode(text.as_bytes()) {
                runs::each(&decoded, short, note);
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
            runs::each(bytes, self.short, |run| {
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
    runs::each(text.as_bytes(), short, |run| {
        if !run.read && run.is_telling() {
            hashes.push(run.hash);
        }
    });
    hashes
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
