//! What every view knows: the publication, the words of its language, and how to write an address.

use crate::browser::fetch::FetchError;
use crate::messages::{Key, Messages};
use crate::paths::Route;
use jumpline_article::{Date, Item, Page, Publication};
use leptos::prelude::expect_context;
use std::sync::Arc;

/// The publication and its words. Cheap to clone; provided once, at the root.
#[derive(Clone, Debug)]
pub struct Site {
    publication: Arc<Publication>,
    /// The words of the interface.
    pub messages: Messages,
}

/// What words need that are not in the publication's language: their language and, where it runs the other way, its direction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tongue {
    /// As `lang` says it.
    pub lang: Option<String>,
    /// As `dir` says it.
    pub dir: Option<&'static str>,
}

impl Site {
    /// Brings the two together.
    pub fn new(publication: Publication, messages: Messages) -> Self {
        Self { publication: Arc::new(publication), messages }
    }

    /// The site of the current view. Every view stands below [`crate::app::App`], which provides it.
    pub fn current() -> Self {
        expect_context()
    }

    /// The publication.
    pub fn publication(&self) -> &Publication {
        &self.publication
    }

    /// A sentence without anything to fill in.
    pub fn text(&self, key: Key) -> &'static str {
        self.messages.text(key)
    }

    /// A sentence that names the publication as `{name}`.
    pub fn named(&self, key: Key) -> String {
        self.messages.fill(key, &[("name", &self.publication.title)])
    }

    /// What somebody is invited with who has not subscribed: nothing is promised that is open anyway.
    pub fn invitation(&self) -> &'static str {
        self.text(invitation(&self.publication))
    }

    /// The address of a place.
    pub fn href(&self, route: &Route) -> String {
        route.href(&self.publication.base)
    }

    /// The address of a file below the base; an absolute URL stays as it is.
    pub fn file(&self, path: &str) -> String {
        if path.starts_with("https://") || path.starts_with("http://") {
            path.to_owned()
        } else {
            self.publication.base.join(path)
        }
    }

    /// The language of an article's words beside those of the interface; nothing where it is the publication's.
    pub fn tongue(&self, language: Option<&str>) -> Tongue {
        let own = self.publication.language.direction();
        let dir = language.map(direction).filter(|it| *it != own);
        Tongue { lang: language.map(ToOwned::to_owned), dir }
    }

    /// What an item is called where it needs a name: its title, or the day of a note that has none.
    pub fn headline(&self, item: &Item) -> String {
        match (&item.title, &item.date_published) {
            (Some(title), _) if !title.trim().is_empty() => title.clone(),
            (_, Some(date)) => self.messages.fill(Key::Untitled, &[("date", &self.messages.date(date))]),
            _ => item.id.clone(),
        }
    }

    /// The window's title for a page.
    pub fn window_title(&self, page: &Page) -> String {
        use jumpline_article::ListingKind::{Archive, Author, Home, Section, Tag};
        let name = &self.publication.title;
        let own = match page {
            Page::Article(item) => self.headline(item),
            Page::Account => self.text(Key::AccountTitle).to_owned(),
            Page::Library => self.text(Key::LibraryTitle).to_owned(),
            Page::Subscribe => return self.named(Key::SubscribeTitle),
            Page::NotFound | Page::Unfilled => self.text(Key::NotFoundTitle).to_owned(),
            Page::Listing(feed) => match feed.listing.as_ref() {
                Some(listing) => {
                    let place = match listing.kind {
                        Home => return format!("{name}: {}", self.publication.description),
                        Archive => self.text(Key::ArchiveTitle).to_owned(),
                        Tag => self.messages.fill(Key::TagTitle, &[("name", &listing.name)]),
                        Section | Author => listing.name.clone(),
                    };
                    match listing.page > 1 {
                        true => [&place, self.text(Key::ListJoin), &self.page_of(listing)].concat(),
                        false => place,
                    }
                }
                None => feed.title.clone(),
            },
        };
        format!("{own} · {name}")
    }

    /// Why a document did not come, in a sentence.
    pub fn fetch_error(&self, error: &FetchError) -> String {
        match error {
            FetchError::TimedOut => self.text(Key::LoadSlow).to_owned(),
            FetchError::Status(status) => self.messages.fill(Key::LoadServer, &[("status", &status.to_string())]),
            FetchError::Unreachable => self.text(Key::LoadOffline).to_owned(),
            // It is named by what is there: the site is not whole.
            FetchError::Missing => self.text(Key::LoadBroken).to_owned(),
        }
    }

    /// A day such as `2027-01-31` in words; as it is when it is none.
    pub fn day(&self, day: &str) -> String {
        let date = Date::parse(&format!("{day}T00:00:00Z"));
        date.map_or_else(|| day.to_owned(), |it| self.messages.date(&it))
    }

    /// "Page 2 of 7".
    pub fn page_of(&self, listing: &jumpline_article::Listing) -> String {
        let (page, pages) = (self.messages.number(listing.page), self.messages.number(listing.pages));
        self.messages.fill(Key::PageOf, &[("page", &page), ("pages", &pages)])
    }
}

/// Which way a language runs, as `dir` says it: by the script where the tag names one (RFC 5646, four letters), else by the one that it is
/// mostly written in.
pub fn direction(language: &str) -> &'static str {
    let tag = language.to_ascii_lowercase();
    let (name, more) = tag.split_once('-').unwrap_or((&tag, ""));
    let is_rtl = match more.split('-').find(|it| it.len() == 4 && !it.starts_with(|it: char| it.is_ascii_digit())) {
        Some(script) => matches!(script, "arab" | "hebr" | "thaa" | "syrc" | "nkoo" | "adlm"),
        None => {
            matches!(name, "ar" | "fa" | "he" | "ur" | "yi" | "ps" | "sd" | "ug" | "dv" | "ckb" | "ks" | "syr" | "nqo")
        }
    };
    if is_rtl { "rtl" } else { "ltr" }
}

/// The sentence that invites to subscribe: a publication that locks nothing has no more to give to who does.
pub fn invitation(publication: &Publication) -> Key {
    if publication.paywall.lock.is_some() { Key::SubscribeInvite } else { Key::SubscribeFollow }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_locks_nothing_promises_nothing() {
        let read = |more: &str| {
            let json = format!(r#"{{"title":"T","url":"https://t.example/"{more}}}"#);
            jumpline_article::error::read_json::<Publication>(&json).expect("is sound")
        };
        assert_eq!(invitation(&read("")), Key::SubscribeFollow);
        let lock = r#","paywall":{"lock":{"mark":"abcd","bits":4,"members":"AA"}}"#;
        assert_eq!(invitation(&read(lock)), Key::SubscribeInvite);
    }

    #[test]
    fn a_foreign_article_knows_its_direction() {
        for tag in ["ar-EG", "AR", "ckb", "ku-Arab", "az-arab-IR"] {
            assert_eq!(direction(tag), "rtl", "{tag}");
        }
        for tag in ["de", "ar-Latn", "ku", "es-419", "de-1901", ""] {
            assert_eq!(direction(tag), "ltr", "{tag}");
        }
    }
}
