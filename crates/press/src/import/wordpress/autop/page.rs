//! A page as it grows, block by block.

use super::BREAK;

/// The HTML that is written.
#[derive(Default)]
pub(super) struct Page {
    pub(super) out: String,
    /// Text and inline elements since the last block's tag.
    pub(super) run: String,
    /// The blocks that are open.
    pub(super) blocks: Vec<String>,
}

impl Page {
    /// Begins a block.
    pub(super) fn open(&mut self, name: String, tag: &str) {
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

    /// Ends a block.
    pub(super) fn close(&mut self, name: &str, tag: &str) {
        self.flush();
        if let Some(at) = self.blocks.iter().rposition(|it| it == name) {
            self.blocks.truncate(at);
        }
        self.out.push_str(tag);
    }

    /// Writes the run that has come to its end.
    pub(super) fn flush(&mut self) {
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

/// The texts between blank lines.
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

/// A text whose line breaks are elements.
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
