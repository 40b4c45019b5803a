//! The publisher's side of Jumpline: reads `content/`, writes `dist/`. The binary `press` is its command line.

pub mod app;
pub mod audit;
pub mod build;
pub mod cache;
mod colour;
pub mod dist;
mod draw;
pub mod fault;
mod host_files;
pub mod import;
mod lock;
pub mod media;
pub mod moderation;
pub mod progress;
mod real_path;
pub mod render;
pub mod site;
pub mod source;
pub mod wall;
