//! Comments: the thread below an article.

pub mod board;
pub mod desk;
pub mod draft;
pub mod draw;
pub mod fold;
pub mod form;
pub mod letterbox;
pub mod mailbox;
pub mod merge;
pub mod outbox;
pub mod rows;
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
}
