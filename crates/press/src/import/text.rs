//! Text as other sites store it, made plain.

use super::markup::{Piece, pieces};
use crate::render::{html, sanitise, tree};

/// Inline elements that people write into titles.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "br", "cite", "code", "em", "i", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u",
    "wbr",
];

/// A title, name or label: entities decoded and inline markup taken off. Any other tag is text, since it was meant so.
pub(super) fn plain(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for piece in pieces(text) {
        match piece {
            Piece::Open(_) | Piece::Close(_) if INLINE.contains(&piece.name().as_str()) => {
                if piece.name() == "br" {
                    kept.push(' ');
                }
            }
            piece => kept.push_str(&piece.whole().replace('<', "&lt;")),
        }
    }
    tidy(&decode(&kept))
}

/// What a reader sees of a piece of HTML, on one line.
pub(super) fn visible(html: &str) -> String {
    let nodes = html::parse(&sanitise::clean(html)).unwrap_or_default();
    tidy(&spaced(&nodes))
}

/// Text of nodes with spaces where blocks end.
pub(super) fn spaced(nodes: &[tree::Node]) -> String {
    let mut text = String::new();
    for node in nodes {
        match node {
            tree::Node::Text(it) => text.push_str(it),
            tree::Node::Comment(_) => {}
            tree::Node::Element(element) => {
                let inline = INLINE.contains(&element.name.as_str()) && element.name != "br";
                text.push_str(if inline { "" } else { " " });
                text.push_str(&spaced(&element.children));
                text.push_str(if inline { "" } else { " " });
            }
        }
    }
    text
}

/// Decodes entities and numbers of a text without tags.
pub(super) fn decode(text: &str) -> String {
    if !text.contains(['&', '<']) {
        return text.to_owned();
    }
    tree::text(&html::parse(&text.replace('<', "&lt;")).unwrap_or_default())
}

/// One line, single spaces, nothing that turns the direction of what follows.
pub(super) fn tidy(text: &str) -> String {
    let unseen =
        |it: char| matches!(it, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{7f}'..='\u{9f}');
    let text: String = text.chars().filter(|it| !unseen(*it)).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name as a byline prints it. Nobody's e-mail address is printed: what stands before the `@` is.
pub(super) fn name(text: &str) -> String {
    let name = plain(text);
    match name.split_once('@') {
        Some((before, after)) if after.contains('.') && !name.contains(' ') && !before.is_empty() => before.to_owned(),
        _ => name,
    }
}

/// Decodes percent-encoding; what is no UTF-8 stays as it was.
pub(super) fn percent_decode(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8().map_or_else(|_| text.to_owned(), |it| it.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_plain() {
        for (text, title) in [
            ("C++ &amp; co.", "C++ & co."),
            ("a <em>b</em>&#8217;s\n c", "a b’s c"),
            ("manual <abridged>", "manual <abridged>"),
            ("</title><script>alert(1)</script>", "</title><script>alert(1)</script>"),
            ("a &lt;b&gt; c", "a <b> c"),
            ("safe\u{202e}txt", "safetxt"),
            ("5 < 6 & 7", "5 < 6 & 7"),
        ] {
            assert_eq!(plain(text), title);
        }
    }

    #[test]
    fn captions_show_what_is_seen() {
        assert_eq!(visible("The <em>Lass</em><script>x</script> on <p>a</p><p>b</p>"), "The Lass on a b");
    }

    #[test]
    fn no_address_is_printed() {
        assert_eq!(name("nora@meridian.example"), "nora");
        assert_eq!(name("Nora @ home.de"), "Nora @ home.de");
    }
}
