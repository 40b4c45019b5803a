//! What is kept of every article that was opened or saved.

use jumpline_article::Permalink;
use serde::{Deserialize, Deserializer, Serialize};

/// How many articles are remembered that nobody saved.
const REMEMBERED: usize = 1000;
/// Hundredths from which on an article counts as begun: less is a glance.
const BEGUN: u8 = 4;

/// What is kept of one article.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reading {
    /// The article's permalink.
    pub permalink: String,
    /// Its title.
    pub title: String,
    /// The language of that (BCP 47), where it is not the publication's; else empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub language: String,
    /// Minutes that reading it takes.
    #[serde(deserialize_with = "whole")]
    pub minutes: u32,
    /// When it was last read, in milliseconds since 1970; 0 when it was only saved.
    #[serde(deserialize_with = "whole")]
    pub at: u64,
    /// The paragraph at the top of the window, from 0.
    #[serde(deserialize_with = "whole")]
    pub paragraph: u32,
    /// Hundredths that were read.
    #[serde(deserialize_with = "whole")]
    pub share: u8,
    /// Whether its end was reached.
    pub done: bool,
    /// When it was saved for a time without a network, in milliseconds since 1970; 0 when it was not.
    #[serde(deserialize_with = "whole")]
    pub saved: u64,
    /// Bytes that its files take on this device; 0 when they do not lie there.
    #[serde(deserialize_with = "whole")]
    pub bytes: u64,
    /// What it was saved as: the digest of its files, by the press' list.
    pub digest: String,
}

/// Beyond all whole numbers that a browser writes exactly (2^53).
const LARGEST: f64 = 9_007_199_254_740_992.0;

/// A number that cannot be (less than nothing, or too large) is none: one that was damaged shall not hold up the rest of its record.
fn whole<'de, D: Deserializer<'de>, T: TryFrom<u64> + Default>(from: D) -> Result<T, D::Error> {
    // Whatever is below 0 becomes 0, and what is beyond all whole numbers of JSON does not become the largest.
    let number = f64::deserialize(from)?;
    let whole = if number < LARGEST { number as u64 } else { 0 };
    Ok(T::try_from(whole).unwrap_or_default())
}

impl Reading {
    /// The language of its title, where it is not the publication's.
    pub fn language(&self) -> Option<&str> {
        Some(self.language.as_str()).filter(|it| !it.is_empty())
    }

    /// Whether it belongs on the shelf of what can be continued.
    pub fn is_begun(&self) -> bool {
        !self.done && self.share >= BEGUN && self.at > 0
    }

    /// Minutes that are left, at least one.
    pub fn minutes_left(&self) -> u32 {
        self.minutes.saturating_mul(u32::from(100 - self.share.min(100))).div_ceil(100).max(1)
    }

    /// Whether it was saved, and its files are still to be forgotten.
    pub(super) fn is_removed(&self) -> bool {
        self.saved == 0 && self.bytes > 0
    }

    /// Whether anything of it is worth keeping.
    pub(super) fn is_known(&self) -> bool {
        Permalink::new(&self.permalink).is_ok() && (self.at > 0 || self.saved > 0 || self.bytes > 0)
    }

    /// The same article as two devices, or two tabs, know it.
    fn join(&mut self, other: Self) {
        let later = if other.saved > self.saved { &other } else { &*self };
        let (saved, bytes, digest) = (later.saved, later.bytes, later.digest.clone());
        let done = self.done || other.done;
        if other.at > self.at {
            *self = other;
        }
        (self.saved, self.bytes, self.digest, self.done) = (saved, bytes, digest, done);
    }
}

/// Everything that is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Readings(pub Vec<Reading>);

impl Readings {
    /// What is kept of an article.
    pub fn of(&self, permalink: &str) -> Option<&Reading> {
        self.0.iter().find(|it| it.permalink == permalink)
    }

    /// Changes what is kept of an article, which is made where there is nothing.
    pub fn change(&mut self, permalink: &str, change: impl FnOnce(&mut Reading)) {
        let at = self.0.iter().position(|it| it.permalink == permalink).unwrap_or_else(|| {
            self.0.push(Reading { permalink: permalink.to_owned(), ..Reading::default() });
            self.0.len() - 1
        });
        change(&mut self.0[at]);
        self.0.retain(Reading::is_known);
    }

    /// Puts what is known now of these articles in the place of what was known.
    pub fn replace(&mut self, articles: &[String], now: Self) {
        for article in articles {
            let at = self.0.iter().position(|it| it.permalink == *article);
            match (at, now.of(article)) {
                (Some(at), Some(reading)) => self.0[at] = reading.clone(),
                (Some(at), None) => drop(self.0.remove(at)),
                (None, Some(reading)) => self.0.push(reading.clone()),
                (None, None) => {}
            }
        }
    }

    /// Forgets what was read longest ago and nobody saved, where it is too much.
    pub fn forget_the_oldest(&mut self) {
        let mut ages: Vec<u64> = self.0.iter().filter(|it| it.saved == 0).map(|it| it.at).collect();
        if ages.len() > REMEMBERED {
            ages.sort_unstable();
            let limit = ages[ages.len() - REMEMBERED];
            self.0.retain(|it| it.saved > 0 || it.at >= limit);
        }
    }

    /// Takes in what a file holds: the later word on each article counts. What was saved elsewhere is not here.
    pub fn take_in(&mut self, file: Vec<Reading>) {
        for mut reading in file.into_iter().filter(Reading::is_known) {
            (reading.saved, reading.bytes) = (0, 0);
            if !reading.is_known() {
                continue;
            }
            reading.share = reading.share.min(100);
            match self.0.iter_mut().find(|it| it.permalink == reading.permalink) {
                Some(known) => known.join(reading),
                None => self.0.push(reading),
            }
        }
    }

    /// What can be continued, the latest first.
    pub fn begun(&self) -> Vec<Reading> {
        self.latest(Reading::is_begun, |it| it.at)
    }

    /// What was saved, the latest first.
    pub fn saved(&self) -> Vec<Reading> {
        self.latest(|it| it.saved > 0, |it| it.saved)
    }

    /// What was read, the latest first.
    pub fn history(&self) -> Vec<Reading> {
        self.latest(|it| it.at > 0, |it| it.at)
    }

    fn latest(&self, which: impl Fn(&Reading) -> bool, when: impl Fn(&Reading) -> u64) -> Vec<Reading> {
        let mut some: Vec<Reading> = self.0.iter().filter(|it| which(it)).cloned().collect();
        some.sort_by_key(|it| std::cmp::Reverse(when(it)));
        some
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jumpline_article::error::read_json;

    fn reading(permalink: &str, at: u64, share: u8) -> Reading {
        Reading { permalink: permalink.to_owned(), at, share, minutes: 10, ..Reading::default() }
    }

    #[test]
    fn a_number_that_cannot_be_is_none() {
        let json = r#"{"permalink":"/a/","minutes":-1,"at":1700000000000,"share":256,"paragraph":1.5,"saved":1e300,"bytes":7}"#;
        let known = Reading { bytes: 7, paragraph: 1, minutes: 0, ..reading("/a/", 1_700_000_000_000, 0) };
        assert_eq!(read_json::<Reading>(json), Ok(known.clone()));
        assert_eq!(jumpline_article::tree::from_json::<Reading>(json), Ok(known));
        assert!(read_json::<Reading>(r#"{"permalink":"/a/","at":"yesterday"}"#).is_err());
    }

    #[test]
    fn what_is_begun_is_neither_a_glance_nor_done() {
        let mut all = Readings(vec![reading("/a/", 1, 50), reading("/b/", 2, 1), reading("/c/", 3, 20)]);
        let begun = |all: &Readings| all.begun().into_iter().map(|it| it.permalink).collect::<Vec<_>>();
        assert_eq!(begun(&all), ["/c/", "/a/"]);
        all.change("/c/", |it| it.done = true);
        assert_eq!(begun(&all), ["/a/"]);
        assert_eq!((all.0[0].minutes_left(), reading("/a/", 1, 99).minutes_left()), (5, 1));
        assert!(Reading { minutes: u32::MAX, ..reading("/a/", 1, 50) }.minutes_left() > 5);
        assert_eq!(all.history().len(), 3);
    }

    #[test]
    fn what_nobody_saved_is_forgotten_in_the_end() {
        let mut all = Readings::default();
        all.change("/saved/", |it| (it.at, it.saved) = (1, 1));
        for at in 2..1200 {
            all.change(&format!("/{at}/"), |it| it.at = at);
        }
        all.forget_the_oldest();
        assert_eq!(all.0.len(), REMEMBERED + 1);
        assert!(all.of("/saved/").is_some() && all.of("/2/").is_none() && all.of("/1199/").is_some());
        all.change("/saved/", |it| (it.at, it.saved, it.bytes) = (0, 0, 7));
        assert!(all.of("/saved/").is_some_and(Reading::is_removed), "its files are still here");
        all.change("/saved/", |it| it.bytes = 0);
        assert!(all.of("/saved/").is_none(), "nothing of it is kept");
    }

    #[test]
    fn what_another_tab_knows_takes_the_place_of_what_this_one_knew() {
        let mut all = Readings(vec![reading("/a/", 1, 50), reading("/b/", 2, 10), reading("/c/", 3, 10)]);
        let names = ["/a/", "/b/", "/d/", "/e/"].map(str::to_owned);
        all.replace(&names, Readings(vec![reading("/d/", 9, 1), reading("/a/", 8, 60)]));
        assert_eq!(all, Readings(vec![reading("/a/", 8, 60), reading("/c/", 3, 10), reading("/d/", 9, 1)]));
    }

    #[test]
    fn a_file_is_taken_in_without_losing_anything() {
        let mut all = Readings(vec![reading("/a/", 5, 50), reading("/b/", 5, 10)]);
        all.change("/a/", |it| (it.saved, it.bytes) = (7, 700));
        let mut done = reading("/b/", 1, 100);
        done.done = true;
        let elsewhere = Reading { saved: 9, bytes: 9, ..reading("/c/", 0, 0) };
        all.take_in(vec![reading("/a/", 9, 80), done, elsewhere, reading("/a/../b/", 1, 1), reading("/d/", 1, 255)]);
        let a = all.of("/a/").unwrap();
        assert_eq!((a.at, a.share, a.saved, a.bytes), (9, 80, 7, 700));
        let b = all.of("/b/").unwrap();
        assert_eq!((b.at, b.share, b.done), (5, 10, true));
        assert_eq!((all.of("/c/"), all.0.len(), all.of("/d/").unwrap().share), (None, 3, 100));
    }
}
