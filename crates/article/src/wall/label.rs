//! Labels that keep derived keys apart (`info` of HKDF-SHA256, RFC 5869; the salt is empty everywhere).

use super::Kid;

/// From a pass' secret: the AES-256-GCM key of its keyring entry.
pub const KEYRING_KEY: &str = "jumpline/1 keyring";
/// From a pass' secret: the 12 bytes that its keyring entry is found by.
pub const KEYRING_TAG: &str = "jumpline/1 tag";

/// From the state of a month: the AES-256 key that wraps content keys of that month.
pub fn wrap(kid: &Kid) -> String {
    format!("jumpline/1 wrap {kid}")
}

/// What is bound to a sealed media file besides its content key.
pub fn media(article: &str, name: &str) -> String {
    format!("jumpline/1 media\0{article}\0{name}")
}
