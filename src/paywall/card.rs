//! What this device knows of its pass, and how it is written beside the pass' key.

use jumpline_article::Slug;
use jumpline_article::wall::{Bytes, Claims, Epoch, PassId, Status};

/// A pass as its holder sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Which pass.
    pub id: PassId,
    /// What its entry in the keyring is found by.
    pub tag: Bytes,
    /// How it stands with it, as the keyring last said.
    pub status: Status,
    /// The last day that it is paid for, `2027-01-31`.
    pub until: String,
    /// What it has opened, a line each tier.
    pub months: Vec<Months>,
}

/// The months of a tier that a pass opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Months {
    /// The tier.
    pub tier: Slug,
    /// The oldest.
    pub first: Epoch,
    /// The newest.
    pub last: Epoch,
}

impl Card {
    /// The pass as the keyring shows it now; a pass that ended keeps the months that it had.
    pub fn of(id: PassId, tag: Bytes, claims: &Claims, before: Option<&Self>) -> Self {
        let granted = claims.grants.iter().map(|it| Months { tier: it.tier.clone(), first: it.first, last: it.epoch });
        let mut months: Vec<Months> = granted.collect();
        if months.is_empty() {
            months = before.filter(|it| it.id == id).map(|it| it.months.clone()).unwrap_or_default();
        }
        Self { id, tag, status: claims.status, until: claims.until.clone(), months }
    }

    /// How it stands on a day, `2026-11-25`: what was paid for ends whether or not the keyring is asked.
    pub fn status_on(&self, day: &str) -> Status {
        match self.status {
            Status::Live if self.until.as_str() < day => Status::Lapsed,
            status => status,
        }
    }

    /// As the database holds it: `<id> <tag> live 2027-01-31 paid 2025-02 2026-11`.
    pub fn to_text(&self) -> String {
        let mut parts =
            vec![self.id.to_string(), self.tag.to_string(), name(self.status).to_owned(), self.until.clone()];
        for it in &self.months {
            parts.extend([it.tier.to_string(), it.first.to_string(), it.last.to_string()]);
        }
        parts.join(" ")
    }

    /// Reads it; `None` when another reader wrote it.
    pub fn parse(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split(' ').collect();
        let [id, tag, status, until, months @ ..] = &parts[..] else { return None };
        let status = [Status::Live, Status::Lapsed, Status::Revoked].into_iter().find(|it| name(*it) == *status)?;
        let months = months.chunks_exact(3).map(|it| {
            let (first, last) = (Epoch::parse(it[1])?, Epoch::parse(it[2])?);
            Some(Months { tier: Slug::from_name(it[0]), first, last })
        });
        let months = months.collect::<Option<Vec<_>>>()?;
        Some(Self { id: PassId::parse(id)?, tag: Bytes::parse(tag)?, status, until: (*until).to_owned(), months })
    }
}

fn name(status: Status) -> &'static str {
    match status {
        Status::Live => "live",
        Status::Lapsed => "lapsed",
        Status::Revoked => "revoked",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card() -> Card {
        let month = |text| Epoch::parse(text).expect("is a month");
        Card {
            id: PassId::parse("st0c1234567890ab").expect("is an id"),
            tag: Bytes(vec![7; 12]),
            status: Status::Live,
            until: "2027-01-31".to_owned(),
            months: vec![Months { tier: Slug::from_name("paid"), first: month("2025-02"), last: month("2026-11") }],
        }
    }

    #[test]
    fn a_card_reads_as_it_is_written() {
        assert_eq!(Card::parse(&card().to_text()), Some(card()));
        for text in ["", "x y live 2027", "st0c1234567890ab BwcH odd 2027-01-31"] {
            assert_eq!(Card::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_pass_ends_by_itself() {
        assert_eq!(card().status_on("2027-01-31"), Status::Live);
        assert_eq!(card().status_on("2027-02-01"), Status::Lapsed);
    }

    #[test]
    fn a_pass_that_ended_keeps_its_months() {
        let claims = Claims { version: 1, status: Status::Lapsed, until: "2026-10-31".to_owned(), grants: Vec::new() };
        let lapsed = Card::of(card().id, card().tag, &claims, Some(&card()));
        assert_eq!((lapsed.status, &lapsed.months), (Status::Lapsed, &card().months));
        let other = PassId::parse("st0czzzzzzzzzzzz").expect("is an id");
        assert!(Card::of(other, card().tag, &claims, Some(&card())).months.is_empty());
    }
}
