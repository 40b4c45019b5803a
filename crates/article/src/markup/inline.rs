//! What stands within a paragraph: emphasis, code, links.

use super::marks::{self, Mark, Role, cut};
use crate::path::is_separator;

/// The kinds of emphasis, each open at most once: `*`, `**`, `_`.
const EMPHASIS: [(&str, &str); 3] = [("<em>", "</em>"), ("<strong>", "</strong>"), ("<em>", "</em>")];

/// Brackets within an address. A limit keeps `[a](http:x[a](http:x…` from being read again for each of its brackets.
const BRACKETS: usize = 4;

/// Writes a paragraph's text. Each step goes forward, so a long line of open marks costs no more than any other.
pub(super) fn write(html: &mut String, text: &str) {
    let mut line = Inline { text, marks: Vec::new(), open: [0; 3], brackets: Vec::new(), no_code: 0 };
    let mut at = 0;
    while let Some(sign) = line.byte(at) {
        at = match sign {
            b'\\' if line.byte(at + 1).is_some_and(|it| it.is_ascii_punctuation()) => {
                line.mark(at, at + 1, Role::Tag(""));
                at + 2
            }
            b'*' | b'_' => line.emphasis(at, sign),
            b'`' => line.code(at),
            b'[' => {
                line.brackets.push(line.marks.len());
                line.mark(at, at + 1, Role::Text)
            }
            b']' => line.link(at),
            b'<' => line.bracketed(at),
            b'h' | b'H' => line.bare(at),
            _ => at + 1,
        };
    }
    marks::write(html, text, &line.marks);
}

struct Inline<'a> {
    text: &'a str,
    /// In the text's order.
    marks: Vec<Mark<'a>>,
    /// For each kind of emphasis the newest mark that could begin it, counted from 1, or 0.
    open: [usize; 3],
    /// The marks of brackets that could begin a link.
    brackets: Vec<usize>,
    /// Bits for the numbers of backticks that are known not to come again.
    no_code: u8,
}

impl<'a> Inline<'a> {
    fn byte(&self, at: usize) -> Option<u8> {
        #[cfg(test)]
        super::tests::STEPS.set(super::tests::STEPS.get() + 1);
        self.text.as_bytes().get(at).copied()
    }

    fn mark(&mut self, from: usize, to: usize, role: Role<'a>) -> usize {
        self.marks.push(Mark { from, to, role });
        to
    }

    /// Where a run of one sign ends.
    fn run(&self, mut at: usize) -> usize {
        let sign = self.byte(at);
        while sign.is_some() && self.byte(at) == sign {
            at += 1;
        }
        at
    }

    fn emphasis(&mut self, at: usize, sign: u8) -> usize {
        let to = self.run(at);
        let kinds: &[usize] = match (sign, to - at) {
            (b'*', 1) => &[0],
            (b'*', 2) => &[1],
            // What was begun last ends first.
            (b'*', 3) if self.open[1] > self.open[0] => &[1, 0],
            (b'*', 3) => &[0, 1],
            (b'_', 1) => &[2],
            _ => return to,
        };
        let before = weight(cut(self.text, 0, at).chars().next_back());
        let after = weight(cut(self.text, to, self.text.len()).chars().next());
        // CommonMark's flanking. An underscore has no letters on both sides: it may be a name's.
        let name = sign == b'_';
        let begins = after > 0 && (after == 2 || before < 2) && !(name && before == 2);
        let ends = before > 0 && (before == 2 || after < 2) && !(name && after == 2);
        let mut from = at;
        for &kind in kinds {
            let next = from + if kind == 1 { 2 } else { 1 };
            let open = self.open[kind];
            if ends && let Some(mark) = self.marks.get_mut(open.wrapping_sub(1)) {
                mark.role = Role::Tag(EMPHASIS[kind].0);
                self.forget(open - 1);
                // A link may not begin inside and end outside.
                while self.brackets.last().is_some_and(|it| *it >= open) {
                    self.brackets.pop();
                }
                self.mark(from, next, Role::Tag(EMPHASIS[kind].1));
            } else if begins {
                self.mark(from, next, Role::Text);
                self.open[kind] = self.marks.len();
            }
            from = next;
        }
        to
    }

    /// Lets emphasis that was begun at or after a mark be text.
    fn forget(&mut self, mark: usize) {
        for it in &mut self.open {
            if *it > mark {
                *it = 0;
            }
        }
    }

    fn code(&mut self, at: usize) -> usize {
        let begin = self.run(at);
        let size = begin - at;
        if size > 3 || self.no_code & (1 << size) != 0 {
            return begin;
        }
        let mut end = begin;
        while let Some(sign) = self.byte(end) {
            let to = self.run(end);
            if sign == b'`' && to - end == size {
                return self.mark(at, to, Role::Code(cut(self.text, begin, end).trim_ascii()));
            }
            end = to;
        }
        self.no_code |= 1 << size;
        begin
    }

    /// Ends a link, if an address follows.
    fn link(&mut self, at: usize) -> usize {
        let Some(first) = self.brackets.pop() else { return at + 1 };
        if self.byte(at + 1) != Some(b'(') {
            return at + 1;
        }
        let to = self.address(at + 2);
        let closed = self.byte(to) == Some(b')') && to > at + 2;
        let Some(begin) = self.marks.get_mut(first).filter(|_| closed) else { return at + 1 };
        if cut(self.text, begin.to, at).trim_ascii().is_empty() {
            return at + 1;
        }
        begin.role = Role::Link(cut(self.text, at + 2, to));
        // No link stands in a link.
        self.brackets.clear();
        for mark in self.marks.iter_mut().skip(first) {
            if matches!(mark.role, Role::Address(_)) {
                mark.role = Role::Text;
            }
        }
        self.forget(first);
        self.mark(at, to + 1, Role::Tag("</a>"))
    }

    fn bracketed(&mut self, at: usize) -> usize {
        let to = self.address(at + 1);
        if self.byte(to) != Some(b'>') || to == at + 1 {
            return at + 1;
        }
        self.mark(at, to + 1, Role::Address(cut(self.text, at + 1, to)))
    }

    fn bare(&mut self, at: usize) -> usize {
        // First, or `xhttp://xhttp://…` would be read to its end again and again.
        if self.byte(at.wrapping_sub(1)).is_some_and(|it| it.is_ascii_alphanumeric()) {
            return at + 1;
        }
        let to = self.address(at);
        // What ends a sentence, a quotation or an emphasis is not the address's.
        let shown = cut(self.text, at, to).trim_end_matches(|it| {
            matches!(it, '.' | ',' | ';' | ':' | '!' | '?' | '*' | '_' | '~' | '\'') || is_separator(it)
        });
        if shown.len() <= "https://".len() && shown.ends_with('/') || shown.is_empty() {
            return at + 1;
        }
        self.mark(at, at + shown.len(), Role::Address(shown))
    }

    /// Where the address ends that begins here; here, if none does. Its brackets are in pairs.
    fn address(&self, at: usize) -> usize {
        let begins = |it: &&&str| {
            let start = self.text.as_bytes().get(at..at + it.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(it.as_bytes()))
        };
        let Some(scheme) = ["https://", "http://", "mailto:"].iter().find(begins) else { return at };
        let (mut to, mut depth) = (at + scheme.len(), 0);
        if !self.byte(to).is_some_and(|it| it.is_ascii_alphanumeric() || !it.is_ascii()) {
            return at;
        }
        while let Some(byte) = self.byte(to) {
            match byte {
                0..=b' ' | 127 | b'<' | b'>' | b'"' | b'`' | b'\\' => break,
                b'(' | b'[' if depth == BRACKETS => break,
                b'(' | b'[' => depth += 1,
                b')' | b']' if depth == 0 => break,
                b')' | b']' => depth -= 1,
                _ => {}
            }
            to += 1;
        }
        to
    }
}

/// What stands beside a mark: nothing (0), a sign (1), a letter (2).
fn weight(beside: Option<char>) -> u8 {
    match beside {
        None => 0,
        Some(it) if it.is_ascii_whitespace() => 0,
        Some(it) if it.is_ascii_punctuation() || is_separator(it) => 1,
        Some(_) => 2,
    }
}
