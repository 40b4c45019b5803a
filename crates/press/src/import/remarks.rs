//! What there is to say about one article, gathered while it is made.

use super::report::{Report, Topic};
use std::collections::BTreeSet;

/// Remarks about one article.
#[derive(Debug, Default)]
pub struct Remarks(BTreeSet<(Topic, String, String)>);

impl Remarks {
    /// Says something about the article.
    pub fn remark(&mut self, topic: Topic, text: &str) {
        self.detail(topic, text, "");
    }

    /// Says something about a part of it, such as a link.
    pub fn detail(&mut self, topic: Topic, text: &str, detail: &str) {
        self.0.insert((topic, text.to_owned(), detail.to_owned()));
    }

    /// Puts them into the report under the article's name.
    pub fn file(self, report: &mut Report, name: &str) {
        for (topic, text, detail) in self.0 {
            let subject = if detail.is_empty() { name.to_owned() } else { format!("{name}: {detail}") };
            report.remark(topic, text, &subject);
        }
    }
}
