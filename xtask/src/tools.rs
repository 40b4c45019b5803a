//! What the workspace needs beside cargo and Node, and how it gets into `.tools/`, out of the user's way.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail, ensure};

use crate::{debian, steps, wordpress};

/// What a command is about to do, and so which tools it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// Build and serve the site.
    Build,
    /// Drive browsers.
    Test,
    /// Measure.
    Bench,
}

/// How a tool is installed, which also says how to see whether it is there.
enum Source {
    /// `rustup target add`.
    Target,
    /// `cargo install --debug`: nobody waits ten minutes for an optimised bundler, and it bundles as fast.
    Cargo { program: &'static str, flags: &'static [&'static str] },
    /// `rustup component add`. Where it cannot be had the Wasm is built with the standard library as it comes, and is larger.
    Component,
    /// `npm install`.
    Npm,
    /// `pip install` into a venv of its own. Where it cannot be had the tests against a real server of that kind are skipped, and say so.
    Python { program: &'static str, with: &'static [&'static str] },
    /// Packages of Debian, for tests that are skipped in the same way.
    Debian { packages: &'static [&'static str], is_there: fn() -> bool },
}

struct Tool {
    name: &'static str,
    version: String,
    why: &'static str,
    need: Need,
    source: Source,
}

/// Every tool. Versions that were tried together; why not newer ones stands beside them.
fn table(root: &Path) -> anyhow::Result<Vec<Tool>> {
    let tool = |name, version: &str, need, why, source| Tool { name, version: version.to_owned(), why, need, source };
    let bindgen = locked_version(root, "wasm-bindgen")?;
    Ok(vec![
        tool("wasm32-unknown-unknown", "", Need::Build, "Rust's standard library for the browser", Source::Target),
        tool("rust-src", "", Need::Build, "the standard library's sources, to build it small", Source::Component),
        // 0.22 needs a newer rustc than stable was when this was written.
        tool(
            "trunk",
            "0.21.14",
            Need::Build,
            "bundles the reader's Wasm, styles and page shell",
            Source::Cargo { program: "trunk", flags: &["--locked", "--no-default-features", "--features", "rustls"] },
        ),
        // Without --locked: the lock file of 0.2.130 names a crate that is gone from the registry.
        tool(
            "wasm-bindgen-cli",
            &bindgen,
            Need::Build,
            "joins Wasm and JavaScript, at Cargo.lock's version",
            Source::Cargo { program: "wasm-bindgen", flags: &[] },
        ),
        tool("binaryen", "132.0.0", Need::Build, "wasm-opt: a quarter fewer bytes", Source::Npm),
        tool("terser", "5.51.4", Need::Build, "half the bytes of the JavaScript", Source::Npm),
        tool(
            "geckodriver",
            "0.37.1",
            Need::Test,
            "drives Firefox",
            Source::Cargo { program: "geckodriver", flags: &["--locked"] },
        ),
        tool("@testing-library/dom", "10.4.2", Need::Test, "finds elements by role and name", Source::Npm),
        tool("jose", "6.2.18", Need::Test, "opens what the wall locked, and locks what it opens", Source::Npm),
        tool("axe-core", "4.14.1", Need::Test, "looks for accessibility mistakes", Source::Npm),
        // setuptools 81 has no pkg_resources any more, which Isso 0.14 needs.
        tool(
            "isso",
            "0.14.0",
            Need::Test,
            "a real comment server to test against",
            Source::Python { program: "isso", with: &["setuptools<81"] },
        ),
        tool(
            "wordpress",
            "",
            Need::Test,
            "a real WordPress to test against",
            Source::Debian { packages: wordpress::PACKAGES, is_there: wordpress::is_there },
        ),
        tool("lighthouse", "12.8.2", Need::Bench, "measures paint and interaction", Source::Npm),
    ])
}

/// Installs what is missing for `need`, and says so. Silent when nothing is.
///
/// # Errors
/// When an installation fails, with the end of its output.
pub fn install(need: Need) -> anyhow::Result<()> {
    let root = steps::root();
    let missing: Vec<Tool> = table(&root)?.into_iter().filter(|it| it.need <= need && !it.is_there(&root)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    eprintln!("Installing {} missing tool(s), once, into .tools/ (logs in .tools/log/):", missing.len());
    let result = missing.iter().try_for_each(|it| match (it.install(&root), &it.source) {
        (Err(error), Source::Component) => {
            eprintln!("  {error:#}\n  The reader is built without {}, and is some 15 kB larger.", it.name);
            Ok(())
        }
        (Err(error), Source::Python { .. } | Source::Debian { .. }) => {
            eprintln!("  {error:#}\n  Tests that need a real {} are skipped.", it.name);
            Ok(())
        }
        (result, _) => result,
    });
    // Shared by the installations, so that what two of them need is compiled once; of no use after them.
    let _ = fs::remove_dir_all(root.join(".tools/target"));
    result
}

/// A `PATH` on which `.tools/` comes first.
pub fn path() -> OsString {
    let root = steps::root();
    let ours = [root.join(".tools/bin"), root.join(".tools/node_modules/.bin")];
    let theirs = env::var_os("PATH").unwrap_or_default();
    env::join_paths(ours.into_iter().chain(env::split_paths(&theirs))).unwrap_or(theirs)
}

/// A program of an npm package in `.tools/`.
pub fn npm_program(name: &str) -> PathBuf {
    npm_file(".bin").join(name)
}

/// Whether the standard library's sources are here.
pub fn has_library_sources() -> bool {
    let library = steps::output("rustc", &["--print", "sysroot"]);
    library.is_some_and(|it| Path::new(it.trim()).join("lib/rustlib/src/rust/library/Cargo.lock").is_file())
}

/// A file of an npm package in `.tools/`, such as `axe-core/axe.min.js`.
pub fn npm_file(path: &str) -> PathBuf {
    steps::root().join(".tools/node_modules").join(path)
}

impl Tool {
    fn is_there(&self, root: &Path) -> bool {
        match self.source {
            Source::Target => {
                let library = steps::output("rustc", &["--print", "target-libdir", "--target", self.name]);
                library.is_some_and(|it| Path::new(it.trim()).is_dir())
            }
            Source::Component => has_library_sources(),
            Source::Cargo { program, .. } => {
                let said = steps::output(root.join(".tools/bin").join(program), &["--version"]);
                said.is_some_and(|it| it.split_whitespace().any(|word| word == self.version))
            }
            Source::Debian { is_there, .. } => is_there(),
            Source::Python { program, .. } => root.join(".tools").join(self.name).join("bin").join(program).is_file(),
            Source::Npm => {
                let manifest = root.join(".tools/node_modules").join(self.name).join("package.json");
                let wanted = format!("\"version\": \"{}\"", self.version);
                fs::read_to_string(manifest).is_ok_and(|it| it.contains(&wanted))
            }
        }
    }

    fn install(&self, root: &Path) -> anyhow::Result<()> {
        let name = format!("{} {}", self.name, self.version);
        let tools = root.join(".tools");
        let mut command = match self.source {
            Source::Debian { packages, .. } => {
                ensure!(debian::install(packages)?, "{} is not installed.", self.name);
                return Ok(());
            }
            Source::Target => {
                let mut it = Command::new("rustup");
                it.args(["target", "add", self.name]);
                it
            }
            Source::Component => {
                let mut it = Command::new("rustup");
                it.args(["component", "add", self.name]);
                it
            }
            Source::Cargo { flags, .. } => {
                let mut it = Command::new("cargo");
                it.args(["install", "--debug", "--force", "--root"]).arg(&tools).args(flags);
                it.arg(format!("{}@={}", self.name, self.version)).env("CARGO_TARGET_DIR", tools.join("target"));
                // Debug information would double the time and fill the disk.
                it.env("CARGO_PROFILE_DEV_DEBUG", "0");
                it
            }
            Source::Python { with, .. } => {
                let venv = tools.join(self.name);
                let make = || {
                    let mut python = Command::new("python3");
                    steps::run_quietly("venv", "a place for it", python.args(["-m", "venv"]).arg(&venv))
                };
                // Debian has Python's venv in a package of its own.
                if make().is_err() && debian::install(&["python3-venv"])? {
                    make()?;
                }
                let mut it = Command::new(venv.join("bin/pip"));
                it.args(["install", "--quiet", "--disable-pip-version-check"])
                    .arg(format!("{}=={}", self.name, self.version));
                it.args(with);
                it
            }
            Source::Npm => {
                let mut it = Command::new("npm");
                it.args(["install", "--no-audit", "--no-fund", "--save-exact", "--prefix"]).arg(&tools);
                // Lighthouse would bring a browser of its own.
                it.arg(format!("{}@{}", self.name, self.version)).env("PUPPETEER_SKIP_DOWNLOAD", "1");
                it
            }
        };
        steps::run_quietly(name.trim(), self.why, command.current_dir(root))
    }
}

/// The version of a package in Cargo.lock.
fn locked_version(root: &Path, package: &str) -> anyhow::Result<String> {
    let lock = fs::read_to_string(root.join("Cargo.lock")).context("cannot read Cargo.lock")?;
    let Some(version) = version_in_lock(&lock, package) else {
        bail!("Cargo.lock names no package {package}; run `cargo update -p {package}`");
    };
    Ok(version.to_owned())
}

fn version_in_lock<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|it| *it != name);
    lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_file_gives_the_version() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"9\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(version_in_lock(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(version_in_lock(lock, "trunk"), None);
    }

    #[test]
    fn our_own_lock_file_is_understood() {
        let root = steps::root();
        assert!(table(&root).unwrap().iter().any(|it| it.name == "wasm-bindgen-cli" && !it.version.is_empty()));
    }
}
