//! A manuscript becomes an item: sanitised, canonical HTML with everything the page needs to lay it out.

mod article;
mod attached;
mod blanks;
mod blocks;
mod body;
mod captions;
pub(crate) mod comments;
mod dropped;
mod files;
pub(crate) mod fragments;
mod headings;
mod highlight;
pub mod html;
mod item;
mod labels;
mod links;
pub(crate) mod markdown;
mod marker;
mod notes;
pub(crate) mod sanitise;
pub(crate) mod srcset;
mod teaser;
pub mod tree;
mod unsaid;
pub(crate) mod words;

pub use labels::{AllLabels, Labels};
pub(crate) use links::SOURCE;
pub use links::{Link, Target};

use crate::fault::Fault;
use crate::media::Media;
use crate::wall::Gated;
use jumpline_article::comment::Withheld;
use jumpline_article::{Comment, Date, Item, ItemKind, Permalink, Publication};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// An article or page as it is published, without its neighbours.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Rendered {
    /// The file that it came from, as a person would type its name.
    pub file: String,
    /// Paths under which it stood before.
    pub aliases: Vec<Permalink>,
    /// The item. In a gated article its content is the teaser and nothing else.
    pub item: Item,
    /// Media that the published part needs: `media/ferry.jpg`.
    pub media: BTreeSet<String>,
    /// Its comments as everybody may see them.
    pub comments: Vec<Comment>,
    /// Those that the server which takes them may go on showing, and nobody is to see.
    pub withheld: Vec<Withheld>,
    /// When they were last fetched from the server that takes them.
    pub taken: Option<Date>,
    /// What follows the teaser of a gated article.
    pub gated: Option<Gated>,
    /// Links to places of the site and to other files of the content.
    pub links: Vec<Link>,
    /// What was changed, for the publisher to know.
    pub warnings: Vec<Fault>,
}

impl Rendered {
    /// Whether there is anything to be said of its comments.
    pub fn has_thread(&self) -> bool {
        !self.comments.is_empty() || !self.withheld.is_empty()
    }

    /// Every path that it takes, and what that is.
    pub fn paths(&self) -> impl Iterator<Item = (&'static str, &Permalink)> {
        let own = self.item.jumpline.iter().map(|it| ("permalink", &it.permalink));
        own.chain(self.aliases.iter().map(|it| ("alias", it)))
    }
}

/// What every article of a publication is rendered with.
pub struct Renderer<'a> {
    /// The publication.
    pub publication: &'a Publication,
    /// Its media.
    pub media: &'a Media,
    /// Words in its language, and in those of its articles.
    pub labels: &'a AllLabels,
}

/// Whether an item stands in listings.
pub fn is_article(item: &Item) -> bool {
    item.jumpline.as_ref().is_some_and(|it| it.kind == ItemKind::Article)
}

#[cfg(test)]
pub(crate) mod tests;
