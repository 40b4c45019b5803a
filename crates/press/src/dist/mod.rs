//! What is written: pages, documents, feeds, files.

mod alias;
mod cards;
mod css;
mod feeds;
mod files;
mod head;
mod json_ld;
mod page;
mod policy;
mod rss;
mod shell;
mod sitemap;
mod style;

pub use cards::{Card, Cards};
pub use feeds::feeds;
pub use files::{Files, Manifest, Outcome};
pub use page::Pages;
pub use shell::Shell;
pub use sitemap::{robots, sitemaps};
