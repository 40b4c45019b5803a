//! Where the gated part of an article begins. Where there is doubt, the stricter reading wins.

use super::markup::{Piece, pieces};
use super::remarks::Remarks;
use super::report::Topic;
use crate::render::html::parse;
use crate::render::tree::{Element, Node, walk};
use jumpline_article::Visibility;

/// Stands where the gated part begins.
pub(super) const GATE: &str = "<!--members-only-->";

/// Stands where the part begins that has to be paid for.
pub(super) const PAID_GATE: &str = "<!--members-only paid-->";

/// Where a body breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Break {
    /// Nowhere.
    None,
    /// At `<!--more-->`, which hides nothing.
    More,
    /// At a gate in the text.
    Gate,
    /// Before the first word.
    Start,
}

/// What is decided about an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Gate {
    pub(super) visibility: Visibility,
    pub(super) at: Break,
}

/// The gates that stand in a body's HTML.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Markers {
    /// Where the first gate begins.
    pub(super) gate: Option<usize>,
    /// Whether one of them is for who has paid.
    pub(super) paid: bool,
    /// Whether there is a `<!--more-->`.
    pub(super) more: bool,
}

/// Finds the gates of a body.
pub(super) fn markers(html: &str) -> Markers {
    let (mut found, mut at) = (Markers::default(), 0);
    for piece in pieces(html) {
        match if let Piece::Comment(it) = piece { marker(it) } else { None } {
            Some(Marker::More) => found.more = true,
            Some(it) => {
                found.gate = found.gate.or(Some(at));
                found.paid |= it == Marker::PaidGate;
            }
            None => {}
        }
        at += piece.whole().len();
    }
    found
}

/// Says what became of who may read an article.
pub(super) fn remark(gate: Gate, remarks: &mut Remarks) {
    if gate.visibility != Visibility::Public {
        let word = if gate.visibility == Visibility::Paid { "paid" } else { "members" };
        remarks.detail(Topic::Changed, "was not open to everybody, and is not now", &format!("`visibility: {word}`"));
    }
    if gate.at == Break::Start {
        let text = "has no marker for where its gate stands, or none that holds; all of it is behind the gate, move `<!--members-only-->` down to show a teaser";
        remarks.remark(Topic::Check, text);
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Marker {
    More,
    Gate,
    PaidGate,
}

fn marker(comment: &str) -> Option<Marker> {
    let inside = comment.trim_start_matches("<!--").trim_end_matches("-->").trim().to_ascii_lowercase();
    let inside = inside.as_str();
    if inside == "more" || inside.starts_with("more ") {
        return Some(Marker::More);
    }
    let of = |marker: &str| marker.trim_start_matches("<!--").trim_end_matches("-->").to_owned();
    match inside {
        it if it == of(PAID_GATE) => Some(Marker::PaidGate),
        it if it == of(GATE) || it.starts_with("kg-gated-block:begin") => Some(Marker::Gate),
        _ => None,
    }
}

/// Whether nothing that follows a gate stands before it once a parser has read both: stray text in a table moves above it.
pub(super) fn is_tight(html: &str, gate: usize) -> bool {
    let (Ok(all), Ok(open)) = (parse(html), parse(&html[..gate])) else { return false };
    gist(&divide(all, Break::Gate).0) == gist(&open)
}

/// All that nodes say: text and attributes without blanks.
fn gist(nodes: &[Node]) -> String {
    let mut gist = String::new();
    walk(nodes, &mut |node| match node {
        Node::Text(text) => gist.extend(text.split_whitespace()),
        Node::Element(element) => element.attributes.iter().for_each(|it| gist.extend(it.1.split_whitespace())),
        Node::Comment(_) => {}
    });
    gist
}

/// Divides a body where it breaks. What was open there is closed in the first part and opened again in the second.
/// Without its marker, which a parser may have swallowed, a gated body is gated from its first word.
pub(super) fn divide(nodes: Vec<Node>, at: Break) -> (Vec<Node>, Vec<Node>) {
    let wanted = |it: &str| match at {
        Break::More => marker(it) == Some(Marker::More),
        Break::Gate => matches!(marker(it), Some(Marker::Gate | Marker::PaidGate)),
        Break::None | Break::Start => false,
    };
    match at {
        Break::None => (nodes, Vec::new()),
        Break::Start => (Vec::new(), nodes),
        Break::More | Break::Gate => match part(nodes, &wanted) {
            Ok(parts) => parts,
            Err(nodes) if at == Break::Gate => (Vec::new(), nodes),
            Err(nodes) => (nodes, Vec::new()),
        },
    }
}

type Parts = (Vec<Node>, Vec<Node>);

/// The nodes before and after the first wanted comment, or all of them when there is none.
fn part(nodes: Vec<Node>, wanted: &impl Fn(&str) -> bool) -> Result<Parts, Vec<Node>> {
    let mut before = Vec::new();
    let mut nodes = nodes.into_iter();
    while let Some(node) = nodes.next() {
        match node {
            Node::Comment(text) if wanted(&text) => return Ok((before, nodes.collect())),
            Node::Element(element) => {
                let Element { name, attributes, children } = element;
                let again =
                    |children| Node::Element(Element { name: name.clone(), attributes: attributes.clone(), children });
                match part(children, wanted) {
                    Ok((head, tail)) => {
                        before.push(again(head));
                        let rest = std::iter::once(again(tail)).chain(nodes).collect();
                        return Ok((before, rest));
                    }
                    Err(children) => before.push(again(children)),
                }
            }
            other => before.push(other),
        }
    }
    Err(before)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::html::write;
    use crate::render::tree::text;

    fn divided(html: &str, at: Break) -> (String, String) {
        let (before, after) = divide(parse(html).expect("is shallow"), at);
        (write(&before).expect("writes"), write(&after).expect("writes"))
    }

    #[test]
    fn a_body_is_divided_where_the_marker_stands() {
        let (before, after) = divided("<p>a</p><div><p>b<!--more-->c</p></div><p>d</p>", Break::More);
        assert_eq!((before.as_str(), after.as_str()), ("<p>a</p><div><p>b</p></div>", "<div><p>c</p></div><p>d</p>"));
        let (before, after) = divided("<p>a</p><!--more--><p>b</p><!--members-only paid--><p>c</p>", Break::Gate);
        assert_eq!((before.as_str(), after.as_str()), ("<p>a</p><p>b</p>", "<p>c</p>"));
    }

    #[test]
    fn a_marker_that_is_lost_gates_everything() {
        let (before, after) =
            divide(parse("<p>a</p><svg><title><!--members-only--></title></svg>").expect("is shallow"), Break::Start);
        assert!(before.is_empty() && text(&after).trim().starts_with('a'));
        assert_eq!(divided("<p>a</p>", Break::Gate), (String::new(), "<p>a</p>".to_owned()));
        assert_eq!(divided("<p>a</p>", Break::More), ("<p>a</p>".to_owned(), String::new()));
    }
}
