//! The envelope of a gated article: JWE General JSON Serialization (RFC 7516 §7.2.1), one recipient a key that may open it.

use super::{Bytes, Kid};
use crate::{Attachment, Heading, Visibility};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The only protected header that is written or read: `enc` is AES-256-GCM (RFC 7518 §5.3), and there is no `zip` and no `crit`.
pub const PROTECTED: &str = r#"{"enc":"A256GCM"}"#;

/// The rest of a gated article, locked. Members of other JSON than these are refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Envelope {
    /// [`PROTECTED`].
    pub protected: Bytes,
    /// Whoever may open it.
    pub recipients: Vec<Recipient>,
    /// [`aad`] of the article.
    pub aad: Bytes,
    /// 12 bytes.
    pub iv: Bytes,
    /// [`Rest`] as JSON, encrypted with the content key.
    pub ciphertext: Bytes,
    /// 16 bytes.
    pub tag: Bytes,
}

/// One key that opens an envelope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipient {
    /// How and whose.
    pub header: RecipientHeader,
    /// The content key of 32 bytes, wrapped (RFC 3394): 40 bytes.
    pub encrypted_key: Bytes,
}

/// How a content key is wrapped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecipientHeader {
    /// The only algorithm that is read or written.
    pub alg: KeyWrap,
    /// Whose key wraps it.
    pub kid: Kid,
}

/// AES-256 key wrap (RFC 7518 §4.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeyWrap {
    /// `A256KW`.
    A256KW,
}

/// Why an envelope is not even tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    /// Another cipher, a compression or an extension that this reader does not know.
    #[error("the envelope is locked in a way that this reader does not know")]
    UnknownHeader,
    /// An IV, a tag or a wrapped key has another length than its algorithm's.
    #[error("the envelope is damaged: a part of it has the wrong length")]
    WrongLength,
    /// It was made for another article, or for other readers.
    #[error("the envelope belongs to another article")]
    OtherArticle,
}

/// What is bound to an envelope and not hidden in it: whose it is and who may read it. Both sides write these very bytes.
pub fn aad(id: &str, visibility: Visibility) -> Vec<u8> {
    let visibility = match visibility {
        Visibility::Public => "public",
        Visibility::Members => "members",
        Visibility::Paid => "paid",
    };
    format!("jumpline/1 {visibility} {id}").into_bytes()
}

impl Envelope {
    /// Checks everything that can be checked without a key.
    ///
    /// # Errors
    /// See [`EnvelopeError`].
    pub fn check(&self, id: &str, visibility: Visibility) -> Result<(), EnvelopeError> {
        if self.protected.0 != PROTECTED.as_bytes() {
            return Err(EnvelopeError::UnknownHeader);
        }
        let wrapped = self.recipients.iter().all(|it| it.encrypted_key.0.len() == 40);
        if self.iv.0.len() != 12 || self.tag.0.len() != 16 || !wrapped {
            return Err(EnvelopeError::WrongLength);
        }
        if self.aad.0 != aad(id, visibility) {
            return Err(EnvelopeError::OtherArticle);
        }
        Ok(())
    }

    /// What the cipher authenticates besides the text (RFC 7516 §5.1, step 14): `protected.aad`, both in base64url.
    pub fn authenticated(&self) -> String {
        format!("{}.{}", self.protected, self.aad)
    }

    /// Ciphertext and tag in one piece, as WebCrypto takes them.
    pub fn sealed(&self) -> Vec<u8> {
        [self.ciphertext.0.as_slice(), &self.tag.0].concat()
    }
}

/// What an envelope holds: all that follows the teaser.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rest {
    /// Sanitised HTML that goes on where the teaser ends. Sealed media stand in it as `data-sealed="<name>"` instead of `src` or `href`;
    /// links have the file's own name beside it, as `data-file`.
    pub content_html: String,
    /// Headings of the rest, for the table of contents.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contents: Vec<Heading>,
    /// Sealed media by name: the media type. Each lies at `/sealed/<name>.bin` as IV (12 bytes), ciphertext and tag (16 bytes), locked with
    /// the article's content key, and [`super::label::media`] is bound to it.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub media: BTreeMap<String, String>,
    /// Audio and other files that go with it; `url` of a sealed one is its name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn envelope() -> Envelope {
        Envelope {
            protected: PROTECTED.as_bytes().into(),
            recipients: vec![Recipient {
                header: RecipientHeader { alg: KeyWrap::A256KW, kid: Kid::Members },
                encrypted_key: Bytes(vec![1; 40]),
            }],
            aad: Bytes(aad("/ferry/", Visibility::Paid)),
            iv: Bytes(vec![2; 12]),
            ciphertext: Bytes(vec![3; 5]),
            tag: Bytes(vec![4; 16]),
        }
    }

    #[test]
    fn an_envelope_reads_as_it_is_written() {
        let json = serde_json::to_string(&envelope()).expect("is JSON");
        assert!(json.contains(r#""header":{"alg":"A256KW","kid":"members"}"#), "{json}");
        assert_eq!(serde_json::from_str::<Envelope>(&json).ok(), Some(envelope()));
    }

    #[test]
    fn what_is_unknown_is_refused() {
        let json = serde_json::to_string(&envelope()).expect("is JSON");
        for (from, to) in [
            ("A256KW", "RSA1_5"),
            (r#""iv":"#, r#""zip":"DEF","iv":"#),
            (r#""alg":"#, r#""crit":["x"],"alg":"#),
            (r#""kid":"members""#, r#""kid":"Nobody's""#),
        ] {
            assert!(serde_json::from_str::<Envelope>(&json.replace(from, to)).is_err(), "{to}");
        }
    }

    #[test]
    fn nothing_is_tried_that_cannot_be_right() {
        let check = |change: fn(&mut Envelope)| {
            let mut envelope = envelope();
            change(&mut envelope);
            envelope.check("/ferry/", Visibility::Paid)
        };
        assert_eq!(check(|_| ()), Ok(()));
        assert_eq!(check(|it| it.protected = br#"{"enc":"A128GCM"}"#[..].into()), Err(EnvelopeError::UnknownHeader));
        assert_eq!(check(|it| it.iv.0.push(0)), Err(EnvelopeError::WrongLength));
        assert_eq!(check(|it| it.tag.0.truncate(12)), Err(EnvelopeError::WrongLength));
        assert_eq!(check(|it| it.recipients[0].encrypted_key.0.truncate(32)), Err(EnvelopeError::WrongLength));
        assert_eq!(envelope().check("/buoy/", Visibility::Paid), Err(EnvelopeError::OtherArticle));
        assert_eq!(envelope().check("/ferry/", Visibility::Members), Err(EnvelopeError::OtherArticle));
    }
}
