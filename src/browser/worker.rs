//! The service worker (`crates/press/src/app/worker.js`): puts it in charge, and hears when a new edition is ready.

use super::history::listen;
use super::{document, member, time, wasm, window};
use js_sys::{Array, Function, Promise};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Event, MessageEvent, RegistrationOptions, ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration,
    ServiceWorkerUpdateViaCache,
};

/// Milliseconds after which a reader who comes back to a page is worth a look for a new edition.
const HOUR: f64 = 3_600_000.0;

/// The worker that is in charge, or will be.
#[derive(Clone, Debug)]
pub struct Worker(ServiceWorkerRegistration);

fn container() -> Option<ServiceWorkerContainer> {
    let navigator = window()?.navigator();
    // Not there without HTTPS, where `web_sys` would hand out nothing as something.
    member(&navigator, "serviceWorker").dyn_into().ok()
}

/// Puts the worker of this address in charge of all below `scope`, unless it is. `None` where browsers have none, or keep nothing.
pub async fn register(url: &str, scope: &str) -> Option<Worker> {
    let options = RegistrationOptions::new();
    options.set_scope(scope);
    options.set_update_via_cache(ServiceWorkerUpdateViaCache::None);
    let registered = JsFuture::from(container()?.register_with_options(url, &options)).await.ok()?;
    Some(Worker(registered.dyn_into().ok()?))
}

/// What the worker says under this name.
fn said(event: &MessageEvent, name: &str) -> Option<String> {
    member(&event.data(), name).as_string()
}

/// Calls back with the path of a list that has changed since it was kept. To be called before anybody can go anywhere: a worker that is in
/// charge says so at once.
pub fn on_renewed(renewed: impl Fn(&str) + 'static) {
    if let Some(container) = container() {
        listen(&container, "message", move |event: MessageEvent| {
            if let Some(list) = said(&event, "renewed") {
                renewed(&list);
            }
        });
    }
}

/// As [`register`], and calls back when another edition than this page's is ready.
pub async fn start(url: &str, scope: &str, ready: impl Fn() + 'static) -> Option<Worker> {
    let (worker, container) = (register(url, scope).await?, container()?);
    let waiting = worker.clone();
    listen(&container, "message", move |event: MessageEvent| {
        match said(&event, "reader") {
            // This page came with it: nobody has to be asked.
            Some(reader) if wasm::build().as_deref() == Some(&reader) => waiting.take_over(),
            Some(_) => ready(),
            None => {}
        }
    });
    if container.controller().is_none() {
        listen(&container, "controllerchange", |_: Event| see_again());
    }
    worker.ask();
    let found = worker.clone();
    listen(&worker.0, "updatefound", move |_: Event| {
        let Some(new) = found.0.installing() else { return };
        let found = found.clone();
        listen(&new, "statechange", move |_: Event| found.ask());
    });
    let (again, looked) = (worker.clone(), Rc::new(Cell::new(time::now())));
    super::post::on_return(move || {
        if time::now() - looked.get() > HOUR {
            looked.set(time::now());
            let _ = again.0.update();
        }
    });
    Some(worker)
}

/// Asks again for the pictures that are seen: they came before any worker was in charge, which now keeps them.
fn see_again() {
    let (Some(window), Some(document)) = (window(), document()) else { return };
    let asked = Array::new();
    let pictures = document.query_selector_all("img").ok();
    for picture in pictures.iter().flat_map(|all| (0..all.length()).filter_map(|at| all.item(at))) {
        // What was unlocked is no file of the server.
        let url = member(&picture, "currentSrc").as_string();
        let url = url.filter(|it| it.starts_with("http") && member(&picture, "naturalWidth").is_truthy());
        if let Some(url) = url {
            asked.push(&window.fetch_with_str(&url));
        }
    }
    // Nobody waits for them.
    let _ = Promise::all_settled(&asked);
}

/// Asks the browser to wake the worker for this when there is a network, even if no page is open then (Web Background Synchronization).
/// Where it cannot, the next page sees to it.
pub async fn wake_later(what: &str) {
    let Some(container) = container() else { return };
    let found = JsFuture::from(container.get_registration()).await.unwrap_or_default();
    let sync = member(&found, "sync");
    let register = member(&sync, "register").dyn_into::<Function>().ok();
    if let Some(asked) = register.and_then(|it| it.call1(&sync, &what.into()).ok()) {
        let _ = JsFuture::from(Promise::resolve(&asked)).await;
    }
}

/// Tells the worker that is in charge that a document (its path) was opened: what only came ahead it drops before what was read.
pub fn opened(document: &str) {
    if let Some(worker) = container().and_then(|it| it.controller()) {
        let _ = worker.post_message(&document.into());
    }
}

impl Worker {
    fn waiting(&self) -> Option<ServiceWorker> {
        self.0.waiting()
    }

    /// Asks an edition that waits which it is.
    fn ask(&self) {
        if let Some(worker) = self.waiting().filter(|_| self.0.active().is_some()) {
            let _ = worker.post_message(&"who".into());
        }
    }

    fn take_over(&self) {
        if let Some(worker) = self.waiting() {
            let _ = worker.post_message(&"take over".into());
        }
    }

    /// Lets the edition that waits take over, and shows this page in it.
    pub fn renew(&self) {
        let Some(container) = container() else { return };
        listen(&container, "controllerchange", |_: Event| reload());
        match self.waiting() {
            Some(_) => self.take_over(),
            // Another tab was faster.
            None => reload(),
        }
    }
}

/// Shows this page anew.
pub fn reload() {
    if let Some(window) = window() {
        // Only the browser's own refusal can stop it.
        let _ = window.location().reload();
    }
}
