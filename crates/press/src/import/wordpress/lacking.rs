//! What an article names and its export does not hold: without it, the article would come in poorer than it is.

use super::export::Export;
use super::item::Item;
use super::{places, text};
use std::collections::BTreeSet;

/// What tells which section an article belongs to.
pub(super) const CATEGORIES: &str = "the list of categories";
/// What tells where links to a category or tag lead.
pub(super) const LINKED: &str = "categories or tags that it links to";

/// Pictures and reusable blocks that an article names by number, and categories, that the export lacks, as a report names them.
pub(super) fn lacking(item: &Item, export: &Export) -> BTreeSet<String> {
    let mut search = Search { export, lacks: BTreeSet::new(), seen: BTreeSet::new() };
    search.attachments(item.meta("_thumbnail_id").into_iter().filter(|it| *it != "0"));
    search.text(item.get("content:encoded"), &item.id);
    let mut categories = item.terms().filter(|it| it.domain == "category" && !it.nicename.is_empty());
    if categories.any(|it| !export.categories.lists(&text::percent_decode(it.nicename))) {
        search.lacks.insert(CATEGORIES.to_owned());
    }
    search.lacks
}

struct Search<'a> {
    export: &'a Export,
    lacks: BTreeSet<String>,
    /// Blocks may hold themselves.
    seen: BTreeSet<String>,
}

impl Search<'_> {
    fn text(&mut self, text: &str, article: &str) {
        self.attachments(numbers_after(text, "wp-image-"));
        self.attachments(numbers_after(text, "attachment_id="));
        if places::leads_astray(text, self.export) {
            self.lacks.insert(LINKED.to_owned());
        }
        let prose = without_code(text);
        for call in ["[gallery", "[playlist"].iter().flat_map(|it| prose.split(it).skip(1)) {
            let call = call.split(']').next().unwrap_or_default();
            let ids = ["ids=", "include="].iter().find_map(|it| call.split_once(it)).map(|it| it.1);
            match ids {
                Some(ids) => {
                    let list = ids.trim_start_matches(['"', '\'', ' ']).split(['"', '\'']).next().unwrap_or_default();
                    self.attachments(list.split(',').map(str::trim).filter(|it| is_number(it)));
                }
                None if self.export.gallery_of.contains_key(article) => {}
                None => drop(self.lacks.insert("attachments of a [gallery]".to_owned())),
            }
        }
        for number in numbers_after(text, "wp:block {\"ref\":") {
            if !self.seen.insert(number.to_owned()) {
                continue;
            }
            match self.export.blocks.get(number) {
                Some(inside) => self.text(inside, article),
                None => drop(self.lacks.insert(format!("block {number}"))),
            }
        }
    }

    fn attachments<'a>(&mut self, numbers: impl Iterator<Item = &'a str>) {
        let missing = numbers.filter(|it| !self.export.attachments.contains_key(*it));
        self.lacks.extend(missing.map(|it| format!("attachment {it}")));
    }
}

/// Code quotes shortcodes and calls none.
fn without_code(text: &str) -> String {
    let mut parts = text.split("<code");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| all + part.split_once("</code>").map_or("", |it| it.1))
}

fn numbers_after<'a>(text: &'a str, mark: &'a str) -> impl Iterator<Item = &'a str> {
    let number = |it: &'a str| it.split(|it: char| !it.is_ascii_digit()).next().unwrap_or_default();
    text.split(mark).skip(1).map(number).filter(|it| !it.is_empty())
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit())
}
