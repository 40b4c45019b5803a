//! What comes into view: cards, to load their articles ahead, and headings, to mark the place in the contents.

use super::document;
use js_sys::Array;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

/// Watches elements until it is dropped.
pub struct Watch {
    observer: IntersectionObserver,
    _callback: Closure<dyn FnMut(Array)>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Calls back with every element of a selector that enters (`true`) or leaves (`false`) the part of the window that `margin`
/// (as CSS writes `rootMargin`) leaves over.
pub fn watch(selector: &str, margin: &str, mut seen: impl FnMut(Element, bool) + 'static) -> Option<Watch> {
    let elements = document()?.query_selector_all(selector).ok()?;
    let callback = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
        for entry in entries.iter().filter_map(|it: JsValue| it.dyn_into::<IntersectionObserverEntry>().ok()) {
            seen(entry.target(), entry.is_intersecting());
        }
    });
    let options = IntersectionObserverInit::new();
    options.set_root_margin(margin);
    let observer = IntersectionObserver::new_with_options(callback.as_ref().unchecked_ref(), &options).ok()?;
    for index in 0..elements.length() {
        if let Some(element) = elements.item(index).and_then(|it| it.dyn_into::<Element>().ok()) {
            observer.observe(&element);
        }
    }
    Some(Watch { observer, _callback: callback })
}
