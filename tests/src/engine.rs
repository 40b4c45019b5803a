//! The three engines: where they are, how they are started, what each needs to be told.

use std::env;
use std::fmt;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use xtask::tools;

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

/// How a test wants its browser.
#[derive(Clone, Copy, Debug)]
pub struct Setup {
    /// Whether pages may run scripts.
    pub scripts: bool,
    /// Whether the system asks for dark colours.
    pub dark: bool,
}

impl Setup {
    /// A browser as it comes, in light colours.
    pub const USUAL: Self = Self { scripts: true, dark: false };
    /// JavaScript is off.
    pub const NO_SCRIPTS: Self = Self { scripts: false, dark: false };
    /// The system is dark.
    pub const DARK: Self = Self { scripts: true, dark: true };
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
    pub fn wanted() -> Vec<Self> {
        let named = env::var("JUMPLINE_ENGINES").unwrap_or_default();
        let is_named = |engine: &Self| named.is_empty() || named.split(',').any(|it| it.trim() == engine.to_string());
        Self::ALL.into_iter().filter(is_named).collect()
    }

    /// What is missing on this machine, or `None` when the engine can run.
    pub fn missing(self) -> Option<String> {
        let (browsers, driver) = match self {
            Self::Chromium => (&["chromium", "google-chrome"][..], "chromedriver"),
            Self::Firefox => (&["firefox-esr", "firefox"][..], "geckodriver"),
            Self::Webkit => (&[][..], "WebKitWebDriver"),
        };
        if find(&[driver]).is_none() {
            return Some(format!("{driver} is not installed"));
        }
        let found = if self == Self::Webkit { mini_browser() } else { find(browsers) };
        if found.is_none() {
            return Some(format!("no browser for {self} is installed"));
        }
        (self == Self::Webkit && find(&["Xvfb"]).is_none()).then(|| "Xvfb is not installed".to_owned())
    }

    /// The driver's program and its arguments.
    pub(crate) fn driver(self, port: u16) -> (PathBuf, Vec<String>) {
        let (name, arguments) = match self {
            Self::Chromium => ("chromedriver", vec![format!("--port={port}")]),
            // System access lets `Reader::resize` reach below Firefox's smallest window. Port 0: one for each session.
            Self::Firefox => (
                "geckodriver",
                vec![format!("--port={port}"), "--websocket-port=0".to_owned(), "--allow-system-access".to_owned()],
            ),
            Self::Webkit => ("WebKitWebDriver", vec![format!("--port={port}")]),
        };
        (find(&[name]).unwrap_or_else(|| name.into()), arguments)
    }

    /// The variables that the driver gives its browser. `config` is an empty folder of this session.
    pub(crate) fn environment(self, setup: Setup, display: &str, config: &Path) -> Vec<(&'static str, String)> {
        if self != Self::Webkit {
            return Vec::new();
        }
        let theme = if setup.dark { "Adwaita:dark" } else { "Adwaita" };
        let mut variables = vec![
            ("DISPLAY", display.to_owned()),
            ("XDG_CONFIG_HOME", config.display().to_string()),
            ("GTK_THEME", theme.to_owned()),
            ("NO_AT_BRIDGE", "1".to_owned()),
        ];
        if is_root() {
            variables.push(("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1".to_owned()));
        }
        variables
    }

    /// The capabilities of a new session.
    pub(crate) fn capabilities(self, setup: Setup) -> Value {
        match self {
            Self::Chromium => chromium(setup),
            Self::Firefox => firefox(setup),
            Self::Webkit => json!({
                "browserName": "MiniBrowser",
                "webkitgtk:browserOptions": {
                    "binary": mini_browser(),
                    "args": ["--automation", format!("--enable-javascript={}", setup.scripts)],
                },
            }),
        }
    }
}

fn chromium(setup: Setup) -> Value {
    let mut arguments = vec![
        "--headless=new",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-quic",
        "--no-first-run",
        // A container's /dev/shm is small.
        "--disable-dev-shm-usage",
    ];
    if is_root() {
        arguments.push("--no-sandbox");
    }
    let scripts = if setup.scripts { 1 } else { 2 };
    json!({
        "browserName": "chrome",
        "goog:loggingPrefs": { "browser": "ALL" },
        "goog:chromeOptions": {
            "binary": find(&["chromium", "google-chrome"]),
            "args": arguments,
            "prefs": { "profile.managed_default_content_settings.javascript": scripts },
        },
    })
}

fn firefox(setup: Setup) -> Value {
    let scheme = if setup.dark { 0 } else { 1 };
    json!({
        "browserName": "firefox",
        "moz:firefoxOptions": {
            "binary": find(&["firefox-esr", "firefox"]),
            "args": ["-headless"],
            "prefs": {
                "javascript.enabled": setup.scripts,
                "layout.css.prefers-color-scheme.content-override": scheme,
            },
        },
    })
}

/// The first of these programs on the PATH, ours first.
fn find(names: &[&str]) -> Option<PathBuf> {
    let path = tools::path();
    names.iter().find_map(|name| env::split_paths(&path).map(|it| it.join(name)).find(|it| it.is_file()))
}

/// WebKitGTK's test browser, which is on no PATH.
fn mini_browser() -> Option<PathBuf> {
    let folders = fs::read_dir("/usr/lib").ok()?.flatten().map(|it| it.path());
    let builds = ["webkit2gtk-4.1", "webkitgtk-6.0", "webkit2gtk-4.0"];
    folders.flat_map(|folder| builds.map(|it| folder.join(it).join("MiniBrowser"))).find(|it| it.is_file())
}

fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|it| it.uid() == 0)
}
