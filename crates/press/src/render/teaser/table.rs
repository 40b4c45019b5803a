//! A table with the marker in it breaks off between two rows, and has its head again where it goes on.

use super::cut::{has_marker, is_marker};
use crate::render::tree::{Element, Node, walk_mut};

/// What stands above the rows of a table: its columns and the row that names them.
#[derive(Debug)]
pub(super) struct Head(Vec<Node>);

/// A table in its two parts.
pub(super) struct Parts {
    pub(super) shown: Option<Element>,
    pub(super) rest: Option<Element>,
    /// What the rest lacks to be read by itself; everybody sees it, so it is no part of what is hidden.
    pub(super) head: Option<Head>,
}

/// Parts a table before the row that the marker stands in or before. Where it stands above all rows nothing is shown.
pub(super) fn part(table: Element) -> Parts {
    let head = head(&table);
    let whole = table.clone();
    let Element { children, .. } = table;
    let (mut shown, mut rest, mut open) = (Vec::new(), Vec::new(), true);
    for node in children {
        match node {
            node if !open => rest.push(node),
            node if is_marker(&node) => open = false,
            Node::Element(part) if has_marker(&part.children) => {
                open = false;
                let at = if is_rows(&part) { row(&part.children) } else { 0 };
                let (before, after) = part.children.split_at(at);
                let of = |rows: &[Node]| Node::Element(part.clone().holding(rows.to_vec()));
                if rows(before) > 0 {
                    shown.push(of(before));
                }
                rest.push(of(after));
            }
            other => shown.push(other),
        }
    }
    let named = head.0.iter().map(|it| rows(std::slice::from_ref(it))).sum::<usize>();
    if rows(&shown) <= named {
        return Parts { shown: None, rest: Some(whole), head: None };
    }
    let shown = Some(whole.clone().holding(shown));
    if rows(&rest) == 0 {
        return Parts { shown, rest: None, head: None };
    }
    let mut further = whole.holding(rest);
    further.remove("id");
    Parts { shown, rest: Some(further), head: Some(head) }
}

/// Puts the head above the rows of the first table, which is the one that was parted.
pub(super) fn repeat(rest: &mut [Node], head: Head) {
    let mut head = Some(head);
    walk_mut(rest, &mut |element| {
        if element.name == "table"
            && let Some(Head(mut nodes)) = head.take()
        {
            nodes.append(&mut element.children);
            element.children = nodes;
        }
    });
}

/// Columns and head rows. Where no `<thead>` says which these are, the first row is the head when its cells are.
fn head(table: &Element) -> Head {
    let parts = || table.children.iter().filter_map(Node::element);
    let mut above: Vec<Element> = parts().filter(|it| it.is(&["colgroup", "thead"])).cloned().collect();
    if !above.iter().any(|it| it.name == "thead") {
        let first = parts().find(|it| is_rows(it)).and_then(|it| it.children.iter().find(|it| rows_of(it)));
        let names = first.filter(|it| cells(it).all(|it| it.name == "th"));
        above.extend(names.map(|it| Element::new("thead").holding(vec![it.clone()])));
    }
    let mut nodes: Vec<Node> = above.into_iter().map(Node::Element).collect();
    walk_mut(&mut nodes, &mut |it| {
        it.remove("id");
    });
    Head(nodes)
}

fn is_rows(element: &Element) -> bool {
    element.is(&["thead", "tbody", "tfoot"])
}

fn rows_of(node: &Node) -> bool {
    node.element().is_some_and(|it| it.name == "tr")
}

fn cells(row: &Node) -> impl Iterator<Item = &Element> {
    row.element().into_iter().flat_map(|it| &it.children).filter_map(Node::element)
}

/// How many rows there are in parts of a table, or among these nodes.
fn rows(nodes: &[Node]) -> usize {
    let of = |it: &Node| match it.element() {
        Some(part) if is_rows(part) => part.children.iter().filter(|it| rows_of(it)).count(),
        _ => usize::from(rows_of(it)),
    };
    nodes.iter().map(of).sum()
}

/// Where the rows of one part break off: at the marker, or before the row with it, and never within a cell that is several rows high.
fn row(nodes: &[Node]) -> usize {
    let mut at = nodes.iter().position(|it| has_marker(std::slice::from_ref(it))).unwrap_or(nodes.len());
    while let Some(higher) = (0..at).find(|it| reaches(nodes, *it, at)) {
        at = higher;
    }
    at
}

/// Whether a cell of a row reaches into what begins at a node below it.
fn reaches(nodes: &[Node], row: usize, at: usize) -> bool {
    let height = |it: &Element| it.get("rowspan").and_then(|it| it.trim().parse::<usize>().ok()).unwrap_or(1);
    // No height means: down to the last row.
    cells(&nodes[row])
        .map(height)
        .filter(|it| *it != 1)
        .any(|it| (it == 0 || it > rows(&nodes[row..at])) && rows(&nodes[at..]) > 0)
}

#[cfg(test)]
mod tests {
    use crate::render::html::{parse, write};
    use crate::render::teaser;

    fn check(inside: &str, shown: &str, rest: &str) {
        let parts = teaser::part(parse(&format!("<table>{inside}</table>")).expect("is shallow"), &|_| false);
        let table = |it: &str| if it.is_empty() { String::new() } else { format!("<table>{it}</table>") };
        assert_eq!(write(&parts.shown).expect("is shallow"), table(shown), "{inside}");
        assert_eq!(write(&parts.rest).expect("is shallow"), table(rest), "{inside}");
        assert!(!parts.hidden.contains("Town") || shown.is_empty(), "everybody sees the head: {}", parts.hidden);
    }

    const HEAD: &str = "<thead><tr><th>Town</th><th>Height</th></tr></thead>";

    #[test]
    fn a_table_breaks_off_between_rows_and_has_its_head_again() {
        let rows = ["<tr><td>A</td><td>1</td></tr>", "<tr><td>B</td><td>2</td></tr>"];
        let (shown, rest) = (format!("{HEAD}<tbody>{}</tbody>", rows[0]), format!("{HEAD}<tbody>{}</tbody>", rows[1]));
        for second in ["<!--more--><tr><td>B</td><td>2</td></tr>", "<tr><td>B</td><td><!--more-->2</td></tr>"] {
            check(&format!("{HEAD}<tbody>{}{second}</tbody>", rows[0]), &shown, &rest);
        }
    }

    #[test]
    fn of_a_table_without_rows_nothing_is_shown() {
        for inside in [
            "<tbody><tr><td>A<!--more--></td></tr></tbody>",
            "<thead><tr><th>Town<!--more--></th></tr></thead><tbody><tr><td>A</td></tr></tbody>",
            "<tbody><tr><th>Town</th></tr><tr><td>A<!--more--></td></tr></tbody>",
            "<caption>Town<!--more--></caption><tbody><tr><td>A</td></tr></tbody>",
        ] {
            check(inside, "", &inside.replace("<!--more-->", ""));
        }
    }

    #[test]
    fn a_first_row_of_names_is_a_head() {
        check(
            "<tbody><tr><th>Town</th></tr><tr><td>A</td></tr><!--more--><tr><td>B</td></tr></tbody>",
            "<tbody><tr><th>Town</th></tr><tr><td>A</td></tr></tbody>",
            "<thead><tr><th>Town</th></tr></thead><tbody><tr><td>B</td></tr></tbody>",
        );
    }

    #[test]
    fn a_high_cell_is_not_torn() {
        let first = "<tr><td>A</td><td>1</td></tr>";
        let high = "<tr><td rowspan=\"2\">B</td><td>2</td></tr>";
        check(
            &format!("<tbody>{first}{high}<tr><td>3<!--more--></td></tr></tbody>"),
            &format!("<tbody>{first}</tbody>"),
            &format!("<tbody>{high}<tr><td>3</td></tr></tbody>"),
        );
    }

    #[test]
    fn a_marker_below_the_last_row_leaves_nothing_behind() {
        let row = "<tbody><tr><td>A</td></tr>";
        check(&format!("{row}<!--more--></tbody>"), &format!("{row}</tbody>"), "");
    }
}
