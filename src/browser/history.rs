//! The session history: entries, and where each was scrolled to.

use super::document::{focus_on, fragment, scroll_position, scroll_to, scroll_to_fragment};
use super::{list, storage, window};
use crate::keyed::Keyed;
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{EventTarget, History, ScrollRestoration};

/// Key in `sessionStorage`: `key:y` pairs, newest last.
const POSITIONS: &str = "jumpline:scroll";
/// Entries whose position is remembered.
const REMEMBERED: usize = 100;

/// Milliseconds after which the page is laid out by itself.
const SETTLED: u32 = 200;

#[derive(Default)]
struct Positions {
    current: i64,
    all: Vec<(i64, i32)>,
    /// Whether they are not to be kept.
    are_over: bool,
}

/// Where a page is to be scrolled to.
enum Goal {
    /// So many pixels from its top.
    Height(f64),
    /// The element with this id.
    Part(String),
}

/// What a person scrolls with.
const HANDS: [&str; 4] = ["wheel", "touchstart", "pointerdown", "keydown"];

thread_local! {
    /// For each entry the link that it was left by, where it was followed by keyboard.
    static LEFT_BY: RefCell<Keyed<i64, String>> = const { RefCell::new(Keyed::EMPTY) };
    /// Where the page is to be scrolled to, as long as it is not whole and nobody has scrolled it.
    static WANTED: RefCell<Option<Goal>> = const { RefCell::new(None) };
    static POSITIONS_OF_TAB: RefCell<Positions> = RefCell::default();
}

fn history() -> Option<History> {
    window().and_then(|it| it.history().ok())
}

fn key_of_entry() -> Option<i64> {
    history().and_then(|it| it.state().ok()).and_then(|it| it.as_f64()).map(|it| it as i64)
}

/// A key that no other entry of this tab has: nobody opens two pages in a millisecond.
fn fresh_key() -> i64 {
    js_sys::Date::now() as i64
}

fn set_current(key: i64) {
    POSITIONS_OF_TAB.with_borrow_mut(|it| it.current = key);
}

/// Listens to an event for as long as the page lives.
pub(crate) fn listen<E: wasm_bindgen::convert::FromWasmAbi + 'static>(
    target: &EventTarget,
    event: &str,
    handler: impl FnMut(E) + 'static,
) {
    let handler: Box<dyn FnMut(E)> = Box::new(handler);
    let closure = Closure::wrap(handler);
    let _ = target.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
    closure.forget();
}

/// Takes over from the browser: names the entry, notes scroll positions, and calls back on back and forward.
///
/// The browser's own restoration stays on until now and again when the page is left, since it is the one that works on a reload.
pub fn start(on_history: impl Fn() + 'static) {
    let (Some(window), Some(history)) = (window(), history()) else { return };
    match key_of_entry() {
        Some(key) => set_current(key),
        None => name_entry(),
    }
    POSITIONS_OF_TAB.with_borrow_mut(|it| {
        let kept = storage::read(storage::Shelf::Tab, POSITIONS).ok().flatten().unwrap_or_default();

        it.all = kept
            .split(' ')
            .filter_map(|pair| pair.split_once(':').and_then(|(key, y)| Some((key.parse().ok()?, y.parse().ok()?))))
            .collect();
    });
    // Who never scrolls comes back to the top, or to where the browser itself has put the page. Not at once: asking where that is makes the
    // browser lay the page out.
    super::time::after(SETTLED, note_position);
    let _ = history.set_scroll_restoration(ScrollRestoration::Manual);
    listen(&window, "scroll", |_: web_sys::Event| note_position());
    listen(&window, "pagehide", |_: web_sys::Event| keep_positions());
    listen(&window, "pageshow", move |_: web_sys::Event| {
        let _ = history.set_scroll_restoration(ScrollRestoration::Manual);
    });
    for hand in HANDS {
        listen(&window, hand, |_: web_sys::Event| drop(WANTED.take()));
    }
    listen(&window, "popstate", move |_: web_sys::Event| on_history());
}

fn note_position() {
    let y = scroll_position() as i32;
    POSITIONS_OF_TAB.with_borrow_mut(|positions| {
        let current = positions.current;
        match positions.all.iter_mut().find(|it| it.0 == current) {
            Some(entry) => entry.1 = y,
            None => positions.all.push((current, y)),
        }
        if positions.all.len() > REMEMBERED {
            positions.all.remove(0);
        }
    });
}

/// Keeps no positions any more: the page is left for good, since all was forgotten.
pub fn forget() {
    POSITIONS_OF_TAB.with_borrow_mut(|it| it.are_over = true);
}

fn keep_positions() {
    if let Some(history) = history() {
        let _ = history.set_scroll_restoration(ScrollRestoration::Auto);
    }
    if POSITIONS_OF_TAB.with_borrow(|it| it.are_over) {
        return;
    }
    let text: Vec<String> =
        POSITIONS_OF_TAB.with_borrow(|it| it.all.iter().map(|(key, y)| format!("{key}:{y}")).collect());
    // Without storage the position is lost on a reload across pages, and nothing else.
    let _ = storage::write(storage::Shelf::Tab, POSITIONS, &text.join(" "));
}

/// Makes a new entry and puts an address into the location bar.
pub fn push(href: &str) {
    let Some(history) = history() else { return };
    if let Some(link) = list::first("a[href]:focus-visible").and_then(|it| it.get_attribute("href")) {
        LEFT_BY.with_borrow_mut(|it| it.put(POSITIONS_OF_TAB.with_borrow(|it| it.current), link));
    }
    let key = fresh_key();
    if history.push_state_with_url(&(key as f64).into(), "", Some(href)).is_ok() {
        set_current(key);
        drop(WANTED.take());
    }
}

/// Brings the focus back to the link that this entry was left by; `false` when there is none. Who reads by keyboard goes on from there.
pub fn focus_back() -> bool {
    let current = POSITIONS_OF_TAB.with_borrow(|it| it.current);
    let left_by = LEFT_BY.with_borrow(|it| it.get(&current));
    left_by.and_then(|it| list::first(&["main a[href=\"", &it, "\"]"].concat())).is_some_and(|it| focus_on(&it))
}

/// Scrolls to where an entry was scrolled to, also once what is still missing has come: see [`settle`].
pub fn scroll_back(y: f64) {
    WANTED.set(Some(Goal::Height(y)));
    scroll_to(y);
}

/// Scrolls to an element as soon as it is there: see [`settle`]. Who came back is already on the way to where the page was left.
pub fn await_part(id: String) {
    WANTED.with_borrow_mut(|it| {
        it.get_or_insert(Goal::Part(id));
    });
}

/// Calls back with the fragment whenever another part of the page is gone to. To be called once.
pub fn on_part(follow: impl Fn(&str) + 'static) {
    let Some(window) = window() else { return };
    listen(&window, "hashchange", move |_: web_sys::Event| {
        if let Some(fragment) = fragment() {
            follow(&fragment);
        }
    });
}

/// Scrolls to another element, since the one that was awaited does not come.
pub fn settle_for(id: &str) {
    if WANTED.with_borrow_mut(|it| it.take_if(|it| matches!(it, Goal::Part(_))).is_some()) {
        scroll_to_fragment(id);
    }
}

/// Scrolls again to where the page was to be scrolled to, since it is longer now, unless a person has scrolled meanwhile.
pub fn settle(is_whole: bool) {
    WANTED.with_borrow_mut(|it| {
        let is_there = match it {
            None => return,
            Some(Goal::Height(y)) => {
                scroll_to(*y);
                true
            }
            Some(Goal::Part(id)) => scroll_to_fragment(id),
        };
        if is_whole && is_there {
            *it = None;
        }
    });
}

/// Calls back when the browser has kept the page while somebody was elsewhere, and shows it again.
pub fn on_kept(call: impl Fn() + 'static) {
    if let Some(window) = super::window() {
        listen(&window, "pageshow", move |event: web_sys::Event| {
            if super::member(&event, "persisted").is_truthy() {
                call();
            }
        });
    }
}

/// Leaves this page for an address as the browser itself does.
pub fn load(href: &str) {
    if let Some(window) = super::window() {
        let _ = window.location().assign(href);
    }
}

/// Says that the entry which back or forward led to is now shown, and answers where it was scrolled to when it was last shown.
///
/// `None` for an entry of the browser's own making: a link to a part of the page, to which it scrolls by itself.
pub fn arrive() -> Option<f64> {
    let Some(key) = key_of_entry() else {
        name_entry();
        note_position();
        return None;
    };
    set_current(key);
    let noted =
        POSITIONS_OF_TAB.with_borrow(|it| it.all.iter().find(|entry| entry.0 == key).map(|entry| entry.1.into()));
    // Who left before anything was noted had not scrolled.
    noted.or_else(|| fragment().is_none().then_some(0.0))
}

fn name_entry() {
    let key = fresh_key();
    if let Some(history) = history() {
        let _ = history.replace_state(&(key as f64).into(), "");
    }
    set_current(key);
}
