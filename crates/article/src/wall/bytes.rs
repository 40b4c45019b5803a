//! Bytes that JSON writes as unpadded base64url (RFC 4648 §5), as everything in JOSE.

use base64ct::{Base64UrlUnpadded, Encoding};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Bytes of a key, an IV or a ciphertext. `Debug` shows only how many: keys stay out of logs.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Bytes(pub Vec<u8>);

impl Bytes {
    /// Reads base64url without padding.
    pub fn parse(text: &str) -> Option<Self> {
        Base64UrlUnpadded::decode_vec(text).ok().map(Self)
    }

    /// Exactly `N` bytes, or `None`.
    pub fn array<const N: usize>(&self) -> Option<[u8; N]> {
        self.0.as_slice().try_into().ok()
    }
}

impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Base64UrlUnpadded::encode_string(&self.0))
    }
}

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Bytes({} of them)", self.0.len())
    }
}

impl TryFrom<String> for Bytes {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("is not base64url without padding")
    }
}

impl From<Bytes> for String {
    fn from(bytes: Bytes) -> String {
        bytes.to_string()
    }
}

impl From<&[u8]> for Bytes {
    fn from(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_canonical_base64url_is_read() {
        assert_eq!(Bytes::parse("_-8").map(|it| it.0), Some(vec![0xff, 0xef]));
        for text in ["_-8=", "/+8", "_-9", "a", "a b", "é"] {
            assert_eq!(Bytes::parse(text), None, "{text}");
        }
        assert_eq!(format!("{:?}", Bytes(vec![1, 2])), "Bytes(2 of them)");
    }
}
