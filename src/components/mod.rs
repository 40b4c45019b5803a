//! What views share.

pub mod body;
pub mod breadcrumb;
pub mod byline;
pub mod card;
pub mod comments;
pub mod contents;
pub mod dialog;
pub mod foot;
pub mod invitation;
pub mod jump;
pub mod library;
pub mod masthead;
pub mod meter;
pub mod notices;
pub mod pager;
pub mod panel;
pub mod picture;
pub mod preferences;
pub mod progress;
