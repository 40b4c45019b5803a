//! Members' articles that anybody may read in a calendar month, counted on this device.

use crate::browser::storage::{self, Shelf};
use crate::browser::{names, time};
use crate::site::Site;
use leptos::prelude::*;

/// The meter; provided once, at the root. A soft wall asks, and does not lock: who clears the storage begins anew.
#[derive(Clone, Copy)]
pub struct Meter {
    limit: u32,
    read: RwSignal<Read>,
    base: StoredValue<String>,
}

/// What was read in a month.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Read {
    month: String,
    ids: Vec<String>,
}

impl Meter {
    /// The meter of a publication: it allows so many articles a month, and nothing is counted when those are none.
    pub fn new(site: &Site) -> Self {
        let base = site.publication().base.as_str().to_owned();
        let limit = site.publication().paywall.free_articles;
        Self { limit, read: RwSignal::new(Read::default()), base: StoredValue::new(base) }
    }

    /// The meter of the current view.
    pub fn current() -> Self {
        expect_context()
    }

    /// Looks what is kept on this device, and follows other tabs. After the page has mounted.
    pub fn load(self) {
        self.refresh();
        storage::on_change(self.key(), move || self.refresh());
    }

    fn key(self) -> String {
        self.base.with_value(|it| storage::own(it, names::METER))
    }

    fn refresh(self) {
        let kept = self.base.with_value(|it| storage::read_own(it, names::METER)).ok().flatten().unwrap_or_default();
        let month = time::month();
        self.read.set(Read::parse(&kept).of(&month));
    }

    /// Articles that anybody may read in a month. 0: there is no meter.
    pub fn limit(self) -> u32 {
        self.limit
    }

    /// How many were read this month, at most [`Meter::limit`].
    pub fn used(self) -> u32 {
        self.limit - self.remaining()
    }

    /// How many are left this month.
    pub fn remaining(self) -> u32 {
        let read = self.read.with(|it| u32::try_from(it.ids.len()).unwrap_or(u32::MAX));
        self.limit.saturating_sub(read)
    }

    /// Whether an article may be opened: the month's are not used up, or it was counted already.
    pub fn allows(self, article: &str) -> bool {
        self.now().spend(self.limit, article)
    }

    /// Counts an article that was opened; a second reading of the same article counts once.
    pub fn spend(self, article: &str) {
        let mut read = self.now();
        if read.spend(self.limit, article) {
            let _ = storage::write(Shelf::Device, &self.key(), &read.to_text());
        }
        self.read.set(read);
    }

    /// What was read this month, in any tab.
    fn now(self) -> Read {
        let kept = self.base.with_value(|it| storage::read_own(it, names::METER));
        // Without storage the count lives as long as the page.
        let read = match kept {
            Ok(kept) => Read::parse(&kept.unwrap_or_default()),
            Err(_) => self.read.get_untracked(),
        };
        read.of(&time::month())
    }
}

impl Read {
    fn parse(text: &str) -> Self {
        let mut words = text.split(' ');
        let month = words.next().unwrap_or_default().to_owned();
        Self { month, ids: words.filter(|it| !it.is_empty()).map(decode).collect() }
    }

    fn to_text(&self) -> String {
        let mut text = self.month.clone();
        for id in &self.ids {
            text.push(' ');
            text.push_str(&encode(id));
        }
        text
    }

    /// What of it holds in a month: another month begins empty.
    fn of(self, month: &str) -> Self {
        if self.month == month { self } else { Self { month: month.to_owned(), ids: Vec::new() } }
    }

    fn spend(&mut self, limit: u32, article: &str) -> bool {
        if limit == 0 {
            return false;
        }
        if self.ids.iter().any(|it| it == article) {
            return true;
        }
        let is_free = self.ids.len() < limit as usize;
        if is_free {
            self.ids.push(article.to_owned());
        }
        is_free
    }
}

/// Percent-encodes what would part words.
fn encode(id: &str) -> String {
    id.replace('%', "%25").replace(' ', "%20")
}

fn decode(word: &str) -> String {
    word.replace("%20", " ").replace("%25", "%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_counts_once_and_a_month_ends() {
        let mut read = Read::parse("2026-11 a%20b 100%25").of("2026-11");
        assert_eq!(read.ids, ["a b", "100%"]);
        assert!(read.spend(2, "a b"));
        assert!(!read.spend(2, "c"));
        assert!(read.spend(3, "%20"));
        assert_eq!(read.to_text(), "2026-11 a%20b 100%25 %2520");
        assert_eq!(Read::parse(&read.to_text()), read);
        assert!(read.clone().of("2026-12").ids.is_empty());
        assert!(!Read::default().spend(0, "a"));
    }

    #[test]
    fn what_is_no_meter_counts_nothing() {
        assert!(Read::parse("").of("2026-11").ids.is_empty());
        assert!(Read::parse("{\"x\":1} y").of("2026-11").ids.is_empty());
    }
}
