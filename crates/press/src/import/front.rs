//! Front matter, written so that any text survives it.

use jumpline_article::Visibility;

/// The head of an article, key by key, in the order in which they are added.
#[derive(Debug, Default)]
pub struct Front(String);

impl Front {
    /// Adds a text, unless it is empty.
    pub fn text(&mut self, key: &str, value: &str) {
        if !value.is_empty() {
            self.0.push_str(&format!("{key}: {}\n", scalar(value)));
        }
    }

    /// Adds a list, unless it is empty.
    pub fn list(&mut self, key: &str, values: &[String]) {
        match values {
            [] => {}
            [value] => self.text(key, value),
            values => {
                let values: Vec<String> = values.iter().map(|it| scalar(it)).collect();
                self.0.push_str(&format!("{key}: [{}]\n", values.join(", ")));
            }
        }
    }

    /// Adds a word of YAML as it is, such as `true`.
    pub fn word(&mut self, key: &str, value: &str) {
        self.0.push_str(&format!("{key}: {value}\n"));
    }

    /// Adds who may read it, unless that is everybody.
    pub fn visibility(&mut self, visibility: Visibility) {
        match visibility {
            Visibility::Public => {}
            Visibility::Members => self.word("visibility", "members"),
            Visibility::Paid => self.word("visibility", "paid"),
        }
    }

    /// The head and what stands below it.
    pub fn with_body(&self, body: &str) -> String {
        let body = body.trim_matches('\n');
        match body.is_empty() {
            true => format!("---\n{}---\n", self.0),
            false => format!("---\n{}---\n\n{body}\n", self.0),
        }
    }
}

/// A text as YAML reads it back: plain where that is beyond doubt, else in double quotes (YAML 1.2, 7.3.1).
fn scalar(text: &str) -> String {
    let plain =
        |it: char| it.is_alphanumeric() || matches!(it, ' ' | '-' | '_' | '/' | '.' | '’' | '“' | '”' | '–' | '—');
    let begins = text.starts_with(|it: char| it.is_alphabetic() || it == '/');
    let reserved =
        ["true", "false", "null", "yes", "no", "on", "off", "y", "n"].iter().any(|it| text.eq_ignore_ascii_case(it));
    if begins && !reserved && text.chars().all(plain) && text.trim() == text && !text.contains("  ") {
        return text.to_owned();
    }
    let mut quoted = String::from("\"");
    for it in text.chars() {
        match it {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            it if it.is_control() || matches!(it, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                quoted.push_str(&format!("\\u{:04x}", u32::from(it)));
            }
            it => quoted.push(it),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::front_matter;

    #[test]
    fn any_text_is_read_back() {
        for title in [
            "Plain words",
            "</title><script>alert(1)</script>",
            "Tide tables & “small print”: a <guide>",
            "1984",
            "true",
            "- dash",
            "a # b",
            "\"quoted\" \\ 'single'",
            "{a: b}",
            "رسالة من الميناء — ein Brief 🛶",
            "2025-02-18",
            "~",
            "@x",
            "tab\there",
            "---",
        ] {
            let mut front = Front::default();
            front.text("title", title);
            front.list("tags", &[title.to_owned(), "x, y".to_owned()]);
            front.list("authors", &[title.to_owned()]);
            let file = front.with_body("Body\n");
            let parts = front_matter::split("a.md", &file).expect("has a head");
            assert_eq!(parts.body.trim(), "Body");
            let read = front_matter::read("a.md", parts.yaml).unwrap_or_else(|error| panic!("{file}: {error}"));
            assert_eq!(read.title.map(|it| it.value).as_deref(), Some(title), "{file}");
            assert_eq!(read.tags.0, [title, "x, y"], "{file}");
            assert_eq!(read.authors.0, [title], "{file}");
        }
    }
}
