//! Gutenberg: block comments are read for what they say and dropped; what stands between them is HTML already.

use super::autop::autop;
use super::export::Export;
use super::figures::{self, GATE, PAID_GATE};
use super::markup::{Piece, pieces};
use super::plugin_shortcodes;
use super::shortcodes::{self, Unknown};
use super::text;
use crate::import::remarks::Remarks;
use crate::import::report::Topic;
use crate::render::html::escape_attribute;
use serde_json::Value;
use std::collections::BTreeSet;

/// How often reusable blocks may stand in each other.
const DEEPEST: usize = 8;

/// Bytes that reusable blocks may add to one article.
const LARGEST: usize = 4 << 20;

/// Blocks whose content is for who has paid.
const PAID: &[&str] =
    &["premium-content/container", "pmpro/membership", "woocommerce-memberships/member-content", "memberful/content"];

/// Stored content as HTML.
pub(super) struct Expanded {
    pub(super) html: String,
    /// Gates by plugins' shortcodes that became no marker.
    pub(super) left: BTreeSet<String>,
}

/// Turns stored content into HTML with markers: `<!--more-->`, and those of [`figures`]. `notes` is the value of the meta
/// field `footnotes`.
pub(super) fn html(
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
        let text = "shortcodes that are not known here were taken off, the text in them stayed";
        remarks.detail(Topic::Changed, text, &format!("[{name}]"));
    }
    for name in words {
        remarks.detail(Topic::Check, "words in brackets stayed as text; they may be shortcodes", &format!("[{name}]"));
    }
    Expanded { html, left }
}

/// Whether stored content names a block that hides what follows, wherever it stands: in a comment that was never closed, say.
pub(super) fn names_a_gate(content: &str) -> bool {
    let named =
        |name: &str| content.contains(&format!("<!-- wp:{name}")) || content.contains(&format!("<!--wp:{name}"));
    named("jetpack/paywall") || PAID.iter().any(|it| named(it))
}

struct Expander<'a> {
    article: &'a str,
    notes: Option<&'a str>,
    export: &'a Export,
    remarks: &'a mut Remarks,
    unknown: Unknown,
    room: usize,
}

/// A block's comment.
enum Delimiter<'a> {
    Open(&'a str),
    Void(&'a str, &'a str),
    Close(&'a str),
}

/// Reads `<!-- wp:name {"a":1} -->`; core blocks have no namespace.
fn delimiter(comment: &str) -> Option<Delimiter<'_>> {
    let inside = comment.strip_prefix("<!--")?.strip_suffix("-->")?.trim();
    if let Some(name) = inside.strip_prefix("/wp:") {
        return Some(Delimiter::Close(short(name.trim())));
    }
    let inside = inside.strip_prefix("wp:")?;
    let (inside, void) = inside.strip_suffix('/').map_or((inside, false), |it| (it, true));
    let (name, attributes) = inside.trim().split_once(char::is_whitespace).unwrap_or((inside.trim(), ""));
    let (name, attributes) = (short(name), attributes.trim());
    Some(if void { Delimiter::Void(name, attributes) } else { Delimiter::Open(name) })
}

fn short(name: &str) -> &str {
    let name = name.strip_prefix("core/").unwrap_or(name);
    // Embeds had a block for each provider once.
    if name.starts_with("core-embed/") { "embed" } else { name }
}

impl Expander<'_> {
    fn blocks(&mut self, content: &str, depth: usize) -> String {
        let (mut out, mut raw) = (String::with_capacity(content.len()), String::new());
        let mut open: Vec<String> = Vec::new();
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
                Delimiter::Open(name) => {
                    open.push(name.to_owned());
                    self.begin(name, &mut out);
                }
                Delimiter::Close(name) => {
                    if let Some(at) = open.iter().rposition(|it| it == name) {
                        open.truncate(at);
                    }
                }
            }
        }
        self.flush(&mut raw, &open, &mut out);
        out
    }

    fn begin(&mut self, name: &str, out: &mut String) {
        if PAID.contains(&name) {
            let text = "has a block for who has paid; all from there on is behind the gate";
            self.remarks.detail(Topic::Changed, text, &format!("`{name}`"));
            self.remarks.gate(&format!("`{name}`"));
            out.push_str(PAID_GATE);
        } else if name == "jetpack/paywall" {
            out.push_str(GATE);
        } else if name == "premium-content/logged-out-view" {
            self.remarks.remark(Topic::LeftOut, "the call to subscribe that stood in the place of paid text");
        }
    }

    /// What stood between two block comments.
    fn flush(&mut self, raw: &mut String, open: &[String], out: &mut String) {
        let html = std::mem::take(raw);
        if is_hidden(open) {
            return;
        }
        match open.last().map(String::as_str) {
            _ if html.trim().is_empty() => out.push_str(&html),
            None | Some("shortcode" | "freeform") => out.push_str(&self.classic(&html)),
            Some("code" | "preformatted" | "verse") => out.push_str(&html),
            Some(_) => out.push_str(&self.shortcodes(&html)),
        }
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

    /// A block that has no HTML of its own.
    fn void(&mut self, name: &str, attributes: &str, depth: usize) -> String {
        let attributes: Value = serde_json::from_str(attributes).unwrap_or_default();
        match name {
            "block" => self.reusable(&attributes["ref"], depth),
            "jetpack/paywall" => GATE.to_owned(),
            "more" => "<!--more-->".to_owned(),
            "nextpage" => "<!--nextpage-->".to_owned(),
            "separator" => "<hr>".to_owned(),
            "spacer" | "paragraph" | "list-item" | "column" | "group" => String::new(),
            "footnotes" => self.footnotes(),
            "embed" => match attributes["url"].as_str() {
                Some(url) => format!("<figure class=\"wp-block-embed\"><div>{}</div></figure>", escape_attribute(url)),
                None => String::new(),
            },
            name => {
                let text = "blocks that WordPress fills anew at every visit";
                self.remarks.detail(Topic::LeftOut, text, &format!("`{name}`"));
                String::new()
            }
        }
    }

    fn reusable(&mut self, number: &Value, depth: usize) -> String {
        let number = number
            .as_u64()
            .map(|it| it.to_string())
            .or_else(|| number.as_str().map(ToOwned::to_owned))
            .unwrap_or_default();
        let export = self.export;
        let Some(content) = export.blocks.get(&number) else {
            self.remarks.detail(
                Topic::Check,
                "uses a reusable block that is not in the export",
                &format!("block {number}"),
            );
            return String::new();
        };
        if depth >= DEEPEST || content.len() > self.room {
            self.remarks.detail(
                Topic::Check,
                "uses a reusable block that holds itself, or holds too much",
                &format!("block {number}"),
            );
            return String::new();
        }
        self.room -= content.len();
        self.remarks.remark(Topic::Changed, "reusable blocks were written into the text");
        let tamed = super::tame::tame(content);
        self.unknown.look_ahead(content);
        self.blocks(&tamed.html, depth + 1)
    }

    /// WordPress 6.3 keeps footnotes beside the text: `[{"id":"…","content":"…"}]`.
    fn footnotes(&mut self) -> String {
        let list: Vec<Value> = self.notes.and_then(|it| serde_json::from_str(it).ok()).unwrap_or_default();
        let item = |it: &Value| {
            let (id, content) = (it["id"].as_str()?, it["content"].as_str()?);
            let id = escape_attribute(&text::tidy(id));
            Some(format!("<li id=\"{id}\">{content} <a href=\"#{id}-link\">↩</a></li>"))
        };
        let items: String = list.iter().filter_map(item).collect();
        if items.is_empty() {
            return String::new();
        }
        format!("<section class=\"footnotes\"><ol>{items}</ol></section>")
    }
}

/// Whether what stands here was only for who had not paid.
fn is_hidden(open: &[String]) -> bool {
    open.iter().any(|it| it == "premium-content/logged-out-view")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(content: &str, export: &Export) -> String {
        html(content, "1", None, export, &mut Remarks::default()).html.split_whitespace().collect::<Vec<_>>().join(" ")
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
