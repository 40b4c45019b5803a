//! How much there is to read.

use unicode_segmentation::UnicodeSegmentation as _;

/// Words of a text; scripts written without spaces are counted by character.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    /// Words of scripts that part them.
    pub words: u32,
    /// Characters of Chinese and Japanese.
    pub characters: u32,
}

impl Words {
    /// Words and characters together.
    pub(super) fn total(self) -> u32 {
        self.words + self.characters
    }

    /// Whole minutes at 230 words or 500 characters a minute, at least 1.
    pub(super) fn minutes(self) -> u32 {
        let minutes = f64::from(self.words) / 230.0 + f64::from(self.characters) / 500.0;
        (minutes.round() as u32).max(1)
    }
}

/// Counts a text (Unicode Standard Annex 29, word boundaries).
pub(super) fn count(text: &str) -> Words {
    let mut counted = Words::default();
    for word in text.unicode_words() {
        match word.chars().filter(|it| is_cjk(*it)).count() {
            0 => counted.words += 1,
            characters => counted.characters += u32::try_from(characters).unwrap_or(u32::MAX),
        }
    }
    counted
}

fn is_cjk(it: char) -> bool {
    matches!(it, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The beginning of a text, at most `limit` characters, broken off at the end of a sentence or of a word.
pub(crate) fn excerpt(text: &str, limit: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = text.char_indices().nth(limit) else { return text };
    let start = &text[..end];
    let sentence = start.rmatch_indices(['.', '!', '?', '。', '！', '？', '؟']).map(|(at, it)| at + it.len());
    // Latin sentences end before a space; others need none.
    let ends = |at: &usize| text[*at..].starts_with(' ') || text[..*at].ends_with(['。', '！', '？']);
    if let Some(at) = sentence.into_iter().find(ends).filter(|at| *at > end / 2) {
        return text[..at].to_owned();
    }
    let word = start.rfind(' ').unwrap_or(end);
    format!("{}…", start[..word].trim_end_matches([',', ';', ':', ' ', '–', '—', '،']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_characters_are_counted() {
        assert_eq!(count("It’s 3.5 o'clock, isn’t it?"), Words { words: 5, characters: 0 });
        assert_eq!(count("日本の海 and sea"), Words { words: 2, characters: 4 });
        assert_eq!(count("أخبار اليوم"), Words { words: 2, characters: 0 });
        assert_eq!(count(""), Words::default());
    }

    #[test]
    fn reading_takes_a_minute_at_least() {
        assert_eq!(Words::default().minutes(), 1);
        assert_eq!(Words { words: 1150, characters: 0 }.minutes(), 5);
        assert_eq!(Words { words: 230, characters: 1000 }.minutes(), 3);
    }

    #[test]
    fn an_excerpt_breaks_off_politely() {
        assert_eq!(excerpt("  Short\n text. ", 40), "Short text.");
        assert_eq!(excerpt("This is one sentence. And another one that goes on", 30), "This is one sentence.");
        assert_eq!(excerpt("One, two, three and more words follow here", 16), "One, two, three…");
        assert_eq!(excerpt(&"字".repeat(50), 10), format!("{}…", "字".repeat(10)));
        assert_eq!(excerpt("日本の海。東京の空。大阪の町", 11), "日本の海。東京の空。");
    }
}
