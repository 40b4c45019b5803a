//! The formats that the reader and the press share: no browser, no disk.

pub mod allow;
pub mod app;
pub mod comment;
pub mod commenting;
pub mod date;
pub mod email;
pub mod encode;
pub mod error;
pub mod extension;
pub mod feed;
pub mod item;
pub mod markup;
pub mod offline;
#[cfg(feature = "host")]
mod origin;
pub mod page;
pub mod path;
pub mod pictures;
pub mod plan;
pub mod publication;
pub mod tree;
pub mod wall;

pub use app::App;
pub use comment::{Comment, CommentFile, CommentId};
pub use commenting::{CommentProvider, Commenting};
pub use date::Date;
pub use email::is_email;
pub use error::FormatError;
pub use extension::{CommentSummary, Extension, Heading, Image, ItemKind, Jump, Visibility};
pub use feed::{Feed, Listing, ListingKind, Shelf, YearMark};
pub use item::{Attachment, Author, Item};
pub use page::{Boot, Common, Page};
pub use path::{BasePath, Permalink, Slug};
#[cfg(feature = "host")]
pub use pictures::Pictures;
pub use plan::{Modal, Paywall, Provider, Subscribe, Tier};
pub use publication::{Language, Profile, Publication, Section};

/// The version of the `_jumpline` extension that this crate reads and writes.
pub const FORMAT_VERSION: u32 = 1;
