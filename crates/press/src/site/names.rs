//! Names of tags and authors that share one page without meaning one thing.

use super::Site;
use crate::fault::Fault;
use jumpline_article::{Item, Slug};
use std::collections::HashMap;

/// Warns where names that differ by more than their spelling have one slug, and where a name has nothing for a slug.
pub(crate) fn merged(site: &Site) -> Vec<Fault> {
    let tags = |it: &Item| it.tags.clone();
    let authors = |it: &Item| it.authors.iter().filter_map(|it| it.name.clone()).collect();
    let mut warnings = of(site, "tag", tags);
    warnings.extend(of(site, "author", authors));
    warnings
}

/// Warns where names of published files differ by their capitals only: many disks and hosts have room for one of them.
pub(crate) fn alike(site: &Site) -> Vec<Fault> {
    let mut known: HashMap<String, &str> = HashMap::new();
    let mut warnings = Vec::new();
    for one in site.articles.iter().chain(&site.pages) {
        for path in &one.media {
            let first = *known.entry(path.to_lowercase()).or_insert(path);
            if first != path {
                let message = format!(
                    "{path} and {first} are one file where capitals do not count, as on many disks and hosts; give one of them another name"
                );
                warnings.push(Fault::file(&one.file, message));
            }
        }
    }
    warnings
}

fn of(site: &Site, what: &str, names: impl Fn(&Item) -> Vec<String>) -> Vec<Fault> {
    // The first name of each slug, and all that stands beside it, without spelling.
    let mut known: HashMap<Slug, (String, &str, Vec<String>)> = HashMap::new();
    let mut warnings = Vec::new();
    for article in &site.articles {
        for name in names(&article.item) {
            let (slug, bare) = (Slug::from_name(&name), bare(&name));
            let file = article.file.as_str();
            let Some((first, where_first, seen)) = known.get_mut(&slug) else {
                if slug.as_str() == "-" {
                    let message = format!(
                        "the {what} `{name}` has no letter and no digit, so its page is /{what}/-/; write it otherwise"
                    );
                    warnings.push(Fault::file(file, message));
                }
                known.insert(slug, (name, file, vec![bare]));
                continue;
            };
            if !seen.contains(&bare) {
                let message = format!(
                    "the {what} `{name}` shares the page /{what}/{slug}/ with `{first}` of {where_first}; write one of them otherwise"
                );
                warnings.push(Fault::file(file, message));
                seen.push(bare);
            }
        }
    }
    warnings
}

/// A name without what people write now so and now so: case, spaces, hyphens, points, apostrophes.
fn bare(name: &str) -> String {
    let is_spelling = |it: &char| !it.is_whitespace() && !"-–_.,:;'’\"/&".contains(*it);
    name.chars().filter(is_spelling).flat_map(char::to_lowercase).collect()
}
