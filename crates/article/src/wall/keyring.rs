//! The keyring: one entry a pass, sharded into buckets, each entry a compact JWE under the pass' own key.

use super::{Bytes, Epoch};
use crate::{FormatError, Slug, error::read_json, item::check_version};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The only header of an entry: the pass' key is the content key itself (RFC 7518 §4.5).
pub const HEADER: &str = r#"{"alg":"dir","enc":"A256GCM"}"#;

/// One bucket, `/keyring/<bucket>.json`. Entries and decoys look alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keyring {
    /// [`crate::FORMAT_VERSION`] of the press that wrote it.
    pub version: u32,
    /// Entries by their tag ([`super::label::KEYRING_TAG`], base64url).
    pub entries: BTreeMap<String, String>,
}

impl Keyring {
    /// Reads a bucket.
    ///
    /// # Errors
    /// When it is no JSON, has a field of another type, or a newer press wrote it.
    pub fn from_json(json: &str) -> Result<Self, FormatError> {
        let keyring: Self = read_json(json)?;
        check_version(Some(keyring.version))?;
        Ok(keyring)
    }
}

/// An entry in its parts: compact JWE (RFC 7516 §7.1) without a wrapped key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compact {
    /// 12 bytes.
    pub iv: Bytes,
    /// Ciphertext and tag, as WebCrypto takes them.
    pub sealed: Bytes,
}

impl Compact {
    /// Reads an entry; `None` when it is anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split('.').collect();
        let [header, "", iv, ciphertext, tag] = parts[..] else { return None };
        let (iv, mut sealed, tag) = (Bytes::parse(iv)?, Bytes::parse(ciphertext)?, Bytes::parse(tag)?);
        if Bytes::parse(header)?.0 != HEADER.as_bytes() || iv.0.len() != 12 || tag.0.len() != 16 {
            return None;
        }
        sealed.0.extend(tag.0);
        Some(Self { iv, sealed })
    }

    /// Writes it; `None` when there is no room for a tag in it.
    pub fn write(&self) -> Option<String> {
        let (ciphertext, tag) = self.sealed.0.split_at_checked(self.sealed.0.len().checked_sub(16)?)?;
        Some(format!("{}..{}.{}.{}", Self::authenticated(), self.iv, Bytes::from(ciphertext), Bytes::from(tag)))
    }

    /// What the cipher authenticates besides the claims: the header in base64url.
    pub fn authenticated() -> String {
        Bytes::from(HEADER.as_bytes()).to_string()
    }
}

/// What an entry says of its pass. The JSON may end in spaces, so that all entries are of one length.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// [`crate::FORMAT_VERSION`] of the press that wrote it.
    pub version: u32,
    /// How it stands with the pass.
    pub status: Status,
    /// The last day that it is paid for, `2027-01-31`.
    pub until: String,
    /// What it opens; empty when it is not live.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grants: Vec<Grant>,
}

/// How it stands with a pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// It opens what is published.
    Live,
    /// Its time is over.
    Lapsed,
    /// The publisher ended it.
    Revoked,
}

/// A tier's key regression (Fu, Kamara, Kohno 2006) as one pass holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// The tier.
    pub tier: Slug,
    /// The newest month it opens.
    pub epoch: Epoch,
    /// The oldest month that anything gated stands in: keys before it are never needed.
    pub first: Epoch,
    /// 32 bytes: the state of that month. The state of the month before is its SHA-256.
    pub state: Bytes,
}

impl Claims {
    /// Reads what an entry held.
    ///
    /// # Errors
    /// When it is no JSON, has a field of another type, or a newer press wrote it.
    pub fn from_json(json: &str) -> Result<Self, FormatError> {
        let claims: Self = read_json(json)?;
        check_version(Some(claims.version))?;
        Ok(claims)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_reads_as_it_is_written() {
        let entry = Compact { iv: Bytes(vec![7; 12]), sealed: Bytes((0..40).collect()) };
        let text = entry.write().expect("has a tag");
        assert!(text.starts_with("eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..BwcHBwcHBwcHBwcH."), "{text}");
        assert_eq!(Compact::parse(&text), Some(entry));
        for (from, to) in [("..", "."), ("..", ".AA."), ("eyJhbGciOiJkaXIi", "eyJhbGciOiJub25l"), (".BwcH", ".")] {
            assert_eq!(Compact::parse(&text.replacen(from, to, 1)), None, "{from} as {to}");
        }
        assert_eq!(Compact { iv: Bytes::default(), sealed: Bytes(vec![1; 15]) }.write(), None);
    }

    #[test]
    fn claims_may_end_in_spaces() {
        let claims = Claims {
            version: 1,
            status: Status::Live,
            until: "2027-01-31".to_owned(),
            grants: vec![Grant {
                tier: Slug::from_name("paid"),
                epoch: Epoch::parse("2026-11").expect("is a month"),
                first: Epoch::parse("2025-02").expect("is a month"),
                state: Bytes(vec![9; 32]),
            }],
        };
        let json = serde_json::to_string(&claims).expect("is JSON") + "   ";
        assert_eq!(Claims::from_json(&json), Ok(claims));
        assert!(Claims::from_json(r#"{"version":2,"status":"live","until":"2027-01-31"}"#).is_err());
    }
}
