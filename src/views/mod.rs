//! One file a route. A view reads like the page it draws.

pub mod account;
pub mod archive;
pub mod article;
pub mod failed;
pub mod home;
pub mod library;
pub mod listing;
pub mod not_found;
pub mod subscribe;
