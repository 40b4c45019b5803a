//! Headings begin at the second level, since the page's title is the first; and every id is unique and our own.

use super::tree::{Element, Node, walk, walk_mut};
use jumpline_article::{Heading, Slug, allow};
use std::collections::{HashMap, HashSet};

fn level(element: &Element) -> Option<u8> {
    match element.name.as_bytes() {
        [b'h', digit @ b'1'..=b'6'] => Some(digit - b'0'),
        _ => None,
    }
}

/// Shifts all headings so that the highest is an `h2`.
pub(super) fn shift(nodes: &mut [Node]) {
    let mut highest = None::<u8>;
    walk(nodes, &mut |node| {
        let level = node.element().and_then(level);
        highest = highest.into_iter().chain(level).min();
    });
    let Some(highest) = highest.filter(|it| *it != 2) else { return };
    walk_mut(nodes, &mut |element| {
        if let Some(level) = level(element) {
            element.name = format!("h{}", (level + 2 - highest).min(6));
        }
    });
}

/// Gives every heading an id, and renames ids that are reserved or taken; links inside the body follow.
pub(super) fn identify(nodes: &mut [Node]) {
    identify_below(nodes, HashSet::new());
}

/// The same for nodes that stand below others, whose ids are `taken`.
pub(super) fn identify_below(nodes: &mut [Node], mut taken: HashSet<String>) {
    let mut renamed = HashMap::new();
    let mut unnamed = false;
    walk_mut(nodes, &mut |element| {
        if let Some(old) = element.remove("id") {
            let id = free(if allow::id(&old) { old.clone() } else { tidy(&old) }, &taken);
            if id != old {
                renamed.entry(old).or_insert_with(|| id.clone());
            }
            taken.insert(id.clone());
            element.set("id", id);
        } else if level(element).is_some() {
            unnamed = true;
        }
    });
    if unnamed {
        walk_mut(nodes, &mut |element| {
            if level(element).is_some() && element.get("id").is_none() {
                let id = free(tidy(&element.text()), &taken);
                taken.insert(id.clone());
                element.set("id", id);
            }
        });
    }
    // An id that stayed where it was first keeps its links; a second one of the same name never had any.
    renamed.retain(|old, _| !taken.contains(old));
    walk_mut(nodes, &mut |element| {
        let target = element.get("href").and_then(|it| it.strip_prefix('#')).and_then(|it| renamed.get(it));
        if let Some(id) = target {
            let href = format!("#{id}");
            element.set("href", href);
        }
    });
}

fn tidy(text: &str) -> String {
    let slug = Slug::from_name(text);
    match slug.as_str() {
        "-" => "part".to_owned(),
        slug => slug.to_owned(),
    }
}

fn free(wanted: String, taken: &HashSet<String>) -> String {
    let is_free = |id: &str| allow::id(id) && !taken.contains(id);
    if is_free(&wanted) {
        return wanted;
    }
    (2..).map(|number| format!("{wanted}-{number}")).find(|it| is_free(it)).unwrap_or(wanted)
}

/// The table of contents: headings of the second and third level.
pub(super) fn contents(nodes: &[Node]) -> Vec<Heading> {
    let mut contents = Vec::new();
    walk(nodes, &mut |node| {
        let Some(element) = node.element() else { return };
        let (Some(level @ 2..=3), Some(id)) = (level(element), element.get("id")) else { return };
        let text = element.text().split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            contents.push(Heading { level, id: id.to_owned(), text });
        }
    });
    contents
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::html::{parse, write};

    fn check(html: &str, expected: &str) {
        let mut nodes = parse(html).expect("is shallow");
        shift(&mut nodes);
        identify(&mut nodes);
        assert_eq!(write(&nodes).expect("is shallow"), expected);
    }

    #[test]
    fn the_highest_heading_is_the_second_level() {
        check("<h1>A</h1><h2>B</h2><h6>C</h6>", "<h2 id=\"a\">A</h2><h3 id=\"b\">B</h3><h6 id=\"c\">C</h6>");
        check("<h3>A</h3><h4>B</h4>", "<h2 id=\"a\">A</h2><h3 id=\"b\">B</h3>");
    }

    #[test]
    fn ids_are_unique_and_not_the_pages_own() {
        check(
            "<h2>Main</h2><h2>日本</h2><h2>日本</h2><h2>!!!</h2>",
            "<h2 id=\"main-2\">Main</h2><h2 id=\"日本\">日本</h2><h2 id=\"日本-2\">日本</h2><h2 id=\"part\">!!!</h2>",
        );
        check(
            "<a href=\"#app\">x</a><p id=\"app\">y</p><p id=\"z\"></p><p id=\"z\"></p><a href=\"#z\">z</a>",
            "<a href=\"#app-2\">x</a><p id=\"app-2\">y</p><p id=\"z\"></p><p id=\"z-2\"></p><a href=\"#z\">z</a>",
        );
    }

    #[test]
    fn a_heading_may_speak_of_comments_but_not_take_the_id_of_one() {
        check(
            "<h2>Comment policy</h2><h2>Comment 12</h2><h2>Comment</h2>",
            "<h2 id=\"comment-policy\">Comment policy</h2><h2 id=\"comment-12-2\">Comment 12</h2><h2 id=\"comment\">Comment</h2>",
        );
    }

    #[test]
    fn a_heading_does_not_take_an_id_that_the_author_gave() {
        check("<h2>A</h2><p id=\"a\">b</p>", "<h2 id=\"a-2\">A</h2><p id=\"a\">b</p>");
    }

    #[test]
    fn contents_list_two_levels() {
        let mut nodes = parse("<h2>A <em>b</em></h2><h3>C</h3><h4>D</h4><h2> </h2>").expect("is shallow");
        identify(&mut nodes);
        let found: Vec<_> = contents(&nodes).into_iter().map(|it| (it.level, it.id, it.text)).collect();
        assert_eq!(found, [(2, "a-b".into(), "A b".into()), (3, "c".into(), "C".into())]);
    }
}
