//! Builds the site: the reader's shell by Trunk, the pages by `press`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::bail;
use jumpline_article::BasePath;

use crate::{steps, tools};

/// What to build and where to.
#[derive(Clone, Debug)]
pub struct Build {
    /// The publication's sources.
    pub content: PathBuf,
    /// Where the site will live on its host; `publication.toml` decides when it is absent.
    pub base: Option<BasePath>,
    /// The directory of the finished site.
    pub out: PathBuf,
    /// Which `press` builds its pages.
    pub press: Press,
}

/// Which `press` builds pages. What it writes is the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Press {
    /// The publisher's: fast, and minutes of compiling.
    Release,
    /// The one that the tests on the host have compiled already.
    Debug,
}

impl Press {
    fn program(self) -> PathBuf {
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| steps::root().join("target"), PathBuf::from);
        let profile = match self {
            Self::Release => "release",
            Self::Debug => "debug",
        };
        target.join(profile).join(format!("press{}", std::env::consts::EXE_SUFFIX))
    }

    /// Compiles it.
    ///
    /// # Errors
    /// When it does not compile.
    pub fn compile(self) -> anyhow::Result<()> {
        let mut cargo = steps::cargo();
        match self {
            Self::Release => cargo.args(["build", "--release", "--package", "jumpline-press"]),
            // For the whole workspace, or its dependencies would be compiled anew with fewer features.
            Self::Debug => cargo.args(["build", "--workspace", "--bin", "press"]),
        };
        steps::run("press: compile", &mut cargo)
    }

    /// `press`, ready for its arguments. Not by `cargo run`: what is set for `press` alone, such as `SOURCE_DATE_EPOCH`, would compile half
    /// of it again.
    ///
    /// # Errors
    /// When it is not there and cannot be compiled.
    pub fn command(self) -> anyhow::Result<Command> {
        if !self.program().is_file() {
            self.compile()?;
        }
        Ok(Command::new(self.program()))
    }
}

/// Where Trunk leaves the shell, which serves every base path and every publication.
fn shell() -> PathBuf {
    steps::root().join("target/shell")
}

impl Build {
    /// Builds reader, shell and pages.
    ///
    /// # Errors
    /// When a compiler or `press` stops; their own messages stand above.
    pub fn all(&self) -> anyhow::Result<()> {
        self.press.compile()?;
        steps::run("reader: trunk build", &mut trunk())?;
        self.pages()
    }

    /// Builds only the pages, from the shell that is there.
    ///
    /// # Errors
    /// When there is no shell yet, or `press` stops.
    pub fn pages(&self) -> anyhow::Result<()> {
        self.pages_with(&[])
    }

    /// The same with variables for `press`.
    ///
    /// # Errors
    /// As [`Build::pages`].
    pub fn pages_with(&self, variables: &[(OsString, OsString)]) -> anyhow::Result<()> {
        if !shell().join("index.html").is_file() {
            bail!("there is no built reader in {}; run `cargo xtask build` first", shell().display());
        }
        let mut press = self.press.command()?;
        press
            .args(["build", "--shell"])
            .arg(shell())
            .arg("--content")
            .arg(absolute(&self.content)?)
            .arg("--out")
            .arg(absolute(&self.out)?);
        press.args(self.base.iter().flat_map(|it| ["--base", it.as_str()])).current_dir(steps::root());
        self.secret(&mut press)?;
        press.envs(variables.iter().map(|it| (&it.0, &it.1)));
        steps::run("pages: press build", &mut press)
    }

    /// The sample content has a wall, and a clone has no secret: one is made where nothing of it is kept. A publication that has a secret
    /// of its own keeps it.
    fn secret(&self, command: &mut Command) -> anyhow::Result<()> {
        const VARIABLE: &str = "JUMPLINE_SECRET";
        let toml = std::fs::read_to_string(self.content.join("publication.toml")).unwrap_or_default();
        let named = toml.lines().any(|it| it.trim_start().starts_with("secret"));
        if std::env::var_os(VARIABLE).is_none() && !named && !self.content.join("../keys/secret").exists() {
            let path = steps::root().join("target/keys/secret");
            if !path.is_file() {
                let mut make = self.press.command()?;
                make.args(["pass", "secret", "--content"]).arg(absolute(&self.content)?).env(VARIABLE, &path);
                steps::run("a secret for samples: press pass secret", &mut make)?;
            }
            command.env(VARIABLE, path);
        }
        Ok(())
    }
}

/// Trunk, ready to build the shell.
pub fn trunk() -> Command {
    let mut trunk = Command::new(steps::root().join(".tools/bin/trunk"));
    // The base is put in by `press`: one shell serves every base.
    trunk.args(["build", "--release", "--public-url", "/__base__/", "--dist"]).arg(shell());
    trunk.current_dir(steps::root()).env("PATH", tools::path());
    trunk.env("JUMPLINE_SHELL_ONLY", "1");
    // By way of Cargo its hook would wait for whatever is compiled meanwhile. The bench is no xtask, and nothing is.
    let xtask = std::env::current_exe().ok().filter(|it| it.file_stem().is_some_and(|it| it == "xtask"));
    // The hook's `sh` would take a path with spaces apart.
    if let Some(xtask) = xtask.filter(|it| !it.to_string_lossy().contains(char::is_whitespace)) {
        trunk.env("JUMPLINE_XTASK", xtask);
    }
    small(&mut trunk);
    steps::without_package(&mut trunk);
    // Trunk takes only true and false here, yet CI systems and people set 1.
    trunk.env_remove("NO_COLOR");
    trunk
}

/// Builds the standard library along with the reader, for size and without the sentences of a panic, which says `unreachable` instead: 15
/// kB after Brotli. Cargo calls that unstable, so a stable one has to be asked in this way; `Trunk.toml` takes it back for `press`.
///
/// Symbols are mangled so that they name what a generic function was made for, and no two functions become one: by their names
/// [`crate::pack`] tells which go into which file.
fn small(trunk: &mut Command) {
    let mut flags = "-Csymbol-mangling-version=v0 -Zmerge-functions=disabled".to_owned();
    if tools::has_library_sources() {
        flags += " -Zunstable-options -Cpanic=immediate-abort -Zfmt-debug=none -Zlocation-detail=none";
        trunk.env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort");
        trunk.env("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size");
    }
    trunk.env("RUSTC_BOOTSTRAP", "1").env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags);
}

/// Programs that we start run in the workspace's root, not where the person stands.
fn absolute(path: &Path) -> anyhow::Result<PathBuf> {
    Ok(std::path::absolute(path)?)
}
