//! Readers' comments: a small Markdown, and out of it HTML that is safe as it stands.

mod inline;
mod marks;
#[cfg(test)]
mod tests;

use marks::escape;

/// Quotes within quotes. Further `>` stay text.
const QUOTES: usize = 3;

/// Lists within lists. What is indented further is one more item of the inner list.
const LISTS: usize = 2;

/// How far a line is indented below its list's mark to belong to the item.
const INDENT: usize = 2;

/// The HTML of a comment. It holds only `p br em strong code pre blockquote ul ol li`, and `a` with `href` and `rel`.
///
/// It knows paragraphs, `*em*`, `_em_`, `**strong**`, code between backticks, fenced code, `> quotes`, `-`, `*` and `1.`
/// lists, `[text](https://…)`, bare and `<bracketed>` addresses, and `\` before a sign. Any other text is only escaped. It
/// differs from CommonMark where readers expect less cleverness:
///
/// - A new line is a new line.
/// - A line without `>` is not part of the quote above it, one that is not indented not of the list above it.
/// - A numbered list begins with 1 or is text, since it could not keep its number.
pub fn to_html(text: &str) -> String {
    let mut blocks = Blocks::default();
    for line in text.lines() {
        blocks.line(line);
    }
    blocks.quote(0);
    blocks.html
}

#[derive(Default)]
struct Blocks {
    html: String,
    /// The lines of the paragraph that is open, if any.
    words: String,
    quotes: usize,
    /// From the outside in.
    lists: Vec<List>,
    /// An item was begun, whose first words need no paragraph.
    bare: bool,
    /// Backticks that opened the code block in which we are, or 0.
    fence: usize,
    fence_indent: usize,
}

struct List {
    ordered: bool,
    indent: usize,
}

impl Blocks {
    fn line(&mut self, line: &str) {
        // Code may have `>` of its own.
        let most = if self.fence > 0 { self.quotes } else { QUOTES };
        let (mut depth, mut rest) = (0, line);
        while depth < most
            && let Some(inner) = rest.trim_ascii_start().strip_prefix('>')
        {
            rest = inner.strip_prefix(' ').unwrap_or(inner);
            depth += 1;
        }
        if depth != self.quotes {
            self.quote(depth);
        }
        let body = rest.trim_ascii();
        if self.fence > 0 {
            self.code(rest, body);
        } else if body.is_empty() {
            self.end_paragraph();
        } else {
            self.text(indent(rest), body);
        }
    }

    /// A line within a code block, or the one that ends it.
    fn code(&mut self, mut rest: &str, body: &str) {
        if body.len() >= self.fence && ticks(body) == body.len() {
            self.end_code();
            return;
        }
        let mut spare = self.fence_indent;
        while spare > 0
            && let Some(inner) = rest.strip_prefix(' ')
        {
            rest = inner;
            spare -= 1;
        }
        escape(&mut self.html, rest);
        self.html.push('\n');
    }

    fn text(&mut self, mut indent: usize, mut body: &str) {
        if let Some(inner) = self.item(indent, body) {
            indent += INDENT;
            body = inner;
        } else {
            while self.lists.last().is_some_and(|it| indent < it.indent + INDENT) {
                self.end_list();
            }
        }
        let ticks = ticks(body);
        if ticks >= 3 && !body.bytes().skip(ticks).any(|it| it == b'`') {
            self.end_paragraph();
            self.html.push_str("<pre><code>");
            self.fence = ticks;
            self.fence_indent = indent;
            return;
        }
        if !self.words.is_empty() {
            self.words.push('\n');
        }
        self.words.push_str(body);
    }

    /// Begins a list item where the line has the mark of one, and gives what follows the mark.
    fn item<'a>(&mut self, indent: usize, body: &'a str) -> Option<&'a str> {
        let digits = body.bytes().take_while(u8::is_ascii_digit).count();
        let ordered = digits > 0;
        let inner = if ordered {
            body.get(digits..).and_then(|it| it.strip_prefix(". "))
        } else {
            body.strip_prefix("- ").or_else(|| body.strip_prefix("* "))
        }?;
        let level = self.lists.iter().take(LISTS - 1).take_while(|it| indent >= it.indent + INDENT).count();
        let joins = self.lists.get(level).is_some_and(|it| it.ordered == ordered);
        if ordered && !joins && !body.starts_with("1.") {
            return None;
        }
        self.end_paragraph();
        while self.lists.len() > level + usize::from(joins) {
            self.end_list();
        }
        if joins {
            self.html.push_str("</li>");
        } else {
            self.lists.push(List { ordered, indent });
            self.html.push_str(if ordered { "<ol>" } else { "<ul>" });
        }
        self.html.push_str("<li>");
        self.bare = true;
        Some(inner.trim_ascii_start())
    }

    /// Goes to another depth of quotes, which ends all that is open.
    fn quote(&mut self, depth: usize) {
        if self.fence > 0 {
            self.end_code();
        }
        self.end_paragraph();
        while !self.lists.is_empty() {
            self.end_list();
        }
        while self.quotes > depth {
            self.quotes -= 1;
            self.html.push_str("</blockquote>");
        }
        while self.quotes < depth {
            self.quotes += 1;
            self.html.push_str("<blockquote>");
        }
    }

    fn end_code(&mut self) {
        self.fence = 0;
        self.html.push_str("</code></pre>");
    }

    fn end_paragraph(&mut self) {
        let bare = std::mem::take(&mut self.bare);
        if self.words.is_empty() {
            return;
        }
        if !bare {
            self.html.push_str("<p>");
        }
        inline::write(&mut self.html, &self.words);
        if !bare {
            self.html.push_str("</p>");
        }
        self.words.clear();
    }

    fn end_list(&mut self) {
        self.end_paragraph();
        let ordered = self.lists.pop().is_some_and(|it| it.ordered);
        self.html.push_str(if ordered { "</li></ol>" } else { "</li></ul>" });
    }
}

/// The columns before a line's text.
fn indent(line: &str) -> usize {
    let blanks = line.bytes().take_while(u8::is_ascii_whitespace);
    blanks.map(|it| if it == b'\t' { 4 } else { 1 }).sum()
}

/// The backticks that a line begins with.
fn ticks(body: &str) -> usize {
    body.bytes().take_while(|it| *it == b'`').count()
}
