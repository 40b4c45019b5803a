//! ToUnicode maps (ISO 32000-2, 9.10.3). lopdf reads them too, but spells every range out, and one line can say four thousand million.

use super::font::latin;
use memchr::memmem;
use std::collections::HashMap;

/// Letters that a code stands for, at most: ligatures need three.
const LETTERS: usize = 8;

/// What codes stand for.
pub(super) struct CMap {
    /// First and last code of each length in bytes.
    spaces: Vec<(usize, u32, u32)>,
    single: HashMap<u32, Vec<u16>>,
    /// First and last code, and what the first stands for; the others count on from it.
    ranges: Vec<(u32, u32, Vec<u16>)>,
    /// Bytes of a code where nothing says it.
    width: usize,
}

impl CMap {
    /// Reads a map. What it does not understand maps nothing.
    pub(super) fn parse(map: &[u8], width: usize) -> Self {
        let mut own = Self { spaces: Vec::new(), single: HashMap::new(), ranges: Vec::new(), width };
        each_section(map, b"codespacerange", |section| {
            let tokens = tokens(section);
            own.spaces.extend(tokens.chunks_exact(2).filter_map(|it| match it {
                [Token::Code(first), Token::Code(last)] => Some((first.len(), code(first), code(last))),
                _ => None,
            }));
        });
        own.spaces.retain(|it| (1..=4).contains(&it.0));
        own.spaces.sort_unstable();
        own.spaces.dedup();
        each_section(map, b"bfchar", |section| {
            for pair in tokens(section).chunks_exact(2) {
                if let [Token::Code(from), Token::Code(to)] = pair {
                    own.single.insert(code(from), letters(to));
                }
            }
        });
        each_section(map, b"bfrange", |section| own.add_ranges(&tokens(section)));
        own.ranges.sort();
        own
    }

    fn add_ranges(&mut self, mut tokens: &[Token]) {
        while let [Token::Code(first), Token::Code(last), rest @ ..] = tokens {
            match rest {
                [Token::Code(to), rest @ ..] => {
                    self.ranges.push((code(first), code(last), letters(to)));
                    tokens = rest;
                }
                [Token::Open, rest @ ..] => {
                    let count = rest.iter().take_while(|it| matches!(it, Token::Code(_))).count();
                    for (to, from) in rest[..count].iter().zip(code(first)..) {
                        if let Token::Code(to) = to {
                            self.single.insert(from, letters(to));
                        }
                    }
                    tokens = rest.get(count + 1..).unwrap_or_default();
                }
                _ => return,
            }
        }
    }

    /// The letters of a string that is shown.
    pub(super) fn text(&self, codes: &[u8]) -> String {
        let mut text = Vec::new();
        let mut at = 0;
        while at < codes.len() {
            let width = self.width(&codes[at..]);
            let bytes = &codes[at..(at + width).min(codes.len())];
            match self.letters(code(bytes)) {
                Some(letters) => text.extend(letters),
                // Maps leave out what is plain anyway.
                None if width == 1 => text.extend(latin(bytes).encode_utf16()),
                None => text.push(0xfffd),
            }
            at += width;
        }
        String::from_utf16_lossy(&text)
    }

    /// Bytes of the code that comes first; each of them has to be in the range of its place (9.7.6.2).
    fn width(&self, codes: &[u8]) -> usize {
        let fits = |(width, first, last): &(usize, u32, u32)| {
            codes.len() >= *width
                && (0..*width).all(|it| {
                    let byte = |of: u32| (of >> (8 * (width - 1 - it))) as u8;
                    (byte(*first)..=byte(*last)).contains(&codes[it])
                })
        };
        // Few maps have more than two, and a hostile one is not worth more.
        self.spaces.iter().take(32).find(|it| fits(it)).map_or(self.width, |it| it.0)
    }

    fn letters(&self, code: u32) -> Option<Vec<u16>> {
        if let Some(found) = self.single.get(&code) {
            return Some(found.clone());
        }
        let next = self.ranges.partition_point(|it| it.0 <= code);
        let (first, _, letters) = self.ranges[..next].last().filter(|it| code <= it.1)?;
        let mut letters = letters.clone();
        let last = letters.last_mut()?;
        *last = last.wrapping_add((code - first) as u16);
        Some(letters)
    }
}

enum Token {
    Code(Vec<u8>),
    Open,
    Close,
}

fn each_section(map: &[u8], name: &[u8], mut visit: impl FnMut(&[u8])) {
    let (begin, end) = ([b"begin", name].concat(), [b"end", name].concat());
    let mut rest = map;
    while let Some(from) = memmem::find(rest, &begin) {
        rest = &rest[from + begin.len()..];
        let to = memmem::find(rest, &end).unwrap_or(rest.len());
        visit(&rest[..to]);
        rest = &rest[to..];
    }
}

fn tokens(section: &[u8]) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(byte) = section.get(at) {
        at += 1;
        match byte {
            b'[' => tokens.push(Token::Open),
            b']' => tokens.push(Token::Close),
            b'<' => {
                let digits = section[at..].iter().take_while(|it| **it != b'>').count();
                let mut nibbles: Vec<u8> = section[at..at + digits]
                    .iter()
                    .filter_map(|it| char::from(*it).to_digit(16).map(|it| it as u8))
                    .collect();
                // A last digit that is missing is a zero (7.3.4.3).
                if nibbles.len() % 2 == 1 {
                    nibbles.push(0);
                }
                tokens.push(Token::Code(nibbles.chunks_exact(2).map(|it| it[0] << 4 | it[1]).collect()));
                at += digits;
            }
            _ => {}
        }
    }
    tokens
}

fn code(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |sum, it| sum << 8 | u32::from(*it))
}

fn letters(bytes: &[u8]) -> Vec<u16> {
    match bytes {
        // Some programs write one byte where there should be two.
        [one] => vec![u16::from(*one)],
        _ => bytes.chunks_exact(2).take(LETTERS).map(|it| u16::from_be_bytes([it[0], it[1]])).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_become_letters() {
        let map = CMap::parse(
            b"1 begincodespacerange <00> <7f> <8000> <ffff> endcodespacerange\n\
              2 beginbfchar <01> <0041> <02> <00660066 0069> endbfchar\n\
              2 beginbfrange <10> <1a> <0061> <8001> <8002> [<00e9> <d83dde00>] endbfrange",
            1,
        );
        assert_eq!(map.text(b"\x01\x02\x10\x1a\x80\x01\x80\x02\x1b!\x80"), "Affiak\u{e9}\u{1f600}\u{1b}!\u{20ac}");
    }

    #[test]
    fn a_map_may_say_anything() {
        for map in [
            &b"beginbfrange <00000000> <ffffffff> <0041> <5> [ <1> endbfrange"[..],
            b"beginbfchar <> <> <1> < endbfchar",
            b"begincodespacerange <> <> <0011223344> <55> [ ] < endcodespacerange beginbfrange [ [ ] <1> <2>",
            b"beginbfrange",
        ] {
            CMap::parse(map, 2).text(b"\0\x01\x02\x03\xff");
        }
        assert_eq!(CMap::parse(b"beginbfrange <0000> <ffff> <0041> endbfrange", 2).text(b"\0\x02"), "C");
    }
}
