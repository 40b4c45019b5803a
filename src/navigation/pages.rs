//! The pages of this visit: those that came, and those under way.

use super::LoadError;
use crate::browser::fetch::{self, FetchError};
use crate::browser::time;
use crate::coming::Coming;
use crate::parts::{self, Part};
use crate::paths::Route;
use crate::site::Site;
use jumpline_article::{Feed, Item, Page};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::Cell;
use std::future::poll_fn;
use std::rc::Rc;
use std::sync::Arc;
use std::task::Poll;

/// How many pages are kept for a quick return.
const REMEMBERED: usize = 60;
/// Milliseconds that a page which was here before is waited for.
const PATIENCE: u32 = 3_000;

/// All of them.
#[derive(Clone, Copy)]
pub(super) struct Pages {
    remembered: StoredValue<Vec<Remembered>>,
    under_way: StoredValue<Vec<(Route, Rc<Asked>)>, LocalStorage>,
}

/// A page that is kept for a quick return.
struct Remembered {
    route: Route,
    page: Arc<Page>,
    /// When it came, in milliseconds since 1970.
    at: f64,
}

/// A page that was asked for.
#[derive(Default)]
struct Asked {
    page: Coming<Result<Arc<Page>, LoadError>>,
    /// Whether somebody who has an older one has waited long enough.
    is_late: Cell<bool>,
    /// Whether it has changed since it was asked for.
    is_old: Cell<bool>,
}

impl Pages {
    pub(super) fn new() -> Self {
        Self { remembered: StoredValue::new(Vec::new()), under_way: StoredValue::new_local(Vec::new()) }
    }

    /// Forgets pages, also those that are under way: nobody shall be shown them twice.
    pub(super) fn forget(self, is_one: impl Fn(&Route) -> bool) {
        self.remembered.update_value(|all| all.retain(|it| !is_one(&it.route)));
        self.under_way.with_value(|all| all.iter().filter(|it| is_one(&it.0)).for_each(|it| it.1.is_old.set(true)));
    }

    /// A page that came no longer ago than this, in milliseconds.
    pub(super) fn recall(self, route: &Route, age: f64) -> Option<Arc<Page>> {
        let from = time::now() - age;
        let find =
            |all: &Vec<Remembered>| Some(all.iter().find(|it| it.route == *route && it.at >= from)?.page.clone());
        self.remembered.with_value(find)
    }

    /// The page of a route: one that is here and not older than this, or is under way already, is not asked for again. One that is older is
    /// shown where the server does not answer.
    pub(super) async fn load(self, site: &Site, route: &Route, age: f64) -> Result<Arc<Page>, LoadError> {
        if let Some(page) = self.recall(route, age) {
            return Ok(page);
        }
        let older = self.recall(route, f64::INFINITY);
        let coming = self.coming(site, route);
        if older.is_some() {
            let late = Rc::clone(&coming);
            time::after(PATIENCE, move || {
                late.is_late.set(true);
                late.page.wake();
            });
        }
        poll_fn(|task| match (coming.page.value(), older.clone()) {
            (Some(Err(_)), Some(older)) => Poll::Ready(Ok(older)),
            (Some(page), _) => Poll::Ready(page),
            (None, Some(older)) if coming.is_late.get() => Poll::Ready(Ok(older)),
            (None, _) => {
                coming.page.wait_in(task);
                Poll::Pending
            }
        })
        .await
    }

    /// What is under way to a route, from now on at the latest.
    fn coming(self, site: &Site, route: &Route) -> Rc<Asked> {
        let found = self.under_way.with_value(|all| all.iter().find(|it| it.0 == *route).map(|it| it.1.clone()));
        found.unwrap_or_else(|| {
            let (coming, site, route) = (Rc::<Asked>::default(), site.clone(), route.clone());
            self.under_way.update_value(|all| all.push((route.clone(), coming.clone())));
            let came = coming.clone();
            spawn_local(async move {
                let page = self.ask(&site, &route).await;
                self.under_way.update_value(|all| all.retain(|it| it.0 != route));
                if came.is_old.get() {
                    self.forget(|it| *it == route);
                }
                came.page.come(page);
            });
            coming
        })
    }

    async fn ask(self, site: &Site, route: &Route) -> Result<Arc<Page>, LoadError> {
        let page = match route {
            Route::Subscribe => Page::Subscribe,
            Route::Account => Page::Account,
            Route::Library => Page::Library,
            Route::Nowhere => Page::NotFound,
            Route::Home | Route::Listing { .. } | Route::Article(_) => {
                let path = route.document().unwrap_or_default();
                match fetch::text(&site.file(&path)).await {
                    // It may be the page of somebody's wireless network, and is not remembered.
                    Ok(json) if json.trim_start().starts_with('<') => return nothing(route),
                    Ok(json) => read(route, &json)?,
                    Err(FetchError::Missing) => return nothing(route),
                    Err(error) => return Err(LoadError::Fetch(error)),
                }
            }
        };
        if let Some(part) = Part::of(&page) {
            // What is not here any more has been put up anew, and the page itself brings the reader that goes with it.
            let newer = |error| if error == LoadError::Broken { LoadError::Newer } else { error };
            parts::load(part).await.map_err(newer)?;
        }
        let page = Arc::new(page);
        self.remembered.update_value(|all| {
            all.retain(|it| it.route != *route);
            if all.len() >= REMEMBERED {
                all.remove(0);
            }
            all.push(Remembered { route: route.clone(), page: page.clone(), at: time::now() });
        });
        Ok(page)
    }
}

/// Where no document stands. Some hosts answer any address with a page of HTML and status 200. There is a home page everywhere.
fn nothing(route: &Route) -> Result<Arc<Page>, LoadError> {
    if *route == Route::Home { Err(LoadError::Broken) } else { Ok(Arc::new(Page::NotFound)) }
}

/// Reads a document.
fn read(route: &Route, json: &str) -> Result<Page, LoadError> {
    let page = match route {
        Route::Article(_) => Item::from_json(json).map(|it| Page::Article(Box::new(it))),
        _ => Feed::from_json(json).map(|it| Page::Listing(Box::new(it))),
    };
    page.map_err(|it| if it.is_newer() { LoadError::Newer } else { LoadError::Broken })
}
