//! One file a subcommand: its arguments and what it prints.

pub mod audit;
pub mod build;
pub mod comments;
pub mod gift;
pub mod import;
pub mod pass;
