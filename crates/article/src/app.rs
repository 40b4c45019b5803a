//! The publication as something that is installed: `[app]` of `publication.toml`.

use serde::{Deserialize, Serialize};

/// How it is installed, and what it does without a network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "host", serde(deny_unknown_fields))]
pub struct App {
    /// Whether what was read is kept for a time without a network. `false` removes what was there.
    pub offline: bool,
    /// Its name below an icon, where there is little room; its title when it is absent.
    #[cfg(feature = "host")]
    #[serde(skip_serializing)]
    pub short_name: String,
    /// Its logo, an SVG or PNG in the publication's folder; the reader's own when it is absent.
    #[cfg(feature = "host")]
    #[serde(skip_serializing)]
    pub icon: String,
    /// What the icon stands on, and the window before the page is there: a CSS colour.
    #[cfg(feature = "host")]
    #[serde(skip_serializing)]
    pub background: String,
    /// Pictures of it in use, for the dialog in which it is installed: PNG in the publication's folder.
    #[cfg(feature = "host")]
    #[serde(skip_serializing)]
    pub screenshots: Vec<String>,
}

impl Default for App {
    fn default() -> Self {
        Self {
            offline: true,
            #[cfg(feature = "host")]
            short_name: String::new(),
            #[cfg(feature = "host")]
            icon: String::new(),
            #[cfg(feature = "host")]
            background: "#fcfbf8".to_owned(),
            #[cfg(feature = "host")]
            screenshots: Vec::new(),
        }
    }
}

impl App {
    /// Whether a page has nothing to say of it.
    pub fn is_usual(&self) -> bool {
        self.offline
    }
}
