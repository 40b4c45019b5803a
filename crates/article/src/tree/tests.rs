//! The tree's reader and serde's own.

use super::from_json;
use crate::plan::{Encoding, Form, Paywall, Provider};
use crate::wall::{Claims, Envelope, Rest};
use crate::{Attachment, Item};
use serde::de::DeserializeOwned;

fn agree<T: DeserializeOwned + std::fmt::Debug + PartialEq>(json: &str) -> T {
    let value: T = from_json(json).unwrap_or_else(|error| panic!("{json}: {error}"));
    assert_eq!(value, serde_json::from_str(json).unwrap(), "{json}");
    value
}

#[test]
fn both_readers_agree() {
    agree::<Item>(
        r#"{"id": 7, "title": "\u00e9\ud83d\ude00 \"x\"", "unknown": [1, -2.5e3, {"a": null}], "tags": ["a", "b"]}"#,
    );
    agree::<Item>(
        r#"{"id": "7", "_jumpline": {"version": 1, "permalink": "/ferry/", "visibility": "paid", "related": [{"id": "8"}]}}"#,
    );
    agree::<Paywall>("{}");
    agree::<Paywall>(r#"{"gifts": false, "free_articles": 3, "lock": {"mark": "abcd", "bits": 2, "members": "AAAA"}}"#);
    agree::<Provider>("\"local\"");
    let form: Provider =
        agree(r#"{"form": {"url": "https://l.example", "encoding": "json", "fields": {"b": "2", "a": "1"}}}"#);
    assert!(matches!(form, Provider::Form(Form { encoding: Encoding::Json, .. })), "{form:?}");
    agree::<Rest>(r#"{"content_html": "<p>x</p>", "media": {"a": "image/png"}, "contents": []}"#);
    agree::<Claims>(r#"{"version": 1, "status": "live", "until": "2027-01-31"}"#);
    agree::<Attachment>(
        r#"{"url": "/a.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 12, "duration_in_seconds": 2.5}"#,
    );
    agree::<Attachment>(r#"{"url": "/a.mp3", "mime_type": "audio/mpeg", "title": null, "duration_in_seconds": 2}"#);
}

#[test]
fn what_does_not_fit_is_named() {
    let error = |json: &str| from_json::<Claims>(json).unwrap_err();
    let until = error(r#"{"version": 1, "status": "live"}"#);
    assert_eq!(until.field, "until");
    assert!(until.to_string().starts_with("field `until`: is missing"), "{until}");
    assert_eq!(error(r#"{"version": 1, "status": "dead", "until": ""}"#).field, "dead");
    assert_eq!(error(r#"{"version": 1, "version": 1}"#).field, "version");
    assert_eq!((error("{\n]").line, error("").line), (2, 1));
    for wrong in ["[]", "7", "null", r#"{"version": -1}"#, r#"{"version": 1e2}"#, r#"{"version": 99999999999}"#] {
        assert!(from_json::<Claims>(wrong).is_err(), "{wrong}");
    }
    assert!(from_json::<Vec<String>>(&"[".repeat(100_000)).is_err());
}

#[test]
fn an_envelope_takes_nothing_that_is_unknown() {
    let json = r#"{"protected":"AA","recipients":[{"header":{"alg":"A256KW","kid":"members"},"encrypted_key":"AA"}],"aad":"AA","iv":"AA","ciphertext":"AA","tag":"AA"}"#;
    agree::<Envelope>(json);
    for (from, to) in [
        ("A256KW", "RSA1_5"),
        (r#""iv":"#, r#""zip":"DEF","iv":"#),
        (r#""iv":"AA""#, r#""iv":"AA","iv":"AA""#),
        (r#""alg":"#, r#""crit":["x"],"alg":"#),
        (r#""encrypted_key":"#, r#""iv":"AA","encrypted_key":"#),
        (r#""kid":"members""#, r#""kid":"Nobody's""#),
        (r#""tag":"AA""#, r#""tag":"A+""#),
        (r#","tag":"AA""#, ""),
    ] {
        let changed = json.replace(from, to);
        assert!(changed != json && from_json::<Envelope>(&changed).is_err(), "{to}");
    }
}
