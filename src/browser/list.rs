//! A list that changes while it is read.

use super::{document, member, set_member, window};
use js_sys::Set;
use wasm_bindgen::{JsCast, JsValue};
pub use web_sys::Element;
use web_sys::HtmlElement;

/// Where somebody is writing in a field, by the names that browsers have for it.
const CARET: [&str; 3] = ["selectionStart", "selectionEnd", "scrollTop"];

/// Puts these below a parent, in this order. What stands there already in this order is not touched, so that it keeps the focus;
/// what is not among them goes.
pub fn arrange<'a>(parent: &Element, children: impl Iterator<Item = &'a Element> + Clone) {
    let stay = Set::new(&JsValue::UNDEFINED);
    for child in children.clone() {
        stay.add(child);
    }
    let mut next = parent.first_element_child();
    while let Some(child) = next {
        next = child.next_element_sibling();
        if !stay.has(&child) {
            child.remove();
        }
    }
    let mut next = parent.first_element_child();
    for child in children {
        if next.as_ref() == Some(child) {
            next = child.next_element_sibling();
        } else {
            let _ = parent.insert_before(child, next.as_ref().map(AsRef::as_ref));
        }
    }
}

/// How many of so many elements, which stand one below the other, come before a place; there may be hundreds, so few are asked.
pub(super) fn partition(count: u32, is_before: impl Fn(u32) -> bool) -> u32 {
    let (mut first, mut end) = (0, count);
    while first < end {
        let middle = first.midpoint(end);
        if is_before(middle) { first = middle + 1 } else { end = middle }
    }
    first
}

/// Changes the page while what is being read stays where it is: the first of these elements (by a selector) that is in view. They stand
/// below each other.
pub fn hold(selector: &str, change: impl FnOnce()) {
    let anchor = window().and_then(|window| {
        let height = window.inner_height().ok()?.as_f64()?;
        let all = document()?.query_selector_all(selector).ok()?;
        let element = |at: u32| all.item(at)?.dyn_into::<Element>().ok();
        // What is not laid out lies nowhere.
        let is_above = |at| {
            let place = element(at).map(|it| it.get_bounding_client_rect());
            place.is_some_and(|it| it.height() > 0.0 && it.bottom() <= 0.0)
        };
        let first = partition(all.length(), is_above);
        (first..all.length()).filter_map(element).find_map(|it| {
            let place = it.get_bounding_client_rect();
            (place.bottom() > 0.0 && place.top() < height && !it.id().is_empty()).then(|| (it.id(), place.top()))
        })
    });
    change();
    let Some((id, before)) = anchor else { return };
    let Some(element) = document().and_then(|it| it.get_element_by_id(&id)) else { return };
    let moved = element.get_bounding_client_rect().top() - before;
    if moved.abs() >= 1.0 {
        super::document::scroll_to(super::document::scroll_position() + moved);
    }
}

/// Changes the page while what has the focus keeps it, and with it the caret, also where it is moved: whoever is typing goes on.
pub fn hold_focus(change: impl FnOnce()) {
    let active = || document().and_then(|it| it.active_element());
    let held = active().map(|it| {
        let marks = CARET.map(|name| (name, member(&it, name)));
        (it, marks)
    });
    change();
    let Some((element, marks)) = held.filter(|it| it.0.is_connected() && active().as_ref() != Some(&it.0)) else {
        return;
    };
    let Some(focused) = element.dyn_ref::<HtmlElement>() else { return };
    let _ = focused.focus();
    for (name, value) in marks {
        // Fields that have no caret say so by having no number.
        if value.as_f64().is_some() {
            set_member(&element, name, &value);
        }
    }
}

/// Whether somebody presses something in here just now. What is changed before the button is let go was not clicked.
pub fn is_pressed(element: &Element) -> bool {
    element.matches(":active").unwrap_or_default()
}

/// The act that was asked for by a click, and the id of the list item in which it was.
pub fn act_of(event: &web_sys::Event) -> Option<(String, String)> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let button = target.closest("[data-act]").ok().flatten()?;
    let item = button.closest("li").ok().flatten()?;
    Some((button.get_attribute("data-act")?, item.id()))
}

/// Acts that stand in each other's place.
const INSTEAD: [(&str, &str); 2] = [("delete", "keep"), ("keep", "delete")];

/// Changes an element into another, and gives back the one that stands there: where it has the focus itself it stays, with all that the other
/// holds, so that it is not read out again. A focus within goes to the button of the same act, or to the same link; else to the whole.
pub fn replace(old: &Element, new: Element) -> Element {
    let focused = document().and_then(|it| it.active_element()).filter(|it| old.contains(Some(it)));
    if focused.as_ref() == Some(old) {
        fill(old, &new);
        return old.clone();
    }
    let goes_to = focused.map(|it| counterpart(old, &it, &new).unwrap_or_else(|| new.clone()));
    let _ = old.replace_with_with_node_1(&new);
    if let Some(it) = goes_to {
        super::document::focus_on(&it);
    }
    new
}

/// Gives an element the attributes and the content of another.
fn fill(old: &Element, new: &Element) {
    for name in new.get_attribute_names().iter().filter_map(|it| it.as_string()) {
        let _ = old.set_attribute(&name, &new.get_attribute(&name).unwrap_or_default());
    }
    old.set_text_content(None);
    while let Some(child) = new.first_child() {
        if old.append_child(&child).is_err() {
            return;
        }
    }
}

/// What stands in the new element where this stands in the old one.
fn counterpart(old: &Element, focused: &Element, new: &Element) -> Option<Element> {
    if let Some(act) = focused.get_attribute("data-act") {
        let other = INSTEAD.iter().find(|it| it.0 == act).map(|it| it.1);
        let button = |act: &str| new.query_selector(&format!("[data-act=\"{act}\"]")).ok().flatten();
        return button(&act).or_else(|| other.and_then(button));
    }
    let links = old.query_selector_all("a").ok()?;
    let at = (0..links.length()).find(|at| links.item(*at).as_ref() == Some(focused.as_ref()))?;
    new.query_selector_all("a").ok()?.item(at)?.dyn_into().ok()
}

/// Changes a list. Who was on something in it that is gone afterwards goes on with what stands in its place.
pub fn hold_row(list: &Element, change: impl FnOnce()) {
    let active = || document().and_then(|it| it.active_element());
    let rows = list.children();
    // There may be a thousand, so they are asked only where it is worth it.
    let row = active()
        .filter(|it| list.contains(Some(it)))
        .and_then(|active| (0..rows.length()).find(|at| rows.item(*at).is_some_and(|it| it.contains(Some(&active)))));
    change();
    let is_lost = || active().is_none_or(|it| it.local_name() == "body");
    if let Some(at) = row.filter(|_| is_lost())
        && let Some(next) = rows.item(at.min(rows.length().saturating_sub(1)))
    {
        super::document::land_on(&next);
    }
}

/// Writes other words into the first element within another that a selector finds.
pub fn set_text(element: &Element, selector: &str, words: &str) {
    if let Some(it) = element.query_selector(selector).ok().flatten() {
        it.set_text_content(Some(words));
    }
}

/// Moves the focus to the button of an act in the list item with this id.
pub fn focus(item: &str, act: &str) {
    let button = element(item).and_then(|it| it.query_selector(&format!("[data-act=\"{act}\"]")).ok().flatten());
    if let Some(it) = button.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        let _ = it.focus();
    }
}

/// Whether the page has such an element.
pub fn has(selector: &str) -> bool {
    first(selector).is_some()
}

/// The first element that a selector finds.
pub fn first(selector: &str) -> Option<Element> {
    document()?.query_selector(selector).ok()?
}

/// The element with this id.
pub fn element(id: &str) -> Option<Element> {
    document()?.get_element_by_id(id)
}

/// The element before the one with this id.
pub fn before(id: &str) -> Option<Element> {
    element(id)?.previous_element_sibling()
}

/// Moves an element into another, unless it stands there.
pub fn put_into(place: &Element, element: &Element) {
    if element.parent_element().as_ref() != Some(place) {
        let _ = place.append_child(element);
    }
}

/// A new list item.
pub fn item(id: &str) -> Option<Element> {
    let made = document()?.create_element("li").ok()?;
    made.set_id(id);
    Some(made)
}
