//! A body in two at its marker. What the marker stands in goes on in the rest, as the same element.

use super::table;
use crate::render::marker::marker;
use crate::render::tree::{Element, Node, walk};

/// What is shown, what follows the marker, and the head of a table that it stands in.
pub(super) fn at_marker(nodes: Vec<Node>) -> (Vec<Node>, Vec<Node>, Option<table::Head>) {
    let mut cut = Cut { open: true, head: None };
    let (shown, rest) = cut.part(nodes);
    (shown, rest, cut.head)
}

/// Whether the marker is one of these nodes or stands in one.
pub(super) fn has_marker(nodes: &[Node]) -> bool {
    let mut found = false;
    walk(nodes, &mut |node| found |= is_marker(node));
    found
}

pub(super) fn is_marker(node: &Node) -> bool {
    matches!(node, Node::Comment(comment) if marker(comment).is_some())
}

struct Cut {
    open: bool,
    head: Option<table::Head>,
}

impl Cut {
    fn part(&mut self, nodes: Vec<Node>) -> (Vec<Node>, Vec<Node>) {
        let (mut shown, mut rest) = (Vec::new(), Vec::new());
        for node in nodes {
            match node {
                node if !self.open => rest.push(node),
                node if is_marker(&node) => self.open = false,
                Node::Element(table) if table.name == "table" && has_marker(&table.children) => {
                    self.open = false;
                    let parts = table::part(table);
                    shown.extend(parts.shown.map(Node::Element));
                    rest.extend(parts.rest.map(Node::Element));
                    self.head = parts.head;
                }
                Node::Element(element) => {
                    let (before, after) = self.element(element);
                    shown.extend(before.map(Node::Element));
                    rest.extend(after.map(Node::Element));
                }
                other => shown.push(other),
            }
        }
        (shown, rest)
    }

    fn element(&mut self, mut element: Element) -> (Option<Element>, Option<Element>) {
        let items = items(&element.children);
        let (before, after) = self.part(std::mem::take(&mut element.children));
        if self.open {
            return (Some(Element { children: before, ..element }), None);
        }
        let is_whole = before.iter().all(Node::is_blank);
        let rest = (!after.iter().all(Node::is_blank)).then(|| {
            let mut rest = element.clone().holding(after);
            // Nothing of it is shown, so it has its id and its numbers for itself.
            if !is_whole {
                rest.remove("id");
                go_on(&mut element, &mut rest, &before, items);
            }
            rest
        });
        ((!is_whole).then(|| element.holding(before)), rest)
    }
}

fn items(nodes: &[Node]) -> usize {
    nodes.iter().filter_map(Node::element).filter(|it| it.name == "li").count()
}

/// Gives the rest of a numbered list the number that it goes on with; `all` are the items of the whole list.
fn go_on(shown: &mut Element, rest: &mut Element, before: &[Node], all: usize) {
    if shown.name != "ol" {
        return;
    }
    let number = |it: &Element, name| it.get(name).and_then(|it| it.trim().parse::<i64>().ok());
    let is_reversed = shown.get("reversed").is_some();
    let step = if is_reversed { -1 } else { 1 };
    let first = number(shown, "start").unwrap_or(if is_reversed { i64::try_from(all).unwrap_or(i64::MAX) } else { 1 });
    let listed = before.iter().filter_map(Node::element).filter(|it| it.name == "li");
    let next = listed.fold(first, |at, item| number(item, "value").unwrap_or(at).saturating_add(step));
    // An item that the marker stands in has its number twice.
    let is_torn = items(before) + items(&rest.children) > all;
    rest.set("start", if is_torn { next.saturating_sub(step) } else { next }.to_string());
    if is_reversed {
        // It would count down from the items that are left of it.
        shown.set("start", first.to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::html::{parse, write};

    fn check(html: &str, shown: &str, rest: &str) {
        let (before, after, _) = at_marker(parse(html).expect("is shallow"));
        let written = [before, after].map(|it| write(&it).expect("is shallow"));
        assert_eq!(written, [shown.to_owned(), rest.to_owned()], "{html}");
    }

    #[test]
    fn a_numbered_list_goes_on_with_its_numbers() {
        check(
            "<ol><li>a</li><li>b</li><!--more--><li>c</li></ol>",
            "<ol><li>a</li><li>b</li></ol>",
            "<ol start=\"3\"><li>c</li></ol>",
        );
        check(
            "<ol start=\"5\"><li>a</li><li value=\"9\">b</li><!--more--><li>c</li></ol>",
            "<ol start=\"5\"><li>a</li><li value=\"9\">b</li></ol>",
            "<ol start=\"10\"><li>c</li></ol>",
        );
        check(
            "<ol reversed><li>a</li><!--more--><li>b</li><li>c</li></ol>",
            "<ol reversed=\"\" start=\"3\"><li>a</li></ol>",
            "<ol reversed=\"\" start=\"2\"><li>b</li><li>c</li></ol>",
        );
        check(
            "<ol reversed start=\"8\"><li>a</li><!--more--><li>b</li></ol>",
            "<ol reversed=\"\" start=\"8\"><li>a</li></ol>",
            "<ol reversed=\"\" start=\"7\"><li>b</li></ol>",
        );
        check("<ul><li>a</li><!--more--><li>b</li></ul>", "<ul><li>a</li></ul>", "<ul><li>b</li></ul>");
    }

    #[test]
    fn an_item_that_is_cut_keeps_its_number() {
        check(
            "<ol><li>a</li><li>b<!--more-->c</li><li>d</li></ol>",
            "<ol><li>a</li><li>b</li></ol>",
            "<ol start=\"2\"><li>c</li><li>d</li></ol>",
        );
        check("<ol><li>a</li><li><!--more-->b</li></ol>", "<ol><li>a</li></ol>", "<ol start=\"2\"><li>b</li></ol>");
        check("<ol><!--more--><li>a</li></ol>", "", "<ol><li>a</li></ol>");
        check("<ol start=\"4\"><li>a<!--more--></li></ol>", "<ol start=\"4\"><li>a</li></ol>", "");
    }
}
