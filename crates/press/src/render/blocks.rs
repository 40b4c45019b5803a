//! Figures, tables, lists and code as the page wants them.

use super::highlight;
use super::labels::Labels;
use super::tree::{Element, Node, replace, walk_mut};
use std::collections::HashSet;

/// All of this file, in order.
pub(super) fn shape(nodes: Vec<Node>, labels: &Labels) -> Vec<Node> {
    let mut nodes = replace(figures(nodes), &mut |node| match node {
        Node::Element(element) if element.name == "input" => checkbox(element, labels).into_iter().collect(),
        other => vec![other],
    });
    walk_mut(&mut nodes, &mut |element| match element.name.as_str() {
        "ol" if has_leads(element) => element.add_class("leads"),
        "pre" => code(element),
        _ => {}
    });
    tables(nodes, labels)
}

/// Only the figures.
pub(super) fn figures(nodes: Vec<Node>) -> Vec<Node> {
    replace(nodes, &mut |node| match node {
        Node::Element(element) if element.name == "p" => vec![figure(element)],
        other => vec![other],
    })
}

/// A paragraph that holds nothing but an image becomes a figure; the image's title is its caption.
fn figure(paragraph: Element) -> Node {
    let mut inside = paragraph.children.iter().filter(|it| !it.is_blank());
    let only = match (inside.next().and_then(Node::element), inside.next()) {
        (Some(only), None) => only,
        _ => return Node::Element(paragraph),
    };
    let is_image = |it: &Element| it.is(&["img", "picture"]);
    let linked = only.name == "a"
        && only.children.iter().all(|it| it.is_blank() || it.element().is_some_and(is_image))
        && only.children.iter().any(|it| it.element().is_some());
    if !is_image(only) && !linked {
        return Node::Element(paragraph);
    }
    let mut children: Vec<Node> = paragraph.children.into_iter().filter(|it| !it.is_blank()).collect();
    let mut caption = None;
    walk_mut(&mut children, &mut |element| {
        if element.name == "img" && caption.is_none() {
            caption = element.remove("title").filter(|it| !it.trim().is_empty());
        }
    });
    if let Some(caption) = caption {
        children.push(Node::Element(Element::new("figcaption").holding(vec![Node::Text(caption)])));
    }
    Node::Element(Element::new("figure").holding(children))
}

/// A task's box cannot be ticked, and says whether it is. Any other input goes: a body asks its readers nothing.
fn checkbox(mut input: Element, labels: &Labels) -> Option<Node> {
    if !input.get("type").is_some_and(|it| it.eq_ignore_ascii_case("checkbox")) {
        return None;
    }
    let label = if input.get("checked").is_some() { &labels.task_done } else { &labels.task_open };
    input.set("disabled", "");
    input.set("aria-label", label);
    Some(Node::Element(input))
}

fn items(list: &Element) -> impl Iterator<Item = &Element> {
    list.children.iter().filter_map(Node::element).filter(|it| it.name == "li")
}

/// The first thing in an item that a reader sees, inside its first paragraph when it has one.
fn first(item: &Element) -> Option<&Node> {
    let first = item.children.iter().find(|it| !it.is_blank())?;
    match first.element() {
        Some(paragraph) if paragraph.name == "p" => paragraph.children.iter().find(|it| !it.is_blank()),
        _ => Some(first),
    }
}

/// Whether every item begins with a bold lead.
fn has_leads(list: &Element) -> bool {
    let bold = |item| first(item).and_then(Node::element).is_some_and(|it| it.is(&["strong", "b"]));
    items(list).next().is_some() && items(list).all(bold)
}

/// Code can be scrolled with the keyboard, and is coloured when its language is known.
fn code(pre: &mut Element) {
    pre.set("tabindex", "0");
    let Some(Node::Element(code)) = pre.children.iter_mut().find(|it| !it.is_blank()) else { return };
    if code.name != "code" || code.children.iter().any(|it| it.element().is_some()) {
        return;
    }
    let language = code.get("class").and_then(|classes| {
        let mut named = classes.split_ascii_whitespace();
        named.find_map(|it| it.strip_prefix("language-").or_else(|| it.strip_prefix("lang-"))).map(ToOwned::to_owned)
    });
    if let Some(spans) = language.and_then(|it| highlight::spans(&code.text(), &it)) {
        code.children = spans;
    }
}

/// Tables scroll inside a box of their own, which the keyboard reaches and a screen reader can name.
fn tables(nodes: Vec<Node>, labels: &Labels) -> Vec<Node> {
    let mut names = HashSet::new();
    let mut number = 0;
    replace(nodes, &mut |node| match node {
        Node::Element(table) if table.name == "table" => {
            number += 1;
            let caption = table.children.iter().filter_map(Node::element).find(|it| it.name == "caption");
            let caption = caption.map(|it| it.text().trim().to_owned()).filter(|it| !it.is_empty());
            let name = caption.filter(|it| names.insert(it.clone())).unwrap_or(format!("{} {number}", labels.table));
            let scroll = Element::new("div")
                .with("class", "table-scroll")
                .with("tabindex", "0")
                .with("role", "region")
                .with("aria-label", name);
            vec![Node::Element(scroll.holding(vec![Node::Element(table)]))]
        }
        other => vec![other],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::html::{parse, write};
    use crate::render::tests::labels;

    fn check(html: &str, expected: &str) {
        let nodes = shape(parse(html).expect("is shallow"), &labels());
        assert_eq!(write(&nodes).expect("is shallow"), expected);
    }

    #[test]
    fn an_image_alone_is_a_figure() {
        check("<p><img src=\"a\" title=\"Dawn\"></p>", "<figure><img src=\"a\"><figcaption>Dawn</figcaption></figure>");
        check("<p> <a href=\"b\"><img src=\"a\"></a></p>", "<figure><a href=\"b\"><img src=\"a\"></a></figure>");
        check("<p><img src=\"a\"> and text</p>", "<p><img src=\"a\"> and text</p>");
        check("<p><a href=\"b\">text</a></p>", "<p><a href=\"b\">text</a></p>");
    }

    #[test]
    fn a_list_with_bold_leads_says_so() {
        check(
            "<ol><li><p><strong>A.</strong> b</p></li><li><b>C</b></li></ol>",
            "<ol class=\"leads\"><li><p><strong>A.</strong> b</p></li><li><b>C</b></li></ol>",
        );
        check("<ol><li><strong>A</strong></li><li>b</li></ol>", "<ol><li><strong>A</strong></li><li>b</li></ol>");
        check("<ol></ol>", "<ol></ol>");
        check("<ol start=\"3\"><li><b>A</b></li></ol>", "<ol class=\"leads\" start=\"3\"><li><b>A</b></li></ol>");
    }

    #[test]
    fn tasks_cannot_be_ticked_and_other_inputs_go() {
        check(
            "<ul><li><input type=\"checkbox\" checked> a</li></ul><input type=\"password\">",
            "<ul><li><input aria-label=\"Done\" checked=\"\" disabled=\"\" type=\"checkbox\"> a</li></ul>",
        );
    }

    #[test]
    fn tables_scroll_under_their_own_names() {
        let open = |name| format!("<div aria-label=\"{name}\" class=\"table-scroll\" role=\"region\" tabindex=\"0\">");
        check(
            "<table><caption>Costs</caption></table><table></table>",
            &format!(
                "{}<table><caption>Costs</caption></table></div>{}<table></table></div>",
                open("Costs"),
                open("Table 2")
            ),
        );
    }
}
