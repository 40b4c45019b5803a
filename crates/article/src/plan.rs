//! What a publisher offers, and how the wall stands: `subscribe`, `tiers` and `paywall` of `publication.toml`.

use crate::Slug;
use crate::commenting::origin;
use crate::wall::Bytes;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the subscribe view offers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "host", serde(deny_unknown_fields))]
pub struct Subscribe {
    /// Why one should, in a sentence or two.
    pub invitation: String,
    /// What a subscriber gets, a line each.
    pub benefits: Vec<String>,
    /// The publisher's own sign-up page, when there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Who takes the address of a new subscriber.
    pub provider: Provider,
    /// The invitation that opens over an article.
    pub modal: Modal,
}

/// Who takes the address of a new subscriber.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Provider {
    /// Nobody: it is kept on the reader's device, who can export it.
    #[default]
    Local,
    /// The form of any newsletter service.
    Form(Form),
    /// A Ghost site, which sends a link to sign in.
    Ghost(Ghost),
}

/// A form that a service offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "host", serde(deny_unknown_fields))]
pub struct Form {
    /// Where it is sent to, by POST.
    pub url: String,
    /// How it is written.
    #[serde(default)]
    pub encoding: Encoding,
    /// Name of the field with the address.
    #[serde(default = "email")]
    pub email: String,
    /// Name of the field that people do not see and robots fill in; sent empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub honeypot: Option<String>,
    /// Fields that are always sent, such as the id of a list.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, String>,
}

/// How the fields of a form are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Encoding {
    /// `application/x-www-form-urlencoded`.
    #[default]
    Form,
    /// `application/json`.
    Json,
}

/// A Ghost site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "host", serde(deny_unknown_fields))]
pub struct Ghost {
    /// Its address, such as `https://letters.example`.
    pub url: String,
}

impl Provider {
    /// The origin that the reader's browser talks to, for the policy of a page; `None` when it talks to nobody.
    pub fn origin(&self) -> Option<String> {
        match self {
            Self::Local => None,
            Self::Form(form) => origin(&form.url),
            Self::Ghost(ghost) => origin(&ghost.url),
        }
    }
}

/// When the invitation opens over a public article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "host", serde(deny_unknown_fields))]
pub struct Modal {
    /// Whether it opens at all.
    pub enabled: bool,
    /// Seconds after which it opens.
    pub after_seconds: u32,
    /// Part of the body, in percent, after which it opens, if that is earlier.
    pub after_percent: u32,
    /// Hours for which it stays away once it was closed.
    pub again_after_hours: u32,
}

impl Default for Modal {
    fn default() -> Self {
        Self { enabled: true, after_seconds: 60, after_percent: 50, again_after_hours: 24 }
    }
}

/// Something that can be paid for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "host", serde(deny_unknown_fields))]
pub struct Tier {
    /// What articles and passes call it, such as `paid`. Never changed once a pass was sent out: keys are derived from it.
    pub name: Slug,
    /// What readers call it.
    pub title: String,
    /// Such as `€5`; nothing is computed with it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub price: String,
    /// Such as `a month`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub period: String,
    /// What it brings, a line each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub benefits: Vec<String>,
    /// Where it is paid for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// How the wall stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "host", serde(deny_unknown_fields))]
pub struct Paywall {
    /// File of the publisher's secret, from the folder of `publication.toml`. The press takes it out: it is nobody else's business.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
    /// Whether who holds a pass may give an article away.
    pub gifts: bool,
    /// Articles for members that anybody may read in a month.
    pub free_articles: u32,
    /// What the reader needs to open anything; written by the press as soon as something is gated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lock: Option<Lock>,
}

impl Default for Paywall {
    fn default() -> Self {
        Self { secret: None, gifts: true, free_articles: 0, lock: None }
    }
}

/// What a page says of the locks in its publication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lock {
    /// The letters that every pass of this publication begins with.
    pub mark: String,
    /// There are `1 << bits` buckets of the keyring.
    pub bits: u8,
    /// 32 bytes that wrap the content keys of members' articles. No secret: a soft wall asks, and does not lock.
    pub members: Bytes,
}

fn email() -> String {
    "email".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_names_its_origin() {
        let form = |url: &str| {
            let url = url.to_owned();
            Provider::Ghost(Ghost { url }).origin()
        };
        assert_eq!(form("https://letters.example/sign-up?list=1").as_deref(), Some("https://letters.example"));
        assert_eq!(form("http://127.0.0.1:8081").as_deref(), Some("http://127.0.0.1:8081"));
        assert_eq!(form("letters"), None);
        assert_eq!(Provider::Local.origin(), None);
    }
}
