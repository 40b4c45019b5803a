//! The wall's formats: what the press locks and the reader opens. No cipher here: RustCrypto on the host, WebCrypto in the browser.

pub mod bytes;
pub mod envelope;
pub mod epoch;
pub mod keyring;
pub mod label;
pub mod link;

pub use bytes::Bytes;
pub use envelope::{Envelope, EnvelopeError, Recipient, Rest};
pub use epoch::{Epoch, Kid};
pub use keyring::{Claims, Compact, Grant, Keyring, Status};
pub use link::{DOTS, GiftLink, LinkError, PassId, PassLink};
