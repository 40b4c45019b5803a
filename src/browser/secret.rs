//! Secrets that links bring in their fragment: taken out of the location bar before anything else looks at it.

use super::history::listen;
use super::{document, window};
use std::cell::RefCell;

type Handler = Box<dyn Fn(String)>;

#[derive(Default)]
struct Hand {
    waiting: Option<String>,
    handler: Option<Handler>,
}

thread_local! {
    static HAND: RefCell<Hand> = RefCell::default();
}

/// Takes a secret out of the location bar and its history entry, now and whenever one comes. `carries` tells from path and
/// fragment whether there is one.
pub fn conceal(carries: fn(&str, &str) -> bool) {
    take(carries);
    let Some(window) = window() else { return };
    // Registered before the listeners of the history: none of them ever sees the fragment.
    for event in ["popstate", "hashchange"] {
        listen(&window, event, move |_: web_sys::Event| take(carries));
    }
}

/// Calls back with the secret that came, and with every later one.
pub fn receive(handler: impl Fn(String) + 'static) {
    let waiting = HAND.with_borrow_mut(|it| {
        it.handler = Some(Box::new(handler));
        it.waiting.take()
    });
    if let Some(secret) = waiting {
        hand_over(secret);
    }
}

fn take(carries: fn(&str, &str) -> bool) {
    let Some(window) = window() else { return };
    let location = window.location();
    let (Ok(hash), Ok(path)) = (location.hash(), location.pathname()) else { return };
    // A program that counts clicks may have encoded even the sign between the two, and the server has the secret then; nobody else shall.
    let (path, fragment) = path.split_once("%23").unwrap_or((&path, hash.trim_start_matches('#')));
    if !carries(path, fragment) {
        return;
    }
    document::set_address(path, "");
    hand_over(fragment.to_owned());
}

fn hand_over(secret: String) {
    HAND.with_borrow_mut(|it| match &it.handler {
        Some(handler) => handler(secret),
        None => it.waiting = Some(secret),
    });
}
