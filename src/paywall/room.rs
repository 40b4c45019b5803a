//! What is behind the wall of the article that is shown: whether it is open, and what was put into the page for it.

use super::meter::Meter;
use super::pass::{Pass, PassState, Trouble};
use super::subscription::Subscription;
use super::wall::{By, Closed, Failure, Gated, Wall};
use crate::browser::key::Key;
use crate::browser::shown::Shown;
use crate::parts::{self, Part};
use crate::site::Site;
use crate::wall::door;
use jumpline_article::{Heading, Visibility};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// One article's wall.
#[derive(Clone, Copy)]
pub struct Room {
    pub(crate) gated: StoredValue<Gated>,
    pub(crate) wall: RwSignal<Wall>,
    pub(crate) contents: RwSignal<Vec<Heading>>,
    teaser: StoredValue<usize>,
    pub(crate) shown: StoredValue<Option<Shown>, LocalStorage>,
    /// What the article's key was taken out of, to give it away.
    pub(crate) wrapped: StoredValue<Option<(Key, Vec<u8>)>, LocalStorage>,
    ticket: StoredValue<u32>,
}

impl Room {
    /// Closed, until somebody has looked for a key.
    pub fn new(gated: Gated, contents: Vec<Heading>) -> Self {
        Self {
            gated: StoredValue::new(gated),
            wall: RwSignal::new(Wall::Closed(Closed::NoKey)),
            teaser: StoredValue::new(contents.len()),
            contents: RwSignal::new(contents),
            shown: StoredValue::new_local(None),
            wrapped: StoredValue::new_local(None),
            ticket: StoredValue::new(0),
        }
    }

    /// How the wall stands.
    pub fn wall(self) -> ReadSignal<Wall> {
        self.wall.read_only()
    }

    /// The table of contents: of the teaser, and of the rest once it is shown.
    pub fn contents(self) -> ReadSignal<Vec<Heading>> {
        self.contents.read_only()
    }

    /// Whether the rest is shown.
    pub fn is_open(self) -> bool {
        self.wall.with(|it| matches!(it, Wall::Open(_)))
    }

    /// Whether this opened it.
    pub fn is_open_by(self, by: By) -> bool {
        self.wall.with(|it| *it == Wall::Open(by))
    }

    /// Tries the keys of this device whenever they change, and closes the wall when the one that opened it is gone.
    pub fn watch(self, site: Site, pass: Pass, subscription: Subscription, meter: Meter) {
        if self.gated.with_value(|it| it.visibility == Visibility::Public) {
            return;
        }
        Effect::new(move || {
            let ready = pass.state().with(|it| *it != PassState::Unknown);
            if !ready || !subscription.is_known() {
                return;
            }
            let stays = match self.wall.get_untracked() {
                Wall::Open(By::Membership) => self.is_member(pass, subscription),
                Wall::Open(By::Pass) => pass.has_keys(),
                Wall::Open(By::Gift) => pass.gift_of(&self.gated.with_value(|it| it.id.clone())).is_some(),
                // It was counted, and stays for as long as it is looked at.
                Wall::Open(By::Meter) => true,
                _ => false,
            };
            if !stays {
                self.close();
                self.open(site.clone(), pass, self.soft(pass, subscription, meter), meter);
            }
        });
    }

    /// Whether the reader is one of those whom a members' article is for: who pays is.
    fn is_member(self, pass: Pass, subscription: Subscription) -> bool {
        let visibility = self.gated.with_value(|it| it.visibility);
        subscription.is_member() || (visibility == Visibility::Members && pass.is_live())
    }

    /// What opens a soft wall: of a members' article the meter, unless a gift opens it anyway.
    fn soft(self, pass: Pass, subscription: Subscription, meter: Meter) -> Option<By> {
        if self.is_member(pass, subscription) {
            return Some(By::Membership);
        }
        let (id, visibility) = self.gated.with_value(|it| (it.id.clone(), it.visibility));
        let counts = visibility == Visibility::Members && pass.gift_of(&id).is_none();
        (counts && meter.allows(&id)).then_some(By::Meter)
    }

    fn close(self) {
        if self.wall.with_untracked(|it| matches!(it, Wall::Open(_))) {
            self.shown.set_value(None);
            self.wrapped.set_value(None);
            self.contents.update(|it| it.truncate(self.teaser.get_value()));
            self.wall.set(Wall::Closed(Closed::NoKey));
        }
    }

    /// Tries all keys again, after a failure.
    pub fn retry(self, site: &Site, pass: Pass, subscription: Subscription, meter: Meter) {
        // What is said stays the same otherwise, and who listens hears nothing.
        self.wall.set(Wall::Opening);
        if pass.trouble().is_some() {
            // The wall follows once it is known what is held.
            return pass.look_again(site);
        }
        self.open(site.clone(), pass, self.soft(pass, subscription, meter), meter);
    }

    /// Tries all keys.
    fn open(self, site: Site, pass: Pass, soft: Option<By>, meter: Meter) {
        let ticket = self.ticket.get_value().wrapping_add(1);
        self.ticket.set_value(ticket);
        let trouble = pass.trouble();
        if let Some(Trouble::Part(error)) = trouble {
            return self.wall.set(Wall::Failed(Failure::Part(error)));
        }
        let (id, brings_gift) = self.gated.with_value(|it| (it.id.clone(), pass.gift_to(&it.permalink).is_some()));
        if soft.is_none() && !brings_gift && pass.gift_of(&id).is_none() && !pass.has_keys() {
            let closed = Wall::Closed(Closed::NoKey);
            return self.wall.set(trouble.map_or(closed, |_| Wall::Failed(Failure::Storage)));
        }
        spawn_local(async move {
            let part = parts::load(Part::Wall).await;
            // The article may have been left, and what is kept of it with it.
            if !self.is_turn(ticket) {
                return;
            }
            match part {
                Ok(()) => {
                    door::open(self, site, pass, soft).await;
                    // Counted when it is open: who could not read it has read nothing.
                    if self.wall.try_with_untracked(|it| *it == Wall::Open(By::Meter)) == Some(true) {
                        meter.spend(&id);
                    }
                }
                Err(error) => self.wall.set(Wall::Failed(Failure::Part(error))),
            }
        });
    }

    /// Which try this is.
    pub(crate) fn turn(self) -> u32 {
        self.ticket.get_value()
    }

    /// Whether it is still the last one: the article may have been left, or another key have come, in the meantime.
    pub(crate) fn is_turn(self, turn: u32) -> bool {
        self.ticket.try_get_value() == Some(turn)
    }
}
