//! The pass that this device holds, and what it opens.

use crate::site::Site;
use leptos::prelude::*;

/// How it stands with the pass of this device.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum PassState {
    /// Nobody has looked yet: the server, and the first render in the browser.
    #[default]
    Unknown,
    /// There is none.
    Absent,
    /// There is one.
    Held,
}

/// The pass of this device; provided once, at the root.
#[derive(Clone, Copy)]
pub struct Pass {
    state: RwSignal<PassState>,
}

impl Pass {
    /// Nobody has looked yet.
    pub fn new() -> Self {
        Self { state: RwSignal::new(PassState::default()) }
    }

    /// The pass of the current view.
    pub fn current() -> Self {
        expect_context()
    }

    /// Looks what is kept on this device. After the page has mounted.
    pub fn load(self, _site: &Site) {
        self.state.set(PassState::Absent);
    }

    /// Whether this device holds one, live or not.
    pub fn is_held(self) -> bool {
        self.state.with(|it| *it == PassState::Held)
    }
}

impl Default for Pass {
    fn default() -> Self {
        Self::new()
    }
}
