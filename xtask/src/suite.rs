//! `cargo xtask test`: everything that CI runs, with one table at its end.

use std::io::{BufRead, BufReader};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context;
use xtask::browsers::{self, AGAIN, Engine};
use xtask::build::Build;
use xtask::samples::Sample;
use xtask::steps::{cargo, spoken};
use xtask::tools::{self, Need};

/// Runs everything; `only` restricts it to the browser tests whose names contain it.
///
/// # Errors
/// When a tool or a browser cannot be installed. Failing tests are in the exit code.
pub(crate) fn test(only: Option<&str>) -> anyhow::Result<ExitCode> {
    let engines = Engine::wanted()?;
    tools::install(Need::Test)?;
    browsers::install(&engines)?;

    let mut rows = Vec::new();
    if only.is_none() {
        rows.push(check("formatting", &["fmt", "--all", "--check"])?);
        rows.push(check("clippy, host", &["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"])?);
        // Cases are no test of `cargo test --workspace`, and so none of `--all-targets`.
        let cases = ["clippy", "--package", "jumpline-tests", "--test", "browser", "--", "--deny", "warnings"];
        rows.push(check("clippy, cases", &cases)?);
        let wasm = ["clippy", "--package", "jumpline", "--target", "wasm32-unknown-unknown", "--features", "hydrate"];
        rows.push(check("clippy, browser", &[&wasm[..], &["--", "--deny", "warnings"]].concat())?);
        rows.push(tests("tests on the host", &["test", "--workspace", "--no-fail-fast"])?);
    }
    let site = build_samples();
    let built = site.failed == 0;
    rows.push(site);
    if built {
        let browser = ["test", "--package", "jumpline-tests", "--test", "browser", "--"];
        rows.push(tests("tests in browsers", &[&browser[..], only.as_slice()].concat())?);
    }
    Ok(report(&rows, &engines))
}

/// One line of the table.
struct Row {
    name: &'static str,
    passed: u32,
    failed: u32,
    skipped: u32,
    time: Duration,
    /// Who passed only when tried again, and why the try before failed.
    again: Vec<String>,
}

impl Row {
    fn of_one(name: &'static str, success: bool, start: Instant) -> Self {
        Self {
            name,
            passed: success.into(),
            failed: (!success).into(),
            skipped: 0,
            time: start.elapsed(),
            again: vec![],
        }
    }
}

/// Every sample from one shell.
fn build_samples() -> Row {
    let start = Instant::now();
    let [first, rest @ ..] = Sample::ALL.map(Sample::build);
    let result =
        first.all().and_then(|()| rest.iter().try_for_each(Build::pages)).and_then(|()| xtask::walled::build());
    if let Err(error) = &result {
        eprintln!("{error:#}");
    }
    Row::of_one("samples built", result.is_ok(), start)
}

fn run_cargo(arguments: &[&str]) -> Command {
    eprintln!("\n· cargo {}", arguments.join(" "));
    let mut command = cargo();
    command.args(arguments);
    command
}

/// A step that passes or fails as a whole.
fn check(name: &'static str, arguments: &[&str]) -> anyhow::Result<Row> {
    let start = Instant::now();
    let status = run_cargo(arguments).status().context("cannot start cargo")?;
    Ok(Row::of_one(name, status.success(), start))
}

/// A step whose tests are counted.
fn tests(name: &'static str, arguments: &[&str]) -> anyhow::Result<Row> {
    let start = Instant::now();
    let mut child = run_cargo(arguments).stdout(Stdio::piped()).spawn().context("cannot start cargo")?;
    let mut row = Row { name, passed: 0, failed: 0, skipped: 0, time: Duration::ZERO, again: vec![] };
    for line in BufReader::new(child.stdout.take().context("cargo has no output")?).lines() {
        let line = line?;
        println!("{line}");
        row.again.extend(line.strip_prefix(AGAIN).map(str::to_owned));
        if let Some((passed, failed, skipped)) = counts(&line) {
            row.passed += passed;
            row.failed += failed;
            row.skipped += skipped;
        }
    }
    if !child.wait()?.success() && row.failed == 0 {
        // It did not compile, or it broke off.
        row.failed = 1;
    }
    row.time = start.elapsed();
    Ok(row)
}

/// Passed, failed and skipped, from the closing line of a test program.
fn counts(line: &str) -> Option<(u32, u32, u32)> {
    let rest = line.trim_start().strip_prefix("test result: ")?;
    let count = |word: &str| {
        let before = rest.split([';', '.']).find_map(|part| part.trim().strip_suffix(word))?;
        before.trim().parse().ok()
    };
    Some((count("passed")?, count("failed")?, count("ignored")?))
}

/// Prints the table, what was left out, and the closing line.
fn report(rows: &[Row], engines: &[Engine]) -> ExitCode {
    println!("\n{:32}{:>8}{:>8}{:>8}  time", "", "passed", "failed", "skipped");
    for row in rows {
        println!("{:32}{:>8}{:>8}{:>8}  {}", row.name, row.passed, row.failed, row.skipped, spoken(row.time));
    }
    let again: Vec<&str> = rows.iter().flat_map(|it| &it.again).map(String::as_str).collect();
    if !again.is_empty() {
        println!("\nPassed, but only when tried again:\n    {}", again.join("\n    "));
    }
    let missing: Vec<String> = engines.iter().filter(|it| !it.is_there()).map(Engine::to_string).collect();
    let left_out: Vec<String> = Engine::ALL.iter().filter(|it| !engines.contains(it)).map(Engine::to_string).collect();
    if !left_out.is_empty() {
        println!("\nLeft out, as JUMPLINE_ENGINES says: {}.", left_out.join(", "));
    }
    if !missing.is_empty() {
        println!("\nNOT TESTED, because it is not installed: {}. This counts as a failure.", missing.join(", "));
        println!("Install it (the command stands above), or name the engines you have in JUMPLINE_ENGINES.");
    }
    let total = |part: fn(&Row) -> u32| rows.iter().map(part).sum::<u32>();
    let failed = total(|it| it.failed);
    println!("\n{} passed, {failed} failed, {} skipped", total(|it| it.passed), total(|it| it.skipped));
    if failed == 0 && missing.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

#[cfg(test)]
mod tests {
    use super::counts;

    #[test]
    fn closing_lines_are_counted() {
        let cargo =
            "test result: FAILED. 12 passed; 1 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.00s";
        assert_eq!(counts(cargo), Some((12, 1, 2)));
        assert_eq!(counts("test result::tests::counts ... ok"), None);
        assert_eq!(counts("test result: odd"), None);
    }
}
