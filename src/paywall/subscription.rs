//! Whether this reader has subscribed, as far as this device knows.

use leptos::prelude::*;

/// How it stands with the subscription.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SubscriptionState {
    /// Nobody has looked yet: the server, and the first render in the browser.
    #[default]
    Unknown,
    /// Not subscribed.
    Absent,
    /// Subscribed.
    Subscribed,
}

/// The subscription; provided once, at the root.
#[derive(Clone, Copy)]
pub struct Subscription {
    state: RwSignal<SubscriptionState>,
}

impl Subscription {
    /// Nobody has looked yet.
    pub fn new() -> Self {
        Self { state: RwSignal::new(SubscriptionState::default()) }
    }

    /// The subscription of the current view.
    pub fn current() -> Self {
        expect_context()
    }

    /// Looks what is kept on this device. After the page has mounted.
    pub fn load(self) {
        self.state.set(SubscriptionState::Absent);
    }

    /// Whether members' articles open for this reader.
    pub fn is_member(self) -> bool {
        self.state.with(|it| *it == SubscriptionState::Subscribed)
    }
}

impl Default for Subscription {
    fn default() -> Self {
        Self::new()
    }
}
