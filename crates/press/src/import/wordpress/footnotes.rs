//! Footnotes: WordPress 6.3 keeps them beside the text.

use super::text;
use crate::render::html::escape_attribute;
use serde_json::Value;

/// Notes as stored, `[{"id":"…","content":"…"}]`, as the list that stands below the text.
pub(super) fn html(notes: Option<&str>) -> String {
    let list: Vec<Value> = notes.and_then(|it| serde_json::from_str(it).ok()).unwrap_or_default();
    let item = |it: &Value| {
        let (id, content) = (it["id"].as_str()?, it["content"].as_str()?);
        let id = escape_attribute(&text::tidy(id));
        let back = format!("<a href=\"#{id}-link\" role=\"doc-backlink\" class=\"footnote-back\">↩</a>");
        Some(format!("<li id=\"{id}\">{content} {back}</li>"))
    };
    let items: String = list.iter().filter_map(item).collect();
    if items.is_empty() {
        return String::new();
    }
    format!("<section class=\"footnotes\"><ol>{items}</ol></section>")
}
