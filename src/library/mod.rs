//! What a reader keeps on this device: what was begun, saved and read. A part of its own (see [`crate::parts`]).

pub mod archive;
pub mod door;
pub mod everything;
pub mod file;
mod files;
pub mod journey;
pub mod keys;
pub mod listed;
pub mod offline;
pub mod place;
pub mod reading;
mod rows;
pub mod share;
pub mod shelf;
pub mod store;
pub mod tools;
pub mod view;
