//! What a comment says, as WordPress takes it from a visitor: no paragraphs and no lists (`wp_kses_allowed_html`), but lines.

use crate::markup;

/// The words of a comment, with the few elements that WordPress leaves a visitor.
pub(super) fn of(text: &str) -> String {
    let html = markup::to_html(text);
    let (mut words, mut rest) = (String::with_capacity(html.len()), html.as_str());
    // The next number of each open list; 0 where it has none.
    let mut lists: Vec<usize> = Vec::new();
    while let Some((before, (tag, after))) = rest.split_once('<').and_then(|it| Some((it.0, it.1.split_once('>')?))) {
        words.push_str(before);
        rest = after;
        match tag {
            "p" => gap(&mut words, 2),
            "ul" | "ol" => {
                gap(&mut words, if lists.is_empty() { 2 } else { 1 });
                lists.push(usize::from(tag == "ol"));
            }
            "/ul" | "/ol" => {
                lists.pop();
                gap(&mut words, if lists.is_empty() { 2 } else { 1 });
            }
            "li" => {
                gap(&mut words, 1);
                words.push_str(&"  ".repeat(lists.len().saturating_sub(1)));
                match lists.last_mut() {
                    Some(number) if *number > 0 => {
                        words.push_str(&format!("{number}. "));
                        *number += 1;
                    }
                    _ => words.push_str("- "),
                }
            }
            "pre" | "blockquote" => {
                gap(&mut words, 2);
                if tag == "blockquote" {
                    words.push_str("<blockquote>");
                }
            }
            "/blockquote" => {
                words.truncate(words.trim_end().len());
                words.push_str("</blockquote>");
            }
            "/p" | "/li" | "/pre" | "br" => {
                if tag == "br" {
                    words.push('\n');
                }
            }
            _ => {
                words.push('<');
                words.push_str(tag);
                words.push('>');
            }
        }
    }
    words.push_str(rest);
    words.trim().to_owned()
}

/// Ends what stands there with so many new lines.
fn gap(words: &mut String, lines: usize) {
    if words.is_empty() || words.ends_with("<blockquote>") || words.ends_with("- ") || words.ends_with(". ") {
        return;
    }
    let there = words.len() - words.trim_end_matches('\n').len();
    words.push_str(&"\n".repeat(lines.saturating_sub(there)));
}
