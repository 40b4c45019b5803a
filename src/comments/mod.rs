//! Comments: the thread below an article.

pub mod acts;
mod ask;
pub mod board;
pub mod desk;
pub mod door;
pub mod draft;
pub mod draw;
pub mod fold;
pub mod form;
pub mod letterbox;
pub mod mailbox;
pub mod merge;
pub mod news;
pub mod outbox;
pub mod rows;
pub mod surround;
pub mod thread;
pub mod view;

use jumpline_article::Comment;
use leptos::prelude::use_context;

/// The comments of the page that is being prerendered: only the host has them at first.
#[derive(Clone, Debug, Default)]
pub struct Snapshot(pub Vec<Comment>);

impl Snapshot {
    /// What the press provided; nothing in the browser, where the thread stands in the page or is loaded.
    pub fn current() -> Self {
        use_context().unwrap_or_default()
    }

    /// The rows of the thread, as the press writes them.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn rows(self, site: &crate::site::Site) -> Vec<crate::fixed::Fixed> {
        rows::rows(self.0).into_iter().map(|it| view::comment(site, it)).collect()
    }
}
