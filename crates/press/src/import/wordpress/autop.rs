//! Paragraphs of classic posts (what WordPress' `wpautop` does): a blank line parts them, a line break breaks a line.

use super::markup::{Piece, pieces};

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

#[derive(Default)]
struct Page {
    out: String,
    /// Text and inline elements since the last block's tag.
    run: String,
    /// The blocks that are open.
    blocks: Vec<String>,
}

impl Page {
    fn open(&mut self, name: String, tag: &str) {
        self.flush();
        // A paragraph ends where a block begins, and an item where the next one does.
        if let Some(last) = self.blocks.last()
            && (last == "p" || *last == name && matches!(last.as_str(), "li" | "td" | "th" | "tr" | "dt" | "dd"))
        {
            self.blocks.pop();
        }
        self.out.push_str(tag);
        if !matches!(name.as_str(), "hr" | "col") && !tag.ends_with("/>") {
            self.blocks.push(name);
        }
    }

    fn close(&mut self, name: &str, tag: &str) {
        self.flush();
        if let Some(at) = self.blocks.iter().rposition(|it| it == name) {
            self.blocks.truncate(at);
        }
        self.out.push_str(tag);
    }

    fn flush(&mut self) {
        let run = std::mem::take(&mut self.run);
        let text = run.trim_matches(|it: char| it == BREAK || it.is_ascii_whitespace());
        if text.is_empty() {
            self.out.push_str(&run.replace(BREAK, "\n"));
            return;
        }
        let paragraphs = paragraphs(text);
        match self.blocks.last().map(String::as_str) {
            None | Some("blockquote" | "form" | "fieldset" | "details" | "center") => {
                for it in paragraphs {
                    self.paragraph(&it);
                }
            }
            Some(
                "div" | "section" | "article" | "aside" | "header" | "footer" | "nav" | "main" | "li" | "td" | "th"
                | "dd",
            ) if paragraphs.len() > 1 => {
                for it in paragraphs {
                    self.paragraph(&it);
                }
            }
            Some("p") => {
                self.out.push_str(&paragraphs.iter().map(|it| breaks(it)).collect::<Vec<_>>().join("</p>\n<p>"))
            }
            Some(
                "ul" | "ol" | "menu" | "dl" | "table" | "thead" | "tbody" | "tfoot" | "tr" | "colgroup" | "figure"
                | "map",
            ) => {
                self.out.push_str(&run.replace(BREAK, "\n"));
            }
            Some(_) => self.out.push_str(&breaks(text)),
        }
    }

    /// A paragraph; an address that stands alone on its line was an embed.
    fn paragraph(&mut self, text: &str) {
        let mut lines: Vec<&str> = Vec::new();
        for line in text.split(BREAK) {
            if is_address(line.trim()) {
                self.lines(&lines);
                lines.clear();
                self.out.push_str(&format!("<figure class=\"wp-block-embed\"><div>{}</div></figure>\n", line.trim()));
            } else {
                lines.push(line);
            }
        }
        self.lines(&lines);
    }

    fn lines(&mut self, lines: &[&str]) {
        let text = lines.join("\u{1}");
        let text = text.trim_matches(|it: char| it == BREAK || it.is_ascii_whitespace());
        if !text.is_empty() {
            self.out.push_str(&format!("<p>{}</p>\n", breaks(text)));
        }
    }
}

fn is_address(line: &str) -> bool {
    (line.starts_with("https://") || line.starts_with("http://"))
        && line.len() > 10
        && !line.contains(|it: char| it.is_whitespace() || matches!(it, '<' | '>' | '"' | '['))
}

fn paragraphs(text: &str) -> Vec<String> {
    let mut paragraphs = vec![String::new()];
    for line in text.split(BREAK) {
        let blank = line.trim().is_empty();
        match paragraphs.last_mut() {
            Some(last) if !blank => {
                if !last.is_empty() {
                    last.push(BREAK);
                }
                last.push_str(line);
            }
            Some(last) if !last.is_empty() => paragraphs.push(String::new()),
            _ => {}
        }
    }
    paragraphs.retain(|it| !it.is_empty());
    paragraphs
}

fn breaks(text: &str) -> String {
    let mut lines = text.split(BREAK);
    let mut broken = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        let last = broken.trim_end();
        let already = last.ends_with("<br>") || last.ends_with("<br />") || last.ends_with("<br/>");
        broken.push_str(if already { "\n" } else { "<br>\n" });
        broken.push_str(line);
    }
    broken
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
