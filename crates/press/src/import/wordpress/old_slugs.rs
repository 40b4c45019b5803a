//! Slugs that an article had before: WordPress sends on who comes to one, and so does the press.

use super::export::Export;
use super::plan::Header;
use super::text;
use crate::import::permalink::{self, Taken};
use crate::import::report::{Report, Topic};
use jumpline_article::Permalink;
use url::Url;

/// Gives each article its old paths, once every article has its own: what stands somewhere goes before what stood there.
pub(super) fn place(headers: &[&Header], export: &mut Export, taken: &mut Taken, report: &mut Report) {
    for header in headers {
        let Some(planned) = export.planned.get_mut(&header.number).filter(|it| !it.draft) else { continue };
        for path in old_paths(header, export.url.as_ref()) {
            if path == planned.permalink || planned.aliases.contains(&path) {
                continue;
            }
            let named = format!("{} was at {path}", header.name);
            if !taken.alias(&path) {
                let text = "had an address before that another has now or that the reader needs itself";
                report.remark(Topic::LeftOut, text, &named);
                continue;
            }
            report.remark(Topic::Changed, "had another address before, which sends on to it (`aliases`)", &named);
            let old = path.as_str().trim_matches('/').to_owned();
            export.by_path.entry(old).or_insert(planned.permalink.clone());
            planned.aliases.push(path);
        }
    }
}

/// Where it stood: its address with an old slug in the place of its own. Where the address ends in something else, such as a
/// number, a change of the slug has not moved it.
fn old_paths(header: &Header, site: Option<&Url>) -> Vec<Permalink> {
    let Some(path) = permalink::path(&header.link, site) else { return Vec::new() };
    let path = path.as_str().trim_matches('/');
    let (above, last) = path.rsplit_once('/').unwrap_or(("", path));
    if header.slug.is_empty() || last != text::percent_decode(&header.slug) {
        return Vec::new();
    }
    let old = |slug: &String| Permalink::new(&format!("{above}/{}", permalink::step(slug))).ok();
    header.old_slugs.iter().filter(|it| !it.is_empty()).filter_map(old).collect()
}
