//! Runs the programs that the commands are made of, and says what each does and how long it took.

use std::fs::{self, File};
use std::io::{IsTerminal, Write, stderr};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

/// The root of the workspace.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// Runs a program whose output matters only when it fails: it goes to `.tools/log/<name>.log`, and a person sees one line.
///
/// # Errors
/// When the program is missing or fails; the message ends with the last lines of its output.
pub fn run_quietly(name: &str, why: &str, command: &mut Command) -> anyhow::Result<()> {
    let folder = root().join(".tools/log");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let log = folder.join(format!("{}.log", name.replace([' ', '/'], "-")));
    let out = File::create(&log).with_context(|| format!("cannot write {}", log.display()))?;
    command.stdin(Stdio::null()).stdout(out.try_clone()?).stderr(out);

    let start = Instant::now();
    let live = stderr().is_terminal();
    eprint!("  {name}: {why} … ");
    let _ = stderr().flush();
    let mut child = command.spawn().with_context(|| format!("cannot start {:?}", command.get_program()))?;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if live {
            eprint!("\r  {name}: {why} … {} ", spoken(start.elapsed()));
        }
        std::thread::sleep(Duration::from_millis(200));
    };
    eprintln!(
        "{}{}",
        if live { "\r" } else { "" },
        if live { format!("  {name}: {why} … {}", spoken(start.elapsed())) } else { spoken(start.elapsed()) }
    );
    if !status.success() {
        bail!("{name} failed ({status}). Its last words, from {}:\n{}", log.display(), last_lines(&log, 20));
    }
    Ok(())
}

/// Cargo, as a person starts it.
pub fn cargo() -> Command {
    let mut command = Command::new("cargo");
    without_package(command.current_dir(root()));
    command
}

/// Takes away what the Cargo that runs this program says of this package: build scripts look at it, and `ring` with all above it would be
/// compiled again for each program that starts a build.
pub fn without_package(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        if ["CARGO_PKG_", "CARGO_MANIFEST_"].iter().any(|it| name.to_string_lossy().starts_with(it)) {
            command.env_remove(name);
        }
    }
}

/// Runs a program that speaks for itself.
///
/// # Errors
/// When the program is missing or fails.
pub fn run(what: &str, command: &mut Command) -> anyhow::Result<()> {
    eprintln!("· {what}");
    let start = Instant::now();
    let status = command.status().with_context(|| format!("cannot start {:?}", command.get_program()))?;
    if !status.success() {
        bail!("{what}: failed ({status})");
    }
    eprintln!("· {what}: {}", spoken(start.elapsed()));
    Ok(())
}

/// What a program prints, when it runs and succeeds.
pub fn output(program: impl AsRef<std::ffi::OsStr>, args: &[&str]) -> Option<String> {
    let output = Command::new(program).args(args).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// A duration as a person says it: `0.4 s`, `12 s`, `2 min 31 s`.
pub fn spoken(time: Duration) -> String {
    match time.as_secs() {
        0..10 => format!("{:.1} s", time.as_secs_f64()),
        seconds @ 10..60 => format!("{seconds} s"),
        seconds => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

fn last_lines(file: &Path, count: usize) -> String {
    let text = fs::read(file).map(|it| String::from_utf8_lossy(&it).into_owned()).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(count)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_well() {
        assert_eq!(spoken(Duration::from_millis(420)), "0.4 s");
        assert_eq!(spoken(Duration::from_secs(59)), "59 s");
        assert_eq!(spoken(Duration::from_secs(151)), "2 min 31 s");
    }
}
