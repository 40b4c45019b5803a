//! The reader: hydrates in the browser, renders on the host for prerendering.

// A view's type holds the types of everything in it.
#![recursion_limit = "256"]

pub mod app;
pub mod aside;
pub mod browser;
pub mod coming;
pub mod comments;
pub mod components;
pub use jumpline_article::encode;
pub mod fixed;
pub mod keyed;
pub mod library;
pub mod messages;
pub mod navigation;
pub mod parts;
pub mod paths;
pub mod paywall;
pub mod picture;
pub mod preferences;
#[cfg(feature = "prerender")]
pub mod prerender;
pub mod site;
pub mod views;
pub mod wall;
