//! What HTML of articles and comments may contain: one list for ammonia on the host and for the sanitizer in the browser.

mod attributes;
mod elements;
mod ids;

pub use attributes::{
    ATTRIBUTES, COMMENT_LINK_REL, GLOBAL_ATTRIBUTES, LINK_REL, LINK_SCHEMES, URL_ATTRIBUTES, attribute, sealed, url,
};
pub use elements::{COMMENT_ELEMENTS, DROPPED, ELEMENTS};
pub use ids::{RESERVED_IDS, id};
