//! What opens walls: keys, the keyring, the rest of an article, and the page of the pass. A part for who holds a key, reads a free article, or subscribes at a provider.

pub mod account;
pub mod door;
pub mod gift;
mod keyring;
mod open;
mod vault;
