//! Code coloured at build time: a few short classes instead of the dozens that a syntax has.

use super::tree::{Element, Node};
use std::sync::LazyLock;
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxSet};

/// Longer code stays plain: colouring is slow, and nobody reads it for its colours.
const LONGEST: usize = 100_000;

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// Scopes from the TextMate naming conventions and what the page calls them; the first that fits wins.
static CLASSES: LazyLock<Vec<(Scope, &'static str)>> = LazyLock::new(|| {
    const NAMES: &[(&str, &str)] = &[
        ("comment", "hl-comment"),
        ("constant", "hl-constant"),
        ("string", "hl-string"),
        ("markup.inserted", "hl-inserted"),
        ("markup.deleted", "hl-deleted"),
        ("markup.heading", "hl-keyword"),
        ("markup.raw", "hl-string"),
        ("keyword.operator", ""),
        ("keyword", "hl-keyword"),
        ("storage", "hl-keyword"),
        ("entity.name.function", "hl-support"),
        ("support.function", "hl-support"),
        ("variable.function", "hl-support"),
        ("entity.name.tag", "hl-keyword"),
        ("entity.other.attribute-name", "hl-support"),
        ("variable.parameter", "hl-support"),
        ("support.type.property-name", "hl-support"),
        ("entity.name", "hl-support"),
        ("support.type", "hl-support"),
        ("support.class", "hl-support"),
    ];
    NAMES.iter().filter_map(|(scope, class)| Some((Scope::new(scope).ok()?, *class))).collect()
});

/// Code as nodes, or `None` when the language is unknown. No span crosses a line.
pub(super) fn spans(code: &str, language: &str) -> Option<Vec<Node>> {
    let syntax = SYNTAXES.find_syntax_by_token(language).filter(|it| it.name != "Plain Text")?;
    if code.len() > LONGEST {
        return None;
    }
    let mut state = ParseState::new(syntax);
    let mut scopes = ScopeStack::new();
    let mut spans = Spans::default();
    for line in code.split_inclusive('\n') {
        let mut at = 0;
        for (place, change) in state.parse_line(line, &SYNTAXES).ok()? {
            spans.push(&line[at..place], class(&scopes));
            at = place;
            scopes.apply(&change).ok()?;
        }
        spans.push(&line[at..], class(&scopes));
    }
    Some(spans.done())
}

fn class(scopes: &ScopeStack) -> &'static str {
    let name = |scope: &Scope| CLASSES.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope)).map(|it| it.1);
    scopes.as_slice().iter().rev().find_map(name).unwrap_or_default()
}

#[derive(Default)]
struct Spans {
    nodes: Vec<Node>,
    text: String,
    class: &'static str,
}

impl Spans {
    fn push(&mut self, text: &str, class: &'static str) {
        if text.is_empty() {
            return;
        }
        let line_ended = self.text.ends_with('\n') && !self.class.is_empty();
        if !text.trim().is_empty() && class != self.class || line_ended {
            self.flush();
            self.class = class;
        }
        self.text.push_str(text);
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        if text.is_empty() {
            return;
        }
        if self.class.is_empty() {
            return self.nodes.push(Node::Text(text));
        }
        let kept = text.trim_end().len();
        let (inside, after) = text.split_at(kept);
        let span = Element::new("span").with("class", self.class);
        self.nodes.push(Node::Element(span.holding(vec![Node::Text(inside.to_owned())])));
        if !after.is_empty() {
            self.nodes.push(Node::Text(after.to_owned()));
        }
    }

    fn done(mut self) -> Vec<Node> {
        self.flush();
        self.nodes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::html::write;
    use crate::render::tree::text;

    fn html(code: &str, language: &str) -> String {
        write(&spans(code, language).expect("is known")).expect("is shallow")
    }

    #[test]
    fn code_is_coloured_and_keeps_its_text() {
        assert_eq!(
            html("fn main() {} // x < y\n", "rust"),
            "<span class=\"hl-keyword\">fn</span> <span class=\"hl-support\">main</span>() {} <span class=\"hl-comment\">// x &lt; y</span>\n"
        );
        for (code, language) in [("a: [1, \"b\"]\n\n# c\n", "yaml"), ("[a]\nb = 1\n", "toml"), ("<p a='b'>c", "html")] {
            assert_eq!(text(&spans(code, language).expect("is known")), code, "{language}");
        }
    }

    #[test]
    fn no_span_crosses_a_line() {
        let html = html("/* a\n   b */ let c = 1;\n", "rs");
        for line in html.lines() {
            assert_eq!(line.matches("<span").count(), line.matches("</span>").count(), "{line}");
        }
        assert!(html.contains("hl-comment"));
    }

    #[test]
    fn an_unknown_language_stays_plain() {
        assert_eq!(spans("a", "no-such-language"), None);
        assert_eq!(spans("a", "text"), None);
        assert_eq!(spans("a", ""), None);
    }
}
