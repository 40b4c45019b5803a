//! The press as its user meets it: a content folder goes in, a site comes out. See `tests/README.md`.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

mod audit;
mod broken;
mod cards;
mod comments;
mod credentials;
mod driver;
mod feeds;
mod foreign;
mod gates;
mod golden;
mod host_files;
mod hostile;
mod import;
mod incremental;
mod language;
mod links;
mod offline;
mod passes;
mod pictures;
mod pull;
mod quotes;
mod scheduled;
mod wall;
mod wall_jose;
mod withdrawn;
