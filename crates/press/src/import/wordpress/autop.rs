//! Paragraphs of classic posts (what WordPress' `wpautop` does): a blank line parts them, a line break breaks a line.

mod page;

use crate::import::markup::{Piece, pieces};
use page::Page;

/// Elements that stand beside paragraphs, not in them.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "caption",
    "center",
    "col",
    "colgroup",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "legend",
    "li",
    "main",
    "map",
    "menu",
    "nav",
    "ol",
    "p",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Stands for a line break of the text, which may become a paragraph; breaks inside tags may not. The export's reader lets no control character through.
const BREAK: char = '\u{1}';

/// Gives a classic post its paragraphs.
pub(super) fn autop(html: &str) -> String {
    let mut page = Page::default();
    let mut verbatim = 0;
    for piece in pieces(html) {
        let name = piece.name();
        match piece {
            Piece::Open(tag) if name == "pre" => {
                if verbatim == 0 {
                    page.flush();
                }
                verbatim += 1;
                page.out.push_str(tag);
            }
            Piece::Close(tag) if name == "pre" && verbatim > 0 => {
                verbatim -= 1;
                page.out.push_str(tag);
            }
            piece if verbatim > 0 => page.out.push_str(piece.whole()),
            Piece::Open(tag) if BLOCKS.contains(&name.as_str()) => page.open(name, tag),
            Piece::Close(tag) if BLOCKS.contains(&name.as_str()) => page.close(&name, tag),
            Piece::Comment(comment) if page.blocks.last().is_none_or(|it| it != "p") && is_marker(comment) => {
                page.flush();
                page.out.push_str(comment);
            }
            Piece::Text(text) => page.run.push_str(&text.replace('\n', "\u{1}")),
            piece => page.run.push_str(piece.whole()),
        }
    }
    page.flush();
    page.out
}

fn is_marker(comment: &str) -> bool {
    let name = comment.trim_start_matches("<!--").trim_start();
    ["more", "nextpage", "members-only"].iter().any(|it| name.starts_with(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_part_and_breaks_break() {
        for (text, html) in [
            ("a\nb\n\nc", "<p>a<br>\nb</p>\n<p>c</p>\n"),
            ("a<br />\nb", "<p>a<br />\nb</p>\n"),
            ("a\n \n\n\nb", "<p>a</p>\n<p>b</p>\n"),
            ("<p>a\nb</p>\nc", "<p>a<br>\nb</p><p>c</p>\n"),
            ("<p>a</p>\n<p>b</p>", "<p>a</p>\n<p>b</p>"),
            ("x <a\nhref='y'>z</a>", "<p>x <a\nhref='y'>z</a></p>\n"),
            (
                "<h2>a</h2>\nb\n<ul>\n <li>c\nd</li>\n</ul>\ne",
                "<h2>a</h2><p>b</p>\n<ul>\n <li>c<br>\nd</li>\n</ul><p>e</p>\n",
            ),
            ("<blockquote>a\n\nb</blockquote>", "<blockquote><p>a</p>\n<p>b</p>\n</blockquote>"),
            ("<div>a</div>", "<div>a</div>"),
            ("<div>a\n\nb</div>", "<div><p>a</p>\n<p>b</p>\n</div>"),
            ("<pre>a\n\n<b>b</b></pre>\nc", "<pre>a\n\n<b>b</b></pre><p>c</p>\n"),
            ("a\n\n<!--more Read on-->\n\nb", "<p>a</p>\n<!--more Read on--><p>b</p>\n"),
            ("a\n<hr />\nb", "<p>a</p>\n<hr /><p>b</p>\n"),
            (
                "see\nhttps://x.example/a?b=c",
                "<p>see</p>\n<figure class=\"wp-block-embed\"><div>https://x.example/a?b=c</div></figure>\n",
            ),
            ("", ""),
        ] {
            assert_eq!(autop(text), html, "{text}");
        }
    }
}
