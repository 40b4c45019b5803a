//! The wall: what is gated is locked here, and passes are kept. The formats are `jumpline_article::wall`; the ciphers are RustCrypto's.

pub mod chain;
pub mod cipher;
pub mod day;
pub mod exposed;
pub mod gated;
pub mod keyring;
pub mod lost;
pub mod open;
pub mod output;
pub mod passes;
pub mod place;
pub mod private;
pub mod published;
mod raise;
pub mod rest;
pub mod seal;
pub mod secret;
pub mod subscribers;

pub use gated::{GatedText, SecretKey, Watched};
pub use place::Place;
pub use published::Published;
pub use raise::{Wall, content_key, headers, is_locked, tiers};
pub use rest::Gated;
pub use secret::Secret;
