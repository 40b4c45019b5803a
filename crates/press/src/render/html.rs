//! HTML in and out: parsed as a browser would, written as canonical HTML.

use super::tree::{Element, Node};
use ego_tree::iter::Edge;

/// How deep elements may nest. Browsers stop at 512; ours keeps every recursive walk far from the end of the stack.
const DEEPEST: usize = 200;

/// A body that nests deeper than any text does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("elements nest deeper than {DEEPEST} levels; simplify the markup")]
pub struct TooDeep;

/// Refuses markup that would keep a parser busy for minutes: every open element is looked at for every new one.
///
/// # Errors
/// When elements that have to be closed are not, in hundreds.
pub fn check_depth(html: &str) -> Result<(), TooDeep> {
    // These close each other, or have no end.
    const SHORT: &[&str] = &[
        "area", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option", "p", "source",
        "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
    ];
    let (mut depth, mut open) = (0_usize, Vec::<(&str, usize)>::new());
    for (at, _) in html.match_indices('<') {
        let tag = &html[at + 1..];
        let closes = tag.starts_with('/');
        let tag = tag.trim_start_matches('/');
        let end = tag.find(|it: char| !it.is_ascii_alphanumeric()).unwrap_or(tag.len());
        let name = &tag[..end];
        if name.is_empty() || SHORT.iter().any(|it| it.eq_ignore_ascii_case(name)) {
            continue;
        }
        let known = open.iter_mut().find(|it| it.0.eq_ignore_ascii_case(name));
        match known {
            // What closes nothing that is open leaves it open.
            None if closes => {}
            Some((_, count)) if closes => {
                depth -= usize::from(*count > 0);
                *count = count.saturating_sub(1);
                open.retain(|it| it.1 > 0);
            }
            Some((_, count)) => (depth, *count) = (depth + 1, *count + 1),
            None => {
                depth += 1;
                open.push((name, 1));
            }
        }
        if depth > 2 * DEEPEST {
            return Err(TooDeep);
        }
    }
    Ok(())
}

/// Parses a fragment of HTML.
///
/// # Errors
/// When it nests too deep.
pub fn parse(html: &str) -> Result<Vec<Node>, TooDeep> {
    check_depth(html)?;
    let document = scraper::Html::parse_fragment(html);
    let mut open: Vec<Element> = vec![Element::default()];
    for edge in document.root_element().traverse().skip(1) {
        match edge {
            Edge::Open(node) => match node.value() {
                scraper::Node::Element(element) => {
                    if open.len() > DEEPEST {
                        return Err(TooDeep);
                    }
                    let mut attributes: Vec<_> =
                        element.attrs().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
                    attributes.sort();
                    open.push(Element { name: element.name().to_owned(), attributes, children: Vec::new() });
                }
                scraper::Node::Text(text) => push(&mut open, Node::Text(text.to_string())),
                scraper::Node::Comment(text) => push(&mut open, Node::Comment(text.to_string())),
                _ => {}
            },
            Edge::Close(node) if node.value().is_element() && open.len() > 1 => {
                if let Some(element) = open.pop() {
                    push(&mut open, Node::Element(element));
                }
            }
            Edge::Close(_) => {}
        }
    }
    Ok(open.into_iter().next().unwrap_or_default().children)
}

fn push(open: &mut [Element], node: Node) {
    if let Some(parent) = open.last_mut() {
        parent.children.push(node);
    }
}

/// Writes HTML that a browser reads back into the same tree.
///
/// # Errors
/// When what was written nests too deep once it is read again.
pub fn write(nodes: &[Node]) -> Result<String, TooDeep> {
    let mut html = serialise(nodes);
    // A tree can hold what no parser builds, such as a link in a link. Two rounds settle every such case.
    for _ in 0..2 {
        let again = serialise(&parse(&html)?);
        if again == html {
            break;
        }
        html = again;
    }
    Ok(html)
}

fn serialise(nodes: &[Node]) -> String {
    let mut html = String::new();
    write_nodes(nodes, &mut html);
    html
}

fn write_nodes(nodes: &[Node], html: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) => html.push_str(&escape_text(text)),
            Node::Comment(_) => {}
            Node::Element(element) => write_element(element, html),
        }
    }
}

fn write_element(element: &Element, html: &mut String) {
    html.push('<');
    html.push_str(&element.name);
    for (name, value) in &element.attributes {
        html.push(' ');
        html.push_str(name);
        html.push_str("=\"");
        html.push_str(&escape_attribute(value));
        html.push('"');
    }
    html.push('>');
    if matches!(element.name.as_str(), "br" | "col" | "hr" | "img" | "input" | "source" | "track" | "wbr") {
        return;
    }
    // The parser drops one line break after `<pre>`.
    if let (true, Some(Node::Text(text))) = (element.name == "pre", element.children.first())
        && text.starts_with('\n')
    {
        html.push('\n');
    }
    write_nodes(&element.children, html);
    html.push_str("</");
    html.push_str(&element.name);
    html.push('>');
}

/// Text as it stands between tags (HTML, 13.3 "Serializing HTML fragments").
pub fn escape_text(text: &str) -> String {
    text.replace('&', "&amp;").replace('\u{a0}', "&nbsp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Text as it stands in a double-quoted attribute.
pub fn escape_attribute(text: &str) -> String {
    escape_text(text).replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canonical(html: &str) -> String {
        write(&parse(html).expect("is shallow")).expect("is shallow")
    }

    #[test]
    fn what_is_written_is_read_back() {
        for (html, written) in [
            ("<p>a<p>b", "<p>a</p><p>b</p>"),
            ("<img src=x alt='\"<'>", "<img alt=\"&quot;&lt;\" src=\"x\">"),
            ("<pre>\n\nx</pre>", "<pre>\n\nx</pre>"),
            ("a&nbsp;&amp;lt;", "a&nbsp;&amp;lt;"),
            (
                "<a href=x><div><a href=y>z</a></div></a>",
                "<a href=\"x\"></a><div><a href=\"x\"></a><a href=\"y\">z</a></div>",
            ),
            ("<table><p>x</p><tr><td>y</table>", "<p>x</p><table><tbody><tr><td>y</td></tr></tbody></table>"),
            ("<!-- gone -->x", "x"),
        ] {
            assert_eq!(canonical(html), written, "{html}");
            assert_eq!(canonical(written), written, "{html}");
        }
    }

    #[test]
    fn a_link_in_a_link_settles() {
        let link = |children| Node::Element(Element::new("a").with("href", "x").holding(children));
        let html = write(&[link(vec![link(vec![Node::Text("y".to_owned())])])]).expect("is shallow");
        assert_eq!(canonical(&html), html);
    }

    #[test]
    fn nesting_without_end_is_refused() {
        assert_eq!(parse(&"<div>".repeat(100_000)), Err(TooDeep));
        assert!(parse(&"<div>".repeat(150)).is_ok());
        // These close something else.
        assert_eq!(check_depth(&"<b></x>".repeat(1_000)), Err(TooDeep));
        assert_eq!(check_depth(&"<i><b></i>".repeat(1_000)), Err(TooDeep));
        assert!(parse(&"<B>x</b><div><em>y</EM></div></i>".repeat(1_000)).is_ok());
    }
}
