//! HTML as other sites store it, cut into pieces before any parser sees it: shortcodes and blocks live between the tags.

use std::collections::HashMap;

/// A piece of HTML. Joined, the pieces are the text that they were cut from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Text between tags, not decoded. A `<` in it begins no tag.
    Text(&'a str),
    /// A comment, with its brackets.
    Comment(&'a str),
    /// A start tag.
    Open(&'a str),
    /// An end tag.
    Close(&'a str),
    /// An element whose content is no markup, such as a script, from its start tag to its end tag.
    Opaque(&'a str),
}

impl<'a> Piece<'a> {
    /// All of it.
    pub(super) fn whole(self) -> &'a str {
        match self {
            Self::Text(it) | Self::Comment(it) | Self::Open(it) | Self::Close(it) | Self::Opaque(it) => it,
        }
    }

    /// The element's name in lower case; empty when it is no tag.
    pub(super) fn name(self) -> String {
        match self {
            Self::Open(it) | Self::Close(it) | Self::Opaque(it) => tag_name(it).to_ascii_lowercase(),
            Self::Text(_) | Self::Comment(_) => String::new(),
        }
    }
}

/// Elements whose content is no markup of ours. One that is never closed would swallow the rest of the article.
const OPAQUE: &[(&str, &str)] = &[
    ("script", "</script"),
    ("style", "</style"),
    ("textarea", "</textarea"),
    ("title", "</title"),
    ("xmp", "</xmp"),
    ("iframe", "</iframe"),
    ("svg", "</svg"),
    ("math", "</math"),
    ("noembed", "</noembed"),
    ("noframes", "</noframes"),
];

/// Bytes that a start tag may have before it is taken for text. Pictures can be written into a tag, so it is many.
const LONGEST_TAG: usize = 4 << 20;

/// Bytes in which a quote has to be closed for its `>` not to end the tag.
const LONGEST_VALUE: usize = 16 << 10;

/// Cuts HTML into pieces.
pub(super) fn pieces(html: &str) -> Pieces<'_> {
    Pieces { html, at: 0, found: HashMap::new() }
}

/// Iterator of [`pieces`].
pub(super) struct Pieces<'a> {
    html: &'a str,
    at: usize,
    /// Where the next of each end stands, and from where it was looked for: nothing is looked for twice, so that a
    /// file full of beginnings takes no longer than another.
    found: HashMap<&'static str, (usize, Option<usize>)>,
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        let (html, start) = (self.html, self.at);
        let mut from = start;
        while let Some(at) = html[from..].find('<').map(|it| it + from) {
            let Some((kind, end)) = self.markup(at) else {
                from = at + 1;
                continue;
            };
            if at > start {
                self.at = at;
                return Some(Piece::Text(&html[start..at]));
            }
            self.at = end;
            return Some(kind(&html[at..end]));
        }
        self.at = html.len();
        (start < html.len()).then(|| Piece::Text(&html[start..]))
    }
}

type Kind<'a> = fn(&'a str) -> Piece<'a>;

impl<'a> Pieces<'a> {
    /// What begins at a `<`, and where it ends; `None` when it is only a `<`.
    fn markup(&mut self, at: usize) -> Option<(Kind<'a>, usize)> {
        let text = &self.html[at..];
        if text.starts_with("<!--") {
            return self.end_of(at + 4, "-->").map(|it| (Piece::Comment as Kind<'a>, it + 3));
        }
        match text.as_bytes().get(1)? {
            b'!' | b'?' => self.end_of(at + 2, ">").map(|it| (Piece::Comment as Kind<'a>, it + 1)),
            b'/' if text.as_bytes().get(2).is_some_and(u8::is_ascii_alphabetic) => {
                self.end_of(at + 2, ">").map(|it| (Piece::Close as Kind<'a>, it + 1))
            }
            it if it.is_ascii_alphabetic() => {
                let plain = self.end_of(at + 1, ">")? + 1 - at;
                let end = at + tag_end(text, plain)?;
                let name = tag_name(text);
                let opaque = OPAQUE.iter().find(|(it, _)| it.eq_ignore_ascii_case(name));
                let close = opaque.and_then(|(_, close)| self.end_of(end, close));
                match close.and_then(|it| self.end_of(it, ">")) {
                    Some(close) => Some((Piece::Opaque, close + 1)),
                    None => Some((Piece::Open, end)),
                }
            }
            _ => None,
        }
    }

    /// Where an end stands, from here on.
    fn end_of(&mut self, from: usize, end: &'static str) -> Option<usize> {
        if let Some((since, found)) = self.found.get(end)
            && *since <= from
            && found.is_none_or(|it| it >= from)
        {
            return *found;
        }
        let rest = &self.html.as_bytes()[from..];
        let same = |it: &[u8]| it.eq_ignore_ascii_case(end.as_bytes());
        let found = if end == ">" { self.html[from..].find('>') } else { rest.windows(end.len()).position(same) };
        let found = found.map(|it| it + from);
        self.found.insert(end, (from, found));
        found
    }
}

/// The length of a start tag; a `>` in quotes does not end it. `plain` is its length if quotes meant nothing.
fn tag_end(text: &str, plain: usize) -> Option<usize> {
    if plain > LONGEST_TAG {
        return None;
    }
    let bytes = text.as_bytes();
    let mut quote = None;
    let mut value = false;
    for (at, it) in bytes.iter().enumerate().take(plain.max(LONGEST_VALUE)) {
        match (quote, *it) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') if value => quote = Some(*it),
            (None, b' ' | b'\t' | b'\n' | b'\r') => {}
            (None, it) => value = it == b'=',
            (Some(open), it) if open == it => (quote, value) = (None, false),
            _ => {}
        }
    }
    // A quote that is never closed: the tag ends where a person would say that it does.
    Some(plain)
}

fn tag_name(tag: &str) -> &str {
    let inside = tag.trim_start_matches('<').trim_start_matches('/');
    inside.split(|it: char| it.is_ascii_whitespace() || matches!(it, '>' | '/')).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_what_a_browser_sees() {
        for (html, kinds) in [
            ("a<b>c</b>", "tOtC"),
            ("1 < 2 <3> a", "t"),
            ("<!--more-->x", "ct"),
            ("<!-- open <b>x</b>", "tOtC"),
            ("<a title='x > y' href=z>b", "Ot"),
            ("<a title=it's>b", "Ot"),
            ("<svg><path d='M0'/></svg>", "o"),
            ("<script>if (a<b) '</p>'</script>x", "ot"),
            ("<TEXTAREA><p>x", "OOt"),
            ("</>", "t"),
            ("<", "t"),
        ] {
            let kind = |it| match it {
                Piece::Text(_) => 't',
                Piece::Comment(_) => 'c',
                Piece::Open(_) => 'O',
                Piece::Close(_) => 'C',
                Piece::Opaque(_) => 'o',
            };
            assert_eq!(pieces(html).map(kind).collect::<String>(), kinds, "{html}");
            assert_eq!(pieces(html).map(Piece::whole).collect::<String>(), html);
        }
    }

    #[test]
    fn what_never_ends_is_looked_for_once() {
        for part in ["<!-- ", "<script>", "<a b=\"", "<", "</p", "<a "] {
            assert!(pieces(&part.repeat(100_000)).count() > 0);
            assert!(pieces(&format!("{}>", part.repeat(100_000))).count() > 0);
        }
    }

    #[test]
    fn names_are_lower_case() {
        let names: Vec<_> = pieces("<IMG/><br/></P >").map(Piece::name).collect();
        assert_eq!(names, ["img", "br", "p"]);
    }
}
