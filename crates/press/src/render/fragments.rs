//! Links to parts of an article, and whether there are any such parts.

use super::Rendered;
use crate::fault::Fault;
use jumpline_article::allow;
use percent_encoding::percent_decode_str;
use std::borrow::Cow;
use std::collections::HashSet;

/// The values of an attribute in HTML of our own, which writes all of them in double quotes.
fn values<'a>(html: &'a str, begin: &'static str) -> impl Iterator<Item = &'a str> {
    html.match_indices(begin).filter_map(move |(at, _)| html[at + begin.len()..].split('"').next())
}

/// What of an article is published, and what of it is locked.
fn bodies(of: &Rendered) -> impl Iterator<Item = &str> {
    of.item.content_html.as_deref().into_iter().chain(of.gated.as_ref().map(|it| it.content_html.as_str()))
}

/// Every part of an article that a link may name.
pub(crate) fn parts(of: &Rendered) -> HashSet<&str> {
    bodies(of).flat_map(|it| values(it, " id=\"")).collect()
}

/// Whether a link with this fragment finds a part: one of these, or one that the reader itself makes.
pub(crate) fn leads(fragment: &str, parts: &HashSet<&str>) -> bool {
    let decoded = percent_decode_str(fragment).decode_utf8_lossy();
    let is_of_page = decoded == "top" || !allow::id(&decoded) || decoded.starts_with(":~:");
    is_of_page || parts.contains(fragment) || parts.contains(&*decoded)
}

/// Links of an article to parts of its own that are not there; `line` finds where one was written.
pub(super) fn dead(of: &Rendered, line: impl Fn(&str) -> usize) -> Vec<Fault> {
    let parts = parts(of);
    let written = bodies(of).flat_map(|it| values(it, " href=\"#"));
    let dead: HashSet<Cow<'_, str>> =
        written.filter(|it| !leads(it, &parts)).map(|it| percent_decode_str(it).decode_utf8_lossy()).collect();
    let mut dead: Vec<Fault> = dead
        .into_iter()
        .map(|it| {
            let message = format!("the link `#{it}` leads to no part of the article; give that id to what it means");
            Fault::line(&of.file, line(&format!("#{it}")), message)
        })
        .collect();
    dead.sort();
    dead
}
