//! Words of a body that its text does not hold: what its pictures are said to show, and the captions of its films.

use super::links::Context;
use super::tree::{Node, walk};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// Attributes that are read out or shown.
const SAID: &[&str] = &["alt", "title", "label", "aria-label"];

/// What the attributes of a body say, each by itself.
pub(super) fn attributes(nodes: &[Node]) -> Vec<String> {
    let mut said = Vec::new();
    walk(nodes, &mut |node| {
        let attributes = node.element().into_iter().flat_map(|it| SAID.iter().filter_map(|name| it.get(name)));
        said.extend(attributes.filter(|it| !it.trim().is_empty()).map(ToOwned::to_owned));
    });
    said
}

/// What is spoken, by the file of the captions.
pub(super) fn tracks(media: &BTreeSet<String>, context: &Context<'_>) -> BTreeMap<String, String> {
    let captions = media.iter().filter(|it| it.to_ascii_lowercase().ends_with(".vtt"));
    let text = |path: &String| fs::read(context.media.path(path)).map(|it| spoken(&String::from_utf8_lossy(&it)));
    captions.filter_map(|it| Some((it.clone(), text(it).ok()?))).collect()
}

/// The lines of WebVTT that are spoken; the others say when.
fn spoken(vtt: &str) -> String {
    let is_spoken = |it: &&str| {
        !it.contains("-->") && !it.starts_with("WEBVTT") && !it.trim().bytes().all(|it| it.is_ascii_digit())
    };
    vtt.trim_start_matches('\u{feff}').lines().filter(is_spoken).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::html::parse;

    #[test]
    fn what_is_read_out_is_found() {
        let html =
            "<figure title=\"One\"><img alt=\"Two\"><video><track label=\"Three\"></video></figure><img alt=\"\">";
        assert_eq!(attributes(&parse(html).expect("is shallow")), ["One", "Two", "Three"]);
    }

    #[test]
    fn only_what_is_spoken_is_taken() {
        let vtt =
            "\u{feff}WEBVTT - x\n\n1\n00:00.000 --> 00:01.000\nNobody knew\n\n00:01.000 --> 00:02.000\nit then.\n";
        assert_eq!(spoken(vtt), "Nobody knew\nit then.");
    }
}
