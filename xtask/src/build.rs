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
        // By itself, so that its compilation is seen and not hidden in Trunk's hook.
        compile_press()?;
        let mut trunk = Command::new(steps::root().join(".tools/bin/trunk"));
        // The base is put in by `press`: one shell serves every base.
        trunk.args(["build", "--release", "--public-url", "/__base__/", "--dist"]).arg(shell());
        trunk.current_dir(steps::root()).env("PATH", tools::path());
        trunk.env("JUMPLINE_CONTENT", absolute(&self.content)?).env("JUMPLINE_OUT", absolute(&self.out)?);
        trunk.env("JUMPLINE_BASE", self.base.as_ref().map_or("", BasePath::as_str));
        secret(&mut trunk, &self.content)?;
        small(&mut trunk);
        steps::without_package(&mut trunk);
        // Trunk takes only true and false here, yet CI systems and people set 1.
        trunk.env_remove("NO_COLOR");
        steps::run("reader and pages: trunk build", &mut trunk)
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
        let mut press = press()?;
        press
            .args(["build", "--shell"])
            .arg(shell())
            .arg("--content")
            .arg(absolute(&self.content)?)
            .arg("--out")
            .arg(absolute(&self.out)?);
        press.args(self.base.iter().flat_map(|it| ["--base", it.as_str()])).current_dir(steps::root());
        secret(&mut press, &self.content)?;
        press.envs(variables.iter().map(|it| (&it.0, &it.1)));
        steps::run("pages: press build", &mut press)
    }
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

/// The sample content has a wall, and a clone has no secret: one is made where nothing of it is kept. A publication that has a secret
/// of its own keeps it.
fn secret(command: &mut Command, content: &Path) -> anyhow::Result<()> {
    const VARIABLE: &str = "JUMPLINE_SECRET";
    let toml = std::fs::read_to_string(content.join("publication.toml")).unwrap_or_default();
    let named = toml.lines().any(|it| it.trim_start().starts_with("secret"));
    if std::env::var_os(VARIABLE).is_none() && !named && !content.join("../keys/secret").exists() {
        let path = steps::root().join("target/keys/secret");
        if !path.is_file() {
            let mut make = press()?;
            make.args(["pass", "secret", "--content"]).arg(absolute(content)?).env(VARIABLE, &path);
            steps::run("a secret for samples: press pass secret", &mut make)?;
        }
        command.env(VARIABLE, path);
    }
    Ok(())
}

fn compile_press() -> anyhow::Result<()> {
    steps::run("press: compile", steps::cargo().args(["build", "--release", "--package", "jumpline-press"]))
}

/// `press`, ready for its arguments. Not by `cargo run`: what is set for `press` alone, such as `SOURCE_DATE_EPOCH`, would compile half of
/// it again.
///
/// # Errors
/// When it is not there and cannot be compiled.
pub fn press() -> anyhow::Result<Command> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| steps::root().join("target"), PathBuf::from);
    let program = target.join("release").join(format!("press{}", std::env::consts::EXE_SUFFIX));
    if !program.is_file() {
        compile_press()?;
    }
    Ok(Command::new(program))
}

/// Programs that we start run in the workspace's root, not where the person stands.
fn absolute(path: &Path) -> anyhow::Result<PathBuf> {
    Ok(std::path::absolute(path)?)
}
