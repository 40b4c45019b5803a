//! One spelling for each tag and author: what two keyboards write differently shall not have two pages.

use super::address;
use crate::render::Rendered;
use icu_normalizer::ComposingNormalizerBorrowed;
use jumpline_article::{Publication, Slug};
use std::collections::HashMap;

/// A name as it is meant: capitals and the ways to write an accent (Unicode, NFC) aside.
fn meant(name: &str) -> String {
    composed(name).to_lowercase()
}

/// A text with each accented letter as one character, as most keyboards write it.
pub(crate) fn composed(text: &str) -> String {
    ComposingNormalizerBorrowed::new_nfc().normalize(text).into_owned()
}

/// Gives names that mean the same the spelling of the newest article, where they would have pages of their own.
pub(super) fn unite(articles: &mut [Rendered], publication: &Publication) {
    let (mut tags, mut authors) = (Known::default(), Known::default());
    // The publication's own word on an author comes first.
    for author in &publication.authors {
        authors.unite(&mut author.name.clone());
    }
    for article in articles {
        for tag in &mut article.item.tags {
            tags.unite(tag);
        }
        let mut seen = Vec::new();
        article.item.tags.retain(|tag| {
            let is_first = !seen.contains(tag);
            seen.push(tag.clone());
            is_first
        });
        for author in &mut article.item.authors {
            if let Some(name) = &mut author.name
                && authors.unite(name)
            {
                author.url = Some(address::author(name, publication));
            }
        }
    }
}

/// The first spelling of each name.
#[derive(Default)]
struct Known(HashMap<String, String>);

impl Known {
    /// Gives a name the spelling that is known. `true` when it had another, with another page.
    fn unite(&mut self, name: &mut String) -> bool {
        let first = self.0.entry(meant(name)).or_insert_with(|| composed(name));
        let is_other = Slug::from_name(first) != Slug::from_name(name);
        if is_other {
            name.clone_from(first);
        }
        is_other
    }
}
