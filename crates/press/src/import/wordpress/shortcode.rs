//! One shortcode: its name and its attributes.

use std::collections::BTreeMap;

/// What a shortcode of WordPress or of a membership plugin was called with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Call {
    /// Its name in lower case.
    pub(super) name: String,
    /// Attributes, names in lower case.
    pub(super) attributes: BTreeMap<String, String>,
    /// Attributes without a name, in order.
    pub(super) values: Vec<String>,
    /// What stands between it and its end.
    pub(super) inside: Option<String>,
    /// Whether an end of it stands somewhere, so that it may enclose text.
    pub(super) encloses: bool,
}

impl Call {
    /// An attribute's value, when it is not empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str).filter(|it| !it.is_empty())
    }
}

/// One `[…]`.
pub(super) struct Tag {
    pub(super) call: Call,
    pub(super) closing: bool,
    pub(super) closed: bool,
    pub(super) length: usize,
}

impl Tag {
    /// Reads the one that a text begins with.
    pub(super) fn read(text: &str) -> Option<Self> {
        let inside = text.strip_prefix('[')?;
        let (closing, inside) = inside.strip_prefix('/').map_or((false, inside), |it| (true, it));
        let end = inside.find(|it: char| it.is_ascii_whitespace() || matches!(it, ']' | '/' | '=')).unwrap_or(0);
        let name = &inside[..end];
        if !is_name(name) {
            return None;
        }
        let mut call = Call { name: name.to_ascii_lowercase(), ..Call::default() };
        // WordPress.com's old spelling: `[youtube=https://…]`.
        let mut rest = inside[end..].trim_start_matches('=').trim_start();
        loop {
            if let Some(after) = rest.strip_prefix(']') {
                return Some(Self { call, closing, closed: false, length: text.len() - after.len() });
            }
            if let Some(after) = rest.strip_prefix("/]") {
                return Some(Self { call, closing, closed: true, length: text.len() - after.len() });
            }
            if rest.is_empty() || rest.starts_with(['[', '<']) || closing {
                return None;
            }
            let (key, value, after) = attribute(rest)?;
            match key {
                Some(key) => drop(call.attributes.insert(key, value)),
                None => call.values.push(value),
            }
            rest = after.trim_start();
        }
    }
}

/// `key="value"`, `key='value'`, `key=value`, `"value"` or `value`, and what follows.
fn attribute(text: &str) -> Option<(Option<String>, String, &str)> {
    let key_end = text.find(|it: char| !(it.is_ascii_alphanumeric() || matches!(it, '_' | '-'))).unwrap_or(0);
    let (key, value) = match text[key_end..].trim_start().strip_prefix('=') {
        Some(value) if key_end > 0 => (Some(text[..key_end].to_ascii_lowercase()), value.trim_start()),
        _ => (None, text),
    };
    // Editors turn quotes into entities and typographic quotes.
    for (open, close) in [("\"", "\""), ("'", "'"), ("&quot;", "&quot;"), ("“", "”"), ("”", "”"), ("″", "″")]
    {
        if let Some(inside) = value.strip_prefix(open) {
            let end = inside.find(close)?;
            return Some((key, inside[..end].to_owned(), &inside[end + close.len()..]));
        }
    }
    let end = value.find(|it: char| it.is_ascii_whitespace() || it == ']').unwrap_or(value.len());
    let end = if value[..end].ends_with('/') && value[end..].starts_with(']') { end - 1 } else { end };
    if end == 0 {
        return None;
    }
    Some((key, value[..end].to_owned(), &value[end..]))
}

/// Whether a shortcode may be called this.
pub(super) fn is_name(text: &str) -> bool {
    text.starts_with(|it: char| it.is_ascii_alphabetic())
        && text.chars().all(|it| it.is_ascii_alphanumeric() || matches!(it, '_' | '-'))
}
