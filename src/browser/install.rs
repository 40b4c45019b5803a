//! Installing the site, where the browser offers it: `index.html` keeps its offer until somebody asks.

use super::history::listen;
use super::{left, member, set_member, window};
use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Event;

/// Where `index.html` puts the event `beforeinstallprompt`.
const OFFER: &str = "__install";

fn offer() -> Option<JsValue> {
    Some(left(OFFER)).filter(JsValue::is_object)
}

/// Whether the browser offers it now.
pub fn is_offered() -> bool {
    offer().is_some()
}

/// Calls back whenever the browser offers it from now on.
pub fn on_offer(offered: impl Fn() + 'static) {
    if let Some(window) = window() {
        listen(&window, "beforeinstallprompt", move |_: Event| offered());
    }
}

/// Asks the browser to ask. An offer holds once.
pub fn ask() {
    let Some(offer) = offer() else { return };
    if let Ok(prompt) = member(&offer, "prompt").dyn_into::<Function>() {
        let _ = prompt.call0(&offer);
    }
    if let Some(window) = window() {
        set_member(&window, OFFER, &JsValue::NULL);
    }
}

/// Whether this is one of Apple's small devices, which offer nothing and install by their own menu.
pub fn is_apple() -> bool {
    let Some(window) = window() else { return false };
    let agent = window.navigator().user_agent().unwrap_or_default();
    // An iPad takes itself for a Mac, none of which is touched with several fingers.
    let is_touched = || window.navigator().max_touch_points() > 1;
    agent.contains("iPhone") || agent.contains("iPad") || (agent.contains("Macintosh") && is_touched())
}

/// Whether the page runs in a window of its own already.
pub fn is_installed() -> bool {
    let Some(window) = window() else { return false };
    window.match_media("(display-mode: standalone)").ok().flatten().is_some_and(|it| it.matches())
}
