//! What views share.

pub mod body;
pub mod breadcrumb;
pub mod byline;
pub mod card;
pub mod contents;
pub mod foot;
pub mod jump;
pub mod masthead;
pub mod pager;
pub mod preferences;
pub mod progress;
