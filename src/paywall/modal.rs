//! When the invitation to subscribe opens over an article: once, late, and never in anybody's way.

use super::{Pass, Subscription};
use crate::browser::dialog::{is_past, is_undisturbed, is_visible};
use crate::browser::storage::{self, Shelf};
use crate::browser::{jump, names, time};
use crate::navigation::{Navigation, Place};
use crate::parts::{self, Part};
use crate::paths::Route;
use crate::site::Site;
use jumpline_article::{ItemKind, Page};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Milliseconds between two looks.
const BEAT: u32 = 1000;
/// Milliseconds of an hour.
const HOUR: f64 = 3_600_000.0;

/// The invitation; provided once, at the root.
#[derive(Clone, Copy)]
pub struct Invitation {
    open: RwSignal<bool>,
    closed: StoredValue<bool>,
    /// Of the publication, without which no key is whole.
    base: StoredValue<String>,
    reading: StoredValue<Reading>,
}

/// How far a reader has come in an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Reading {
    route: Option<Route>,
    seconds: u32,
    is_due: bool,
    is_fetched: bool,
}

impl Invitation {
    /// Closed.
    pub fn new() -> Self {
        Self {
            open: RwSignal::new(false),
            closed: StoredValue::new(false),
            base: StoredValue::new(String::new()),
            reading: StoredValue::new(Reading::default()),
        }
    }

    /// The invitation of the current view.
    pub fn current() -> Self {
        expect_context()
    }

    /// Whether it is open.
    pub fn is_open(self) -> ReadSignal<bool> {
        self.open.read_only()
    }

    /// Begins to look for the moment to open. After the page has mounted.
    pub fn load(self, site: &Site, navigation: Navigation, subscription: Subscription, pass: Pass) {
        if !site.publication().subscribe.modal.enabled {
            return;
        }
        let base = site.publication().base.as_str();
        self.base.set_value(base.to_owned());
        storage::on_change(storage::own(base, names::MODAL), move || self.put_away());
        self.look_again(site.clone(), navigation, subscription, pass);
    }

    fn look_again(self, site: Site, navigation: Navigation, subscription: Subscription, pass: Pass) {
        time::after(BEAT, move || {
            // Who belongs here is never asked, and nobody is asked twice.
            let is_over = self.closed.get_value() || untrack(|| subscription.is_member() || pass.is_held());
            if is_over {
                // Here it says what became of it; who subscribed, or unlocked something, in another tab needs it no longer.
                if subscription.outcome().with_untracked(Option::is_none) {
                    self.put_away();
                }
                return;
            }
            if self.open.get_untracked() {
                // Back leads away from under it.
                if !untrack(|| self.belongs_to(navigation)) {
                    self.close();
                }
            } else if self.is_time(&site, navigation) {
                // Before it is here, somebody may begin to write.
                match parts::is_here(Part::Aside) {
                    true => self.open.set(true),
                    false => self.fetch(),
                }
            }
            self.look_again(site, navigation, subscription, pass);
        });
    }

    /// Loads what it is drawn with, once an article.
    fn fetch(self) {
        let was_asked = self.reading.try_update_value(|it| std::mem::replace(&mut it.is_fetched, true));
        if was_asked == Some(false) {
            spawn_local(async {
                // Where it does not come, nobody is invited.
                let _ = parts::load(Part::Aside).await;
            });
        }
    }

    /// Whether the article is shown over which it opens.
    pub fn belongs_to(self, navigation: Navigation) -> bool {
        let shown = navigation.place().with(article_of);
        shown.is_some() && self.reading.with_value(|it| it.route == shown)
    }

    fn is_time(self, site: &Site, navigation: Navigation) -> bool {
        let modal = &site.publication().subscribe.modal;
        let Some(route) = navigation.place().with_untracked(article_of) else { return false };
        // Who followed a link within the page has not read what lies before, and is about to read what it leads to.
        let has_jumped = jump::has_jumped();
        let is_due = self.reading.try_update_value(|it| {
            if it.route.as_ref() != Some(&route) {
                *it = Reading { route: Some(route), ..Reading::default() };
            }
            it.seconds += u32::from(is_visible());
            it.is_due |= it.seconds >= modal.after_seconds || (!has_jumped && is_past(".prose", modal.after_percent));
            it.is_due && !has_jumped
        });
        is_due == Some(true) && is_undisturbed() && !was_closed(site, modal.again_after_hours)
    }

    /// Closes it, for as long as the publication says. Other tabs follow.
    pub fn close(self) {
        if self.open.get_untracked() {
            self.put_away();
            // Without storage it stays away until the page is left.
            let key = self.base.with_value(|it| storage::own(it, names::MODAL));
            let _ = storage::write(Shelf::Device, &key, &(time::now() as u64).to_string());
        }
    }

    fn put_away(self) {
        self.closed.set_value(true);
        self.open.set(false);
    }
}

impl Default for Invitation {
    fn default() -> Self {
        Self::new()
    }
}

/// Where the public article stands that is shown; `None` when something else is.
fn article_of(place: &Place) -> Option<Route> {
    let Ok(page) = &place.shown else { return None };
    let Page::Article(item) = &**page else { return None };
    let is_article = item.jumpline.as_ref().is_some_and(|it| it.kind == ItemKind::Article);
    (is_article && !item.is_gated()).then(|| place.route.clone())
}

fn was_closed(site: &Site, hours: u32) -> bool {
    let kept = storage::read_own(site.publication().base.as_str(), names::MODAL)
        .ok()
        .flatten()
        .and_then(|it| it.parse::<u64>().ok());
    // A clock that was set back does not keep it away for years.
    kept.is_some_and(|it| (time::now() - it as f64).abs() < f64::from(hours) * HOUR)
}
