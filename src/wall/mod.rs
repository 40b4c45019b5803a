//! What opens walls: keys, the keyring, the rest of an article, and the page of the pass. A part that only they need who hold a key.

pub mod account;
pub mod door;
pub mod gift;
mod keyring;
mod open;
mod vault;
