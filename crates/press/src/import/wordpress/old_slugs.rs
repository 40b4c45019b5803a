//! Slugs, days and addresses that an article had before: WordPress sends on who comes to one, and so does the press.

use super::export::Export;
use super::plan::Header;
use super::text;
use crate::import::permalink::{self, Taken};
use crate::import::report::Report;
use jumpline_article::Permalink;
use url::Url;

/// Gives each article its old paths, once every article has its own: what stands somewhere goes before what stood there.
pub(super) fn place(headers: &[&Header], export: &mut Export, taken: &mut Taken, report: &mut Report) {
    for header in headers {
        let Some(planned) = export.planned.get_mut(&header.number).filter(|it| !it.draft) else { continue };
        let before = std::mem::take(&mut planned.before);
        for path in old_paths(header, export.url.as_ref()).into_iter().chain(before) {
            if path == planned.permalink || planned.aliases.contains(&path) {
                continue;
            }
            let is_free = taken.alias(&path);
            report.alias(&header.name, &path, is_free);
            if !is_free {
                continue;
            }
            let old = path.as_str().trim_matches('/').to_owned();
            export.by_path.entry(old).or_insert(planned.permalink.clone());
            planned.aliases.push(path);
        }
    }
}

/// Where it stood: its address with an old slug in the place of its own, or with an old day in the place of its day. Where the
/// address ends in something else, such as a number, a change of the slug has not moved it.
fn old_paths(header: &Header, site: Option<&Url>) -> Vec<Permalink> {
    let Some(path) = permalink::path(&header.link, site) else { return Vec::new() };
    let path = path.as_str().trim_matches('/');
    let (above, last) = path.rsplit_once('/').unwrap_or(("", path));
    let has_slug = !header.slug.is_empty() && last == text::percent_decode(&header.slug);
    let slugs = header.old_slugs.iter().filter(|it| has_slug && !it.is_empty()).map(|it| permalink::step(it));
    let slugs: Vec<String> = std::iter::once(last.to_owned()).chain(slugs).collect();
    let days = header.old_dates.iter().filter_map(|it| on(above, it));
    let folders: Vec<String> = std::iter::once(above.to_owned()).chain(days).collect();
    let all = slugs.iter().flat_map(|slug| folders.iter().map(move |above| format!("{above}/{slug}")));
    all.skip(1).filter_map(|it| Permalink::new(&it).ok()).collect()
}

/// The steps above an article with another day in the place of its own, `2026/01/15`, or month, or year; `None` where they
/// hold none.
fn on(above: &str, day: &str) -> Option<String> {
    let is_number = |it: &str, digits: usize| it.len() == digits && it.bytes().all(|it| it.is_ascii_digit());
    let mut steps: Vec<&str> = above.split('/').collect();
    let year = steps.iter().position(|it| is_number(it, 4))?;
    let parts: Vec<&str> = day.trim().split('-').collect();
    let is_day = parts.len() == 3 && is_number(parts[0], 4) && parts[1..].iter().all(|it| is_number(it, 2));
    steps[year] = parts.first().filter(|_| is_day)?;
    for (step, part) in steps[year + 1..].iter_mut().zip(&parts[1..]).take_while(|it| is_number(it.0, 2)) {
        *step = part;
    }
    Some(steps.join("/"))
}
