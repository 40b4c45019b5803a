//! From one page to the next without a reload: load first, then change the view, the address, the scroll and the focus.

mod pages;
mod place;

use crate::browser::fetch::FetchError;
use crate::browser::sight::{self, Watch};
use crate::browser::{cache, dialog, document, history, links, post, time, worker};
use crate::messages::Key;
use crate::paths::Route;
use crate::site::Site;
use jumpline_article::Page;
use leptos::prelude::*;
use leptos::task::{spawn_local, tick};
use pages::Pages;
pub use place::{Address, Arrival, LoadError, Place};
use std::sync::Arc;

/// Id of what a page is called.
const TITLE: &str = "title";
/// Milliseconds after which a page that the browser loads by itself is there, or is none but a file.
const LEAVING: u32 = 15_000;
/// Milliseconds for which a page is shown again without asking whether it has changed.
const FRESH: f64 = 300_000.0;
/// Pixels from its top within which a list may change under who has just opened it.
const UNREAD: f64 = 200.0;

/// The state of navigation. One for the whole reader, provided at the root.
#[derive(Clone, Copy)]
pub struct Navigation {
    place: RwSignal<Place>,
    loading: RwSignal<bool>,
    ticket: StoredValue<u32>,
    pages: Pages,
    /// When a list was last shown anew by itself, in milliseconds since 1970.
    renewed: StoredValue<f64>,
    /// The path of a document that has changed while a page was on its way.
    news: StoredValue<Option<String>>,
    cards: StoredValue<Option<Watch>, LocalStorage>,
}

impl Navigation {
    /// Begins at the page that was opened.
    pub fn new(route: Route, page: Page) -> Self {
        let page = Arc::new(page);
        Self {
            place: RwSignal::new(Place { route, shown: Ok(page) }),
            loading: RwSignal::new(false),
            ticket: StoredValue::new(0),
            pages: Pages::new(),
            renewed: StoredValue::new(0.0),
            news: StoredValue::new(None),
            cards: StoredValue::new_local(None),
        }
    }

    /// The navigation of the current view.
    pub fn current() -> Self {
        expect_context()
    }

    /// What is shown. Changes when the next page has arrived.
    pub fn place(self) -> ReadSignal<Place> {
        self.place.read_only()
    }

    /// Whether a page is on its way.
    pub fn loading(self) -> ReadSignal<bool> {
        self.loading.read_only()
    }

    /// Takes links, back and forward over from the browser, once the page has mounted; on the unfilled shell it finds out what
    /// stands at the address.
    pub fn begin(self, site: &Site) {
        let base = site.publication().base.clone();
        history::start({
            let site = site.clone();
            move || self.follow_history(&site)
        });
        history::on_kept(move || self.loading.set(false));
        let follow = {
            let site = site.clone();
            move |address: Address| self.follow_link(&site, address)
        };
        let intend = {
            let site = site.clone();
            move |route| self.intend(&site, route)
        };
        links::start(base, follow, intend);
        let of_lists = site.clone();
        worker::on_renewed(move |list| self.renew(&of_lists, list));
        let again = site.clone();
        post::on_online(move || {
            if self.place.with_untracked(|it| is_unreachable(&it.shown)) {
                self.retry(&again);
            }
        });
        if self.place.with_untracked(|it| it.shown.as_ref().is_ok_and(|page| matches!(**page, Page::Unfilled))) {
            self.retry(site);
        } else {
            self.watch_cards(site);
        }
    }

    /// Loads what stands at the address in the location bar again.
    pub fn retry(self, site: &Site) {
        if let Some(address) = links::here(&site.publication().base) {
            self.open(site.clone(), address, Arrival::Here);
        }
    }

    /// Answers whether the click was taken over. A link to a part of this page is the browser's own business.
    fn follow_link(self, site: &Site, address: Address) -> bool {
        let same = self.place.with_untracked(|it| it.route == address.route && it.shown.is_ok());
        if same && address.fragment.is_some() {
            return false;
        }
        let is_here = links::here(&site.publication().base).is_some_and(|it| it.href == address.href);
        self.open(site.clone(), address, if is_here { Arrival::Again } else { Arrival::Link });
        true
    }

    fn follow_history(self, site: &Site) {
        let Some(address) = links::here(&site.publication().base) else { return };
        if self.place.with_untracked(|it| it.route == address.route && it.shown.is_ok()) {
            // Only the fragment has changed: the page is here already, and what was on its way is not wanted any more.
            self.ticket.update_value(|it| *it = it.wrapping_add(1));
            self.loading.set(false);
            if let Some(y) = history::arrive() {
                document::scroll_to(y);
            }
            return;
        }
        self.open(site.clone(), address, Arrival::History);
    }

    fn intend(self, site: &Site, route: Route) {
        if !document::saves_data() {
            self.prefetch(site.clone(), route);
        }
    }

    /// Loads the articles of cards ahead as they come into view.
    fn watch_cards(self, site: &Site) {
        if document::saves_data() {
            return;
        }
        let (base, site) = (site.publication().base.clone(), site.clone());
        let watch = sight::watch("main a[data-ahead]", "0px", move |card, visible| {
            if visible && let Some(address) = links::address_of(&base, &card) {
                self.prefetch(site.clone(), address.route);
            }
        });
        self.cards.set_value(watch);
    }

    /// Goes to an address. Whatever was on its way before is forgotten.
    pub fn open(self, site: Site, address: Address, arrival: Arrival) {
        if arrival == Arrival::Link && !document::is_styled() {
            // Another page has other things, and brings what they look like.
            return history::load(&address.href);
        }
        let ticket = self.ticket.with_value(|it| it.wrapping_add(1));
        self.ticket.set_value(ticket);
        self.loading.set(true);
        spawn_local(async move {
            // Who goes back finds what was left, though it may be older.
            let age = if arrival == Arrival::History { f64::INFINITY } else { FRESH };
            let shown = self.pages.load(&site, &address.route, age).await;
            if self.ticket.get_value() != ticket {
                return;
            }
            if arrival != Arrival::Here && is_unreachable(&shown) {
                // It may have been read as a page, and its document not: then the service worker has the page.
                let is_kept = cache::has(&address.href).await;
                if self.ticket.get_value() != ticket {
                    return;
                }
                match arrival {
                    // The address is right already, and going there would be nothing, or a part of this page.
                    Arrival::History if is_kept => return worker::reload(),
                    _ if is_kept => return self.leave(&address.href),
                    _ => {}
                }
            }
            if arrival != Arrival::Here && shown == Err(LoadError::Newer) {
                // The page itself brings the reader that can read it.
                return if arrival == Arrival::History { worker::reload() } else { self.leave(&address.href) };
            }
            let is_no_page = shown.as_ref().is_ok_and(|it| matches!(**it, Page::NotFound));
            if arrival == Arrival::Link && is_no_page && matches!(address.route, Route::Article(_)) {
                // Nothing of ours, but the publisher may have put something beside it, or the host may send on.
                return self.leave(&address.href);
            }
            let left_at = match arrival {
                Arrival::Link => {
                    history::push(&address.href);
                    None
                }
                Arrival::History => history::arrive(),
                Arrival::Again | Arrival::Here => None,
            };
            let title = match &shown {
                Ok(page) => site.window_title(page),
                Err(_) => site.text(Key::LoadTitle).to_owned(),
            };
            document::set_title(&title);
            if arrival != Arrival::Here {
                document::describe(&address.href);
            }
            if let Some(document) = address.route.document() {
                worker::opened(&site.file(&document));
            }
            self.place.set(Place { route: address.route, shown });
            self.loading.set(false);
            tick().await;
            match (left_at, address.fragment.as_deref()) {
                (Some(y), _) => {
                    if !history::focus_back() {
                        document::focus(TITLE);
                    }
                    history::scroll_back(y);
                }
                (None, Some(fragment)) if document::go_to_fragment(fragment) => {}
                (None, _) => {
                    document::focus(TITLE);
                    document::scroll_to(0.0);
                }
            }
            self.watch_cards(&site);
            if let Some(news) = self.news.try_update_value(Option::take).flatten() {
                self.renew(&site, &news);
            }
        });
    }

    /// Leaves for a page that the browser loads by itself.
    fn leave(self, href: &str) {
        let ticket = self.ticket.get_value();
        history::load(href);
        // It may be a file that was put on the disk, and this page stays.
        time::after(LEAVING, move || {
            if self.ticket.get_value() == ticket {
                self.loading.set(false);
            }
        });
    }

    /// Loads a page ahead, so that a click shows it at once. Failures are left for the click to find.
    pub fn prefetch(self, site: Site, route: Route) {
        if self.pages.recall(&route, FRESH).is_some() || self.place.with_untracked(|it| it.route == route) {
            return;
        }
        spawn_local(async move {
            let _ = self.pages.load(&site, &route, FRESH).await;
        });
    }

    /// Forgets a page whose document (its path) has changed, and shows it anew where nobody reads in it yet.
    pub fn renew(self, site: &Site, document: &str) {
        let is_it = |route: &Route| route.document().is_some_and(|it| site.file(&it) == document);
        self.pages.forget(is_it);
        let is_shown = self.place.with_untracked(|it| is_it(&it.route));
        if !is_shown && self.loading.get_untracked() {
            // It may be the one that is about to be shown.
            self.news.set_value(Some(document.to_owned()));
        }
        // Servers that do not agree with each other change nothing twice.
        let is_first = time::now() - self.renewed.get_value() > FRESH;
        if is_shown && is_first && document::scroll_position() < UNREAD && dialog::is_undisturbed() {
            self.renewed.set_value(time::now());
            self.retry(site);
        }
    }
}

fn is_unreachable(shown: &Result<Arc<Page>, LoadError>) -> bool {
    matches!(shown, Err(LoadError::Fetch(FetchError::Unreachable | FetchError::TimedOut)))
}
