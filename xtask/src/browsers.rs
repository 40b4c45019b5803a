//! The three browser engines that the tests drive: where their programs are, and how Debian brings them.

use std::env;
use std::fmt;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, bail};

pub use crate::debian::is_root;
use crate::{debian, tools};

/// How the line of a test begins that passed only when it was tried again, so that the summary can say so.
pub const AGAIN: &str = "PASSED, BUT NOT AT ONCE: ";

/// Environment variable without which the tests in browsers do not run where no part of a name is given.
pub const BROWSERS: &str = "JUMPLINE_BROWSERS";

/// A browser engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Blink, by Debian's Chromium.
    Chromium,
    /// Gecko, by Firefox.
    Firefox,
    /// WebKit, by WebKitGTK's MiniBrowser.
    Webkit,
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::Webkit => "webkit",
        })
    }
}

impl Engine {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::Webkit];

    /// The engines that `JUMPLINE_ENGINES` names (`chromium,webkit`), or all.
    ///
    /// # Errors
    /// When it names one that there is not.
    pub fn wanted() -> anyhow::Result<Vec<Self>> {
        let named = env::var("JUMPLINE_ENGINES").unwrap_or_default();
        if named.is_empty() {
            return Ok(Self::ALL.to_vec());
        }
        let find = |name: &str| Self::ALL.into_iter().find(|it| it.to_string() == name.trim());
        let unknown =
            |name: &str| format!("JUMPLINE_ENGINES names `{name}`; expected chromium, firefox, webkit, with commas");
        named.split(',').map(|name| find(name).with_context(|| unknown(name))).collect()
    }

    /// The browser's own program.
    pub fn browser(self) -> Option<PathBuf> {
        match self {
            Self::Chromium => find(&["chromium", "google-chrome"]),
            Self::Firefox => find(&["firefox-esr", "firefox"]),
            Self::Webkit => mini_browser(),
        }
    }

    /// The program that speaks WebDriver for it.
    pub fn driver(self) -> Option<PathBuf> {
        match self {
            Self::Chromium => find(&["chromedriver"]),
            Self::Firefox => find(&["geckodriver"]),
            Self::Webkit => find(&["WebKitWebDriver"]),
        }
    }

    /// Whether all its programs are there.
    pub fn is_there(self) -> bool {
        // MiniBrowser has no headless mode.
        let display = self != Self::Webkit || find(&["Xvfb"]).is_some();
        self.browser().is_some() && self.driver().is_some() && display
    }

    /// Debian's packages. Firefox's driver is in none: it is one of [`tools`].
    fn packages(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &["chromium", "chromium-driver"],
            Self::Firefox => &["firefox-esr"],
            Self::Webkit => &["webkit2gtk-driver", "xvfb"],
        }
    }
}

/// Installs the engines that are not there, where it may; else says how to.
///
/// # Errors
/// When apt-get fails.
pub fn install(engines: &[Engine]) -> anyhow::Result<()> {
    let packages: Vec<&str> =
        engines.iter().filter(|it| !it.is_there()).flat_map(|it| it.packages()).copied().collect();
    if packages.is_empty() {
        return Ok(());
    }
    if !debian::install(&packages)? {
        return Ok(());
    }
    match engines.iter().find(|it| !it.is_there()) {
        Some(engine) => bail!("{engine} is installed, and yet not all its programs are found"),
        None => Ok(()),
    }
}

/// The first of these programs on the PATH, ours first.
pub(crate) fn find(names: &[&str]) -> Option<PathBuf> {
    let path = tools::path();
    names.iter().find_map(|name| env::split_paths(&path).map(|it| it.join(name)).find(|it| it.is_file()))
}

/// WebKitGTK's test browser, which is on no PATH.
fn mini_browser() -> Option<PathBuf> {
    let folders = fs::read_dir("/usr/lib").ok()?.flatten().map(|it| it.path());
    let builds = ["webkit2gtk-4.1", "webkitgtk-6.0", "webkit2gtk-4.0"];
    folders.flat_map(|folder| builds.map(|it| folder.join(it).join("MiniBrowser"))).find(|it| it.is_file())
}
