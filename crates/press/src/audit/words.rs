//! Words in any bytes: maximal runs of letters and digits, as they stand and as they are read when tags are taken out.

use super::fold::{self, Fold};

/// What a word is gathered in: a hash while everything is searched, a text when a find is confirmed.
pub(super) trait Spell: Clone + Default {
    /// Adds a folded letter.
    fn add(&mut self, letter: u32);
}

impl Spell for u64 {
    fn add(&mut self, letter: u32) {
        *self = (*self ^ u64::from(letter)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
    }
}

impl Spell for String {
    fn add(&mut self, letter: u32) {
        self.extend(char::from_u32(letter));
    }
}

/// Where a word is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    /// With tags and without.
    Both,
    /// When tags count as text: words in tags, and the parts of a word that a tag divides.
    Raw,
    /// When tags are taken out: words that a tag divides.
    Text,
}

/// A word and where it stands.
pub(super) struct Word<S> {
    pub(super) seen: Seen,
    pub(super) spelling: S,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The words of a text without markup.
pub(super) fn plain(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each(text.as_bytes(), |it: Word<String>| {
        if it.seen != Seen::Text {
            words.push(it.spelling);
        }
    });
    words
}

/// How many words a text has, at most `limit`.
pub(super) fn plain_count(text: &str, limit: usize) -> usize {
    // The beginning of a long text has enough of them.
    let mut end = text.len().min(limit * 64);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let count = plain(&text[..end]).len();
    if count >= limit || end == text.len() { count.min(limit) } else { plain(text).len().min(limit) }
}

/// Longest tag that is taken for one.
const TAG: usize = 1 << 16;

/// Calls back for each word, in order. Bytes that are no UTF-8 are read as Latin-1, as old metadata is.
pub(super) fn each<S: Spell>(bytes: &[u8], emit: impl FnMut(Word<S>)) {
    let mut reader = Reader {
        emit,
        word: S::default(),
        start: None,
        glued: S::default(),
        glued_from: None,
        glued_to: 0,
        in_tag: false,
    };
    let (mut at, mut tag_end, mut no_tag_before) = (0, 0, 0);
    while let Some(&byte) = bytes.get(at) {
        match ASCII[usize::from(byte)] {
            BETWEEN => {
                reader.end_word(at);
                at += 1;
                if reader.in_tag && at >= tag_end {
                    reader.in_tag = false;
                }
            }
            NOTHING => at += 1,
            LESS => {
                reader.end_word_at_tag(at);
                let may_begin = !reader.in_tag && at >= no_tag_before;
                match may_begin.then(|| tag(&bytes[at..])).flatten() {
                    Some(Tag { length, divides }) => {
                        tag_end = at + length;
                        reader.begin_tag(divides);
                    }
                    // It is tried no more before the place where the search gave up, or many of them would take for ever.
                    None if may_begin && bytes.get(at + 1).is_some_and(|it| begins_tag(*it)) => {
                        reader.end_word(at);
                        no_tag_before = at + TAG;
                    }
                    None => reader.end_word(at),
                }
                at += 1;
            }
            WIDE => {
                let (letter, length) = character(&bytes[at..]);
                match fold::fold(letter) {
                    Fold::Between => reader.end_word(at),
                    Fold::Nothing => {}
                    Fold::Letter(letter) => reader.add(letter as u32, at),
                    Fold::Word(letter) => {
                        reader.end_word(at);
                        reader.add(letter as u32, at);
                        reader.end_word(at + length);
                    }
                    Fold::Letters => fold::letters(letter).for_each(|it| reader.add(it as u32, at)),
                }
                at += length;
            }
            letter => {
                reader.add(u32::from(letter), at);
                at += 1;
            }
        }
    }
    reader.end_word(bytes.len());
}

struct Reader<S, F> {
    emit: F,
    word: S,
    start: Option<usize>,
    /// The word as it is read without tags, once a tag has divided it.
    glued: S,
    glued_from: Option<usize>,
    glued_to: usize,
    in_tag: bool,
}

impl<S: Spell, F: FnMut(Word<S>)> Reader<S, F> {
    fn add(&mut self, letter: u32, at: usize) {
        self.start.get_or_insert(at);
        self.word.add(letter);
        if self.glued_from.is_some() && !self.in_tag {
            self.glued.add(letter);
        }
    }

    fn end_word(&mut self, at: usize) {
        match self.start.take() {
            Some(start) => {
                let spelling = std::mem::take(&mut self.word);
                let divided = self.glued_from.is_some() || self.in_tag;
                let seen = if divided { Seen::Raw } else { Seen::Both };
                (self.emit)(Word { seen, spelling, start, end: at });
                if !self.in_tag {
                    self.end_glued(at);
                }
            }
            None if !self.in_tag => self.end_glued(self.glued_to),
            None => {}
        }
    }

    fn end_glued(&mut self, end: usize) {
        if let Some(start) = self.glued_from.take() {
            let spelling = std::mem::take(&mut self.glued);
            (self.emit)(Word { seen: Seen::Text, spelling, start, end });
        }
    }

    /// Ends a word that may go on behind the tag that begins here.
    fn end_word_at_tag(&mut self, at: usize) {
        if self.in_tag {
            return self.end_word(at);
        }
        if let Some(start) = self.start.take() {
            let spelling = std::mem::take(&mut self.word);
            if self.glued_from.is_none() {
                self.glued_from = Some(start);
                self.glued = spelling.clone();
            }
            self.glued_to = at;
            (self.emit)(Word { seen: Seen::Raw, spelling, start, end: at });
        }
    }

    fn begin_tag(&mut self, divides: bool) {
        if divides {
            self.end_glued(self.glued_to);
        }
        self.in_tag = true;
    }
}

struct Tag {
    length: usize,
    /// Whether it parts the words at its sides.
    divides: bool,
}

/// Elements that stand in the middle of a word.
const INLINE: [&str; 30] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q", "rb",
    "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr", "tspan",
];

fn begins_tag(it: u8) -> bool {
    it.is_ascii_alphabetic() || matches!(it, b'/' | b'!' | b'?')
}

/// The tag that begins with this `<`.
fn tag(bytes: &[u8]) -> Option<Tag> {
    const CDATA: &[u8] = b"<![CDATA[";
    if !begins_tag(*bytes.get(1)?) {
        return None;
    }
    if bytes.starts_with(CDATA) {
        return Some(Tag { length: CDATA.len(), divides: true });
    }
    let name = &bytes[1..].strip_prefix(b"/").unwrap_or(&bytes[1..]);
    let name = &name[..name.iter().take(8).take_while(|it| it.is_ascii_alphanumeric()).count()];
    let inline = INLINE.iter().any(|it| it.as_bytes().eq_ignore_ascii_case(name)) || bytes[1] == b'!';
    let bytes = &bytes[..bytes.len().min(TAG)];
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

/// One character and its length; a byte that begins none stands for itself.
fn character(bytes: &[u8]) -> (char, usize) {
    let length = match bytes[0] {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => 1,
    };
    let text = bytes.get(..length).and_then(|it| std::str::from_utf8(it).ok());
    text.and_then(|it| it.chars().next()).map_or((char::from(bytes[0]), 1), |it| (it, length))
}

const BETWEEN: u8 = 0;
const NOTHING: u8 = 1;
const LESS: u8 = 2;
const WIDE: u8 = 3;

/// What a byte is: one of the above, or a letter as it is compared.
static ASCII: [u8; 256] = {
    let mut table = [BETWEEN; 256];
    let mut at = 0;
    while at < 256 {
        let byte = at as u8;
        table[at] = match byte {
            b'\'' => NOTHING,
            b'<' => LESS,
            128.. => WIDE,
            _ if byte.is_ascii_alphanumeric() => byte.to_ascii_lowercase(),
            _ => BETWEEN,
        };
        at += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    fn both(text: &str) -> (String, String) {
        let (mut raw, mut read) = (Vec::new(), Vec::new());
        each(text.as_bytes(), |it: Word<String>| {
            if it.seen != Seen::Text {
                raw.push(it.spelling.clone());
            }
            if it.seen != Seen::Raw {
                read.push(it.spelling);
            }
        });
        (raw.join(" "), read.join(" "))
    }

    #[test]
    fn case_accents_apostrophes_and_soft_hyphens_do_not_count() {
        for text in ["It’s a café: stre\u{ad}et — naïve, 3rd", "IT'S A CAFE\u{301} STREET NAI\u{308}VE 3RD"] {
            assert_eq!(plain(text).join(" "), "its a cafe street naive 3rd", "{text}");
        }
        assert_eq!(plain("ﬁsh"), plain("fish"));
        assert_eq!(plain("渡船は遅い").len(), 5);
        assert_eq!(plain("كِتَاب"), plain("كتاب"));
    }

    #[test]
    fn tags_are_read_both_ways() {
        for (text, raw, read) in [
            ("<b>a</b> b", "b a b b", "a b"),
            ("<b>T</b>he <p>sea</p><p>is</p>", "b t b he p sea p p is p", "the sea is"),
            ("th<i>i</i>s<!-- x --> one", "th i i i s x one", "this one"),
            (r#"a<img alt="b > c">d"#, "a img alt b c d", "a d"),
            ("1 < 2 a<b", "1 2 a b", "1 2 a b"),
            ("<![CDATA[a]]>b", "cdata a b", "a b"),
            ("x<br>y", "x br y", "x y"),
        ] {
            assert_eq!(both(text), (raw.to_owned(), read.to_owned()), "{text}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_read_as_latin_1() {
        let mut words = Vec::new();
        each(b"caf\xe9 \xff\xfe na\xefve", |it: Word<String>| words.push(it.spelling));
        assert_eq!(words.join(" "), "cafe yþ naive");
    }
}
