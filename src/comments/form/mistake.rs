//! What may be wrong with a reply: where it is, and what is said of it.

use super::{EMAIL, NAME, TEXT, WEBSITE};
use crate::messages::Key;
use crate::site::Site;

/// What is wrong, and with which field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mistake {
    Short,
    Long(usize),
    Name,
    EmailMissing,
    EmailWrong,
    Website,
    Honeypot,
    Fast,
    Elsewhere,
    NotKept,
    Gone,
}

impl Mistake {
    /// The field whose words are not right; `None` where it is not the words that keep it from being sent.
    pub(super) fn wrong(self) -> Option<&'static str> {
        match self {
            Self::Honeypot | Self::Fast | Self::Elsewhere | Self::NotKept | Self::Gone => None,
            _ => Some(self.field()),
        }
    }

    /// The field to go to.
    pub(super) fn field(self) -> &'static str {
        match self {
            Self::Name => NAME,
            Self::EmailMissing | Self::EmailWrong => EMAIL,
            Self::Website => WEBSITE,
            _ => TEXT,
        }
    }

    /// What a reader is told; `shortest` is what a comment must have in characters.
    pub(super) fn sentence(self, site: &Site, shortest: usize) -> String {
        let count = |key, it| site.messages.count(key, u32::try_from(it).unwrap_or(u32::MAX));
        let key = match self {
            Self::Short => return count(Key::ReplyShort, shortest),
            Self::Long(over) => return count(Key::ReplyOver, over),
            Self::Name => Key::ReplyNameMissing,
            Self::EmailMissing => Key::EmailMissing,
            Self::EmailWrong => Key::EmailWrong,
            Self::Website => Key::ReplyWebsiteWrong,
            Self::Honeypot => Key::ReplyHoneypotFull,
            Self::Fast => Key::ReplyTooFast,
            Self::Elsewhere => Key::ReplyElsewhere,
            Self::NotKept => Key::ReplyNotSaved,
            Self::Gone => Key::ReplyGone,
        };
        site.text(key).to_owned()
    }
}

/// A website as a link needs it.
pub(super) fn website(typed: &str) -> String {
    if typed.is_empty() || typed.contains("://") { typed.to_owned() } else { ["https://", typed].concat() }
}

pub(super) fn is_website(address: &str) -> bool {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    rest.is_some_and(|it| it.split('/').next().is_some_and(|host| host.contains('.') && !host.contains([' ', '@'])))
}
