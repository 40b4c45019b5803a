//! What there is to say about one article, gathered while it is made.

use super::report::{Report, Topic};
use std::collections::BTreeSet;

/// Remarks about one article.
#[derive(Debug, Default)]
pub struct Remarks {
    said: BTreeSet<(Topic, String, String)>,
    gates: BTreeSet<String>,
}

impl Remarks {
    /// Says something about the article.
    pub fn remark(&mut self, topic: Topic, text: &str) {
        self.detail(topic, text, "");
    }

    /// Says something about a part of it, such as a link.
    pub fn detail(&mut self, topic: Topic, text: &str, detail: &str) {
        self.said.insert((topic, text.to_owned(), detail.to_owned()));
    }

    /// Takes over what others say.
    pub fn extend(&mut self, other: Self) {
        self.said.extend(other.said);
        self.gates.extend(other.gates);
    }

    /// Notes what keeps the article from being open to everybody, such as a shortcode.
    pub fn gate(&mut self, what: &str) {
        self.gates.insert(what.to_owned());
    }

    /// All that keeps the article from being open to everybody, for a report; may be empty.
    pub fn gates(&self) -> String {
        self.gates.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
    }

    /// Puts them into the report under the article's name.
    pub fn file(self, report: &mut Report, name: &str) {
        for (topic, text, detail) in self.said {
            let subject = if detail.is_empty() { name.to_owned() } else { format!("{name}: {detail}") };
            report.remark(topic, text, &subject);
        }
    }
}
