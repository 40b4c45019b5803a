//! Dialogs over the page, and whether a reader would be disturbed by one.

use super::{document, list, window};
use wasm_bindgen::JsCast;
use web_sys::{
    Element, Event, FocusEvent, HtmlDialogElement, HtmlElement, HtmlInputElement, HtmlTextAreaElement, VisibilityState,
};

fn dialog(id: &str) -> Option<HtmlDialogElement> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// Opens a dialog, with everything else inert.
pub fn show(id: &str) {
    if let Some(dialog) = dialog(id).filter(|it| !it.open()) {
        let _ = dialog.show_modal();
    }
}

/// Closes a dialog. The focus goes back to where it was.
pub fn close(id: &str) {
    if let Some(dialog) = dialog(id) {
        dialog.close();
    }
}

/// What a reader may go on from.
const PLACES: &str = "#title, .prose > *, .comments h2, .comment";

/// Where nothing outside of a dialog has the focus once it is closed, gives it to what the address names, or else to what stands at the top
/// of the window: with the next key one goes on from there, not from the top of the page.
pub fn stand(id: &str) {
    let Some(document) = document() else { return };
    // A browser notices later that what has the focus is not there any more.
    let is_gone =
        |it: &Element| it.local_name() == "body" || it.closest(&["#", id].concat()).is_ok_and(|it| it.is_some());
    if document.active_element().is_some_and(|it| !is_gone(&it)) {
        return;
    }
    let height = window().and_then(|it| it.inner_height().ok()?.as_f64()).unwrap_or_default();
    let begins_here = |it: &Element| (0.0..height).contains(&it.get_bounding_client_rect().top());
    let at_the_top = || {
        let all = document.query_selector_all(PLACES).ok()?;
        let places = (0..all.length()).filter_map(|at| all.item(at)?.dyn_into::<Element>().ok());
        places.into_iter().find(|it| {
            let place = it.get_bounding_client_rect();
            place.height() > 0.0 && place.bottom() > 0.0
        })
    };
    if let Some(it) = list::first(":target").filter(begins_here).or_else(at_the_top) {
        super::document::land_on(&it);
    }
}

/// Closes a popover whose focus goes to something beside it, which it might cover; not to the button that opens and closes it.
pub fn close_when_left(id: &str, event: &FocusEvent) {
    let to: Option<Element> = event.related_target().and_then(|it| it.dyn_into().ok());
    let (Some(to), Some(popover)) = (to, list::element(id)) else { return };
    let is_its_button = to.get_attribute("popovertarget").is_some_and(|it| it == id);
    if !is_its_button
        && !popover.contains(Some(&to))
        && let Some(popover) = popover.dyn_ref::<HtmlElement>()
    {
        let _ = popover.hide_popover();
    }
}

/// Whether an event happened on a dialog's own box, which its content covers: on the backdrop.
pub fn is_on_backdrop(event: &Event) -> bool {
    event.target().is_some_and(|it| it.is_instance_of::<HtmlDialogElement>())
}

/// Whether a reader looks at the page and operates nothing on it: no focus but where navigation puts it, nothing selected, nothing open,
/// nothing half written.
pub fn is_undisturbed() -> bool {
    let Some(document) = document() else { return false };
    let is_at_rest = |it: web_sys::Element| matches!(it.local_name().as_str(), "body" | "html") || is_landing(&it.id());
    let selected = window().and_then(|it| it.get_selection().ok().flatten());
    document.visibility_state() == VisibilityState::Visible
        && document.active_element().is_none_or(is_at_rest)
        && selected.is_none_or(|it| it.is_collapsed())
        && !is_anything_written()
        && !is_any_open()
}

/// Whether a text area holds anything, or a field anything that it did not begin with: somebody who looks something up in the article
/// comes back to it.
fn is_anything_written() -> bool {
    let fields = document().and_then(|it| it.query_selector_all("textarea, .reply-who input").ok());
    fields.is_some_and(|all| {
        (0..all.length()).filter_map(|at| all.item(at)).any(|it| match it.dyn_into::<HtmlTextAreaElement>() {
            Ok(area) => !area.value().is_empty(),
            Err(it) => it
                .dyn_into::<HtmlInputElement>()
                .is_ok_and(|it| it.type_() != "checkbox" && it.value() != it.default_value()),
        })
    })
}

/// Whether this popover is open.
pub fn is_shown(id: &str) -> bool {
    list::has(&["#", id, ":popover-open"].concat())
}

/// Whether a menu or a dialog stands over the page.
pub fn is_any_open() -> bool {
    [":popover-open", "dialog[open]"].into_iter().any(list::has)
}

/// What navigation focuses.
fn is_landing(id: &str) -> bool {
    matches!(id, "title" | "main")
}

/// Whether the page was scrolled so far that this part of an element, in percent, is above the middle of the window.
pub fn is_past(selector: &str, percent: u32) -> bool {
    let Some(element) = document().and_then(|it| it.query_selector(selector).ok().flatten()) else { return false };
    let middle = window().and_then(|it| it.inner_height().ok()).and_then(|it| it.as_f64()).unwrap_or(0.0) / 2.0;
    let place = element.get_bounding_client_rect();
    super::document::scroll_position() > 0.0 && place.top() + place.height() * f64::from(percent) / 100.0 < middle
}

/// Whether the tab is in front.
pub fn is_visible() -> bool {
    document().is_some_and(|it| it.visibility_state() == VisibilityState::Visible)
}

/// Whether an input holds what its type asks for; an empty one that is required does not.
pub fn is_valid(input: &web_sys::HtmlInputElement) -> bool {
    input.check_validity()
}
