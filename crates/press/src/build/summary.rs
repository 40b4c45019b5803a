//! What a build did, in a line.

use crate::render::Rendered;
use jumpline_article::Date;
use std::fmt;
use std::time::Duration;

/// What a build did.
#[derive(Clone, Debug)]
pub struct Summary {
    /// Articles that are published.
    pub articles: usize,
    /// Pages that stand beside them.
    pub pages: usize,
    /// Passes that open what is paid.
    pub passes: usize,
    /// Drafts that were left out.
    pub drafts: usize,
    /// What waits for its date.
    pub scheduled: Option<Scheduled>,
    /// Articles and pages that were made again.
    pub built: usize,
    /// Things that were changed and that the publisher was told of.
    pub warnings: usize,
    /// How long it took.
    pub elapsed: Duration,
}

/// Articles and pages that are dated after the moment of the build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheduled {
    /// How many there are.
    pub number: usize,
    /// File of the one that comes first.
    pub file: String,
    /// Its date.
    pub date: Date,
}

impl Scheduled {
    /// `None` when nothing waits.
    pub(super) fn of(held: &[Rendered]) -> Option<Self> {
        let dated = held.iter().filter_map(|it| Some((it.item.date_published.clone()?, it.file.as_str())));
        dated.min().map(|(date, file)| Self { number: held.len(), file: file.to_owned(), date })
    }
}

impl fmt::Display for Scheduled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = if self.number > 1 { ", first" } else { ":" };
        write!(f, "{} scheduled{first} {} at {}; build again after that", self.number, self.file, self.date.as_str())
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = |number: usize, what: &str| {
            let end = if number == 1 {
                ""
            } else if what.ends_with('s') {
                "es"
            } else {
                "s"
            };
            format!("{number} {what}{end}")
        };
        f.write_str(&count(self.articles, "article"))?;
        if self.pages > 0 {
            write!(f, ", {}", count(self.pages, "page"))?;
        }
        let unchanged = self.articles + self.pages - self.built;
        write!(f, ": {} built, {unchanged} unchanged", self.built)?;
        for (number, what) in [(self.drafts, "draft"), (self.passes, "live pass"), (self.warnings, "warning")] {
            if number > 0 {
                write!(f, ", {}", count(number, what))?;
            }
        }
        write!(f, ", in {:.1} s", self.elapsed.as_secs_f64())?;
        self.scheduled.iter().try_for_each(|it| write!(f, "\n{it}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_it() {
        let mut summary = Summary {
            articles: 13,
            pages: 0,
            passes: 0,
            drafts: 0,
            scheduled: None,
            built: 1,
            warnings: 0,
            elapsed: Duration::from_millis(420),
        };
        assert_eq!(summary.to_string(), "13 articles: 1 built, 12 unchanged, in 0.4 s");
        (summary.pages, summary.drafts, summary.passes, summary.warnings) = (1, 2, 3, 1);
        let line = "13 articles, 1 page: 1 built, 13 unchanged, 2 drafts, 3 live passes, 1 warning, in 0.4 s";
        assert_eq!(summary.to_string(), line);
        summary.passes = 1;
        assert!(summary.to_string().contains(", 1 live pass, "), "{summary}");
        let date = Date::parse("2027-01-04T00:00:00Z").expect("is a date");
        summary.scheduled = Some(Scheduled { number: 1, file: "articles/winter.md".to_owned(), date });
        let line = "\n1 scheduled: articles/winter.md at 2027-01-04T00:00:00Z; build again after that";
        assert!(summary.to_string().ends_with(line), "{summary}");
    }
}
