//! The doors into this part of the reader: nothing else in it is called from outside (see [`crate::parts`]).

use super::account::Held;
use super::gift::GiveAway;
use super::{open, vault};
use crate::fixed::{Fix, Fixed};
use crate::paywall::card::Card;
use crate::paywall::provider::{self, Outcome};
use crate::paywall::wall::By;
use crate::paywall::{Pass, Room};
use crate::site::Site;
use jumpline_article::plan::Lock;
use leptos::prelude::*;
use std::pin::Pin;

/// Something that takes its time.
type Task<T> = Pin<Box<dyn Future<Output = T>>>;

/// Looks what this device holds.
#[inline(never)]
pub fn look(pass: Pass, lock: Lock) -> Task<()> {
    Box::pin(async move { vault::look(pass, &lock).await })
}

/// Opens the pass that a text holds: a link, or a mail around it.
#[inline(never)]
pub fn unlock(pass: Pass, site: Site, text: String) -> Task<()> {
    Box::pin(async move { vault::unlock(pass, &site, &text).await })
}

/// Forgets pass, keys and gifts, on this device and in every tab.
#[inline(never)]
pub fn forget(pass: Pass, lock: Lock) -> Task<()> {
    Box::pin(async move { vault::forget(pass, &lock).await })
}

/// Opens an article, or says how its wall stands.
#[inline(never)]
pub fn open(room: Room, site: Site, pass: Pass, soft: Option<By>) -> Task<()> {
    Box::pin(async move { open::show(room, &site, pass, soft).await })
}

/// Sends the address of a subscriber.
#[inline(never)]
pub fn send(site: Site, email: String) -> Task<Outcome> {
    Box::pin(async move { provider::send(&site.publication().subscribe.provider, &email).await })
}

/// *Gift this article*, for who holds a pass that opened it.
#[inline(never)]
pub fn give_away(room: Room) -> Fixed {
    view! { <GiveAway room /> }.late()
}

/// The pass of this device, what it opens, and how to be rid of it.
#[inline(never)]
pub fn held(card: Option<Card>, keys: usize, gifts: usize) -> Fixed {
    view! { <Held card keys gifts /> }.late()
}
