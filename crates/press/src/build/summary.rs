//! What a build did, in a line.

use std::fmt;
use std::time::Duration;

/// What a build did.
#[derive(Clone, Debug)]
pub struct Summary {
    /// Articles that are published.
    pub articles: usize,
    /// Pages that stand beside them.
    pub pages: usize,
    /// Drafts that were left out.
    pub drafts: usize,
    /// Articles and pages that were made again.
    pub built: usize,
    /// Things that were changed and that the publisher was told of.
    pub warnings: usize,
    /// How long it took.
    pub elapsed: Duration,
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = |number: usize, what: &str| format!("{number} {what}{}", if number == 1 { "" } else { "s" });
        f.write_str(&count(self.articles, "article"))?;
        if self.pages > 0 {
            write!(f, ", {}", count(self.pages, "page"))?;
        }
        let unchanged = self.articles + self.pages - self.built;
        write!(f, ": {} built, {unchanged} unchanged", self.built)?;
        for (number, what) in [(self.drafts, "draft"), (self.warnings, "warning")] {
            if number > 0 {
                write!(f, ", {}", count(number, what))?;
            }
        }
        write!(f, ", in {:.1} s", self.elapsed.as_secs_f64())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_it() {
        let mut summary =
            Summary { articles: 13, pages: 0, drafts: 0, built: 1, warnings: 0, elapsed: Duration::from_millis(420) };
        assert_eq!(summary.to_string(), "13 articles: 1 built, 12 unchanged, in 0.4 s");
        (summary.pages, summary.drafts, summary.warnings) = (1, 2, 1);
        assert_eq!(summary.to_string(), "13 articles, 1 page: 1 built, 13 unchanged, 2 drafts, 1 warning, in 0.4 s");
    }
}
