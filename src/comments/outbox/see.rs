//! What a provider shows, and what that says of what this device keeps.

use super::{Entry, Kept, Own, Stage};
use jumpline_article::comment::Status;
use jumpline_article::commenting::{Act, Service, letters};
use jumpline_article::{Comment, Permalink, markup};

/// Days after which a comment that was held and never shown is taken for rejected: Isso's `purge-after`.
const HELD_DAYS: u64 = 30;
const DAY: u64 = 24 * 60 * 60 * 1000;
/// A list that was asked for within so many milliseconds of a comment may not have it yet.
const SETTLING: u64 = 10_000;

impl Kept {
    /// Whether a comment of the provider is known to be another one of this reader's.
    pub fn has(&self, permalink: &Permalink, comment: &Comment) -> bool {
        let same =
            |it: &Own| it.permalink == *permalink && it.comment.id == comment.id && it.comment.date == comment.date;
        self.own.iter().any(same)
    }

    /// Takes note of what a provider shows, as it was asked at `asked`: what was approved is published, what is not there any more was
    /// deleted.
    pub fn see(&mut self, service: &dyn Service, permalink: &Permalink, shown: &[Comment], asked: u64) {
        self.own.retain_mut(|own| {
            if own.permalink != *permalink {
                return true;
            }
            let named = service.has_named(&own.comment.id);
            let found = shown.iter().find(|it| match named {
                true => it.id == own.comment.id && it.date == own.comment.date,
                // What answers to no name there is known by its author and its words.
                false => {
                    letters(&it.author) == letters(&own.letter.author)
                        && letters(&it.content_html) == letters(&own.comment.content_html)
                }
            });
            if let Some(found) = found {
                own.comment = found.clone();
                return found.status != Status::Deleted;
            }
            let is_new = own.at + SETTLING > asked;
            match own.comment.status {
                // Written while another provider, or none, was chosen.
                Status::Published if !named => true,
                Status::Held => asked < own.at + HELD_DAYS * DAY,
                _ => is_new,
            }
        });
    }
}

impl Entry {
    /// Whether it was sent, and the server shows something that looks the same and is none of these.
    pub fn has_arrived(&self, shown: &[Comment], own: &[&Own]) -> bool {
        let Act::Post(letter) = &self.act else { return false };
        let since = match self.stage {
            Stage::Sent { since, .. } => since,
            Stage::Unsure | Stage::Handed { .. } => 0,
            Stage::Waiting | Stage::Refused(_) => return false,
        };
        let (author, words) = (letters(&letter.author), letters(&markup::to_html(&letter.text)));
        shown.iter().any(|it| {
            letters(&it.author) == author
                && letters(&it.content_html) == words
                && it.date.unix() >= i64::try_from(since / 1000).unwrap_or(i64::MAX)
                && !own.iter().any(|own| own.comment.id == it.id)
        })
    }
}
