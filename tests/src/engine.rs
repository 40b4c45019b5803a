//! How each engine is started, and what it needs to be told.

use std::path::Path;

use serde_json::{Value, json};
pub use xtask::browsers::Engine;
use xtask::browsers::is_root;

/// How a test wants its browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setup {
    /// Whether pages may run scripts.
    pub scripts: bool,
    /// Whether the system asks for dark colours.
    pub dark: bool,
    /// Whether it must be a browser that nobody has used before.
    pub fresh: bool,
}

impl Setup {
    /// A browser as it comes, in light colours.
    pub const USUAL: Self = Self { scripts: true, dark: false, fresh: false };
    /// JavaScript is off.
    pub const NO_SCRIPTS: Self = Self { scripts: false, ..Self::USUAL };
    /// The system is dark.
    pub const DARK: Self = Self { dark: true, ..Self::USUAL };
    /// A browser that nobody has used before.
    pub const FRESH: Self = Self { fresh: true, ..Self::USUAL };
}

/// The driver's arguments.
pub(crate) fn arguments(engine: Engine, port: u16) -> Vec<String> {
    let mut arguments = vec![format!("--port={port}")];
    if engine == Engine::Firefox {
        // System access lets `Reader::resize` reach below Firefox's smallest window. Port 0: another one for each session.
        arguments.extend(["--websocket-port=0".to_owned(), "--allow-system-access".to_owned()]);
    }
    arguments
}

/// The variables that the driver hands on to its browser. `config` is a folder of this session.
pub(crate) fn environment(engine: Engine, setup: Setup, display: &str, config: &Path) -> Vec<(&'static str, String)> {
    if engine != Engine::Webkit {
        return Vec::new();
    }
    let theme = if setup.dark { "Adwaita:dark" } else { "Adwaita" };
    let mut variables = vec![
        ("DISPLAY", display.to_owned()),
        ("XDG_CONFIG_HOME", config.display().to_string()),
        ("GTK_THEME", theme.to_owned()),
        ("NO_AT_BRIDGE", "1".to_owned()),
        // Without a graphics card its layers are put together by llvmpipe, which took half of what all three browsers took.
        ("WEBKIT_DISABLE_COMPOSITING_MODE", "1".to_owned()),
    ];
    if is_root() {
        variables.push(("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1".to_owned()));
    }
    variables
}

/// The capabilities of a new session.
pub(crate) fn capabilities(engine: Engine, setup: Setup) -> Value {
    match engine {
        Engine::Chromium => chromium(setup),
        Engine::Firefox => json!({
            "browserName": "firefox",
            "moz:firefoxOptions": {
                "binary": engine.browser(),
                "args": ["-headless"],
                "prefs": {
                    "javascript.enabled": setup.scripts,
                    "layout.css.prefers-color-scheme.content-override": if setup.dark { 0 } else { 1 },
                },
            },
        }),
        Engine::Webkit => json!({
            "browserName": "MiniBrowser",
            "webkitgtk:browserOptions": {
                "binary": engine.browser(),
                "args": ["--automation", format!("--enable-javascript={}", setup.scripts)],
            },
        }),
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
    if setup.dark {
        arguments.push("--force-dark-mode");
    }
    json!({
        "browserName": "chrome",
        "goog:loggingPrefs": { "browser": "ALL" },
        "goog:chromeOptions": {
            "binary": Engine::Chromium.browser(),
            "args": arguments,
            "prefs": { "profile.managed_default_content_settings.javascript": if setup.scripts { 1 } else { 2 } },
        },
    })
}
