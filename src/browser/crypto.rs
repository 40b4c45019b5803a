//! The browser's own cryptography (SubtleCrypto): no cipher is written here.

use super::key::Key;
use super::{set_member, window};
use js_sys::{Array, Object, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, SubtleCrypto};

/// Why something was not opened or derived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CryptoError {
    /// There is no SubtleCrypto: the page did not come by a secure connection, or this is the host.
    NotHere,
    /// The key does not fit, or a bit was changed.
    Refused,
}

/// What a key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// AES-256-GCM, to open what is locked.
    Open,
    /// AES-256 key wrap (RFC 3394), to take out a content key.
    Unwrap,
}

impl Purpose {
    fn algorithm(self) -> Object {
        let name = if self == Self::Open { "AES-GCM" } else { "AES-KW" };
        object(&[("name", name.into()), ("length", 256.into())])
    }

    fn usages(self) -> JsValue {
        Array::of1(&if self == Self::Open { "decrypt" } else { "unwrapKey" }.into()).into()
    }
}

/// Whether the browser has what the wall needs.
pub fn is_here() -> bool {
    subtle().is_ok()
}

fn subtle() -> Result<SubtleCrypto, CryptoError> {
    let crypto = window().and_then(|it| it.crypto().ok()).ok_or(CryptoError::NotHere)?;
    // Absent, whatever its type says, where the page is not in a secure context.
    let subtle: JsValue = crypto.subtle().into();
    if subtle.is_undefined() { Err(CryptoError::NotHere) } else { Ok(subtle.unchecked_into()) }
}

fn object(members: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in members {
        set_member(&object, name, value);
    }
    object
}

async fn done(promise: Result<Promise, JsValue>) -> Result<JsValue, CryptoError> {
    JsFuture::from(promise.map_err(|_| CryptoError::Refused)?).await.map_err(|_| CryptoError::Refused)
}

async fn key(promise: Result<Promise, JsValue>) -> Result<Key, CryptoError> {
    Ok(Key(done(promise).await?.unchecked_into()))
}

async fn bytes(promise: Result<Promise, JsValue>) -> Result<Vec<u8>, CryptoError> {
    Ok(Uint8Array::new(&done(promise).await?).to_vec())
}

/// Takes 32 bytes in, for good: the browser does not give them out again.
///
/// # Errors
/// See [`CryptoError`].
pub async fn import(raw: &[u8], purpose: Purpose) -> Result<Key, CryptoError> {
    let raw = Uint8Array::from(raw);
    key(subtle()?.import_key_with_object("raw", &raw, &purpose.algorithm(), false, &purpose.usages())).await
}

/// A secret that keys are derived from (HKDF-SHA256, empty salt).
#[derive(Clone, Debug)]
pub struct Secret(CryptoKey);

impl Secret {
    /// Takes the bytes in.
    ///
    /// # Errors
    /// See [`CryptoError`].
    pub async fn import(raw: &[u8]) -> Result<Self, CryptoError> {
        let usages = Array::of2(&"deriveKey".into(), &"deriveBits".into());
        let raw = Uint8Array::from(raw);
        let promise = subtle()?.import_key_with_object("raw", &raw, &Self::algorithm(None), false, &usages);
        Ok(Self(key(promise).await?.0))
    }

    /// The key of a label.
    ///
    /// # Errors
    /// See [`CryptoError`].
    pub async fn key(&self, label: &str, purpose: Purpose) -> Result<Key, CryptoError> {
        let (of, into) = (Self::algorithm(Some(label)), purpose.algorithm());
        key(subtle()?.derive_key_with_object_and_object(&of, &self.0, &into, false, &purpose.usages())).await
    }

    /// The first bytes of a label.
    ///
    /// # Errors
    /// See [`CryptoError`].
    pub async fn bytes(&self, label: &str, count: u32) -> Result<Vec<u8>, CryptoError> {
        bytes(subtle()?.derive_bits_with_object(&Self::algorithm(Some(label)), &self.0, count * 8)).await
    }

    fn algorithm(label: Option<&str>) -> Object {
        let algorithm = object(&[("name", "HKDF".into())]);
        if let Some(label) = label {
            let parts = [
                ("hash", "SHA-256".into()),
                ("salt", Uint8Array::new_with_length(0).into()),
                ("info", Uint8Array::from(label.as_bytes()).into()),
            ];
            Object::assign(&algorithm, &object(&parts));
        }
        algorithm
    }
}

/// SHA-256.
///
/// # Errors
/// When there is no SubtleCrypto.
pub async fn digest(data: &[u8]) -> Result<Vec<u8>, CryptoError> {
    bytes(subtle()?.digest_with_str_and_js_u8_array("SHA-256", &Uint8Array::from(data))).await
}

/// Opens what AES-256-GCM locked; `sealed` ends in the tag, and `bound` is authenticated with it.
///
/// # Errors
/// See [`CryptoError`].
pub async fn open(key: &Key, iv: &[u8], bound: &[u8], sealed: &[u8]) -> Result<Vec<u8>, CryptoError> {
    let algorithm = object(&[
        ("name", "AES-GCM".into()),
        ("iv", Uint8Array::from(iv).into()),
        ("additionalData", Uint8Array::from(bound).into()),
    ]);
    bytes(subtle()?.decrypt_with_object_and_js_u8_array(&algorithm, &key.0, &Uint8Array::from(sealed))).await
}

/// Takes a content key out of its wrapping.
///
/// # Errors
/// See [`CryptoError`].
pub async fn unwrap(wrapping: &Key, wrapped: &[u8]) -> Result<Key, CryptoError> {
    key(unwrapping(wrapping, wrapped, false)?).await
}

/// The bytes of a content key, to give it away.
///
/// # Errors
/// See [`CryptoError`].
pub async fn unwrap_bytes(wrapping: &Key, wrapped: &[u8]) -> Result<Vec<u8>, CryptoError> {
    let content = key(unwrapping(wrapping, wrapped, true)?).await?;
    bytes(subtle()?.export_key("raw", &content.0)).await
}

fn unwrapping(wrapping: &Key, wrapped: &[u8], extractable: bool) -> Result<Result<Promise, JsValue>, CryptoError> {
    let (wrapped, into) = (Uint8Array::from(wrapped), Purpose::Open.algorithm());
    Ok(subtle()?.unwrap_key_with_js_u8_array_and_str_and_object(
        "raw",
        &wrapped,
        &wrapping.0,
        "AES-KW",
        &into,
        extractable,
        &Purpose::Open.usages(),
    ))
}
