//! The doors into this part of the reader: nothing else in it is called from outside (see [`crate::parts`]).

use super::mailbox::Mailbox;
use super::thread;
use crate::components::comments::{Live, Thread};
use crate::parts;
use crate::site::Site;

/// Brings a thread to life.
#[inline(never)]
pub fn live(thread: Thread) -> Live {
    thread::live(thread)
}

/// Sends what waits from an earlier visit.
#[inline(never)]
pub fn send(site: &Site) {
    parts::once(|| Mailbox::of(site)).send(site);
}
