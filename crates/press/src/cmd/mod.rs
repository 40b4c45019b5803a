//! One file a subcommand: its arguments and what it prints.

pub mod build;
pub mod gift;
pub mod import;
pub mod pass;
