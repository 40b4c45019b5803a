//! Isso 0.13 and 0.14, by the HTTP API that its own script uses (isso-comments.de/docs/reference/server-api).

mod format;

use super::{
    Act, Answer, Asked, Batch, Can, Check, Checked, Method, Outcome, Place, Refusal, Request, Service, Trouble,
};
use super::{mine, plain};
use crate::encode::percent_encode;
use crate::error::read_json;
use crate::{CommentId, Permalink, markup};
use format::{Changed, Listing, New, Raw, Votes, number};
use serde::Serialize;

/// A clock that is off by this many seconds is still believed.
const SKEW: i64 = 120;

/// An Isso server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Isso {
    /// Its address, without a slash at its end.
    url: String,
}

impl Isso {
    /// The server at an address.
    pub fn new(url: &str) -> Self {
        Self { url: url.trim_end_matches('/').to_owned() }
    }

    fn request(&self, method: Method, path: &str, body: String) -> Request {
        Request { method, url: [&self.url, path].concat(), body, cookies: true }
    }

    fn of(&self, method: Method, comment: &CommentId, after: &str, body: String) -> Option<Request> {
        Some(self.request(method, &format!("/id/{}{after}", number(comment)?), body))
    }
}

impl Service for Isso {
    fn can(&self) -> Can {
        let maybe = Asked::Maybe;
        Can {
            edit: true,
            like: true,
            unlike: false,
            name: maybe,
            email: maybe,
            website: maybe,
            shortest: 3,
            longest: 65_535,
        }
    }

    fn has_named(&self, comment: &CommentId) -> bool {
        number(comment).is_some()
    }

    fn find(&self, _: &Permalink) -> Option<Request> {
        None
    }

    fn found(&self, _: Answer<'_>) -> Result<String, Trouble> {
        Err(Trouble::Missing)
    }

    fn list(&self, place: &Place, _: u32) -> Request {
        Request::get(format!("{}/?uri={}&sort=oldest", self.url, percent_encode(&place.path)))
    }

    fn listed(&self, answer: Answer<'_>) -> Result<Batch, Trouble> {
        let listing: Listing = read(answer)?;
        let mut comments = Vec::new();
        // Isso nests one level; more of them do no harm.
        let mut open = listing.replies;
        while let Some(mut raw) = open.pop() {
            open.append(&mut raw.replies);
            // One that cannot be read takes no others away.
            comments.extend(raw.comment());
        }
        comments.sort_by(|a, b| a.date.cmp(&b.date).then_with(|| number(&a.id).cmp(&number(&b.id))));
        Ok(Batch { comments, more: false })
    }

    fn count(&self, paths: &[String]) -> Option<Request> {
        Some(Request { cookies: false, ..self.request(Method::Post, "/count", json(&paths)) })
    }

    fn counted(&self, answer: Answer<'_>) -> Result<Vec<u32>, Trouble> {
        read(answer)
    }

    fn send(&self, place: &Place, act: &Act) -> Option<Request> {
        match act {
            Act::Post(letter) => {
                let path = format!("/new?uri={}", percent_encode(&place.path));
                // What answers a comment that Isso never had would stand there as if it answered nothing.
                let parent = match letter.parent.as_ref().map(number) {
                    Some(None) => return None,
                    parent => parent.flatten(),
                };
                let body = json(&New {
                    text: &letter.text,
                    author: given(&letter.author),
                    email: given(&letter.email),
                    website: given(&letter.website),
                    parent,
                    title: &place.title,
                });
                Some(self.request(Method::Post, &path, body))
            }
            Act::Edit { comment, text } => self.of(Method::Put, comment, "", json(&Changed { text })),
            Act::Delete { comment } => self.of(Method::Delete, comment, "", String::new()),
            Act::Like { comment, liked: true } => self.of(Method::Post, comment, "/like", String::new()),
            Act::Like { liked: false, .. } => None,
        }
    }

    fn sent(&self, act: &Act, answer: Answer<'_>) -> Outcome {
        match answer.status {
            200..=299 => done(act, answer),
            400 => Outcome::Refused(because(&plain::text(answer.text))),
            // The guard's words hold the reader's address, so they are not passed on.
            403 if matches!(act, Act::Post(_)) => Outcome::Refused(Refusal::Flood),
            403 | 404 | 410 => Outcome::Refused(Refusal::Gone),
            413 => Outcome::Refused(Refusal::TooLong),
            429 => Outcome::Refused(Refusal::Flood),
            401 | 405..=407 | 409 | 411..=424 | 426..=499 => Outcome::Refused(Refusal::Other(String::new())),
            _ => Outcome::Unclear,
        }
    }

    fn check(&self, place: &Place, act: &Act) -> Check {
        let asked = match act {
            Act::Post(_) => Some(self.list(place, 1)),
            Act::Delete { comment } => self.of(Method::Get, comment, "", String::new()),
            Act::Edit { .. } | Act::Like { .. } => None,
        };
        asked.map_or(Check::Resend, Check::Ask)
    }

    /// Isso shows the source of a comment to those who may change it, and 403 to everybody else.
    fn probe(&self, comment: &CommentId) -> Option<Request> {
        self.of(Method::Get, comment, "", String::new())
    }

    fn may_change(&self, answer: Answer<'_>) -> bool {
        answer.status == 200
    }

    fn checked(&self, act: &Act, since: u64, answer: Answer<'_>) -> Checked {
        match act {
            Act::Post(letter) => match self.listed(answer) {
                // Its Markdown knows more than ours, and takes signs out that we leave.
                Ok(batch) => mine::find(batch.comments, letter, &markup::to_html(&letter.text), (since, SKEW)),
                Err(_) => Checked::Unknown,
            },
            Act::Delete { .. } => match answer.status {
                404 => Checked::Arrived(Outcome::Done(None)),
                // It is there, and this browser may no longer look.
                403 => Checked::Absent,
                200 => match read::<Raw>(answer) {
                    Ok(raw) if raw.mode == 4 => Checked::Arrived(Outcome::Done(raw.comment())),
                    Ok(_) => Checked::Absent,
                    Err(_) => Checked::Unknown,
                },
                _ => Checked::Unknown,
            },
            Act::Edit { .. } | Act::Like { .. } => Checked::Unknown,
        }
    }
}

fn done(act: &Act, answer: Answer<'_>) -> Outcome {
    match act {
        Act::Like { .. } => read::<Votes>(answer).map_or(Outcome::Unclear, |it| Outcome::Liked(it.likes as u32)),
        // `null`, or the placeholder that stays where there are replies.
        Act::Delete { .. } => Outcome::Done(read::<Raw>(answer).ok().and_then(|it| it.comment())),
        Act::Post(_) | Act::Edit { .. } => {
            read::<Raw>(answer).ok().and_then(|it| it.comment()).map_or(Outcome::Unclear, |it| Outcome::Done(Some(it)))
        }
    }
}

/// Isso knows no empty fields.
fn given(text: &str) -> Option<&str> {
    Some(text).filter(|it| !it.is_empty())
}

/// Why, by Isso's own words: of an e-mail address that is none it says only which standard it breaks (`isso/views/comments.py`, `API.verify`).
fn because(words: &str) -> Refusal {
    let says = |it: &str| words.contains(it);
    if says("too short") || says("text is missing") {
        Refusal::TooShort
    } else if says("too long") || says("exceeds maximum") || says("maximum length") {
        Refusal::TooLong
    } else if says("author address is missing") || says("email address is missing") || says("://tools.ietf.org") {
        Refusal::NameMissing
    } else {
        let words = words.trim_start_matches("400 Bad Request").trim_start().trim_start_matches("Bad Request").trim();
        Refusal::Other(words.to_owned())
    }
}

fn read<T: serde::de::DeserializeOwned>(answer: Answer<'_>) -> Result<T, Trouble> {
    match answer.status {
        200..=299 => read_json(answer.text).map_err(|_| Trouble::Broken),
        404 => Err(Trouble::Missing),
        status => Err(Trouble::Status(status)),
    }
}

/// Texts and numbers can always be written.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

#[cfg(test)]
mod tests;
