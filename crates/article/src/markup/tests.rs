//! Cases, and strings that nobody would type by accident.

use super::to_html;
use std::cell::Cell;

thread_local! {
    /// How often a paragraph's bytes were looked at.
    pub(super) static STEPS: Cell<usize> = const { Cell::new(0) };
}

const REL: &str = " rel=\"ugc nofollow noopener\"";

/// Cases are written without `rel`.
fn check(cases: &[(&str, &str)]) {
    for (text, html) in cases {
        let made = to_html(text);
        assert_eq!(made.replace(REL, ""), *html, "{text:?}");
        assert_eq!(made.matches(REL).count(), made.matches("<a ").count(), "{text:?}");
        inspect(&made).unwrap_or_else(|fault| panic!("{fault}: {text:?} gave {made}"));
    }
}

#[test]
fn paragraphs_and_lines() {
    check(&[
        ("", ""),
        (" \n\t\n", ""),
        ("One.", "<p>One.</p>"),
        ("One.\nTwo.  \r\nThree.", "<p>One.<br>Two.<br>Three.</p>"),
        ("One.\n\n \n\nTwo.", "<p>One.</p><p>Two.</p>"),
        ("    Not code.", "<p>Not code.</p>"),
        ("# Not a heading\n---", "<p># Not a heading<br>---</p>"),
        ("a | b\n--|--", "<p>a | b<br>--|--</p>"),
        ("~~no~~ ![image](https://a.b/c.png)", "<p>~~no~~ !<a href=\"https://a.b/c.png\">image</a></p>"),
    ]);
}

#[test]
fn raw_html_is_text() {
    check(&[
        ("<b>bold</b>", "<p>&lt;b&gt;bold&lt;/b&gt;</p>"),
        ("<script>alert(\"1\")</script>", "<p>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;</p>"),
        ("AT&T &lt; &#60; &amp;", "<p>AT&amp;T &amp;lt; &amp;#60; &amp;amp;</p>"),
        ("`<b>` *<i>*", "<p><code>&lt;b&gt;</code> <em>&lt;i&gt;</em></p>"),
        ("```\n</code></pre><script>", "<pre><code>&lt;/code&gt;&lt;/pre&gt;&lt;script&gt;\n</code></pre>"),
        ("[<b>](https://a.b/?\"x)", "<p>[&lt;b&gt;](<a href=\"https://a.b/\">https://a.b/</a>?&quot;x)</p>"),
    ]);
}

#[test]
fn emphasis() {
    check(&[
        ("*a* _b_ **c**", "<p><em>a</em> <em>b</em> <strong>c</strong></p>"),
        ("***a***", "<p><em><strong>a</strong></em></p>"),
        ("***a** b*", "<p><em><strong>a</strong> b</em></p>"),
        ("**a *b***", "<p><strong>a <em>b</em></strong></p>"),
        ("*a **b***", "<p><em>a <strong>b</strong></em></p>"),
        ("*a***b**", "<p><em>a</em><strong>b</strong></p>"),
        ("**a _b *c* d_ e**", "<p><strong>a <em>b <em>c</em> d</em> e</strong></p>"),
        ("*one\ntwo*", "<p><em>one<br>two</em></p>"),
        ("*one\n\ntwo*", "<p>*one</p><p>two*</p>"),
        ("snake_case_name and _snake_case_", "<p>snake_case_name and <em>snake_case</em></p>"),
        ("__init__ f**** 2 * 3 * 4", "<p>__init__ f**** 2 * 3 * 4</p>"),
        ("in*fix*ed", "<p>in<em>fix</em>ed</p>"),
        ("*a **b* c**", "<p><em>a **b</em> c**</p>"),
        ("*a", "<p>*a</p>"),
        ("**a*", "<p>**a*</p>"),
        ("*a *b*", "<p>*a <em>b</em></p>"),
        ("* a*", "<ul><li>a*</li></ul>"),
        ("“_Title_” („_Titel_“), _Titre_…", "<p>“<em>Title</em>” („<em>Titel</em>“), <em>Titre</em>…</p>"),
        ("日本*の*海 größer_als_ß", "<p>日本<em>の</em>海 größer_als_ß</p>"),
        (r"\*a\* \_b\_ \[c\](d) \\ \a \", r"<p>*a* _b_ [c](d) \ \a \</p>"),
        (r"*a\*b* \<b>", "<p><em>a*b</em> &lt;b&gt;</p>"),
    ]);
}

#[test]
fn code() {
    check(&[
        ("`a*b*c`", "<p><code>a*b*c</code></p>"),
        (r"`\` *a*", r"<p><code>\</code> <em>a</em></p>"),
        ("`` a`b ``", "<p><code>a`b</code></p>"),
        ("```a```", "<p><code>a</code></p>"),
        ("`a ``b` c", "<p><code>a ``b</code> c</p>"),
        ("`a ``b", "<p>`a ``b</p>"),
        ("*a `b* c`", "<p>*a <code>b* c</code></p>"),
        (
            "```rust\nfn main() {\n    *x\n\n> y\n}\n```\nz",
            "<pre><code>fn main() {\n    *x\n\n&gt; y\n}\n</code></pre><p>z</p>",
        ),
        ("a\n````\n```\n````", "<p>a</p><pre><code>```\n</code></pre>"),
        ("  ```\n  a\n    b\n c\n  ```", "<pre><code>a\n  b\nc\n</code></pre>"),
        ("```\nto the end", "<pre><code>to the end\n</code></pre>"),
        ("> ```\n> a\n> > b\n> ```\n> c", "<blockquote><pre><code>a\n&gt; b\n</code></pre><p>c</p></blockquote>"),
        ("> ```\n> a\nb", "<blockquote><pre><code>a\n</code></pre></blockquote><p>b</p>"),
    ]);
}

#[test]
fn quotes() {
    check(&[
        ("> a\n> b\nc", "<blockquote><p>a<br>b</p></blockquote><p>c</p>"),
        ("a\n>b", "<p>a</p><blockquote><p>b</p></blockquote>"),
        ("> a\n>\n> b", "<blockquote><p>a</p><p>b</p></blockquote>"),
        ("> a\n\n> b", "<blockquote><p>a</p></blockquote><blockquote><p>b</p></blockquote>"),
        (
            ">> a\n> b\n> > > > c",
            "<blockquote><blockquote><p>a</p></blockquote><p>b</p><blockquote><blockquote><p>&gt; c</p></blockquote></blockquote></blockquote>",
        ),
        ("> - a\n> - b", "<blockquote><ul><li>a</li><li>b</li></ul></blockquote>"),
        ("> *a\n\n*b", "<blockquote><p>*a</p></blockquote><p>*b</p>"),
    ]);
}

#[test]
fn lists() {
    check(&[
        ("- a\n* **b**", "<ul><li>a</li><li><strong>b</strong></li></ul>"),
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("1. a\n\n2. b\n\nc", "<ol><li>a</li><li>b</li></ol><p>c</p>"),
        ("a\n- b\nc", "<p>a</p><ul><li>b</li></ul><p>c</p>"),
        ("- a\n  b\n\n  c\n- d", "<ul><li>a<br>b<p>c</p></li><li>d</li></ul>"),
        (
            "- a\n  - b\n      - c\n  1. d\n- e",
            "<ul><li>a<ul><li>b</li><li>c</li></ul><ol><li>d</li></ol></li><li>e</li></ul>",
        ),
        ("1. a\n\t- b\n  c", "<ol><li>a<ul><li>b</li></ul><p>c</p></li></ol>"),
        ("- a\n1. b", "<ul><li>a</li></ul><ol><li>b</li></ol>"),
        ("- a\n  ```\n  b\n  ```\n- c", "<ul><li>a<pre><code>b\n</code></pre></li><li>c</li></ul>"),
        ("- ```\n  b\n  ```\n\nc", "<ul><li><pre><code>b\n</code></pre></li></ul><p>c</p>"),
        ("I was born in\n1986. What a year.", "<p>I was born in<br>1986. What a year.</p>"),
        ("3. It keeps its number.", "<p>3. It keeps its number.</p>"),
        ("-\n-a\n1.\n1.5\n+ b", "<p>-<br>-a<br>1.<br>1.5<br>+ b</p>"),
    ]);
}

#[test]
fn links() {
    check(&[
        ("[a *b*](https://c.d/e_f_(g)?h=[]&i)", "<p><a href=\"https://c.d/e_f_(g)?h=[]&amp;i\">a <em>b</em></a></p>"),
        (
            "[mail](mailto:a@b.c) [a](HTTP://b.c)",
            "<p><a href=\"mailto:a@b.c\">mail</a> <a href=\"HTTP://b.c\">a</a></p>",
        ),
        ("*[a](https://b.c)*", "<p><em><a href=\"https://b.c\">a</a></em></p>"),
        ("[a [b] c](https://d.e)", "<p><a href=\"https://d.e\">a [b] c</a></p>"),
        (
            "[[a](https://b.c)](https://d.e)",
            "<p>[<a href=\"https://b.c\">a</a>](<a href=\"https://d.e\">https://d.e</a>)</p>",
        ),
        ("[https://a.b](https://c.d)", "<p><a href=\"https://c.d\">https://a.b</a></p>"),
        ("[x <https://a.b>](https://c.d)", "<p><a href=\"https://c.d\">x &lt;https://a.b&gt;</a></p>"),
        ("*a [b* c](https://d.e)", "<p><em>a [b</em> c](<a href=\"https://d.e\">https://d.e</a>)</p>"),
        ("[a *b](https://c.d) e*", "<p><a href=\"https://c.d\">a *b</a> e*</p>"),
        ("[a] [b](/c) [d](e:f) [ ](http://", "<p>[a] [b](/c) [d](e:f) [ ](http://</p>"),
        ("[a](javascript:alert(1)) [b](https:c)", "<p>[a](javascript:alert(1)) [b](https:c)</p>"),
        ("[a](https://b.c \"title\")", "<p>[a](<a href=\"https://b.c\">https://b.c</a> &quot;title&quot;)</p>"),
        (
            "<https://a.b/c*d*> <mailto:a@b.c>",
            "<p><a href=\"https://a.b/c*d*\">https://a.b/c*d*</a> <a href=\"mailto:a@b.c\">mailto:a@b.c</a></p>",
        ),
        (
            "<https://a.b c> <data:x> <a@b.c>",
            "<p>&lt;<a href=\"https://a.b\">https://a.b</a> c&gt; &lt;data:x&gt; &lt;a@b.c&gt;</p>",
        ),
        ("(See https://a.b/c_(d)_e.)", "<p>(See <a href=\"https://a.b/c_(d)_e\">https://a.b/c_(d)_e</a>.)</p>"),
        (
            "**https://a.b/** Https://c.d…",
            "<p><strong><a href=\"https://a.b/\">https://a.b/</a></strong> <a href=\"Https://c.d\">Https://c.d</a>…</p>",
        ),
        (
            "“https://a.b”, 見https://c.d。",
            "<p>“<a href=\"https://a.b\">https://a.b</a>”, 見<a href=\"https://c.d\">https://c.d</a>。</p>",
        ),
        ("xhttps://a.b http:// https://… mailto:a@b.c", "<p>xhttps://a.b http:// https://… mailto:a@b.c</p>"),
        (
            "https://https://a//! <https://b//>",
            "<p><a href=\"https://https://a//\">https://https://a//</a>! <a href=\"https://b//\">https://b//</a></p>",
        ),
        ("[](https://a.b)", "<p>[](<a href=\"https://a.b\">https://a.b</a>)</p>"),
        ("[`]`](https://a.b)", "<p><a href=\"https://a.b\"><code>]</code></a></p>"),
    ]);
}

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

/// Pieces that meet each other in ways that a table does not think of.
const PIECES: &[&str] = &[
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

/// Whether HTML holds only what [`to_html`] promises, each element where it may stand. Gives the text and the addresses of
/// links that do not show them, unescaped.
fn inspect(html: &str) -> Result<String, String> {
    let (mut open, mut shown, mut rest) = (Vec::<&str>::new(), String::new(), html);
    // The address of the link that is open, and where its text begins in `shown`.
    let mut link = (String::new(), 0);
    while let Some(first) = rest.chars().next() {
        if first != '<' {
            let (text, length) = unescape(rest)?;
            if matches!(open.last(), None | Some(&("ul" | "ol" | "blockquote" | "pre"))) {
                return Err(format!("text in {open:?}"));
            }
            shown.push(text);
            rest = &rest[length..];
            continue;
        }
        let (tag, after) = rest[1..].split_once('>').ok_or("a tag without end")?;
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(format!("</{name}> ends another"));
            }
            if name == "a" && shown[link.1..] != link.0 {
                shown.push_str(&link.0);
            }
            continue;
        }
        let name = tag.split(' ').next().unwrap_or_default();
        if name == "a" {
            let inner = tag.strip_prefix("a href=\"").and_then(|it| it.strip_suffix(REL));
            let mut address = inner.and_then(|it| it.strip_suffix('"')).ok_or("a link of another shape")?;
            link = (String::new(), shown.len());
            while !address.is_empty() {
                let (text, length) = unescape(address)?;
                link.0.push(text);
                address = &address[length..];
            }
            let lower = link.0.to_ascii_lowercase();
            if !["http://", "https://", "mailto:"].iter().any(|it| lower.starts_with(it)) || !crate::allow::url(&link.0)
            {
                return Err(format!("an address of another scheme: {}", link.0));
            }
            if link.0.contains(|it: char| it.is_ascii_whitespace() || it.is_ascii_control()) {
                return Err("an address with a space".to_owned());
            }
        } else if name != tag {
            return Err(format!("<{tag}> has attributes"));
        }
        let parent = open.last().copied();
        let flow = matches!(parent, None | Some("blockquote" | "li"));
        let phrasing = matches!(parent, Some("p" | "li" | "em" | "strong" | "a"));
        let fits = match name {
            "p" | "pre" | "blockquote" | "ul" | "ol" => flow,
            "li" => matches!(parent, Some("ul" | "ol")),
            "br" => phrasing || parent == Some("code"),
            "em" | "strong" => phrasing,
            "code" => phrasing || parent == Some("pre"),
            "a" => phrasing && !open.contains(&"a"),
            _ => false,
        };
        if !fits || open.len() > 3 + 4 + 5 {
            return Err(format!("<{name}> in {open:?}"));
        }
        if name != "br" {
            open.push(name);
        }
    }
    if open.is_empty() { Ok(shown) } else { Err(format!("{open:?} are open")) }
}

/// The first character of escaped text, and the bytes it takes.
fn unescape(text: &str) -> Result<(char, usize), String> {
    for (entity, sign) in [("&lt;", '<'), ("&gt;", '>'), ("&amp;", '&'), ("&quot;", '"')] {
        if text.starts_with(entity) {
            return Ok((sign, entity.len()));
        }
    }
    match text.chars().next() {
        Some(it) if !matches!(it, '<' | '>' | '&' | '"') => Ok((it, it.len_utf8())),
        other => Err(format!("{other:?} is not escaped")),
    }
}
