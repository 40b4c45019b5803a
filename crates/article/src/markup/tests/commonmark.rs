//! Where it reads a text as CommonMark does.

use super::REL;
use crate::markup::to_html;

/// What press makes of articles and we of comments should not surprise who writes both.
#[test]
fn ordinary_comments_read_as_commonmark() {
    use pulldown_cmark::{Event, Parser, html::push_html};
    for text in [
        "Thank you for this.\n\nI had *never* thought of it **that** way.",
        "Two lines\nin one paragraph, with `code` & <signs>.",
        "> They said it _would not_ hold.\n\nIt did. See [the report](https://example.org/a_(b)?c=1&d=2).",
        "> > First.\n>\n> Second.\n\nThird.",
        "Three things:\n\n- one\n- **two**\n- [three](https://example.org)\n\nThat is all.",
        "1. First\n2. Second\n   and its second line\n3. Third",
        "- one\n  - one and a half\n- two",
        "```\nlet x = \"<y>\";\n\n    z\n```\n\nDoes *this* work?",
        "<https://example.org/x> and <mailto:a@example.org>.",
        "snake_case_name, 2 * 3 * 4, a\\*b\\*c, `` ` ``, un*believ*able, “_quoted_”.",
        "***Both***, **strong with *em* in it**, *em with **strong** in it*.",
        "*unclosed, [not a link], `not code, **not strong",
        "I was born in\n1986. Really.",
        "日本*の*海。 Größe _zählt_.",
    ] {
        let events = Parser::new(text).map(|it| if it == Event::SoftBreak { Event::HardBreak } else { it });
        // A sign that might begin an element is one of its own events.
        let events = events.map(|it| if let Event::InlineHtml(it) = it { Event::Text(it) } else { it });
        let mut theirs = String::new();
        push_html(&mut theirs, events);
        let plain = |it: &str| it.replace("<br />", "<br>").replace("&quot;", "\"").replace(REL, "").replace('\n', "");
        assert_eq!(plain(&to_html(text)), plain(&theirs), "{text:?}");
    }
}
