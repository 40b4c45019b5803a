//! Secrets that links bring in their fragment: taken out of the location bar before anything else looks at it.

use super::history::listen;
use super::{document, left, window};
use std::cell::RefCell;

/// Where `index.html` puts an address with a secret, which nobody saw in the location bar since.
const TAKEN: &str = "__secret";

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
    let Some(window) = window() else { return };
    match left(TAKEN).as_string().as_deref().and_then(|it| it.split_once('#')) {
        Some((_, fragment)) if !take(carries, fragment) => set_fragment(fragment),
        Some(_) => {}
        None => look(carries),
    }
    // Registered before the listeners of the history: none of them ever sees the fragment.
    for event in ["popstate", "hashchange"] {
        listen(&window, event, move |_: web_sys::Event| look(carries));
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

/// Puts a secret for which nobody has asked back into the location bar: the reader does not start, and another try shall have it.
pub fn give_back() {
    if let Some(secret) = HAND.with_borrow_mut(|it| it.waiting.take()) {
        set_fragment(&secret);
    }
}

fn set_fragment(fragment: &str) {
    if let Some(path) = path() {
        document::set_address(&path, fragment);
    }
}

fn path() -> Option<String> {
    window()?.location().pathname().ok()
}

fn look(carries: fn(&str, &str) -> bool) {
    if let Some(hash) = window().and_then(|it| it.location().hash().ok()) {
        take(carries, hash.trim_start_matches('#'));
    }
}

/// Whether it was a secret.
fn take(carries: fn(&str, &str) -> bool, fragment: &str) -> bool {
    let Some(path) = path() else { return false };
    // A program that counts clicks may have encoded even the sign between the two, and the server has the secret then; nobody else shall.
    let (path, fragment) = path.split_once("%23").unwrap_or((&path, fragment));
    let is_one = carries(path, fragment);
    if is_one {
        document::set_address(path, "");
        hand_over(fragment.to_owned());
    }
    is_one
}

fn hand_over(secret: String) {
    HAND.with_borrow_mut(|it| match &it.handler {
        Some(handler) => handler(secret),
        None => it.waiting = Some(secret),
    });
}
