//! Takes escapes out: those of JSON and JavaScript, of addresses, of HTML and XML. They are told apart by their looks alone.

use super::layer::{Encoding, Mark};

/// Bytes without their escapes, and where each stood; `None` when there are none.
pub(super) fn decode(bytes: &[u8]) -> Option<(Vec<u8>, Vec<Mark>)> {
    let mut out = Vec::new();
    let mut marks = vec![Mark { here: 0, below: 0, encoding: None }];
    let mut done = 0;
    for at in memchr::memchr3_iter(b'\\', b'%', b'&', bytes) {
        if at < done {
            continue;
        }
        let rest = &bytes[at..];
        let (encoding, escape) = match bytes[at] {
            b'\\' => (Encoding::Json, json(rest)),
            b'%' => (Encoding::Percent, percent(rest)),
            _ => (Encoding::Html, html(rest)),
        };
        let Some(escape) = escape else { continue };
        out.extend_from_slice(&bytes[done..at]);
        marks.push(Mark { here: out.len(), below: at, encoding: Some(encoding) });
        escape.text.write(&mut out);
        done = at + escape.length;
        marks.push(Mark { here: out.len(), below: done, encoding: None });
    }
    if done == 0 {
        return None;
    }
    out.extend_from_slice(&bytes[done..]);
    Some((out, marks))
}

struct Escape {
    length: usize,
    text: Text,
}

enum Text {
    Byte(u8),
    Char(char),
    Entity(&'static str),
}

impl Text {
    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Byte(it) => out.push(*it),
            Self::Char(it) => out.extend_from_slice(it.encode_utf8(&mut [0; 4]).as_bytes()),
            Self::Entity(it) => out.extend_from_slice(it.as_bytes()),
        }
    }
}

fn json(rest: &[u8]) -> Option<Escape> {
    let byte = |it| Some(Escape { length: 2, text: Text::Byte(it) });
    match rest.get(1)? {
        b'n' | b'r' | b't' | b'f' | b'b' | b'v' => byte(b'\n'),
        it @ (b'"' | b'\'' | b'`' | b'/' | b'\\') => byte(*it),
        b'x' => Some(Escape { length: 4, text: Text::Char(char::from_u32(hex(rest.get(2..4)?)?)?) }),
        b'u' if rest.get(2) == Some(&b'{') => {
            let digits = rest.get(3..)?.iter().take(7).position(|it| *it == b'}')?;
            Some(Escape { length: digits + 4, text: Text::Char(char::from_u32(hex(&rest[3..3 + digits])?)?) })
        }
        b'u' => {
            let unit = |at: usize| u16::try_from(hex(rest.get(at..at + 4)?)?).ok();
            let first = unit(2)?;
            if let Some(it) = char::from_u32(u32::from(first)) {
                return Some(Escape { length: 6, text: Text::Char(it) });
            }
            let second = unit(8).filter(|_| rest[6..].starts_with(br"\u"))?;
            let it = char::decode_utf16([first, second]).next()?.ok()?;
            Some(Escape { length: 12, text: Text::Char(it) })
        }
        _ => None,
    }
}

fn percent(rest: &[u8]) -> Option<Escape> {
    let byte = u8::try_from(hex(rest.get(1..3)?)?).ok()?;
    Some(Escape { length: 3, text: Text::Byte(byte) })
}

/// Longest name of an entity.
const NAME: usize = 32;

fn html(rest: &[u8]) -> Option<Escape> {
    let end = rest.iter().take(NAME).position(|it| *it == b';')?;
    let name = std::str::from_utf8(&rest[1..end]).ok()?;
    let text = match name.strip_prefix('#') {
        Some(number) => {
            let number = match number.strip_prefix(['x', 'X']) {
                Some(digits) => hex(digits.as_bytes())?,
                None => number.parse().ok()?,
            };
            Text::Char(char::from_u32(number)?)
        }
        None => Text::Entity(quick_xml::escape::resolve_html5_entity(name)?),
    };
    Some(Escape { length: end + 1, text })
}

fn hex(digits: &[u8]) -> Option<u32> {
    if digits.is_empty() || digits.len() > 6 {
        return None;
    }
    digits.iter().try_fold(0, |sum, it| Some(sum * 16 + char::from(*it).to_digit(16)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_escape_is_read() {
        for (text, plain) in [
            (r#"\u0041\ud83d\ude00\n\"\/\\"#, "A😀\n\"/\\"),
            (r"\x41\u{1f600}", "A😀"),
            ("%41%c3%A9%2", "Aé%2"),
            ("&lt;&#65;&#x41;&eacute;&nbsp;&hellip;&amp;amp;", "<AAé\u{a0}…&amp;"),
            (r"a\u003cb%20c&amp;d", "a<b c&d"),
        ] {
            let (bytes, _) = decode(text.as_bytes()).expect("has escapes");
            assert_eq!(String::from_utf8_lossy(&bytes), plain, "{text}");
        }
        for text in ["", "AT&T 100% \\", "&nothing; %zz \\u12 &#; &;", r"\ud83d", "R&D; 5 %"] {
            assert!(decode(text.as_bytes()).is_none(), "{text}");
        }
    }
}
