//! Tags, in HTML and in what only looks like it.

/// Longest tag that is taken for one.
pub(super) const LONGEST: usize = 1 << 16;

/// A tag.
pub(super) struct Tag {
    pub(super) length: usize,
    /// Whether it parts the words at its sides.
    pub(super) divides: bool,
}

/// Elements that stand in the middle of a word.
const INLINE: [&str; 30] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q", "rb",
    "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr", "tspan",
];

/// Whether a tag may begin with this byte behind its `<`.
pub(super) fn begins(it: u8) -> bool {
    it.is_ascii_alphabetic() || matches!(it, b'/' | b'!' | b'?')
}

/// The tag that begins with this `<`.
pub(super) fn read(bytes: &[u8]) -> Option<Tag> {
    const CDATA: &[u8] = b"<![CDATA[";
    if !begins(*bytes.get(1)?) {
        return None;
    }
    if bytes.starts_with(CDATA) {
        return Some(Tag { length: CDATA.len(), divides: true });
    }
    let name = &bytes[1..].strip_prefix(b"/").unwrap_or(&bytes[1..]);
    let name = &name[..name.iter().take(8).take_while(|it| it.is_ascii_alphanumeric()).count()];
    let inline = INLINE.iter().any(|it| it.as_bytes().eq_ignore_ascii_case(name)) || bytes[1] == b'!';
    let bytes = &bytes[..bytes.len().min(LONGEST)];
    let length = quoted_end(bytes).or_else(|| memchr::memchr(b'>', bytes))? + 1;
    Some(Tag { length, divides: !inline })
}

/// Where a tag ends when `>` in quoted values does not end it.
fn quoted_end(bytes: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        at += memchr::memchr2(b'>', b'=', &bytes[at..])?;
        let quote = bytes.get(at + 1).filter(|it| bytes[at] == b'=' && matches!(it, b'"' | b'\''));
        match quote {
            Some(quote) => at += 3 + memchr::memchr(*quote, bytes.get(at + 2..)?)?,
            None if bytes[at] == b'>' => return Some(at),
            None => at += 1,
        }
        if at >= bytes.len() {
            return None;
        }
    }
}
