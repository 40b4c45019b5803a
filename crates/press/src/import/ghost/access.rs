//! Who may read an article, by what Ghost calls its visibility. What is not understood is locked.

use super::export::Export;
use super::format::Post;
use crate::import::remarks::Remarks;
use crate::import::report::Topic;
use jumpline_article::Slug;

/// Who may read an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Access {
    Public,
    Members,
    Paid,
    /// Who has paid for one of these tiers.
    Tiers(Vec<Slug>),
    /// Some people, and nobody here knows which.
    Unknown(String),
}

/// Who may read a post.
pub(super) fn of(post: &Post, export: &Export) -> Access {
    match post.visibility.get() {
        None => Access::Unknown("visibility: null".to_owned()),
        Some("public") => Access::Public,
        Some("members") => Access::Members,
        Some("paid") => Access::Paid,
        Some("tiers" | "filter") => {
            named(export.tiers_of(&post.id), || "tiers that the export does not name".to_owned())
        }
        Some(filter) => of_filter(filter, export),
    }
}

fn named(tiers: Vec<Slug>, why: impl Fn() -> String) -> Access {
    if tiers.is_empty() { Access::Unknown(why()) } else { Access::Tiers(tiers) }
}

/// Before 4.40 a filter stood in the visibility itself: `status:-free`, `product:gold,product:silver`, `label:vip`.
fn of_filter(filter: &str, export: &Export) -> Access {
    let (mut free, mut paid, mut tiers) = (false, false, Vec::new());
    for (key, value) in terms(filter) {
        match (key, value) {
            ("status", "free") => free = true,
            ("status", "-free" | "paid" | "comped") => paid = true,
            ("product" | "products" | "tier" | "tiers", slug) => tiers.extend(export.tier(slug)),
            _ => return Access::Unknown(filter.to_owned()),
        }
    }
    match (free, paid) {
        (true, _) => Access::Members,
        (false, true) => Access::Paid,
        (false, false) => named(tiers, || filter.to_owned()),
    }
}

/// `a:b,c:[d,e]` as pairs of key and value. What is no list of alternatives has a key that nobody knows.
fn terms(filter: &str) -> Vec<(&str, &str)> {
    let mut terms = Vec::new();
    let mut key = "";
    for part in filter.split(',') {
        let value = match part.split_once(':') {
            Some((name, value)) => {
                key = name.trim();
                value
            }
            None => part,
        };
        let value = value.trim().trim_matches(['[', ']', '\'', '"', ' ']);
        let plain = value.bytes().all(|it| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_'));
        terms.push((if plain { key } else { "" }, value));
    }
    terms
}

impl Access {
    /// Says what keeps the article from being open to everybody.
    pub(super) fn remark(&self, remarks: &mut Remarks) {
        match self {
            Self::Public => {}
            Self::Members => remarks.gate("`visibility: members`"),
            Self::Paid => remarks.gate("`visibility: paid`"),
            Self::Tiers(tiers) => {
                let tiers = tiers.iter().map(Slug::as_str).collect::<Vec<_>>().join(", ");
                remarks.gate(&format!("tiers {tiers}"));
            }
            Self::Unknown(what) => {
                let text = "is for some members only, and the export does not say for which in a way that is known here; it is taken for \
                    paid, and every tier opens it";
                remarks.detail(Topic::Check, text, &format!("`{what}`"));
                remarks.gate(&format!("`{what}`"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::ghost::format::{Product, Tables};
    use url::Url;

    #[test]
    fn filters_are_understood_or_locked() {
        let product = |slug: &str, kind: &str| -> Product {
            serde_json::from_str(&format!("{{\"id\":\"{slug}\",\"slug\":\"{slug}\",\"type\":\"{kind}\"}}"))
                .expect("is one")
        };
        let tables =
            Tables { products: Some(vec![product("gold", "paid"), product("free", "free")]), ..Tables::default() };
        let export = Export::new(tables, Url::parse("https://g.example/").expect("is one"));
        let gold = || Access::Tiers(vec![Slug::from_name("gold")]);
        for (filter, expected) in [
            ("status:-free", Access::Paid),
            ("status:free,status:-free", Access::Members),
            ("product:gold", gold()),
            ("product:[gold,gone]", gold()),
            ("product:gold,status:-free", Access::Paid),
            ("product:free", Access::Unknown("product:free".to_owned())),
            ("label:vip", Access::Unknown("label:vip".to_owned())),
            ("status:free+label:vip", Access::Unknown("status:free+label:vip".to_owned())),
            ("status:free,(label:vip)", Access::Unknown("status:free,(label:vip)".to_owned())),
            ("nonsense", Access::Unknown("nonsense".to_owned())),
        ] {
            assert_eq!(of_filter(filter, &export), expected, "{filter}");
        }
    }
}
