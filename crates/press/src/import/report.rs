//! What an import did, for the person who started it: what came in, what was changed, what was left out and why.

use jumpline_article::Permalink;
use std::collections::BTreeMap;
use std::fmt;

/// How many articles one remark lists before it counts the rest.
const LISTED: usize = 12;

/// What a remark is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// Came in, but not as it was.
    Changed,
    /// Did not come in.
    LeftOut,
    /// A person should look at it.
    Check,
}

/// What became of the files that an import wrote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Written for the first time.
    pub new: usize,
    /// Written again, since the export has changed.
    pub updated: usize,
    /// Found as they should be.
    pub unchanged: usize,
    /// Left alone, since a person has changed, removed or written them.
    pub kept: usize,
}

impl Tally {
    /// All of them.
    pub fn total(&self) -> usize {
        self.new + self.updated + self.unchanged + self.kept
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [
            (self.new, "new"),
            (self.updated, "updated"),
            (self.unchanged, "unchanged"),
            (self.kept, "left as you have them"),
        ];
        let parts: Vec<_> = parts.iter().filter(|it| it.0 > 0).map(|(count, what)| format!("{count} {what}")).collect();
        f.write_str(if parts.is_empty() { "none".to_owned() } else { parts.join(", ") }.as_str())
    }
}

/// The report of one import.
#[derive(Debug, Default)]
pub struct Report {
    /// What was imported, such as `The Meridian Post (http://127.0.0.1:8803)`.
    pub source: String,
    /// Where it went.
    pub into: String,
    /// Articles.
    pub articles: Tally,
    /// Pages.
    pub pages: Tally,
    /// Files of comments.
    pub comment_files: Tally,
    /// Comments in them.
    pub comments: usize,
    /// Media files.
    pub media: Tally,
    /// Whether remarks list all articles.
    pub all: bool,
    remarks: BTreeMap<(Topic, String), Vec<String>>,
}

impl Report {
    /// A report that has nothing to say yet; `all` makes it list every article.
    pub fn new(source: String, into: String, all: bool) -> Self {
        Self { source, into, all, ..Self::default() }
    }

    /// Adds a remark; equal ones about different subjects become one with a list. An empty subject is the whole import.
    pub fn remark(&mut self, topic: Topic, text: impl Into<String>, subject: &str) {
        let subjects = self.remarks.entry((topic, text.into())).or_default();
        if !subject.is_empty() && subjects.last().is_none_or(|it| it != subject) {
            subjects.push(subject.to_owned());
        }
    }

    /// Says what became of an address that an article had before.
    pub(super) fn alias(&mut self, name: &str, path: &Permalink, is_free: bool) {
        let (topic, text) = match is_free {
            true => (Topic::Changed, "had another address before, which sends on to it (`aliases`)"),
            false => (Topic::LeftOut, "had an address before that another has now or that the reader needs itself"),
        };
        self.remark(topic, text, &format!("{name} was at {path}"));
    }

    /// What is said about a topic: each remark and its subjects.
    pub fn remarks(&self, topic: Topic) -> impl Iterator<Item = (&str, &[String])> {
        self.remarks.iter().filter(move |it| it.0.0 == topic).map(|(key, it)| (key.1.as_str(), it.as_slice()))
    }

    fn section(&self, f: &mut fmt::Formatter<'_>, title: &str, topic: Topic) -> fmt::Result {
        let mut remarks = self.remarks(topic).peekable();
        if remarks.peek().is_none() {
            return Ok(());
        }
        writeln!(f, "\n{title}")?;
        for (text, subjects) in remarks {
            match subjects {
                [] => writeln!(f, "  - {text}")?,
                [subject] => writeln!(f, "  - {text}: {subject}")?,
                subjects => {
                    writeln!(f, "  - {text} ({}):", subjects.len())?;
                    let listed = if self.all { subjects.len() } else { LISTED };
                    for subject in subjects.iter().take(listed) {
                        writeln!(f, "      {subject}")?;
                    }
                    if subjects.len() > listed {
                        writeln!(f, "      … and {} more; --all lists them", subjects.len() - listed)?;
                    }
                }
            }
        }
        Ok(())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} → {}\n", self.source, self.into)?;
        writeln!(f, "  articles  {:>5}  {}", self.articles.total(), self.articles)?;
        writeln!(f, "  pages     {:>5}  {}", self.pages.total(), self.pages)?;
        let beside = match self.comment_files.total() {
            0 => "none".to_owned(),
            1 => format!("beside 1 article: {}", self.comment_files),
            articles => format!("beside {articles} articles: {}", self.comment_files),
        };
        writeln!(f, "  comments  {:>5}  {beside}", self.comments)?;
        writeln!(f, "  media     {:>5}  {}", self.media.total(), self.media)?;
        self.section(f, "Changed on the way in", Topic::Changed)?;
        self.section(f, "Left out", Topic::LeftOut)?;
        self.section(f, "Please look at", Topic::Check)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_are_gathered() {
        let mut report = Report { source: "A".to_owned(), into: "content".to_owned(), ..Report::default() };
        report.articles = Tally { new: 1, unchanged: 2, ..Tally::default() };
        report.remark(Topic::LeftOut, "a draft", "“One”");
        report.remark(Topic::LeftOut, "a draft", "“Two”");
        report.remark(Topic::Changed, "no dates", "");
        for number in 0..20 {
            report.remark(Topic::Check, "links", &number.to_string());
        }
        let text = report.to_string();
        assert!(text.starts_with("A → content\n\n  articles      3  1 new, 2 unchanged\n"), "{text}");
        assert!(
            text.contains("Changed on the way in\n  - no dates\n\nLeft out\n  - a draft (2):\n      “One”\n"),
            "{text}"
        );
        assert!(text.ends_with("      11\n      … and 8 more; --all lists them\n"), "{text}");
    }
}
