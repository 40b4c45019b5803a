//! The sites that the browser tests look at, all from one shell.

use std::path::PathBuf;

use jumpline_article::BasePath;

use crate::build::{Build, Press};
use crate::steps::root;

/// A publication at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sample {
    /// The sample publication at the root of a host.
    Root,
    /// The same below a path, as on GitHub's project pages.
    Below,
    /// A publication in Arabic, from right to left.
    Arabic,
    /// A publication whose articles are short, long, hostile or half empty.
    Odd,
    /// Addresses of subscribers go to a newsletter's form.
    Form,
    /// Addresses of subscribers go to a Ghost site.
    Ghost,
    /// Comments go to an Isso server.
    Commented,
    /// Comments go to a WordPress.
    Wordpressed,
    /// Invites to subscribe half way through an article.
    Inviting,
    /// A publication with a wall; [`crate::walled`] builds it.
    Walled,
}

impl Sample {
    /// All but the last.
    pub const ALL: [Self; 9] = [
        Self::Root,
        Self::Below,
        Self::Arabic,
        Self::Odd,
        Self::Form,
        Self::Ghost,
        Self::Commented,
        Self::Wordpressed,
        Self::Inviting,
    ];

    /// Its name, also of its folder.
    pub fn name(self) -> &'static str {
        match self {
            Self::Root => "root",
            Self::Below => "below",
            Self::Arabic => "arabic",
            Self::Odd => "odd",
            Self::Form => "form",
            Self::Ghost => "ghost",
            Self::Commented => "commented",
            Self::Wordpressed => "wordpressed",
            Self::Inviting => "inviting",
            Self::Walled => "walled",
        }
    }

    /// Where it lives on its host.
    pub fn base(self) -> BasePath {
        BasePath::new(if self == Self::Below { "repo" } else { "/" })
    }

    /// Where it is built.
    pub fn folder(self) -> PathBuf {
        root().join("target/sites").join(self.name())
    }

    /// How it is built.
    pub fn build(self) -> Build {
        let content = match self {
            Self::Root | Self::Below => root().join("content"),
            _ => root().join("tests/publications").join(self.name()),
        };
        Build { content, base: Some(self.base()), out: self.folder(), press: Press::Debug }
    }
}
