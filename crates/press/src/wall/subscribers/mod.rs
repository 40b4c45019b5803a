//! A list of subscribers, as Ghost, Substack and Stripe export it, becomes passes.

mod apply;
mod columns;
mod list;
mod lists;

pub use apply::{Changes, apply};
pub use list::{Listed, PassedOver, read};

use crate::source::nearest::nearest;
use jiff::civil::Date;
use jumpline_article::{Slug, Tier};

/// What a list is read with.
#[derive(Debug)]
pub struct Rules<'a> {
    /// The file's name, for messages.
    pub file: &'a str,
    /// The publication's tiers, by name and title.
    pub tiers: &'a [(Slug, String)],
    /// The tier of everybody in a list without such a column, and of who pays nothing because somebody gave it.
    pub tier: Option<Slug>,
    /// The last day of who has none in the list.
    pub until: Option<Date>,
    /// Today.
    pub today: Date,
    /// The letters that every pass begins with.
    pub mark: &'a str,
    /// The list's name; empty where there is only one.
    pub source: &'a str,
    /// Whether most of who came by this list may go at once.
    pub others_ended: bool,
}

/// Who is in a list and pays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscriber {
    /// In lower case.
    pub email: String,
    /// May be empty.
    pub name: String,
    /// What is paid for, sorted.
    pub tiers: Vec<Slug>,
    /// Until when.
    pub until: Date,
}

/// Names and titles of a publication's tiers.
pub fn known_tiers(names: &[Slug], tiers: &[Tier]) -> Vec<(Slug, String)> {
    let title = |name: &Slug| tiers.iter().find(|it| it.name == *name).map(|it| it.title.clone()).unwrap_or_default();
    names.iter().map(|it| (it.clone(), title(it))).collect()
}

fn tier(name: &str, rules: &Rules<'_>) -> Result<Slug, String> {
    let slug = Slug::from_name(name);
    let known = rules.tiers.iter().find(|it| it.0 == slug || it.1.eq_ignore_ascii_case(name));
    known.map(|it| it.0.clone()).ok_or_else(|| {
        let names = || rules.tiers.iter().map(|it| it.0.as_str());
        match nearest(name, names()) {
            Some(meant) => format!("there is no tier `{name}`; did you mean `{meant}`?"),
            None => format!("there is no tier `{name}`; known are {}", names().collect::<Vec<_>>().join(", ")),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    pub(super) const TODAY: Date = date(2026, 11, 25);

    pub(super) fn with<T>(run: impl FnOnce(&Rules<'_>) -> T) -> T {
        let tiers = [(Slug::from_name("paid"), "Friends".to_owned()), (Slug::from_name("gold"), "Gold".to_owned())];
        run(&Rules {
            file: "list.csv",
            tiers: &tiers,
            tier: None,
            until: None,
            today: TODAY,
            mark: "st0c",
            source: "",
            others_ended: false,
        })
    }
}
