//! The publication as a whole: what stands beside what.

pub mod address;
pub(crate) mod checks;
pub(crate) mod links;
mod listings;
mod names;
mod neighbours;
pub mod origin;
pub(crate) mod spellings;

pub(crate) use checks::{LONGEST_STEP, places};
pub use listings::{listings, with_text};
pub(crate) use names::{alike, merged};

use crate::fault::Fault;
use crate::render::{self, Rendered};
use jumpline_article::{Item, Jump, Publication};
use std::path::Path;

/// Everything that is published, in its order.
#[derive(Debug)]
pub struct Site {
    /// The publication, with its pages and without a lead that does not exist.
    pub publication: Publication,
    /// Newest first, with neighbours and related articles.
    pub articles: Vec<Rendered>,
    /// Pages that stand beside the stream, in the order of their files.
    pub pages: Vec<Rendered>,
}

/// Brings the rendered items together. What is `held` back needs a place too, but a later one.
///
/// # Errors
/// When two of them want one place or one id, or a place that is the site's own.
pub fn assemble(
    mut publication: Publication,
    content: &Path,
    rendered: Vec<Rendered>,
    held: &[Rendered],
    reserved: &[String],
) -> Result<Site, Vec<Fault>> {
    let mut faults = checks::places(&rendered, held, reserved);
    // Until its lead is published the newest article leads.
    publication.lead = publication.lead.filter(|it| !held.iter().any(|held| checks::stands_at(held, it)));
    faults.extend(checks::lead(&publication, content, &rendered));
    if !faults.is_empty() {
        return Err(faults);
    }
    let (mut articles, pages): (Vec<_>, Vec<_>) = rendered.into_iter().partition(|it| render::is_article(&it.item));
    articles.sort_by(|a, b| b.item.date_published.cmp(&a.item.date_published).then_with(|| a.item.id.cmp(&b.item.id)));
    spellings::unite(&mut articles, &publication);
    publication.pages = pages.iter().filter_map(|it| jump(&it.item)).collect();
    neighbours::connect(&mut articles);
    Ok(Site { publication, articles, pages })
}

/// The line that leads to an item.
fn jump(item: &Item) -> Option<Jump> {
    let permalink = item.jumpline.as_ref()?.permalink.clone();
    let title = item.title.clone().unwrap_or_else(|| item.id.clone());
    Some(Jump { permalink, title, language: item.language.clone() })
}

#[cfg(test)]
mod tests;
