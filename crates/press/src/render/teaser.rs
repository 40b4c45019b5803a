//! Where a gated body breaks off: nothing after that place is published.

mod cut;
mod notes;
mod table;

use super::blocks;
use super::marker::find;
use super::tree::{Element, Node, text, walk};
use super::words;
pub(super) use notes::notes_below;
use std::collections::HashSet;

/// Elements that show or play a file.
const MEDIA: &[&str] = &["audio", "img", "picture", "source", "track", "video"];

/// A gated body in its two parts.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// What everybody sees.
    pub(super) shown: Vec<Node>,
    /// What follows it. All notes are with it: the reader puts them in the place of the teaser's own.
    pub(super) rest: Vec<Node>,
    /// Text that stands in the rest and nowhere else.
    pub(super) hidden: String,
    /// Whether nothing stands in the rest that the teaser has not.
    pub(super) hides_nothing: bool,
}

/// Parts a body at the first marker; without one, after the first paragraphs. Notes that the shown part refers to stay with it.
/// `is_file` knows the address of a file of the media folder.
pub(super) fn part(mut nodes: Vec<Node>, is_file: &dyn Fn(&str) -> bool) -> Parts {
    let notes = notes::take_notes(&mut nodes);
    let (mut shown, mut rest, head) = match find(&nodes) {
        Some(_) => cut::at_marker(nodes),
        None => {
            let (shown, rest) = after_paragraphs(nodes, is_file);
            (shown, rest, None)
        }
    };
    let mut hidden = text(&blocks::figures(rest.clone()));
    let mut hides_nothing = !rest.iter().any(|it| holds_media(it, is_file));
    if let Some(notes) = notes {
        let kept = notes::keep_notes(notes.clone(), &shown);
        hidden.push(' ');
        hidden.push_str(&notes::hidden_notes(&notes, kept.as_ref()));
        rest.push(Node::Element(notes));
        shown.extend(kept.map(Node::Element));
    }
    hides_nothing &= hidden.trim().is_empty();
    // What everybody sees is not hidden, so it comes back last.
    if let Some(head) = head {
        table::repeat(&mut rest, head);
    }
    Parts { shown, rest, hidden, hides_nothing }
}

/// At most two paragraphs and at most a third of the words, so that a short article is not given away. A picture, a sound or a
/// file has no words and may be all that is paid for, so whatever holds one is locked.
fn after_paragraphs(nodes: Vec<Node>, is_file: &dyn Fn(&str) -> bool) -> (Vec<Node>, Vec<Node>) {
    let limit = words::count(&text(&nodes)).total() / 3;
    let (mut shown, mut paragraphs, mut read) = (Vec::new(), 0, 0);
    let mut nodes = nodes.into_iter().peekable();
    while let Some(node) = nodes.peek() {
        match node {
            Node::Element(element) if element.name == "p" => {
                read += length(element);
                if paragraphs == 2 || read > limit || holds_media(node, is_file) {
                    break;
                }
                paragraphs += 1;
            }
            node if node.is_blank() => {}
            _ => break,
        }
        shown.extend(nodes.next());
    }
    (shown, nodes.collect())
}

/// Words of a paragraph. One of signs alone, such as a picture made of letters, says something too.
fn length(paragraph: &Element) -> u32 {
    let text = paragraph.text();
    words::count(&text).total().max(u32::from(!text.trim().is_empty()))
}

fn holds_media(node: &Node, is_file: &dyn Fn(&str) -> bool) -> bool {
    let mut found = false;
    walk(std::slice::from_ref(node), &mut |it| {
        found |= it.element().is_some_and(|it| it.is(MEDIA) || it.name == "a" && it.get("href").is_some_and(is_file));
    });
    found
}

/// Ids that the teaser keeps when the rest stands below it: all but those of its notes, which go then.
pub(super) fn lasting_ids(shown: &[Node]) -> HashSet<String> {
    shown.iter().filter(|it| !notes::is_notes(it)).flat_map(|it| notes::ids(std::slice::from_ref(it))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::html::{parse, write};
    use crate::render::markdown;
    use crate::render::tests::labels;

    fn parts(html: &str) -> Parts {
        part(parse(html).expect("is shallow"), &|it| it.starts_with("/media/"))
    }

    fn teaser(html: &str) -> String {
        write(&parts(html).shown).expect("is shallow")
    }

    #[test]
    fn nothing_after_the_marker_is_shown() {
        for (html, shown) in [
            ("<p>a</p><!--more--><p>SECRET</p>", "<p>a</p>"),
            ("<p>a</p><!-- Members-Only --><p>SECRET</p>", "<p>a</p>"),
            ("<div><p>a<!--more-->SECRET</p><p>SECRET</p></div><p>SECRET</p>", "<div><p>a</p></div>"),
            ("<p>a</p><blockquote><!--more--><p>SECRET</p></blockquote>", "<p>a</p>"),
            ("<!-- wp:paragraph --><p>a</p><!-- wp:jetpack/paywall /--><p>SECRET</p>", "<p>a</p>"),
            ("<p>a</p><!--more Read on--><p>SECRET</p><!--members-only--><p>SECRET</p>", "<p>a</p>"),
            ("<!--more--><p>SECRET</p>", ""),
        ] {
            assert_eq!(teaser(html), shown, "{html}");
        }
    }

    #[test]
    fn the_rest_goes_on_where_the_teaser_ends() {
        for (html, rest) in [
            ("<p>a</p><!--more--><p>b</p>", "<p>b</p>"),
            ("<div><p id=\"x\">a<!--more-->b</p><p>c</p></div><p>d</p>", "<div><p>b</p><p>c</p></div><p>d</p>"),
            ("<p>a</p><blockquote><!--more--><p>b</p></blockquote>", "<blockquote><p>b</p></blockquote>"),
            ("<p>a<!--more--></p><p>b</p><!--members-only--><p>c</p>", "<p>b</p><p>c</p>"),
            ("<p>all of it</p>", "<p>all of it</p>"),
        ] {
            let parts = parts(html);
            assert_eq!(write(&parts.rest).expect("is shallow"), rest, "{html}");
        }
    }

    #[test]
    fn only_what_stands_nowhere_else_is_hidden() {
        let text = "A[^a].\n\n<!--more-->\n\nB[^b], again[^a].\n\n[^a]: Shown.\n[^b]: Deep.\n";
        let parts = parts(&markdown::to_html(text, &labels()));
        assert!(write(&parts.rest).is_ok_and(|it| it.contains("Shown") && it.contains("Deep")));
        assert!(parts.hidden.contains("Deep") && !parts.hidden.contains("Shown"), "{}", parts.hidden);
    }

    #[test]
    fn captions_are_hidden_where_they_will_stand() {
        let parts =
            parts("<p>a</p><!--more--><p>One.</p><p><img src=\"/media/a.jpg\" title=\"Two.\"></p><p>Three.</p>");
        assert_eq!(parts.hidden.trim(), "One. Two. Three.");
    }

    #[test]
    fn without_a_marker_a_third_is_shown_at_most() {
        assert_eq!(teaser("<p>one two</p><p>three</p><p>4 5 6 7</p><p>8 9 10</p>"), "<p>one two</p><p>three</p>");
        assert_eq!(teaser("<p>one two</p><p>three</p>"), "");
        assert_eq!(teaser("<p>all of it</p>"), "");
        assert_eq!(teaser("<ul><li>SECRET</li></ul><p>b</p>"), "");
    }

    #[test]
    fn without_a_marker_no_media_are_shown() {
        let rest = "<p>one two three four five six seven eight nine</p>";
        for block in [
            "<p><audio src=\"/media/a.mp3\"></audio></p>",
            "<p><video><source src=\"/media/a.mp4\"></video></p>",
            "<p><img src=\"/media/a.jpg\" title=\"A caption of many words\"></p>",
            "<p><em>Word <img src=\"/media/a.jpg\"></em></p>",
            "<p><a href=\"/media/a.mp3\">Listen</a></p>",
            "<figure><img src=\"/media/a.jpg\"></figure>",
            "<p>☺ ☺ ☺</p>",
        ] {
            assert_eq!(teaser(block), "", "{block}");
            let html = format!("<p>one</p>{block}{rest}");
            let expected = if block.contains('☺') { format!("<p>one</p>{block}") } else { "<p>one</p>".to_owned() };
            assert_eq!(teaser(&html), expected, "{block}");
        }
        assert_eq!(teaser(&format!("<p><a href=\"/next/\">one</a></p>{rest}")), "<p><a href=\"/next/\">one</a></p>");
        // A marker says what the publisher wants.
        let marked = "<p><img src=\"/media/a.jpg\"></p><!--more--><p>b</p>";
        assert_eq!(teaser(marked), "<p><img src=\"/media/a.jpg\"></p>");
    }

    #[test]
    fn a_gate_that_hides_nothing_is_known() {
        for (html, hides_nothing) in [
            ("<p>a</p><!--more-->", true),
            ("<p>a</p><!--more--><p> </p>", true),
            ("", true),
            ("<p>a</p><!--more--><p>b</p>", false),
            ("<p>a</p><!--more--><p><img src=\"/media/a.jpg\"></p>", false),
            ("<p>a</p>", false),
        ] {
            assert_eq!(parts(html).hides_nothing, hides_nothing, "{html}");
        }
    }

    #[test]
    fn notes_follow_what_refers_to_them() {
        let text = "A[^a].\n\n<!--more-->\n\nB[^b], again[^a].\n\n[^a]: Shown[^c].\n[^b]: SECRET.\n[^c]: Shown too.\n";
        let html = teaser(&markdown::to_html(text, &labels()));
        assert!(html.contains("Shown") && html.contains("Shown too"), "{html}");
        assert!(!html.contains("SECRET") && !html.contains("fnref-1-2"), "{html}");
        assert!(!teaser(&markdown::to_html("A\n\n<!--more-->\n\nB[^b]\n\n[^b]: SECRET", &labels())).contains("SECRET"));
    }
}
