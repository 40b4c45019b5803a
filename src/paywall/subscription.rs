//! Whether this reader has subscribed, as far as this device knows.

mod state;

use super::provider::{Outcome, Why};
use crate::browser::alone::alone;
use crate::browser::storage::{self, Shelf};
use crate::browser::{names, post, time};
use crate::parts::{self, Part};
use crate::site::Site;
use crate::wall::door;
use jumpline_article::Provider;
use leptos::prelude::*;
use leptos::task::spawn_local;
pub use state::{Pending, SubscriptionState};

/// Milliseconds between two tries on loading a page.
const PAUSE: f64 = 60_000.0;
/// Tries after which only the reader tries again.
const TRIES: u32 = 8;

/// The subscription; provided once, at the root.
#[derive(Clone, Copy)]
pub struct Subscription {
    state: RwSignal<SubscriptionState>,
    outcome: RwSignal<Option<Outcome>>,
    sending: RwSignal<bool>,
    kept: RwSignal<bool>,
    /// Which try is the last one; what is forgotten meanwhile stays so.
    turn: StoredValue<u32>,
    /// Of the publication.
    base: StoredValue<String>,
}

impl Subscription {
    /// Nobody has looked yet.
    pub fn new(site: &Site) -> Self {
        Self {
            base: StoredValue::new(site.publication().base.as_str().to_owned()),
            state: RwSignal::new(SubscriptionState::default()),
            outcome: RwSignal::new(None),
            sending: RwSignal::new(false),
            kept: RwSignal::new(true),
            turn: StoredValue::new(0),
        }
    }

    /// The subscription of the current view.
    pub fn current() -> Self {
        expect_context()
    }

    /// Looks what is kept on this device, follows other tabs, and sends what waits. After the page has mounted.
    pub fn load(self, site: &Site) {
        self.refresh();
        storage::on_change(self.key(), move || {
            self.refresh();
            // Who forgets it, or everything, in another tab does not want it back from what is on its way here.
            if self.state.with_untracked(|it| *it == SubscriptionState::Absent) {
                self.turn.update_value(|it| *it += 1);
            }
        });
        let again = site.clone();
        post::on_online(move || {
            if self.is_due(0.0) {
                self.send_waiting(again.clone());
            }
        });
        if self.is_due(PAUSE) {
            self.send_waiting(site.clone());
        }
    }

    /// Whether it is to be tried by itself, so many milliseconds after the last time.
    fn is_due(self, pause: f64) -> bool {
        self.state.with_untracked(|it| match it {
            SubscriptionState::Pending(it) => it.tries < TRIES && (time::now() - it.tried as f64).abs() > pause,
            _ => false,
        })
    }

    fn key(self) -> String {
        self.base.with_value(|it| storage::own(it, names::SUBSCRIPTION))
    }

    fn refresh(self) {
        match self.base.with_value(|it| storage::read_own(it, names::SUBSCRIPTION)) {
            Ok(kept) => self.state.set(SubscriptionState::parse(&kept.unwrap_or_default())),
            Err(_) => self.state.set(SubscriptionState::Absent),
        }
    }

    /// How it stands.
    pub fn state(self) -> ReadSignal<SubscriptionState> {
        self.state.read_only()
    }

    /// What became of the last try on this page.
    pub fn outcome(self) -> ReadSignal<Option<Outcome>> {
        self.outcome.read_only()
    }

    /// Whether one is on its way.
    pub fn sending(self) -> ReadSignal<bool> {
        self.sending.read_only()
    }

    /// Whether the browser keeps it beyond this page.
    pub fn kept(self) -> ReadSignal<bool> {
        self.kept.read_only()
    }

    /// Whether somebody has looked yet.
    pub fn is_known(self) -> bool {
        self.state.with(|it| *it != SubscriptionState::Unknown)
    }

    /// Whether members' articles open for this reader: also while the subscription waits, since a soft wall asks, and does not lock.
    pub fn is_member(self) -> bool {
        self.state.with(SubscriptionState::is_there)
    }

    /// Subscribes with an address; one at a time.
    pub async fn subscribe(self, site: Site, email: String) {
        if !self.sending.get_untracked() {
            self.sending.set(true);
            self.outcome.set(None);
            self.send(site, email, 1).await;
        }
    }

    /// Sends what waits, now.
    pub fn send_waiting(self, site: Site) {
        if self.sending.get_untracked() || !self.is_pending() {
            return;
        }
        let task = async move {
            self.sending.set(true);
            // Another tab may have sent it a moment ago.
            if storage::read(Shelf::Device, &self.key()).is_ok() {
                self.refresh();
            }
            match self.state.get_untracked() {
                SubscriptionState::Pending(it) => self.send(site, it.email, it.tries + 1).await,
                _ => self.sending.set(false),
            }
        };
        spawn_local(async move {
            alone(&self.base.with_value(|it| ["subscribing:", it].concat()), task).await;
        });
    }

    fn is_pending(self) -> bool {
        self.state.with_untracked(|it| matches!(it, SubscriptionState::Pending(_)))
    }

    async fn send(self, site: Site, email: String, tries: u32) {
        let is_local = site.publication().subscribe.provider == Provider::Local;
        let turn = self.turn.get_value();
        if !is_local {
            // Who closes the page before an answer comes has not lost it.
            let now = time::now() as u64;
            let waiting = Pending { email: email.clone(), why: Why::TimedOut, tries, tried: now };
            if let Some(text) = SubscriptionState::Pending(waiting).to_text() {
                let _ = storage::write(Shelf::Device, &self.key(), &text);
            }
        }
        let outcome = match is_local {
            true => Outcome::Kept,
            false => match parts::load(Part::Wall).await {
                Ok(()) => door::send(site, email.clone()).await,
                // Where that does not come, nobody else would be reached either.
                Err(_) => Outcome::Waiting(if post::is_online() { Why::Unreachable } else { Why::Offline }),
            },
        };
        if self.turn.get_value() != turn {
            return self.sending.set(false);
        }
        let now = time::now() as u64;
        let state = match &outcome {
            Outcome::Kept | Outcome::Sent | Outcome::AlreadySubscribed => {
                SubscriptionState::Subscribed { email, since: now }
            }
            Outcome::Waiting(why) => SubscriptionState::Pending(Pending { email, why: *why, tries, tried: now }),
            // It was kept for the reader, who is to see what became of it.
            Outcome::Refused(_, status) if tries > 1 => {
                SubscriptionState::Pending(Pending { email, why: Why::Status(*status), tries: TRIES, tried: now })
            }
            Outcome::Refused(..) => SubscriptionState::Absent,
        };
        self.keep(state);
        self.outcome.set(Some(outcome));
        self.sending.set(false);
    }

    /// Forgets the subscription on this device. Nobody else is told.
    pub fn forget(self) {
        self.turn.update_value(|it| *it += 1);
        self.outcome.set(None);
        self.keep(SubscriptionState::Absent);
    }

    fn keep(self, state: SubscriptionState) {
        match state.to_text() {
            Some(text) => self.kept.set(storage::write(Shelf::Device, &self.key(), &text).is_ok()),
            None => self.kept.set(storage::remove(Shelf::Device, &self.key()).is_ok()),
        }
        self.state.set(state);
    }
}
