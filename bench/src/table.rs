//! What was measured, beside what was promised.

use std::fmt;

/// The rows of the report.
#[derive(Debug, Default)]
pub struct Table(Vec<Row>);

#[derive(Debug)]
struct Row {
    what: String,
    plain: String,
    ours: String,
    ratio: String,
    promise: String,
    kept: Option<bool>,
}

impl Table {
    /// A figure of ours, promised to be at most `limit`. All in `unit`.
    pub fn at_most(&mut self, what: &str, ours: f64, limit: f64, unit: &str) {
        self.push(what, "", &figure(ours, unit), "", &format!("≤ {}", figure(limit, unit)), Some(ours <= limit));
    }

    /// A figure of ours that nothing was promised about.
    pub fn note(&mut self, what: &str, ours: f64, unit: &str) {
        self.push(what, "", &figure(ours, unit), "", "", None);
    }

    /// Two figures whose ratio is promised to be at most `limit`.
    pub fn ratio(&mut self, what: &str, plain: f64, ours: f64, limit: f64, unit: &str) {
        let ratio = ours / plain;
        let (plain, ours, promise) = (figure(plain, unit), figure(ours, unit), format!("≤ {limit:.2} ×"));
        self.push(what, &plain, &ours, &format!("{ratio:.2}"), &promise, Some(ratio <= limit));
    }

    /// Two figures, of which ours is promised to be at most `limit`.
    pub fn both(&mut self, what: &str, plain: f64, ours: f64, limit: f64, unit: &str) {
        let promise = format!("≤ {}", figure(limit, unit));
        self.push(what, &figure(plain, unit), &figure(ours, unit), "", &promise, Some(ours <= limit));
    }

    /// Two scores of 100, of which ours is promised to be full.
    pub fn score(&mut self, what: &str, plain: f64, ours: f64) {
        self.push(what, &format!("{plain:.0}"), &format!("{ours:.0}"), "", "100", Some(ours >= 99.5));
    }

    /// Whether every promise was kept.
    pub fn all_kept(&self) -> bool {
        self.0.iter().all(|it| it.kept != Some(false))
    }

    fn push(&mut self, what: &str, plain: &str, ours: &str, ratio: &str, promise: &str, kept: Option<bool>) {
        let [what, plain, ours, ratio, promise] = [what, plain, ours, ratio, promise].map(str::to_owned);
        self.0.push(Row { what, plain, ours, ratio, promise, kept });
    }
}

fn figure(value: f64, unit: &str) -> String {
    match unit {
        "ms" if value < 10.0 => format!("{value:.2} ms"),
        "ms" => format!("{value:.0} ms"),
        "kB" => format!("{value:.1} kB"),
        _ => format!("{value:.3}"),
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "| {:44} | {:>10} | {:>10} | {:>5} | {:>10} | kept |",
            "", "plain page", "Jumpline", "ratio", "promise"
        )?;
        writeln!(f, "| {:-<44} | {:->10} | {:->10} | {:->5} | {:->10} | ---- |", "", "", "", "", "")?;
        for row in &self.0 {
            let kept = row.kept.map_or("", |kept| if kept { "yes" } else { "NO" });
            let Row { what, plain, ours, ratio, promise, .. } = row;
            writeln!(f, "| {what:44} | {plain:>10} | {ours:>10} | {ratio:>5} | {promise:>10} | {kept:4} |")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn a_broken_promise_is_seen() {
        let mut table = Table::default();
        table.ratio("paint", 1000.0, 1040.0, 1.05, "ms");
        table.note("page", 12.34, "kB");
        assert!(table.all_kept());
        table.at_most("scripts", 170.0, 165.0, "kB");
        assert!(!table.all_kept());
        let text = table.to_string();
        assert!(text.contains("1.04") && text.contains("12.3 kB") && text.contains("NO"), "{text}");
    }
}
