//! Brings an address to whoever takes it: a newsletter's form, or a Ghost site.

use crate::browser::fetch::FetchError;
use crate::browser::json;
use crate::browser::post::{self, Answer, Kind};
use crate::encode::percent_encode;
use jumpline_article::plan::{Encoding, Form, Ghost, Provider};

/// Characters of a server's own words that are shown.
const LONGEST: usize = 200;

/// Where servers write what they have to say.
const SAID: [&str; 8] = ["message", "error.message", "error", "errors.0.message", "errors.0", "detail", "title", ""];

/// What became of a subscription.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Kept on this device; there is nobody to send it to.
    Kept,
    /// Taken by the service.
    Sent,
    /// The service had it already.
    AlreadySubscribed,
    /// Not taken, with the service's own words as plain text, and the status. Trying again is of no use.
    Refused(String, u16),
    /// Not taken for now.
    Waiting(Why),
}

/// Why a subscription waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// This device has no network.
    Offline,
    /// No answer: no network, or a server that does not let this page read it.
    Unreachable,
    /// No answer in time.
    TimedOut,
    /// An error of the server.
    Status(u16),
}

/// Sends an address.
pub async fn send(provider: &Provider, email: &str) -> Outcome {
    let answer = match provider {
        Provider::Local => return Outcome::Kept,
        _ if !post::is_online() => return Outcome::Waiting(Why::Offline),
        Provider::Form(form) => send_form(form, email).await,
        Provider::Ghost(ghost) => send_to_ghost(ghost, email).await,
    };
    match answer {
        Ok(answer) => outcome(&answer),
        Err(FetchError::TimedOut) => Outcome::Waiting(Why::TimedOut),
        Err(_) => Outcome::Waiting(if post::is_online() { Why::Unreachable } else { Why::Offline }),
    }
}

async fn send_form(form: &Form, email: &str) -> Result<Answer, FetchError> {
    let fields = fields(form, email);
    match form.encoding {
        Encoding::Form => post::post(&form.url, Kind::Form, &to_form(&fields)).await,
        Encoding::Json => post::post(&form.url, Kind::Json, &to_json(&fields)).await,
    }
}

/// The fields of a form, in the order of the page.
fn fields<'a>(form: &'a Form, email: &'a str) -> Vec<(&'a str, &'a str)> {
    let fixed = form.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let honeypot = form.honeypot.iter().map(|it| (it.as_str(), ""));
    [(form.email.as_str(), email)].into_iter().chain(fixed).chain(honeypot).collect()
}

/// Ghost takes an address only with a token that it gave out a moment before.
async fn send_to_ghost(ghost: &Ghost, email: &str) -> Result<Answer, FetchError> {
    let root = ghost.url.trim_end_matches('/');
    let token = post::get(&[root, "/members/api/integrity-token/"].concat()).await?;
    if !(200..300).contains(&token.status) {
        return Ok(token);
    }
    let fields = [("email", email), ("emailType", "signup"), ("integrityToken", token.text.trim()), ("honeypot", "")];
    post::post(&[root, "/members/api/send-magic-link/"].concat(), Kind::Json, &to_json(&fields)).await
}

fn outcome(answer: &Answer) -> Outcome {
    match answer.status {
        // A form that answers with a page of its own was sent on to it.
        200..=399 => Outcome::Sent,
        409 => Outcome::AlreadySubscribed,
        // Come back later.
        408 | 425 | 429 | 500.. => Outcome::Waiting(Why::Status(answer.status)),
        status => {
            let said = said(&answer.text);
            if is_already(&said) { Outcome::AlreadySubscribed } else { Outcome::Refused(said, status) }
        }
    }
}

/// Services that know the address often say so with status 400, in words.
fn is_already(said: &str) -> bool {
    let said = said.to_ascii_lowercase();
    let is_any = |some: &[&str]| some.iter().any(|it| said.contains(it));
    // An address that may not subscribe is on a list, too.
    let is_barred = is_any(&["block", "ban", "suppress", "unsubscri", "not allowed", "bounce", "reject"]);
    let is_in = is_any(&["subscri", "exist", "member", "regist", "list", "signed up"]);
    said.contains("member exists") || (said.contains("already") && is_in && !is_barred)
}

/// The words of an answer: of JSON the message, of plain text all of it, of HTML nothing.
fn said(text: &str) -> String {
    let words = json::first_text(text, &SAID).map_or_else(|| plain(text).to_owned(), |it| without_tags(&it));
    shorten(&words.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn plain(text: &str) -> &str {
    let is_markup = text.trim_start().starts_with(['<', '{', '[']) || text.contains("</");
    if is_markup { "" } else { text }
}

/// The words of a message that has markup in it. What is left is shown as text, so nothing of it can do harm.
fn without_tags(text: &str) -> String {
    let mut parts = text.split('<');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |words, part| match part.split_once('>') {
        Some((_, after)) => words + after,
        None => words + "<" + part,
    })
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

fn to_form(fields: &[(&str, &str)]) -> String {
    let pairs = fields.iter().map(|(name, value)| [&percent_encode(name), "=", &percent_encode(value)].concat());
    pairs.collect::<Vec<_>>().join("&")
}

/// A flat JSON object.
pub(crate) fn to_json(fields: &[(&str, &str)]) -> String {
    let quote = |it: &str| serde_json::to_string(it).unwrap_or_default();
    let pairs: Vec<_> = fields.iter().map(|(name, value)| [&quote(name), ":", &quote(value)].concat()).collect();
    ["{", &pairs.join(","), "}"].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(status: u16, text: &str) -> Outcome {
        outcome(&Answer { status, text: text.to_owned() })
    }

    #[test]
    fn every_status_has_an_outcome() {
        assert_eq!(answered(201, "<html>"), Outcome::Sent);
        assert_eq!(answered(409, ""), Outcome::AlreadySubscribed);
        assert_eq!(answered(400, "This address is already a list member."), Outcome::AlreadySubscribed);
        for barred in ["Your IP is already on the blocked list", "You have already unsubscribed from this list"] {
            assert_eq!(answered(400, barred), Outcome::Refused(barred.into(), 400));
        }
        assert_eq!(answered(400, "It is already Tuesday."), Outcome::Refused("It is already Tuesday.".into(), 400));
        assert_eq!(answered(429, "slow down"), Outcome::Waiting(Why::Status(429)));
        assert_eq!(answered(503, "{}"), Outcome::Waiting(Why::Status(503)));
    }

    #[test]
    fn markup_says_nothing() {
        assert_eq!(said(" <!doctype html><script>alert(1)</script>"), "");
        assert_eq!(said("Sorry </b>"), "");
        assert_eq!(without_tags("Blocked <b>domain</b> & 1 < 2"), "Blocked domain & 1 < 2");
        assert_eq!(said(" Two\n lines "), "Two lines");
        assert_eq!(said(&"x".repeat(500)).chars().count(), LONGEST + 1);
    }

    #[test]
    fn fields_are_written_both_ways() {
        let form = Form {
            url: "https://l.example/".into(),
            encoding: Encoding::Form,
            email: "EMAIL".into(),
            honeypot: Some("b_1".into()),
            fields: [("id".to_owned(), "a&b".to_owned())].into(),
        };
        let fields = fields(&form, "a+b@é.example");
        assert_eq!(to_form(&fields), "EMAIL=a%2Bb%40%C3%A9.example&id=a%26b&b_1=");
        assert_eq!(to_json(&fields), r#"{"EMAIL":"a+b@é.example","id":"a&b","b_1":""}"#);
    }
}
