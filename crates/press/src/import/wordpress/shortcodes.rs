//! Shortcodes: `[caption]`, `[gallery]` and the media ones become HTML, gates become markers, others are unwrapped and named.

use super::shortcode::{Call, Tag, is_name};
use crate::import::markup::{Piece, pieces};
use std::collections::BTreeSet;

/// What becomes of a shortcode.
pub(super) enum Becomes {
    /// This HTML.
    Html(String),
    /// Not known here.
    Unknown,
}

/// Shortcodes that enclose something, and whose end has to be looked for.
const ENCLOSING: &[&str] =
    &["caption", "wp_caption", "embed", "audio", "video", "playlist", "youtube", "code", "sourcecode"];

/// Characters that a shortcode's name may have.
const LONGEST_NAME: usize = 64;

/// What was found, by name.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Unknown {
    /// Closed somewhere in the article, and so shortcodes and not words in brackets.
    closed: BTreeSet<String>,
    /// Known here, so that their ends are nothing to talk about.
    known: BTreeSet<String>,
    /// Unwrapped: the brackets went, the text between them stayed.
    pub(super) unwrapped: BTreeSet<String>,
    /// Left as text, since it may be no shortcode at all: `[sic]`.
    pub(super) left: BTreeSet<String>,
}

impl Unknown {
    /// Looks for ends of shortcodes: one may begin in one block and end in another.
    pub(super) fn look_ahead(&mut self, html: &str) {
        let name = |at: usize| {
            let name: String = html[at..].chars().take(LONGEST_NAME).take_while(|it| *it != ']').collect();
            name.to_ascii_lowercase()
        };
        // `[[/name]]` is how one writes about an end.
        let is_quoted = |at: usize, name: &str| {
            html[..at].ends_with('[') && html.get(at + 2 + name.len()..).is_some_and(|it| it.starts_with("]]"))
        };
        let ends = html.match_indices("[/").map(|(at, _)| (at, name(at + 2)));
        self.closed.extend(ends.filter(|(at, name)| is_name(name) && !is_quoted(*at, name)).map(|it| it.1));
    }

    /// Whether an end of it stands somewhere.
    pub(super) fn is_closed(&self, name: &str) -> bool {
        self.closed.contains(name)
    }
}

/// Replaces every shortcode by what `becomes` says. `unknown` has looked at all of the article.
pub(super) fn replace(html: &str, unknown: &mut Unknown, becomes: &mut impl FnMut(&Call) -> Becomes) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = next_bracket(rest) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(tag) = Tag::read(rest) else {
            out.push('[');
            rest = &rest[1..];
            continue;
        };
        let whole = &rest[..tag.length];
        let after = &rest[tag.length..];
        // `[[name]]` is how one writes about a shortcode.
        if out.ends_with('[') && after.starts_with(']') {
            // Written so that nobody takes it for a call again; WordPress pays no heed to it where an end follows.
            if !unknown.is_closed(&tag.call.name) {
                out.pop();
                out.push_str("&#91;");
            }
            out.push_str(whole.trim_start_matches('['));
            rest = &after[1..];
            continue;
        }
        rest = after;
        let Tag { mut call, closing, closed, .. } = tag;
        call.encloses = !closing && !closed && unknown.is_closed(&call.name);
        if call.encloses && ENCLOSING.contains(&call.name.as_str()) {
            let end = format!("[/{}]", call.name);
            if let Some(length) = find_ignoring_case(rest, &end) {
                call.inside = Some(rest[..length].to_owned());
                rest = &rest[length + end.len()..];
            }
        }
        if closing && unknown.known.contains(&call.name) {
            continue;
        }
        if !closing && let Becomes::Html(html) = becomes(&call) {
            out.push_str(&html);
            unknown.known.insert(call.name);
            continue;
        }
        if closing || closed || !call.attributes.is_empty() || call.encloses {
            // Nothing was made of it, and no text is lost.
            out.push_str(call.inside.as_deref().unwrap_or_default());
            unknown.unwrapped.insert(call.name);
        } else {
            unknown.left.insert(call.name);
            out.push_str(whole);
        }
    }
    out.push_str(rest);
    out
}

/// The next `[` that stands in text: not in a tag, a comment, code or preformatted text.
fn next_bracket(html: &str) -> Option<usize> {
    let mut at = 0;
    let mut code = 0_usize;
    for piece in pieces(html) {
        let is_code = matches!(piece.name().as_str(), "pre" | "code");
        match piece {
            Piece::Text(text) if code == 0 => {
                if let Some(found) = text.find('[') {
                    return Some(at + found);
                }
            }
            Piece::Open(_) if is_code => code += 1,
            Piece::Close(_) if is_code => code = code.saturating_sub(1),
            _ => {}
        }
        at += piece.whole().len();
    }
    None
}

fn find_ignoring_case(text: &str, wanted: &str) -> Option<usize> {
    text.as_bytes().windows(wanted.len()).position(|it| it.eq_ignore_ascii_case(wanted.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(html: &str) -> (String, Unknown) {
        let mut unknown = Unknown::default();
        unknown.look_ahead(html);
        let html = replace(html, &mut unknown, &mut |call| match call.name.as_str() {
            "caption" | "gallery" => {
                let attributes: Vec<_> = call.attributes.iter().map(|(key, value)| format!("{key}={value}")).collect();
                Becomes::Html(format!(
                    "<{} {}|{}>",
                    call.name,
                    attributes.join(","),
                    call.inside.as_deref().unwrap_or("-")
                ))
            }
            _ => Becomes::Unknown,
        });
        (html, unknown)
    }

    #[test]
    fn known_ones_become_html() {
        for (text, html) in [
            ("a [gallery ids=\"4,6\" columns='2'] b", "a <gallery columns=2,ids=4,6|-> b"),
            (
                "[caption id=\"x\" width=300]<img src=\"[a]\"> b[/caption]c",
                "<caption id=x,width=300|<img src=\"[a]\"> b>c",
            ),
            ("[gallery ids=1/]", "<gallery ids=1|->"),
            ("[GALLERY ids=&quot;1,2&quot; /]", "<gallery ids=1,2|->"),
            ("[[gallery ids=\"1\"]]", "&#91;gallery ids=\"1\"]"),
            ("<a title=\"[gallery]\">x</a>", "<a title=\"[gallery]\">x</a>"),
            ("<pre>[gallery]</pre><!-- [gallery] -->", "<pre>[gallery]</pre><!-- [gallery] -->"),
            ("[gallery ids=\"1\" never closed", "[gallery ids=\"1\" never closed"),
        ] {
            assert_eq!(run(text).0, html, "{text}");
        }
    }

    #[test]
    fn unknown_ones_are_unwrapped_and_words_in_brackets_stay() {
        let (html, unknown) =
            run("[note]A [em x=1]b[/em][/note] [sic] […] [1] [ x ] [form id=\"7\"] [a](b) [embed]no address[/embed]");
        assert_eq!(html, "A b [sic] […] [1] [ x ]  [a](b) no address");
        let names = |it: &BTreeSet<String>| it.iter().cloned().collect::<Vec<_>>().join(" ");
        assert_eq!(
            (names(&unknown.unwrapped), names(&unknown.left)),
            ("em embed form note".to_owned(), "a sic".to_owned())
        );
    }
}
