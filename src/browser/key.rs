//! A key inside the browser, apart from what is done with it (`crypto`), which is a part of its own.

use web_sys::CryptoKey;

/// A key inside the browser. Its bytes stay there.
#[derive(Clone, Debug)]
pub struct Key(pub(super) CryptoKey);
