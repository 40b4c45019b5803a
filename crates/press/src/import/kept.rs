//! What the file of an earlier import says of its article, as it stands there now.

use crate::source::front_matter;
use jumpline_article::Permalink;

/// What of it decides about a newer import.
#[derive(Clone, Debug, Default)]
pub(super) struct Kept {
    pub(super) id: Option<String>,
    pub(super) section: Option<String>,
    permalink: Option<Permalink>,
    aliases: Vec<Permalink>,
}

impl Kept {
    /// Reads the head of a file; `None` when it has none that can be read.
    pub(super) fn read(text: &str) -> Option<Self> {
        let head = front_matter::read("", front_matter::split("", text).ok()?.yaml).ok()?;
        let path = |it: &str| Permalink::new(it).ok();
        let aliases = head.aliases.map(|it| it.value.0).unwrap_or_default();
        Some(Self {
            id: head.id,
            section: head.section.map(|it| it.value),
            permalink: head.permalink.and_then(|it| path(&it.value)),
            aliases: aliases.iter().filter_map(|it| path(it)).collect(),
        })
    }

    /// Where the article stands by this file, and where it sends on from.
    pub(super) fn paths(&self) -> impl Iterator<Item = Permalink> {
        self.aliases.iter().chain(&self.permalink).cloned()
    }
}
