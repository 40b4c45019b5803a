//! When what waits is sent: one round at a time in all tabs, and again after a while where it failed.

use super::super::desk::Desk;
use super::super::outbox::{Door, Flushed, Kept, Lost, flush};
use super::{Mailbox, OUTBOX};
use crate::browser::alone::alone;
use crate::browser::storage::Blocked;
use crate::browser::{post, time, worker};
use crate::site::Site;
use jumpline_article::Permalink;
use jumpline_article::commenting::{Request, Service};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::Cell;
use std::rc::Rc;

/// Seconds until it is tried again, after the first failure, the second and so on.
const PAUSES: [u32; 5] = [4, 12, 31, 62, 300];

/// How sending goes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sending {
    is_on: bool,
    /// Something was to be sent while it was on.
    is_due: bool,
    /// Failures one after the other.
    failures: usize,
    /// A try that was put off before does nothing.
    turn: u32,
}

impl Mailbox {
    /// Sends what waits, as the reader wants it now: how often it failed before does not count.
    pub fn send_now(self, site: &Site) {
        self.sending.update_value(|it| it.failures = 0);
        self.send(site);
    }

    /// Sends what waits.
    pub(super) fn send(self, site: &Site) {
        let Some(service) = site.publication().comments.provider.service() else { return };
        if self.sending.with_value(|it| it.is_on) {
            return self.sending.update_value(|it| it.is_due = true);
        }
        self.sending.update_value(|it| (it.is_on, it.is_due) = (true, false));
        let site = site.clone();
        spawn_local(async move {
            let desk = Desk::new(site.clone());
            let end = Rc::new(Cell::new(None));
            let name = ["sending:", site.publication().base.as_str()].concat();
            let (ended, at) = (Rc::clone(&end), desk.clone());
            let ran = alone(&name, async move { ended.set(run(self, &at, &*service).await) }).await;
            self.sending.update_value(|it| it.is_on = false);
            if self.sending.with_value(|it| it.is_due) {
                return self.send(&site);
            }
            match end.get() {
                Some(Flushed::Idle) => self.sending.update_value(|it| it.failures = 0),
                // Without a network there is nothing to try.
                _ if ran && !post::is_online() => {}
                _ => {
                    worker::wake_later(OUTBOX).await;
                    self.send_later(site);
                }
            }
        });
    }

    fn send_later(self, site: Site) {
        let mut sending = self.sending.get_value();
        let (pause, turn) = (PAUSES[sending.failures.min(PAUSES.len() - 1)], sending.turn + 1);
        (sending.failures, sending.turn) = (sending.failures + 1, turn);
        self.sending.set_value(sending);
        time::after(pause * 1000, move || {
            if self.sending.get_value().turn == turn {
                self.send(&site);
            }
        });
    }
}

/// Sends until nothing is left that can be sent, showing every step. `None` when nothing can be kept.
async fn run(mailbox: Mailbox, desk: &Desk, service: &dyn Service) -> Option<Flushed> {
    flush(&Watched { mailbox, desk }, service).await.ok()
}

/// A desk that shows what changes: nobody is to take back what is being sent.
struct Watched<'a> {
    mailbox: Mailbox,
    desk: &'a Desk,
}

impl Door for Watched<'_> {
    type Blocked = Blocked;

    async fn change(&self, change: &mut dyn FnMut(&mut Kept)) -> Result<(), Blocked> {
        let done = self.desk.change(change).await;
        self.mailbox.look(self.desk).await;
        done
    }

    async fn ask(&self, request: &Request) -> Result<(u16, String), Lost> {
        self.desk.ask(request).await
    }

    fn path(&self, permalink: &Permalink) -> String {
        self.desk.path(permalink)
    }

    fn now(&self) -> u64 {
        self.desk.now()
    }
}
