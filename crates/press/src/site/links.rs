//! Links to places of the site: followed once everything is rendered.

use super::address;
use crate::fault::Fault;
use crate::render::fragments;
use crate::render::html::escape_attribute;
use crate::render::{Link, Rendered, SOURCE, Target};
use crate::source::nearest::nearest;
use jumpline_article::{Permalink, Publication};
use percent_encoding::percent_decode_str;
use std::collections::HashMap;
use std::path::{Component, Path};

/// Warnings of dead links that are spelt out; an import can bring hundreds.
const SHOWN: usize = 30;

/// Writes permalinks in the place of files that links lead to, and names those of which nobody knows. `held` are not published yet.
pub(crate) fn settle(
    rendered: &mut [Rendered],
    held: &[Rendered],
    content: &Path,
    publication: &Publication,
) -> Vec<Fault> {
    if rendered.iter().all(|it| it.links.iter().all(|it| matches!(it.to, Target::Path(_)))) {
        return Vec::new();
    }
    let source = |it: &Rendered| Some((inside(content, &it.file)?, permalink(it)?.clone()));
    let places: HashMap<String, Permalink> = rendered.iter().chain(held).filter_map(source).collect();
    let mut warnings = Vec::new();
    for one in rendered {
        for link in std::mem::take(&mut one.links) {
            let Target::Source(target) = &link.to else {
                one.links.push(link);
                continue;
            };
            let (file, rest) = target.split_at(target.find(['?', '#']).unwrap_or(target.len()));
            let href = match places.get(file) {
                Some(permalink) => {
                    let path = format!("{permalink}{rest}");
                    let href = format!("{}{rest}", publication.base.join(&address::encode(permalink.as_str())));
                    one.links.push(Link { to: Target::Path(path), ..link.clone() });
                    href
                }
                None => {
                    let meant = nearest(file, places.keys().map(String::as_str));
                    let meant = meant.map(|it| format!("; did you mean {it}?")).unwrap_or_default();
                    let message = format!("the link `{}` leads to no article of the content{meant}", link.written);
                    warnings.push(Fault::line(&one.file, link.line, message));
                    link.written.clone()
                }
            };
            let attribute = |href: &str| format!("href=\"{}\"", escape_attribute(href));
            let (from, to) = (attribute(&format!("{SOURCE}{target}")), attribute(&href));
            let hidden = one.gated.as_mut().map(|it| &mut it.content_html);
            for html in one.item.content_html.iter_mut().chain(hidden) {
                *html = html.replace(&from, &to);
            }
        }
    }
    warnings
}

/// Links that lead to nothing in the site that stands in `out`.
pub(crate) fn dead(all: &[&Rendered], held: &[Rendered], out: &Path) -> Vec<Fault> {
    let mut known: HashMap<&str, bool> = HashMap::new();
    let articles: HashMap<&str, &Rendered> = all.iter().filter_map(|it| Some((permalink(it)?.as_str(), *it))).collect();
    let places: Vec<&str> = all.iter().filter_map(|it| permalink(it)).map(Permalink::as_str).collect();
    let mut warnings = Vec::new();
    let mut more = 0;
    for one in all {
        for link in &one.links {
            let Target::Path(path) = &link.to else { continue };
            let (path, fragment) = path.split_once('#').unwrap_or((path, ""));
            let path = path.split('?').next().unwrap_or_default();
            let is_there = *known.entry(path).or_insert_with(|| leads(out, path));
            let decoded = percent_decode_str(path).decode_utf8_lossy();
            let article = articles.get(decoded.as_ref());
            if is_there && article.is_none_or(|it| fragments::leads(fragment, &fragments::parts(it))) {
                continue;
            }
            if warnings.len() == SHOWN {
                more += 1;
                continue;
            }
            let later = held.iter().find(|it| permalink(it).is_some_and(|it| it.as_str() == decoded));
            let later = later.and_then(|it| it.item.date_published.as_ref());
            let why = match (later, nearest(&decoded, places.iter().copied())) {
                _ if is_there => format!("leads to no part of {decoded}; nothing there has the id `{fragment}`"),
                (Some(date), _) => format!("leads to what is published at {}", date.as_str()),
                (None, Some(meant)) => format!("leads nowhere; did you mean {meant}?"),
                (None, None) => "leads nowhere; nothing of the site stands there".to_owned(),
            };
            warnings.push(Fault::line(&one.file, link.line, format!("the link `{}` {why}", link.written)));
        }
    }
    if more > 0 {
        warnings.push(Fault::file(out.display().to_string(), format!("{more} more links lead nowhere")));
    }
    warnings
}

/// Whether a host finds something there: what the press wrote, or what somebody put beside it.
fn leads(out: &Path, path: &str) -> bool {
    let decoded = percent_decode_str(path).decode_utf8_lossy();
    let inside = Path::new(decoded.trim_start_matches('/'));
    if !inside.components().all(|it| matches!(it, Component::Normal(_))) {
        return false;
    }
    let disk = out.join(inside);
    disk.join("index.html").is_file() || (!decoded.ends_with('/') && disk.is_file())
}

fn permalink(of: &Rendered) -> Option<&Permalink> {
    of.item.jumpline.as_ref().map(|it| &it.permalink)
}

/// A source's path below the content, with slashes.
fn inside(content: &Path, file: &str) -> Option<String> {
    let inside = Path::new(file).strip_prefix(content).ok()?;
    let steps: Vec<_> = inside.components().map(|it| it.as_os_str().to_string_lossy()).collect();
    Some(steps.join("/"))
}
