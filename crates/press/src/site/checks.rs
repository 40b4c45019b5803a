//! Every item has a place of its own.

use crate::fault::Fault;
use crate::render::Rendered;
use crate::source::nearest::nearest;
use crate::source::{self, SourceFile, place};
use jumpline_article::{Permalink, Publication};
use std::collections::HashMap;
use std::fs;
use std::path::Path;

/// First steps of paths that the site keeps for itself; some for rooms that are not built yet.
const OWN: &[&str] = &[
    "archive",
    "assets",
    "author",
    "comments",
    "keyring",
    "library",
    "media",
    "sealed",
    "search",
    "section",
    "settings",
    "subscribe",
    "tag",
    "unlock",
];

/// Files that stand in folders of the site, so no path may have a step of that name.
const FILES: &[&str] = &[
    "404.html",
    "apple-touch-icon.png",
    "article.json",
    "comments.json",
    "feed.json",
    "feed.xml",
    "icon-192.png",
    "icon-512.png",
    "icon-maskable.png",
    "icon.svg",
    "index.html",
    "listing.json",
    "manifest.webmanifest",
    "offline.json",
    "robots.txt",
    "sitemap.xml",
    "sw.js",
];

/// Whether the site keeps the first step of a path for itself. Some file systems, and so some hosts, make no difference between
/// `Archive` and `archive`.
pub(crate) fn is_own(first: &str) -> bool {
    OWN.contains(&first.to_lowercase().as_str())
}

/// Whether a step of a path is the name of a file of the site, in whatever case.
pub(crate) fn is_file(step: &str) -> bool {
    let step = step.to_lowercase();
    let part = step.strip_prefix("sitemap-").and_then(|it| it.strip_suffix(".xml"));
    let is_part = part.is_some_and(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()));
    is_part || FILES.contains(&step.as_str())
}

/// File systems take names of 255 bytes; some need room for a suffix.
pub(crate) const LONGEST_STEP: usize = 200;

/// What stands where something else stands. `reserved` are the names at the top of the shell.
pub(crate) fn places(rendered: &[Rendered], held: &[Rendered], reserved: &[String]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let (mut paths, mut ids) = (HashMap::new(), HashMap::new());
    for one in rendered.iter().chain(held) {
        let Some(extension) = &one.item.jumpline else { continue };
        let permalink = &extension.permalink;
        for (what, path) in one.paths() {
            faults.extend(own_place(what, path, reserved).map(|it| Fault::file(&one.file, it)));
        }
        if let Some(other) = paths.insert(permalink.as_str().to_lowercase(), one.file.as_str()) {
            let message = format!("the permalink {permalink} belongs to {other} already; give one of them another");
            faults.push(Fault::file(&one.file, message));
        } else if let Some(other) = ids.insert(one.item.id.as_str(), one.file.as_str()) {
            let message = format!("the id `{}` belongs to {other} already; give one of them another", one.item.id);
            faults.push(Fault::file(&one.file, message));
        }
    }
    // What stands there goes before what stood there.
    for one in rendered.iter().chain(held) {
        for alias in &one.aliases {
            if let Some(other) = paths.insert(alias.as_str().to_lowercase(), one.file.as_str()) {
                let message = match other == one.file {
                    true => format!("the alias {alias} is there twice, or its own permalink; remove it"),
                    false => format!("the alias {alias} belongs to {other}; remove it from one of them"),
                };
                faults.push(Fault::file(&one.file, message));
            }
        }
    }
    faults
}

fn own_place(what: &str, path: &Permalink, reserved: &[String]) -> Option<String> {
    let steps: Vec<&str> = path.as_str().trim_matches('/').split('/').collect();
    let first = steps[0];
    if is_own(first) || reserved.iter().any(|it| it.to_lowercase() == first.to_lowercase()) {
        return Some(format!(
            "the {what} {path} begins with /{first}/, which the site keeps for itself; choose another"
        ));
    }
    if let Some(step) = steps.iter().find(|it| is_file(it)) {
        return Some(format!("the {what} {path} has a step `{step}`, which is the name of a file of the site"));
    }
    let long = steps.iter().any(|it| it.len() > LONGEST_STEP);
    long.then(|| format!("the {what} {path} has a step of more than {LONGEST_STEP} bytes; shorten it"))
}

/// Whether an item has this place.
pub(super) fn stands_at(rendered: &Rendered, permalink: &Permalink) -> bool {
    rendered.item.jumpline.as_ref().is_some_and(|it| it.permalink == *permalink)
}

/// The file of the draft that would stand at a place.
fn draft_at(permalink: &Permalink, content: &Path) -> Option<String> {
    let is_it = |it: &SourceFile| {
        let text = fs::read_to_string(&it.path).unwrap_or_default();
        source::draft(it, &text).as_ref() == Some(permalink)
    };
    source::files(content).ok()?.iter().find(|it| is_it(it)).map(SourceFile::name)
}

/// A lead story that does not exist, or is none.
pub(super) fn lead(publication: &Publication, content: &Path, rendered: &[Rendered]) -> Option<Fault> {
    let lead = publication.lead.as_ref()?;
    let ours = || rendered.iter().filter_map(|it| it.item.jumpline.as_ref());
    let paths = || ours().filter(|it| it.kind.is_article()).map(|it| it.permalink.as_str());
    if paths().any(|it| it == lead.as_str()) {
        return None;
    }
    if ours().any(|it| it.permalink == *lead) {
        let message = format!("{lead} is a page, and only an article leads; name one, or remove this line");
        return Some(place::fault(content, &["lead".into()], &message));
    }
    let message = match (rendered.iter().find(|it| it.aliases.contains(lead)), draft_at(lead, content)) {
        (Some(moved), _) => {
            let now = moved.item.jumpline.as_ref().map_or("", |it| it.permalink.as_str());
            format!("the article of {lead} stands at {now} now; write that, or remove this line")
        }
        (None, Some(draft)) => {
            format!("{draft} is a draft, and leads nowhere; publish it, name another, or remove this line")
        }
        (None, None) => {
            let mend = match nearest(lead.as_str(), paths()) {
                Some(meant) => format!("; did you mean {meant}? If you remove this line,"),
                None => {
                    ", which may have been renamed or removed; write where it stands, or remove this line:".to_owned()
                }
            };
            format!("no article stands at {lead}{mend} the newest article leads")
        }
    };
    Some(place::fault(content, &["lead".into()], &message))
}
