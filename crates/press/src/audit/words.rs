//! Words in any bytes: maximal runs of letters and digits, as they stand and as they are read when tags are taken out.

mod reader;

pub(super) use reader::each;

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
