//! What the commands of this workspace share with its tests and its bench.

pub mod browsers;
pub mod build;
mod debian;
pub mod isso;
pub mod pack;
pub mod samples;
pub mod server;
mod split;
pub mod steps;
pub mod tools;
pub mod walled;
pub mod wordpress;
