//! Gutenberg: block comments are read for what they say and dropped; what stands between them is HTML already.

use super::autop::autop;
use super::block_gates::{self, Hides, LOGGED_OUT, STEADY};
use super::delimiters::{Delimiter, delimiter};
use super::export::Export;
use super::figures;
use super::plugin_shortcodes;
use super::shortcodes::{self, Unknown};
use crate::import::gates::{GATE, PAID_GATE};
use crate::import::markup::{Piece, pieces};
use crate::import::remarks::Remarks;
use crate::import::report::Topic;
use crate::render::html;
use crate::render::tree::{Element, Node};
use serde_json::Value;
use std::collections::BTreeSet;

/// Bytes that reusable blocks may add to one article.
const LARGEST: usize = 4 << 20;

/// What is said of a block that is not known here and is taken for a gate.
const SEEMS: &str = "has a block that is not known here and sounds like a gate, by its name or an attribute, so all from there on is \
    for who has paid; if it hid nothing, take `visibility` and `<!--members-only-->` out";

/// Stored content as HTML.
pub(super) struct Expanded {
    pub(super) html: String,
    /// Gates by plugins' shortcodes that became no marker.
    pub(super) left: BTreeSet<String>,
}

/// Turns stored content into HTML with markers: `<!--more-->`, and those of [`crate::import::gates`]. `notes` is the value of the meta
/// field `footnotes`.
pub(super) fn expand(
    content: &str,
    article: &str,
    notes: Option<&str>,
    export: &Export,
    remarks: &mut Remarks,
) -> Expanded {
    let mut expander = Expander { article, notes, export, remarks, unknown: Unknown::default(), room: LARGEST };
    expander.unknown.look_ahead(content);
    let html = expander.blocks(content, 0);
    let left = plugin_shortcodes::left_in(&html, &expander.unknown);
    let Unknown { unwrapped, left: words, .. } = expander.unknown;
    for name in unwrapped {
        // What stands between two brackets may have been for somebody only, and what stands within them is text of builders of pages.
        let text = "shortcodes that are not known here were taken off: the text between them stayed, and everybody reads it; pictures and \
            words within their brackets are gone";
        remarks.detail(Topic::Check, text, &format!("[{name}]"));
    }
    for name in words {
        remarks.detail(Topic::Check, "words in brackets stayed as text; they may be shortcodes", &format!("[{name}]"));
    }
    Expanded { html, left }
}

/// Reads the blocks of one article.
pub(super) struct Expander<'a> {
    article: &'a str,
    pub(super) notes: Option<&'a str>,
    pub(super) export: &'a Export,
    pub(super) remarks: &'a mut Remarks,
    pub(super) unknown: Unknown,
    /// Bytes that reusable blocks may still add.
    pub(super) room: usize,
}

/// A block that has begun.
struct Open {
    name: String,
    /// Whether a gate stands before it.
    is_gated: bool,
}

impl Expander<'_> {
    pub(super) fn blocks(&mut self, content: &str, depth: usize) -> String {
        let (mut out, mut raw) = (String::with_capacity(content.len()), String::new());
        let mut open: Vec<Open> = Vec::new();
        for piece in pieces(content) {
            let delimiter = match piece {
                Piece::Comment(comment) => delimiter(comment),
                _ => None,
            };
            let Some(delimiter) = delimiter else {
                raw.push_str(piece.whole());
                continue;
            };
            self.flush(&mut raw, &open, &mut out);
            match delimiter {
                Delimiter::Void(name, attributes) if !is_hidden(&open) => {
                    out.push_str(&self.void(name, attributes, depth))
                }
                Delimiter::Void(..) => {}
                Delimiter::Open(name, attributes) => {
                    let is_gated = open.iter().any(|it| it.is_gated);
                    let is_gated = self.begin(name, attributes, is_gated, &mut out) || is_gated;
                    open.push(Open { name: name.to_owned(), is_gated });
                }
                Delimiter::Close(name) => {
                    if let Some(at) = open.iter().rposition(|it| it.name == name) {
                        open.truncate(at);
                    }
                }
            }
        }
        self.flush(&mut raw, &open, &mut out);
        out
    }

    /// The picture of a cover that stands still behind its words: WordPress draws it by style alone.
    fn backdrop(&self, name: &str, attributes: &Value, out: &mut String) {
        let text = |key: &str| attributes.get(key).and_then(Value::as_str).filter(|it| !it.is_empty());
        if name == "cover"
            && attributes.get("hasParallax").or_else(|| attributes.get("isRepeated")).and_then(Value::as_bool)
                == Some(true)
            && let Some(url) = text("url")
        {
            let image = Element::new("img").with("src", url).with("alt", text("alt").unwrap_or_default());
            let figure = Element::new("figure").holding(vec![Node::Element(image)]);
            out.push_str(&html::write(&[Node::Element(figure)]).unwrap_or_default());
        }
    }

    /// Says whether a gate stands there now. In a block that has one already, those that only sound like it need none.
    fn begin(&mut self, name: &str, attributes: &str, is_gated: bool, out: &mut String) -> bool {
        let attributes = block_gates::json(attributes);
        self.backdrop(name, &attributes, out);
        match block_gates::of_open(name, &attributes) {
            Some(Hides::Seems(_)) if is_gated => {}
            Some(hides) => {
                out.push_str(&self.gate(name, &hides));
                return true;
            }
            None if name == "jetpack/paywall" => out.push_str(GATE),
            None if name == LOGGED_OUT => {
                self.remarks.remark(Topic::LeftOut, "the call to subscribe that stood in the place of paid text");
            }
            None => {}
        }
        false
    }

    /// The gate that stands before a block, named in the report.
    pub(super) fn gate(&mut self, name: &str, hides: &Hides) -> String {
        let what = match hides {
            Hides::Seems(Some(attribute)) => format!("`{name}` with `{attribute}`"),
            Hides::Known | Hides::Seems(None) => format!("`{name}`"),
        };
        let (topic, text) = match hides {
            Hides::Known => (Topic::Changed, "has a block for who has paid; all from there on is behind the gate"),
            Hides::Seems(_) => (Topic::Check, SEEMS),
        };
        self.remarks.detail(topic, text, &what);
        self.remarks.gate(&what);
        PAID_GATE.to_owned()
    }

    /// What stood between two block comments.
    fn flush(&mut self, raw: &mut String, open: &[Open], out: &mut String) {
        let html = std::mem::take(raw);
        if is_hidden(open) {
            return;
        }
        let html = self.steady(html);
        match open.last().map(|it| it.name.as_str()) {
            _ if html.trim().is_empty() => out.push_str(&html),
            None | Some("shortcode" | "freeform") => out.push_str(&self.classic(&html)),
            Some("code" | "preformatted" | "verse") => out.push_str(&html),
            Some(_) => out.push_str(&self.shortcodes(&html)),
        }
    }

    /// Steady's mark stands in the text itself.
    fn steady(&mut self, html: String) -> String {
        if !html.contains(STEADY) {
            return html;
        }
        let gate = format!("\n\n{PAID_GATE}\n\n");
        let mut marked = String::with_capacity(html.len());
        for piece in pieces(&html) {
            match piece {
                Piece::Text(text) => marked.push_str(&text.replace(STEADY, &gate)),
                piece => marked.push_str(piece.whole()),
            }
        }
        let text = "has a part that a membership plugin hid; all from there on is for who has paid";
        self.remarks.detail(Topic::Changed, text, &format!("`{STEADY}`"));
        self.remarks.gate(&format!("`{STEADY}`"));
        marked
    }

    fn classic(&mut self, html: &str) -> String {
        autop(&self.shortcodes(html))
    }

    fn shortcodes(&mut self, html: &str) -> String {
        if !html.contains('[') {
            return html.to_owned();
        }
        let Self { article, export, remarks, unknown, .. } = self;
        shortcodes::replace(html, unknown, &mut |call| figures::html(call, article, export, remarks))
    }
}

/// Whether what stands here was only for who had not paid.
fn is_hidden(open: &[Open]) -> bool {
    open.iter().any(|it| it.name == LOGGED_OUT)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(content: &str, export: &Export) -> String {
        expand(content, "1", None, export, &mut Remarks::default())
            .html
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn blocks_are_unpacked() {
        let mut export = Export::default();
        export.blocks.insert("7".to_owned(), "<!-- wp:paragraph --><p>Again</p><!-- /wp:paragraph -->".to_owned());
        export.blocks.insert("8".to_owned(), "<!-- wp:block {\"ref\":8} /-->x".to_owned());
        for (content, html) in [
            ("<!-- wp:paragraph {\"dropCap\":true} -->\n<p>a</p>\n<!-- /wp:paragraph -->", "<p>a</p>"),
            ("<!-- wp:block {\"ref\":7} /-->", "<p>Again</p>"),
            ("<!-- wp:block {\"ref\":99} /--><!-- wp:latest-posts /-->", ""),
            ("a\n\nb\n<!-- wp:separator /-->\nc", "<p>a</p> <p>b</p> <hr><p>c</p>"),
            ("<!-- wp:core/more --><!--more Go on--><!-- /wp:core/more -->", "<!--more Go on-->"),
            (
                "<!-- wp:jetpack/paywall /--><!-- wp:jetpack/paywall --><!-- /wp:jetpack/paywall -->",
                &format!("{GATE}{GATE}"),
            ),
            (
                "<!-- wp:shortcode -->[restrict]<!-- /wp:shortcode --><!-- wp:html --><b>x</b><!-- /wp:html -->[/restrict]",
                &format!("{PAID_GATE} <b>x</b>"),
            ),
            (
                "<!-- wp:cover {\"url\":\"/a.jpg\",\"alt\":\"A ferry\",\"hasParallax\":true} --><p>x</p><!-- /wp:cover -->",
                "<figure><img alt=\"A ferry\" src=\"/a.jpg\"></figure><p>x</p>",
            ),
            ("<!-- wp:code --><pre><code>[gallery]</code></pre><!-- /wp:code -->", "<pre><code>[gallery]</code></pre>"),
        ] {
            assert_eq!(run(content, &export), html, "{content}");
        }
        assert!(run("<!-- wp:block {\"ref\":8} /-->", &export).len() < 200);
    }

    #[test]
    fn what_is_only_for_others_is_left_out() {
        let content = "<p>a</p><!-- wp:premium-content/container --><div><!-- wp:premium-content/subscriber-view --><p>paid</p>\
            <!-- /wp:premium-content/subscriber-view --><!-- wp:premium-content/logged-out-view --><!-- wp:heading --><h2>Join</h2>\
            <!-- /wp:heading --><!-- wp:latest-posts /--><!-- /wp:premium-content/logged-out-view --></div><!-- /wp:premium-content/container --><p>z</p>";
        assert_eq!(run(content, &Export::default()), format!("<p>a</p>{PAID_GATE}<div><p>paid</p></div><p>z</p>"));
    }
}
