//! What comes into view: cards, to load their articles ahead, and headings, to mark the place in the contents; and where in a text one reads.

use super::{document, list, time, window};
use js_sys::Array;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomRect, Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

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

/// Milliseconds between two looks at where one reads, or for which nobody scrolls before one.
const GLANCE: u32 = 150;
/// Milliseconds after which one looks though somebody goes on scrolling: each time costs a phone a frame.
const LONGEST: f64 = 10_000.0;

/// Follows where somebody reads until it is dropped.
pub struct Line {
    state: Rc<Reading>,
    on_scroll: Closure<dyn FnMut()>,
}

impl Drop for Line {
    fn drop(&mut self) {
        self.state.is_over.set(true);
        if let Some(window) = window() {
            let _ = window.remove_event_listener_with_callback("scroll", self.on_scroll.as_ref().unchecked_ref());
        }
    }
}

impl Line {
    /// Looks once more, and says so though nothing moved.
    pub fn look_again(&self) {
        self.state.before.set(None);
        self.state.look_soon();
    }
}

/// Where in a text one reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The paragraph at the line, from 0.
    pub paragraph: u32,
    /// How many there are.
    pub count: u32,
    /// Whether the end of the text was scrolled into the window, or past it.
    pub is_end: bool,
}

struct Reading {
    text: Element,
    paragraphs: &'static str,
    /// From the top of the window, as a share of its height.
    line: f64,
    moved: RefCell<Box<dyn FnMut(Place)>>,
    /// Whether one waits until nobody scrolls.
    is_patient: bool,
    /// When it was scrolled first and last since the last look, in milliseconds.
    scrolled: Cell<(f64, f64)>,
    is_asked: Cell<bool>,
    is_over: Cell<bool>,
    before: Cell<Option<Place>>,
}

impl Reading {
    fn look_soon(self: &Rc<Self>) {
        let now = time::now();
        if self.is_asked.replace(true) {
            return self.scrolled.set((self.scrolled.get().0, now));
        }
        self.scrolled.set((now, now));
        self.wait();
    }

    fn wait(self: &Rc<Self>) {
        let state = Rc::clone(self);
        time::after(GLANCE, move || {
            let (now, (first, last)) = (time::now(), state.scrolled.get());
            if state.is_patient && now - last < f64::from(GLANCE) && now - first < LONGEST {
                return state.wait();
            }
            state.look();
        });
    }

    fn look(&self) {
        self.is_asked.set(false);
        let height = window().and_then(|it| it.inner_height().ok()?.as_f64());
        let (false, Some(height)) = (self.is_over.get(), height) else { return };
        let Ok(paragraphs) = self.text.query_selector_all(self.paragraphs) else { return };
        let count = paragraphs.length();
        let lies = |at| paragraphs.item(at)?.dyn_into::<Element>().ok().and_then(|it| laid_out(&it));
        // What is hidden lies nowhere: what follows it says whether it is above.
        let is_above = |at| (at..count).find_map(lies).is_some_and(|it| it.top() <= height * self.line);
        let paragraph = list::partition(count, is_above).saturating_sub(1);
        let notes = self.text.query_selector(NOTES).ok().flatten().and_then(|it| laid_out(&it));
        let end = notes.map(|it| it.top()).or_else(|| laid_out(&self.text).map(|it| it.bottom()));
        // A pixel of the screen may be a fraction of ours.
        let is_end = end.is_some_and(|it| it < height + 1.0);
        let place = Place { paragraph, count, is_end };
        if self.before.replace(Some(place)) != Some(place) {
            (self.moved.borrow_mut())(place);
        }
    }
}

/// What ends a text before its own end: who has come to the notes has read it.
const NOTES: &str = ":scope > .footnotes";

/// Where an element lies; `None` where it is hidden.
fn laid_out(element: &Element) -> Option<DomRect> {
    Some(element.get_bounding_client_rect()).filter(|it| it.height() > 0.0)
}

/// Says which of a text's paragraphs (by a selector, in the order of the document) stands at a line across the window. An observer of every
/// paragraph would be worked out in every frame; this asks for a few of them, seven times a second at most, and only while somebody scrolls;
/// where `is_patient`, once nobody does.
pub fn follow(
    text: &str,
    paragraphs: &'static str,
    line: f64,
    is_patient: bool,
    moved: impl FnMut(Place) + 'static,
) -> Option<Line> {
    let text = document()?.query_selector(text).ok()??;
    let moved: RefCell<Box<dyn FnMut(Place)>> = RefCell::new(Box::new(moved));
    let [is_asked, is_over] = [Cell::new(false), Cell::new(false)];
    let (scrolled, before) = (Cell::default(), Cell::new(None));
    let state = Rc::new(Reading { text, paragraphs, line, moved, is_patient, scrolled, is_asked, is_over, before });
    let on_scroll = {
        let state = Rc::clone(&state);
        Closure::<dyn FnMut()>::new(move || state.look_soon())
    };
    window()?.add_event_listener_with_callback("scroll", on_scroll.as_ref().unchecked_ref()).ok()?;
    state.look_soon();
    Some(Line { state, on_scroll })
}
