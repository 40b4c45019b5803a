//! Strings put together by chance.

use super::inspect;
use crate::markup::to_html;

/// Pieces that meet each other in ways that a table does not think of.
pub(super) const PIECES: &[&str] = &[
    "*",
    "**",
    "***",
    "_",
    "`",
    "``",
    "```",
    "````",
    "[",
    "]",
    "](",
    "(",
    ")",
    "](https://x.y)",
    "](mailto:x",
    "<",
    ">",
    "> ",
    ">>",
    "<https://x",
    "http://x",
    "https://",
    "\\",
    "\n",
    "\n\n",
    "\n> ",
    "\n- ",
    "\n  * ",
    "\n1. ",
    "\n\t2. ",
    "\n```",
    "\r\n",
    "\r",
    " ",
    "  ",
    "\t",
    "q",
    "Q",
    "x",
    "&",
    "&lt;",
    "\"",
    "'",
    "!",
    "…",
    "\u{a0}",
    "é",
    "海",
    "🙂",
    "\0",
    "<script>",
    "</p>",
    "javascript:",
    "<a href=",
    "-->",
    ".",
    "#",
    "~",
];

/// Xorshift: the same strings in each run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

#[test]
fn any_text_gives_sound_html() {
    let mut chance = Chance(0x2545_f491_4f6c_dd1d);
    for round in 0..60_000 {
        // Few kinds of pieces, so that they meet often.
        let kinds: Vec<&str> = (0..2 + round % 9).map(|_| PIECES[chance.below(PIECES.len())]).collect();
        let text: String = (0..1 + chance.below(40)).map(|_| kinds[chance.below(kinds.len())]).collect();
        let html = to_html(&text);
        let shown = inspect(&html).unwrap_or_else(|fault| panic!("{fault}: {text:?} gave {html}"));
        // The words after a fence are a language, which is not shown.
        if !text.contains("```") {
            for letter in ['q', '海', '&', '!'] {
                let (had, has) = (text.matches(letter).count(), shown.matches(letter).count());
                assert_eq!(had, has, "{letter}: {text:?} gave {html}");
            }
        }
        assert!(html.len() <= 100 + 40 * text.len(), "{text:?} gave {html}");
    }
}
