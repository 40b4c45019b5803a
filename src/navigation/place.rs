//! Where a reader is, what stands there, and why something does not.

use crate::browser::fetch::FetchError;
use crate::messages::Key;
use crate::paths::Route;
use crate::site::Site;
use jumpline_article::Page;
use std::sync::Arc;

/// Why a page is not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoadError {
    /// It did not come.
    Fetch(FetchError),
    /// It came, but is not what the format says.
    Broken,
    /// A later release wrote it.
    Newer,
}

impl LoadError {
    /// It in a sentence.
    pub fn sentence(&self, site: &Site) -> String {
        match self {
            Self::Broken | Self::Newer => site.text(Key::LoadBroken).to_owned(),
            Self::Fetch(error) => site.fetch_error(error),
        }
    }
}

/// A route and what stands there.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Where.
    pub route: Route,
    /// What, or why not.
    pub shown: Result<Arc<Page>, LoadError>,
}

/// An address of the site as a link or the location bar gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The place.
    pub route: Route,
    /// As it is to stand in the location bar.
    pub href: String,
    /// The element to scroll to, without `#`.
    pub fragment: Option<String>,
}

/// How a person came to a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// By a link: a new entry of the history, at the top.
    Link,
    /// By a link to where one is: browsers make no entry for that.
    Again,
    /// By back or forward: the entry is there, and so is its scroll position.
    History,
    /// By *Try again*, or by opening the unfilled shell: the address is right already.
    Here,
}
