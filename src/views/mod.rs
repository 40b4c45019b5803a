//! One file a route (what few open: `aside/`). A view reads like the page it draws.

pub mod article;
pub mod failed;
pub mod home;
pub mod library;
pub mod listing;
pub mod not_found;
