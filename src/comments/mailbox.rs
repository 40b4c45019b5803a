//! The outbox as the views see it: what is kept, and sending it whenever there is a way.

use super::desk::Desk;
use super::outbox::{Door, Entry, Flushed, Kept, Stage, flush};
use crate::browser::alone::alone;
use crate::browser::storage::{self, Blocked};
use crate::browser::{post, random, time};
use crate::site::Site;
use jumpline_article::commenting::{Act, Asked, Can, CommentProvider, Service};
use jumpline_article::{Comment, CommentId, Permalink};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

/// Seconds until it is tried again, after the first failure, the second and so on.
const PAUSES: [u32; 5] = [4, 12, 31, 62, 300];

/// What is kept, and whether it is being sent; provided once, at the root.
#[derive(Clone, Copy)]
pub struct Mailbox {
    kept: RwSignal<Arc<Kept>>,
    lasts: RwSignal<bool>,
    is_open: RwSignal<bool>,
    sending: StoredValue<bool>,
    /// Failures one after the other; a try that was put off before does nothing.
    failures: StoredValue<(usize, u32)>,
}

impl Mailbox {
    /// Nobody has looked yet.
    pub fn new() -> Self {
        Self {
            kept: RwSignal::default(),
            lasts: RwSignal::new(true),
            is_open: RwSignal::new(false),
            sending: StoredValue::new(false),
            failures: StoredValue::new((0, 0)),
        }
    }

    /// The mailbox of the current view.
    pub fn current() -> Self {
        expect_context()
    }

    /// Sends what waits from an earlier visit, and whenever there may be a network again. After the page has mounted.
    pub fn load(self, site: &Site) {
        let desk = Desk::new(site.clone());
        let again = site.clone();
        let wake = move || {
            if Desk::new(again.clone()).may_hold_something() {
                self.send(&again);
            }
        };
        if desk.may_hold_something() {
            self.send(site);
        }
        post::on_online(wake.clone());
        post::on_return(wake);
        let site = site.clone();
        storage::on_change(desk.marker(), move || {
            if self.is_open.get_untracked() {
                self.refresh(&site);
            }
        });
    }

    /// What is kept.
    pub fn kept(self) -> ReadSignal<Arc<Kept>> {
        self.kept.read_only()
    }

    /// Whether it stays when the page is closed.
    pub fn lasts(self) -> ReadSignal<bool> {
        self.lasts.read_only()
    }

    /// Whether somebody has looked what is kept.
    pub fn is_open(self) -> ReadSignal<bool> {
        self.is_open.read_only()
    }

    /// Looks what is kept.
    pub fn refresh(self, site: &Site) {
        let desk = Desk::new(site.clone());
        spawn_local(async move {
            if let Ok((kept, lasts)) = desk.look().await {
                self.show(kept, lasts);
            }
            self.is_open.set(true);
        });
    }

    fn show(self, kept: Kept, lasts: bool) {
        if **self.kept.read_untracked() != kept {
            self.kept.set(Arc::new(kept));
        }
        if self.lasts.get_untracked() != lasts {
            self.lasts.set(lasts);
        }
    }

    /// Does something: it is shown at once, kept, and then sent.
    ///
    /// # Errors
    /// When it cannot be kept; then all is as before.
    pub async fn act(self, site: &Site, permalink: Permalink, title: String, act: Act) -> Result<CommentId, Blocked> {
        let id = random::id("o-").and_then(|it| CommentId::new(&it).ok()).ok_or(Blocked)?;
        let entry =
            Entry { id: id.clone(), at: time::now() as u64, permalink, title, act, stage: Stage::Waiting };
        self.change(site, move |kept| kept.add(entry.clone())).await?;
        Ok(id)
    }

    /// Changes what is kept: shown at once, kept, and then sent.
    ///
    /// # Errors
    /// When it cannot be kept; then all is as before.
    pub async fn change(self, site: &Site, change: impl Fn(&mut Kept) + 'static) -> Result<(), Blocked> {
        let is_here = can_here(&site.publication().comments.provider);
        let change = move |kept: &mut Kept| {
            change(kept);
            if is_here {
                kept.settle_here(time::now() as u64);
            }
        };
        let mut soon = Kept::clone(&self.kept.read_untracked());
        change(&mut soon);
        self.kept.set(Arc::new(soon));
        let desk = Desk::new(site.clone());
        let done = desk.change(change).await;
        if let Ok((kept, lasts)) = desk.look().await {
            self.show(kept, lasts);
        }
        if done.is_ok() && !is_here {
            self.send(site);
        }
        done
    }

    /// Takes note of what the server shows.
    pub async fn see(self, site: &Site, permalink: Permalink, shown: Arc<Vec<Comment>>, asked: u64) {
        if !self.kept.read_untracked().own.iter().any(|it| it.permalink == permalink) {
            return;
        }
        let Some(service) = site.publication().comments.provider.service() else { return };
        let desk = Desk::new(site.clone());
        let _ = desk.change(move |kept| kept.see(&*service, &permalink, &shown, asked)).await;
        if let Ok((kept, lasts)) = desk.look().await {
            self.show(kept, lasts);
        }
    }

    /// Sends what waits, now.
    pub fn send(self, site: &Site) {
        let Some(service) = site.publication().comments.provider.service() else { return };
        if self.sending.get_value() {
            return;
        }
        self.sending.set_value(true);
        let site = site.clone();
        spawn_local(async move {
            let desk = Desk::new(site.clone());
            let end = Rc::new(Cell::new(None));
            let name = ["sending:", site.publication().base.as_str()].concat();
            let (ended, at) = (Rc::clone(&end), desk.clone());
            let ran = alone(&name, async move { ended.set(run(self, &at, &*service).await) }).await;
            self.sending.set_value(false);
            match end.get() {
                Some(Flushed::Idle) => self.failures.update_value(|it| it.0 = 0),
                // Without a network there is nothing to try.
                _ if ran && !post::is_online() => {}
                _ => self.send_later(site),
            }
        });
    }

    fn send_later(self, site: Site) {
        let (failures, turn) = self.failures.get_value();
        self.failures.set_value((failures + 1, turn + 1));
        let pause = PAUSES[failures.min(PAUSES.len() - 1)];
        time::after(pause * 1000, move || {
            if self.failures.try_get_value().is_some_and(|it| it.1 == turn + 1) {
                self.send(&site);
            }
        });
    }
}

/// Sends until nothing is left that can be sent, showing every step. `None` when nothing can be kept.
async fn run(mailbox: Mailbox, desk: &Desk, service: &dyn Service) -> Option<Flushed> {
    let end = flush(desk, service).await.ok();
    if let Ok((kept, lasts)) = desk.look().await {
        mailbox.show(kept, lasts);
    }
    end
}

fn can_here(provider: &CommentProvider) -> bool {
    *provider == CommentProvider::Local
}

/// What can be done in the threads of a provider.
pub fn can(provider: &CommentProvider) -> Can {
    match provider.service() {
        Some(service) => service.can(),
        None => Can {
            edit: true,
            like: true,
            unlike: true,
            name: Asked::Maybe,
            email: Asked::No,
            website: Asked::No,
            shortest: 1,
            longest: 65_535,
        },
    }
}
