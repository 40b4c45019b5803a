//! What most visits never open: subscribe, the pass, the archive, the settings. A part of its own (see [`crate::parts`]).

pub mod account;
pub mod archive;
pub mod door;
pub mod settings;
pub mod sign_up;
pub mod subscribe;
