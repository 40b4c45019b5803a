//! What is behind the wall of the article that is shown: whether it is open, and what was put into the page for it.

use super::meter::Meter;
use super::open::{self, By, Closed, Gated, Wall};
use super::pass::{Pass, PassState};
use super::subscription::Subscription;
use crate::browser::crypto::{self, Key};
use crate::browser::rest::{self, Media, Shown};
use crate::messages::Key as Words;
use crate::paths;
use crate::site::Site;
use jumpline_article::wall::{Bytes, GiftLink, label};
use jumpline_article::{Heading, Visibility};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// One article's wall.
#[derive(Clone, Copy)]
pub struct Room {
    gated: StoredValue<Gated>,
    wall: RwSignal<Wall>,
    contents: RwSignal<Vec<Heading>>,
    teaser: StoredValue<usize>,
    shown: StoredValue<Option<Shown>, LocalStorage>,
    wrapped: StoredValue<Option<(Key, Vec<u8>)>, LocalStorage>,
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
                Wall::Open(By::Membership) => subscription.is_member(),
                Wall::Open(By::Pass) => pass.has_keys(),
                Wall::Open(By::Gift) => pass.gift_of(&self.gated.with_value(|it| it.id.clone())).is_some(),
                // It was counted, and stays for as long as it is looked at.
                Wall::Open(By::Meter) => true,
                _ => false,
            };
            if !stays {
                self.close();
                self.open(site.clone(), pass, self.soft(pass, subscription, meter));
            }
        });
    }

    /// What opens a soft wall. A members' article is counted, unless a gift opens it anyway.
    fn soft(self, pass: Pass, subscription: Subscription, meter: Meter) -> Option<By> {
        if subscription.is_member() {
            return Some(By::Membership);
        }
        let (id, visibility) = self.gated.with_value(|it| (it.id.clone(), it.visibility));
        let counts = visibility == Visibility::Members && pass.gift_of(&id).is_none();
        (counts && meter.spend(&id)).then_some(By::Meter)
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
        self.open(site.clone(), pass, self.soft(pass, subscription, meter));
    }

    /// Tries all keys.
    fn open(self, site: Site, pass: Pass, soft: Option<By>) {
        let ticket = self.ticket.get_value().wrapping_add(1);
        self.ticket.set_value(ticket);
        let gated = self.gated.get_value();
        spawn_local(async move {
            let result = open::open(&site, &gated, pass, soft).await;
            // The article may have been left, or another key have come, in the meantime.
            if self.ticket.try_get_value() != Some(ticket) {
                return;
            }
            match result {
                Ok(opened) => {
                    let (of_address, of_label) = (site.clone(), gated.id.clone());
                    let media = Media {
                        types: opened.rest.media,
                        key: opened.key,
                        address: Box::new(move |name| of_address.file(&paths::sealed(name))),
                        bound: Box::new(move |name| label::media(&of_label, name)),
                        failure: site.text(Words::SealedFailed).to_owned(),
                    };
                    self.shown.set_value(rest::show(&opened.rest.content_html, media));
                    self.wrapped.set_value(opened.wrapped);
                    self.contents.update(|it| it.extend(opened.rest.contents));
                    self.wall.set(Wall::Open(opened.by));
                }
                Err(wall) => self.wall.set(wall),
            }
        });
    }

    /// The link that gives this article away; `None` when it cannot be made.
    pub async fn gift(self, site: &Site) -> Option<String> {
        let (wrapping, wrapped) = self.wrapped.with_value(Clone::clone)?;
        let key = crypto::unwrap_bytes(&wrapping, &wrapped).await.ok()?;
        let gated = self.gated.get_value();
        let fragment = GiftLink(Bytes(key)).fragment(&gated.id);
        Some(format!("{}#{fragment}", site.publication().absolute(gated.permalink.as_str())))
    }
}
