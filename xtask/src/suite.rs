//! `cargo xtask test`: everything that CI runs, with one table at its end.

use std::io::{self, BufRead, BufReader};
use std::process::{Command, ExitCode, Output, Stdio};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use anyhow::{Context, anyhow, ensure};
use xtask::browsers::{self, AGAIN, BROWSERS, Engine};
use xtask::build::{self, Press};
use xtask::samples::Sample;
use xtask::steps::{self, cargo, spoken};
use xtask::tools::{self, Need};

/// Runs everything; `only` restricts it to the browser tests whose names contain it.
///
/// # Errors
/// When a tool or a browser cannot be installed. Failing tests are in the exit code.
pub(crate) fn test(only: Option<&str>) -> anyhow::Result<ExitCode> {
    let engines = Engine::wanted()?;
    tools::install(Need::Test)?;
    browsers::install(&engines)?;

    // One core links the reader for minutes; the other one has something to do meanwhile.
    let reader = Reader::begin();
    let mut rows = Vec::new();
    if only.is_none() {
        rows.push(check("formatting", &mut run_cargo(&["fmt", "--all", "--check"]))?);
        let host = ["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"];
        rows.push(check("clippy, host", &mut run_cargo(&host))?);
        rows.push(tests("tests on the host", &mut run_cargo(&["test", "--workspace", "--no-fail-fast"]))?);
        // At last: it waits for the reader, which is built in the same place.
        rows.push(check("clippy, browser", run_cargo(&BROWSER_CLIPPY).env("RUSTC_BOOTSTRAP", "1"))?);
    }
    let site = build_samples(reader);
    let built = site.failed == 0;
    rows.push(site);
    if built {
        let mut command = match only {
            Some(part) => run_cargo(&["test", "--workspace", "--test", "browser", "--", part]),
            None => browser_tests()?,
        };
        rows.push(tests("tests in browsers", command.env(BROWSERS, "1"))?);
    }
    Ok(report(&rows, &engines))
}

/// With Trunk's profile and Trunk's leave to use what is unstable: so what runs at compile time is compiled once for both.
const BROWSER_CLIPPY: [&str; 12] = [
    "clippy",
    "--package",
    "jumpline",
    "--target",
    "wasm32-unknown-unknown",
    "--profile",
    "wasm",
    "--no-default-features",
    "--features",
    "hydrate",
    "--",
    "--deny=warnings",
];

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

/// The reader, which is built beside other steps.
struct Reader(JoinHandle<io::Result<Output>>);

impl Reader {
    fn begin() -> Self {
        let mut trunk = build::trunk();
        eprintln!("· trunk build, meanwhile");
        Self(thread::spawn(move || trunk.stdin(Stdio::null()).output()))
    }

    fn finish(self) -> anyhow::Result<()> {
        let output = self.0.join().map_err(|_| anyhow!("the thread that builds the reader broke off"))?;
        let output = output.context("cannot start Trunk")?;
        let said = || String::from_utf8_lossy(&output.stderr).into_owned();
        ensure!(output.status.success(), "trunk build: failed ({}):\n{}", output.status, said());
        Ok(())
    }
}

/// Every sample from one shell.
fn build_samples(reader: Reader) -> Row {
    let start = Instant::now();
    let result = reader
        .finish()
        .and_then(|()| Press::Debug.compile())
        .and_then(|()| Sample::ALL.iter().try_for_each(|it| it.build().pages()))
        .and_then(|()| xtask::walled::build());
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

/// The program of the tests in browsers, as the tests on the host have compiled it: for this one target alone Cargo would choose other
/// features, and compile fifty dependencies anew.
fn browser_tests() -> anyhow::Result<Command> {
    let mut cargo = run_cargo(&["test", "--workspace", "--no-run", "--quiet", "--message-format=json"]);
    let output = cargo.stderr(Stdio::inherit()).output().context("cannot start cargo")?;
    let said = String::from_utf8_lossy(&output.stdout);
    let mut built = said.lines().filter_map(|it| serde_json::from_str::<serde_json::Value>(it).ok());
    let program =
        built.find_map(|it| Some(it["executable"].as_str().filter(|_| it["target"]["name"] == "browser")?.to_owned()));
    let mut command = Command::new(program.context("cargo names no program of the tests in browsers")?);
    command.current_dir(steps::root().join("tests"));
    Ok(command)
}

/// A step that passes or fails as a whole.
fn check(name: &'static str, command: &mut Command) -> anyhow::Result<Row> {
    let start = Instant::now();
    let status = command.status().context("cannot start cargo")?;
    Ok(Row::of_one(name, status.success(), start))
}

/// A step whose tests are counted.
fn tests(name: &'static str, command: &mut Command) -> anyhow::Result<Row> {
    let start = Instant::now();
    let mut child = command.stdout(Stdio::piped()).spawn().context("cannot start cargo")?;
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
