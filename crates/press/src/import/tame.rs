//! Markup made harmless for a parser without losing a word: what is no HTML becomes text, and nesting has an end.

use super::markup::{Piece, pieces};
use super::remarks::Remarks;
use super::report::Topic;
use std::collections::HashSet;
use std::sync::LazyLock;

/// How deep containers may nest; deeper ones are unwrapped.
const DEEPEST: usize = 60;

/// Elements of HTML, past and present. A tag of any other name was meant as text, such as `<angle>`.
static ELEMENTS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    set("a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink \
    blockquote body br button canvas caption center cite code col colgroup command data datalist dd del details dfn dialog dir \
    div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr \
    html i iframe image img input ins isindex kbd keygen label legend li link main map mark marquee math menu menuitem meta \
    meter nav nobr noembed noframes noscript object ol optgroup option output p param picture plaintext pre progress q rp rt \
    ruby s samp script search section select slot small source spacer span strike strong style sub summary sup svg table \
    tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr xmp path g circle rect line \
    polygon polyline ellipse defs use symbol text tspan lineargradient radialgradient stop mi mo mn mrow msup msub mfrac")
});

/// Elements that close by themselves or hold nothing, so that counting them would say nothing about nesting.
static FLAT: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    set("p li td th tr dt dd option area base br col embed hr img input link meta param source track wbr")
});

/// What was done.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Tamed {
    /// The markup.
    pub(super) html: String,
    /// Whether containers nested too deep.
    pub(super) flattened: bool,
    /// Whether drawings (SVG, MathML) were left out.
    pub(super) drawings: bool,
}

impl Tamed {
    /// Says what was done.
    pub(super) fn remark(&self, remarks: &mut Remarks) {
        if self.flattened {
            remarks.remark(Topic::Changed, "nested its markup absurdly deep and was flattened");
        }
        if self.drawings {
            remarks.remark(Topic::LeftOut, "drawings inside the text (SVG, MathML)");
        }
    }
}

/// Escapes what is no tag, and unwraps containers that nest too deep.
pub(super) fn tame(html: &str) -> Tamed {
    let mut tamed = Tamed { html: String::with_capacity(html.len()), ..Tamed::default() };
    let (mut depth, mut unwrapped) = (0_usize, 0_usize);
    for piece in pieces(html) {
        let name = piece.name();
        let known = name.contains(['-', ':']) || ELEMENTS.contains(name.as_str());
        match piece {
            Piece::Text(text) => tamed.html.push_str(&text.replace('<', "&lt;")),
            Piece::Opaque(_) if matches!(name.as_str(), "svg" | "math") => tamed.drawings = true,
            Piece::Comment(text) | Piece::Opaque(text) => tamed.html.push_str(text),
            // Closed by nothing, it would swallow the rest.
            Piece::Open(tag) if !known || name == "plaintext" || is_unclosed_raw(&name) => {
                tamed.html.push_str(&tag.replace('<', "&lt;"));
            }
            Piece::Close(tag) if !known => tamed.html.push_str(&tag.replace('<', "&lt;")),
            Piece::Open(tag) if FLAT.contains(name.as_str()) => tamed.html.push_str(tag),
            Piece::Close(tag) if FLAT.contains(name.as_str()) => tamed.html.push_str(tag),
            Piece::Open(_) if depth >= DEEPEST => {
                unwrapped += 1;
                tamed.flattened = true;
            }
            Piece::Open(tag) => {
                depth += 1;
                tamed.html.push_str(tag);
            }
            Piece::Close(_) if unwrapped > 0 => unwrapped -= 1,
            Piece::Close(tag) => {
                depth = depth.saturating_sub(1);
                tamed.html.push_str(tag);
            }
        }
    }
    tamed
}

/// Whether a start tag that stands alone would make the rest of the article its content: the cutter found no end tag.
fn is_unclosed_raw(name: &str) -> bool {
    matches!(
        name,
        "script" | "style" | "textarea" | "title" | "xmp" | "iframe" | "svg" | "math" | "noembed" | "noframes"
    )
}

fn set(list: &'static str) -> HashSet<&'static str> {
    list.split_ascii_whitespace().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_tag_is_text() {
        for (html, tamed) in [
            ("“quotes” & <angle> ]]> x", "“quotes” & &lt;angle> ]]> x"),
            ("a < b <em>c</em>", "a &lt; b <em>c</em>"),
            ("Vec<T></T>", "Vec&lt;T>&lt;/T>"),
            ("<!-- wp:x --><p>y", "<!-- wp:x --><p>y"),
            ("<!-- open <p>y</p>", "&lt;!-- open <p>y</p>"),
            ("<textarea><p>y</p>", "&lt;textarea><p>y</p>"),
            ("<my-widget>a</my-widget><o:p></o:p>", "<my-widget>a</my-widget><o:p></o:p>"),
        ] {
            assert_eq!(tame(html), Tamed { html: tamed.to_owned(), ..Tamed::default() }, "{html}");
        }
    }

    #[test]
    fn drawings_are_left_out() {
        let tamed = tame("a<svg><title>t</title><path/></svg>b");
        assert_eq!(tamed, Tamed { html: "ab".to_owned(), drawings: true, ..Tamed::default() });
    }

    #[test]
    fn nesting_has_an_end() {
        let tamed = tame(&format!("{}x{}", "<div>".repeat(100_000), "</div>".repeat(100_000)));
        assert!(tamed.flattened);
        assert_eq!(tamed.html, format!("{}x{}", "<div>".repeat(DEEPEST), "</div>".repeat(DEEPEST)));
        assert!(!tame(&"<p>".repeat(1000)).flattened);
    }
}
