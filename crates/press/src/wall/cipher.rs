//! AES-256-GCM and AES-256 key wrap, from RustCrypto, with the IVs that the wall's formats want.

use aes_gcm::aead::{Aead as _, KeyInit as _, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use aes_kw::KwAes256;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

/// Bytes of an IV.
pub const IV: usize = 12;
/// Bytes of a tag.
pub const TAG: usize = 16;

/// Something that does not open: another key, or a bit that was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("does not open: the key is another one, or something was changed")]
pub struct Closed;

/// A synthetic IV: one text gives one IV, another text another. A bare digest would let anybody check a guess, so it is keyed.
pub fn iv(key: &[u8; 32], parts: &[&[u8]]) -> [u8; IV] {
    let whole = hmac(key, parts);
    let mut iv = [0; IV];
    iv.copy_from_slice(&whole[..IV]);
    iv
}

/// HMAC-SHA256 of parts with a zero byte between them.
pub fn hmac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    // A block of SHA-256, which is what HMAC makes of a shorter key (RFC 2104 §2).
    let mut block = [0; 64];
    block[..32].copy_from_slice(key);
    let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new(&block.into());
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            mac.update(&[0]);
        }
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// Ciphertext and tag.
pub fn seal(key: &[u8; 32], iv: &[u8; IV], aad: &[u8], text: &[u8]) -> Vec<u8> {
    let cipher = Aes256Gcm::new(key.into());
    // Only more than 64 GiB are refused, which no memory of a build holds.
    cipher.encrypt(&Nonce::from(*iv), Payload { msg: text, aad }).unwrap_or_default()
}

/// The text of a ciphertext and its tag.
///
/// # Errors
/// When the key is another one, or anything was changed.
pub fn open(key: &[u8; 32], iv: &[u8; IV], aad: &[u8], sealed: &[u8]) -> Result<Vec<u8>, Closed> {
    let cipher = Aes256Gcm::new(key.into());
    cipher.decrypt(&Nonce::from(*iv), Payload { msg: sealed, aad }).map_err(|_| Closed)
}

/// Wraps a key (RFC 3394).
pub fn wrap(with: &[u8; 32], key: &[u8; 32]) -> [u8; 40] {
    let mut wrapped = [0; 40];
    // Lengths are the only thing that can be wrong, and the types keep them.
    let _ = KwAes256::new(with.into()).wrap_key(key, &mut wrapped);
    wrapped
}

/// Unwraps a key.
///
/// # Errors
/// When the wrapping key is another one, or anything was changed.
pub fn unwrap(with: &[u8; 32], wrapped: &[u8]) -> Result<[u8; 32], Closed> {
    let mut key = [0; 32];
    if wrapped.len() != 40 {
        return Err(Closed);
    }
    KwAes256::new(with.into()).unwrap_key(wrapped, &mut key).map_err(|_| Closed)?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(text: &str) -> Vec<u8> {
        (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).expect("is hex")).collect()
    }

    #[test]
    fn keys_are_wrapped_as_rfc_3394_says() {
        // §4.6: 256 bits of key data with a 256-bit key.
        let with: [u8; 32] =
            hex("000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F").try_into().expect("is a key");
        let key: [u8; 32] =
            hex("00112233445566778899AABBCCDDEEFF000102030405060708090A0B0C0D0E0F").try_into().expect("is a key");
        let wrapped = hex("28C9F404C4B810F4CBCCB35CFB87F8263F5786E2D80ED326CBC7F0E71A99F43BFB988B9B7A02DD21");
        assert_eq!(wrap(&with, &key).to_vec(), wrapped);
        assert_eq!(unwrap(&with, &wrapped), Ok(key));
        for at in 0..wrapped.len() {
            let mut changed = wrapped.clone();
            changed[at] ^= 1;
            assert_eq!(unwrap(&with, &changed), Err(Closed), "byte {at}");
        }
        assert_eq!(unwrap(&key, &wrapped), Err(Closed));
        assert_eq!(unwrap(&with, &wrapped[..32]), Err(Closed));
    }

    #[test]
    fn what_is_sealed_opens_with_all_that_was_bound_to_it() {
        let (key, iv) = ([1; 32], iv(&[2; 32], &[b"aad", b"text"]));
        let sealed = seal(&key, &iv, b"aad", b"text");
        assert_eq!(open(&key, &iv, b"aad", &sealed).as_deref(), Ok(&b"text"[..]));
        assert_eq!(open(&key, &iv, b"aae", &sealed), Err(Closed));
        assert_eq!(open(&[3; 32], &iv, b"aad", &sealed), Err(Closed));
        assert_eq!(open(&key, &[0; IV], b"aad", &sealed), Err(Closed));
        assert_eq!(open(&key, &iv, b"aad", &sealed[..8]), Err(Closed));
    }

    #[test]
    fn another_text_has_another_iv() {
        let of = |parts: &[&[u8]]| iv(&[2; 32], parts);
        assert_eq!(of(&[b"a", b"b"]), of(&[b"a", b"b"]));
        assert_ne!(of(&[b"a", b"b"]), of(&[b"a", b"c"]));
        assert_ne!(of(&[b"a", b"b"]), of(&[b"ab", b""]));
    }
}
