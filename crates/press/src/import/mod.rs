//! Publications that come from elsewhere.

mod addresses;
mod anchors;
mod body;
mod clean;
pub(crate) mod disk;
mod embeds;
mod frames;
pub mod front;
mod gates;
mod home;
mod layout;
pub mod ledger;
mod markup;
mod media;
mod outline;
mod permalink;
mod prepare;
pub mod prose;
pub mod publication;
pub mod remarks;
pub mod report;
mod source;
mod standing;
mod tame;
mod text;
pub mod wordpress;
mod writing;
