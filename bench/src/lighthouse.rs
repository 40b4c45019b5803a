//! Lighthouse's simulated phone, the plain page and ours in turn, so that a busy moment of the machine meets both.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;
use xtask::browsers::{Engine, is_root};
use xtask::{steps, tools};

use crate::table::Table;

/// Measures both pages `runs` times and adds the medians.
pub fn measure(plain: &str, ours: &str, runs: usize, folder: &Path, table: &mut Table) -> Result<()> {
    let mut reports = [Vec::new(), Vec::new()];
    for run in 1..=runs {
        for (page, url) in [plain, ours].into_iter().enumerate() {
            let name = format!("lighthouse {run} of {runs}, {}", if page == 0 { "plain" } else { "ours" });
            reports[page].push(look(&name, url, &folder.join(format!("lighthouse-{page}-{run}.json")))?);
        }
    }
    let audit = |name: &str| {
        reports.each_ref().map(|all| median(all.iter().filter_map(|it| it["audits"][name]["numericValue"].as_f64())))
    };
    let category = |name: &str| {
        let score = |it: &Value| it["categories"][name]["score"].as_f64().map(|it| it * 100.0);
        reports.each_ref().map(|all| median(all.iter().filter_map(score)))
    };
    for (what, name) in
        [("first contentful paint", "first-contentful-paint"), ("largest contentful paint", "largest-contentful-paint")]
    {
        let [plain, ours] = audit(name);
        table.ratio(what, plain, ours, 1.05, "ms");
    }
    let [plain, ours] = audit("total-blocking-time");
    table.both("total blocking time", plain, ours, 50.0, "ms");
    let [plain, ours] = audit("cumulative-layout-shift");
    table.both("cumulative layout shift", plain, ours, 0.0, "");
    for name in ["performance", "accessibility", "best-practices", "seo"] {
        let [plain, ours] = category(name);
        table.score(&format!("Lighthouse {name}"), plain, ours);
    }
    complaints(&reports[1]);
    Ok(())
}

fn look(name: &str, url: &str, file: &Path) -> Result<Value> {
    let sandbox = if is_root() { " --no-sandbox" } else { "" };
    let mut command = Command::new("node");
    command.arg(tools::npm_file("lighthouse/cli/index.js")).arg(url).args(["--quiet", "--output=json"]);
    command.arg(format!("--output-path={}", file.display()));
    command.arg(format!("--chrome-flags=--headless=new --disable-background-networking --disable-component-update --no-first-run{sandbox}"));
    command.env("CHROME_PATH", Engine::Chromium.browser().context("Chromium is not installed")?);
    steps::run_quietly(name, url, &mut command)?;
    let report = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    serde_json::from_str(&report).context("Lighthouse's report is no JSON")
}

/// Names what cost our page points.
fn complaints(reports: &[Value]) {
    let Some(report) = reports.first() else { return };
    let audits = |category: &Value| {
        let all = category["auditRefs"].as_array().cloned().unwrap_or_default();
        all.into_iter()
            .filter(|it| it["weight"].as_f64() > Some(0.0))
            .filter_map(|it| Some(it["id"].as_str()?.to_owned()))
    };
    for id in report["categories"].as_object().into_iter().flat_map(|it| it.values()).flat_map(audits) {
        let audit = &report["audits"][&id];
        if audit["score"].as_f64().is_some_and(|it| it < 0.9) {
            println!("Lighthouse: {id}: {}", audit["title"].as_str().unwrap_or_default());
        }
    }
}

/// The middle of an odd number of values, else the mean of the two in the middle; not a number when there are none.
pub fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => f64::NAN,
        count if count % 2 == 1 => values[middle],
        _ => (values[middle - 1] + values[middle]) / 2.0,
    }
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn medians() {
        assert_eq!(median([3.0, 1.0, 2.0].into_iter()), 2.0);
        assert_eq!(median([4.0, 1.0, 2.0, 3.0].into_iter()), 2.5);
        assert!(median([].into_iter()).is_nan());
    }
}
