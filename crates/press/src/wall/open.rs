//! The reader's side of the wall, on the host: for tests and for the audit.

use super::chain;
use super::cipher::{self, Closed};
use super::secret::derive;
use jumpline_article::Visibility;
use jumpline_article::wall::{Bytes, Keyring};
use jumpline_article::wall::{Claims, Compact, Envelope, EnvelopeError, Grant, Kid, PassLink, Rest, label};

/// Why something stays closed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// It is not even tried.
    #[error(transparent)]
    Envelope(#[from] EnvelopeError),
    /// It does not open.
    #[error(transparent)]
    Closed(#[from] Closed),
    /// No recipient of it is one that this key fits.
    #[error("it is for others")]
    ForOthers,
    /// It opens, and holds something else than it should.
    #[error("it holds something else than it should")]
    Foreign,
}

/// Opens an envelope with its content key, as a gift link does.
///
/// # Errors
/// See [`OpenError`].
pub fn envelope(envelope: &Envelope, id: &str, visibility: Visibility, key: &[u8; 32]) -> Result<Rest, OpenError> {
    envelope.check(id, visibility)?;
    let iv = envelope.iv.array().ok_or(EnvelopeError::WrongLength)?;
    let text = cipher::open(key, &iv, envelope.authenticated().as_bytes(), &envelope.sealed())?;
    serde_json::from_slice(&text).map_err(|_| OpenError::Foreign)
}

/// The content key of an envelope, by whoever's wrapping key fits.
///
/// # Errors
/// See [`OpenError`].
pub fn content_key(
    envelope: &Envelope,
    wrapping_key: impl Fn(&Kid) -> Option<[u8; 32]>,
) -> Result<[u8; 32], OpenError> {
    let fitting = envelope.recipients.iter().find_map(|it| Some((wrapping_key(&it.header.kid)?, it)));
    let (with, recipient) = fitting.ok_or(OpenError::ForOthers)?;
    Ok(cipher::unwrap(&with, &recipient.encrypted_key.0)?)
}

/// The wrapping key of a month from what a pass was granted; `None` when the month is later, or the tier another.
pub fn wrapping_key(grants: &[Grant], kid: &Kid) -> Option<[u8; 32]> {
    let Kid::Tier(tier, epoch) = kid else { return None };
    let grant = grants.iter().find(|it| it.tier == *tier && *epoch <= it.epoch)?;
    let state = (0..grant.epoch.since(*epoch)).fold(grant.state.array()?, |it, _| chain::before(&it));
    Some(chain::wrapping_key(&state, kid))
}

/// What the keyring says of a pass; `None` when it has no entry.
///
/// # Errors
/// See [`OpenError`].
pub fn claims(keyring: &Keyring, pass: &PassLink) -> Result<Option<Claims>, OpenError> {
    let mut tag = [0; 12];
    super::secret::expand(&pass.secret.0, label::KEYRING_TAG, &mut tag);
    let Some(entry) = keyring.entries.get(&Bytes::from(tag.as_slice()).to_string()) else { return Ok(None) };
    let entry = Compact::parse(entry).ok_or(OpenError::Foreign)?;
    let iv = entry.iv.array().ok_or(OpenError::Foreign)?;
    let key = derive(&pass.secret.0, label::KEYRING_KEY);
    let text = cipher::open(&key, &iv, Compact::authenticated().as_bytes(), &entry.sealed.0)?;
    let text = String::from_utf8(text).map_err(|_| OpenError::Foreign)?;
    Claims::from_json(&text).map(Some).map_err(|_| OpenError::Foreign)
}

/// A sealed media file.
///
/// # Errors
/// See [`OpenError`].
pub fn media(sealed: &[u8], id: &str, name: &str, key: &[u8; 32]) -> Result<Vec<u8>, OpenError> {
    let (iv, sealed) = sealed.split_first_chunk().ok_or(EnvelopeError::WrongLength)?;
    Ok(cipher::open(key, iv, label::media(id, name).as_bytes(), sealed)?)
}
