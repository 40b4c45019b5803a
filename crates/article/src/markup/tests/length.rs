//! Long texts take no longer for each of their bytes.

use super::pieces::PIECES;
use super::{STEPS, inspect};
use crate::markup::to_html;

/// Fails when bytes are read again and again.
fn long(text: &str) {
    STEPS.set(0);
    let html = to_html(text);
    let start: String = text.chars().take(30).collect();
    assert!(STEPS.get() <= 20 * text.len(), "{start:?} took {} steps for {} bytes", STEPS.get(), text.len());
    inspect(&html).unwrap_or_else(|fault| panic!("{fault}: {start:?}"));
}

#[test]
fn pairs_of_pieces_are_read_once() {
    for first in PIECES {
        for second in PIECES {
            let unit = [*first, *second].concat();
            long(&unit.repeat(4_000 / unit.len()));
        }
    }
}

#[test]
fn long_texts_end() {
    const LENGTH: usize = 65_000;
    let mut units: Vec<String> = PIECES.iter().map(|it| (*it).to_owned()).collect();
    for more in [
        "*a ",
        "a*",
        "*a_ ",
        "**a *b ",
        "_a ",
        "[a](http:",
        "[a](http://a",
        "[a](http://a)",
        "[a](http://a(",
        "](http://a",
        "[](",
        "[a](mailto:a[",
        "[a](mailto:a]",
        "[a](mailto:()",
        "<http://a",
        "<http://a(",
        "<mailto:a",
        "xhttp://a",
        "xhttp://a ",
        "http://a.",
        "http://a,http://b(",
        "]xmailto:a",
        "` `` ",
        "`a``b```c````",
        "> - a\n",
        ">>> a\n\n",
        "> ```\n\n",
        "- a\n  - b\n",
        "1. a\n- b\n",
        "```\n",
        "```a`\n",
        " \n",
        "\\*",
        "[*a",
        "*[a",
        "*a]",
        "[http://a ",
        "[http://a](http://b)",
        "[<http://a>",
    ] {
        units.push(more.to_owned());
    }
    for unit in &units {
        let text = unit.repeat(LENGTH / unit.len());
        long(&text);
        long(&format!("*[{text}](http://a)*"));
    }
    let half = LENGTH / 2;
    let rising: String = (1..350).map(|it| "`".repeat(it) + " ").collect();
    for text in [
        "[".repeat(half) + &"](http://a)".repeat(half / 11),
        "*a ".repeat(half / 3) + &"b* ".repeat(half / 3),
        "*[".repeat(half / 2) + &"a*".repeat(half / 2),
        " ".repeat(half) + "```\n" + &"a\n".repeat(half / 2),
        " ".repeat(half) + "```\n" + &" a\n".repeat(half / 3),
        " ".repeat(half) + "- a\n" + &"- a\n".repeat(half / 4),
        "`".repeat(half) + "\n" + &"`\n".repeat(half / 2),
        "http://a".to_owned() + &".".repeat(LENGTH),
        "http://a".to_owned() + &"(".repeat(LENGTH),
        rising,
    ] {
        long(&text);
    }
}
