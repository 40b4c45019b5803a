//! The document as a whole: its title, its focus, its scroll, the attributes of `<html>`.

use super::{document, member, window};
use leptos::task::{spawn_local, tick};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

/// Sets the window's title.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Says where what is now shown stands, for menus that share it, and takes out what the head says of the page that was opened. The origin
/// stays the publication's own, wherever its files were loaded from.
pub fn describe(href: &str) {
    let Some(document) = document() else { return };
    let find = |what| document.query_selector(what).ok().flatten();
    if let Some(canonical) = find("link[rel=canonical]")
        && let Some(known) = canonical.get_attribute("href")
    {
        let path = href.split(['?', '#']).next().unwrap_or_default();
        let _ = canonical.set_attribute("href", &[origin_and_path(&known).0, origin_and_path(path).1].concat());
    }
    while let Some(element) = find(OF_ONE_PAGE) {
        element.remove();
    }
}

/// What the head says of one page.
const OF_ONE_PAGE: &str = "head :is([name=description],[property^='og:'],[property^='article:'],[name^='twitter:'],[type='application/ld+json'])";

fn origin_and_path(url: &str) -> (&str, &str) {
    let path = url.match_indices('/').nth(2).map_or(url.len(), |it| it.0);
    url.split_at(path)
}

/// Moves the focus to an element without scrolling, so that a screen reader reads it.
pub fn focus(id: &str) {
    if let Some(element) = document().and_then(|it| it.get_element_by_id(id)) {
        focus_on(&element);
    }
}

/// As [`focus`]; `false` when it takes no focus.
pub fn focus_on(element: &web_sys::Element) -> bool {
    let Some(element) = element.dyn_ref::<HtmlElement>() else { return false };
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    element.focus_with_options(&options).is_ok()
}

/// As [`focus`], once the page has been brought up to date.
pub fn focus_soon(id: &'static str) {
    spawn_local(async move {
        tick().await;
        focus(id);
    });
}

/// As [`focus_soon`], to the first of these that is there by then.
pub fn focus_first_soon(ids: Vec<String>) {
    spawn_local(async move {
        tick().await;
        let is_there = |id: &&String| document().and_then(|it| it.get_element_by_id(id)).is_some();
        if let Some(id) = ids.iter().find(is_there) {
            focus(id);
        }
    });
}

/// Moves the focus to an element, and scrolls no further than it takes to see `whole`, of which it is a part.
pub fn bring(id: &str, whole: &str) {
    focus(id);
    if let Some(element) = document().and_then(|it| it.get_element_by_id(whole)) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// A node where the bindings ask for an element: for what can be done with every node.
pub fn as_element(node: web_sys::Node) -> web_sys::Element {
    node.unchecked_into()
}

/// Distance in CSS pixels from the top.
pub fn scroll_position() -> f64 {
    window().and_then(|it| it.scroll_y().ok()).unwrap_or(0.0)
}

/// Jumps, without animation.
pub fn scroll_to(y: f64) {
    if let Some(window) = window() {
        let options = web_sys::ScrollToOptions::new();
        options.set_top(y);
        options.set_behavior(web_sys::ScrollBehavior::Instant);
        window.scroll_to_with_scroll_to_options(&options);
    }
}

/// The height of the element with this id, in whole CSS pixels: writing a fraction takes 3 kB of Wasm.
pub fn height(id: &str) -> Option<u32> {
    Some(document()?.get_element_by_id(id)?.get_bounding_client_rect().height().ceil() as u32)
}

/// Gives the element with this id room in CSS pixels, whatever is in it; or takes it back.
pub fn set_room(id: &str, height: Option<u32>) {
    let element = document().and_then(|it| it.get_element_by_id(id)).and_then(|it| it.dyn_into::<HtmlElement>().ok());
    // An empty value takes a property away.
    let value = height.map_or_else(String::new, |it| format!("{it}px"));
    let _ = element.map(|it| it.style().set_property("min-block-size", &value));
}

/// The fragment of the location bar, decoded; `None` when it has none.
pub fn fragment() -> Option<String> {
    let hash = window()?.location().hash().ok()?;
    let fragment = hash.strip_prefix('#')?;
    Some(js_sys::decode_uri_component(fragment).map_or_else(|_| fragment.to_owned(), String::from))
}

/// Puts another fragment into the location bar, in place of the one that is there; an empty one for none. Nothing is scrolled or loaded.
pub fn set_fragment(fragment: &str) {
    if let Some(path) = window().and_then(|it| it.location().pathname().ok()) {
        set_address(&path, fragment);
    }
}

/// The same with another path.
pub fn set_address(path: &str, fragment: &str) {
    let Some(window) = window() else { return };
    let (Ok(query), Ok(history)) = (window.location().search(), window.history()) else { return };
    let mark = if fragment.is_empty() { "" } else { "#" };
    let state = history.state().unwrap_or(JsValue::NULL);
    let _ = history.replace_state_with_url(&state, "", Some(&[path, &query, mark, fragment].concat()));
}

/// Whether the element with this id has the focus.
pub fn is_focused(id: &str) -> bool {
    document().and_then(|it| it.active_element()).is_some_and(|it| it.id() == id)
}

/// Whether there is an element that a fragment names.
pub fn is_there(fragment: &str) -> bool {
    named(fragment).is_some()
}

/// Jumps to the element that a fragment names, without animation: what is on its way would change where that is. `false` when there is none.
pub fn scroll_to_fragment(fragment: &str) -> bool {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_behavior(web_sys::ScrollBehavior::Instant);
    named(fragment).inspect(|it| it.scroll_into_view_with_scroll_into_view_options(&options)).is_some()
}

/// Scrolls there, and who reads by keyboard goes on from there, as after a link that the browser itself follows.
pub fn go_to_fragment(fragment: &str) -> bool {
    named(fragment).inspect(go_to).is_some()
}

fn go_to(element: &web_sys::Element) {
    land_on(element);
    element.scroll_into_view();
}

/// Moves the focus to an element, without scrolling, though it may take none by itself.
pub fn land_on(element: &web_sys::Element) {
    if element.dyn_ref::<HtmlElement>().is_some_and(|it| it.tab_index() < 0) {
        let _ = element.set_attribute("tabindex", "-1");
    }
    focus_on(element);
}

/// Whether an element of this id stands in the window, to some part.
pub fn is_in_view(id: &str) -> bool {
    let height = window().and_then(|it| it.inner_height().ok()?.as_f64()).unwrap_or_default();
    let place = document().and_then(|it| it.get_element_by_id(id)).map(|it| it.get_bounding_client_rect());
    place.is_some_and(|it| it.bottom() > 0.0 && it.top() < height)
}

/// The element that a fragment names, as it stands in the address.
fn named(fragment: &str) -> Option<web_sys::Element> {
    let id = js_sys::decode_uri_component(fragment).map_or_else(|_| fragment.to_owned(), String::from);
    document()?.get_element_by_id(&id)
}

/// As [`go_to_fragment`], to one of the elements that a selector finds, from 0.
pub fn go_to_one(selector: &str, at: u32) {
    let found = document().and_then(|it| it.query_selector_all(selector).ok()).and_then(|it| it.item(at));
    if let Some(element) = found.and_then(|it| it.dyn_into::<web_sys::Element>().ok()) {
        go_to(&element);
    }
}

/// Sets or removes a `data-` attribute of `<html>`, by which style knows the reader's preferences.
pub fn set_root_data(name: &str, value: Option<&str>) {
    let Some(root) = document().and_then(|it| it.document_element()) else { return };
    let name = format!("data-{name}");
    let _ = match value {
        Some(value) => root.set_attribute(&name, value),
        None => root.remove_attribute(&name),
    };
}

/// Whether the browser knows a piece of style, as `@supports` writes it.
pub fn knows_style(condition: &str) -> bool {
    web_sys::css::supports(condition).unwrap_or_default()
}

/// Whether the sheet that no first paint waits for has come: a page carries the style of what it has, and that sheet the rest.
pub fn is_styled() -> bool {
    let link = document().and_then(|it| it.query_selector("link[data-late]").ok().flatten());
    // One that did not come is a sheet as well, without rules.
    link.is_none_or(|it| member(&member(&member(&it, "sheet"), "cssRules"), "length").is_truthy())
}

/// Sets the width that a phone lays the page out for.
pub fn set_viewport(content: &str) {
    let meta = document().and_then(|it| it.query_selector("meta[name=viewport]").ok().flatten());
    if let Some(meta) = meta {
        let _ = meta.set_attribute("content", content);
    }
}

/// Gives the browser's own bar the colour of the page, where a theme was chosen; else it has what the publisher gave to the system's themes.
pub fn tint_bar(is_chosen: bool) {
    let Some(document) = document() else { return };
    let own = document.query_selector("meta[name=theme-color]:not([media])").ok().flatten();
    if !is_chosen {
        if let Some(own) = own {
            own.remove();
        }
        return;
    }
    let (Ok(Some(head)), Some(body)) = (document.query_selector("head"), document.body()) else { return };
    let style = window().and_then(|it| it.get_computed_style(&body).ok().flatten());
    let Some(colour) = style.and_then(|it| it.get_property_value("background-color").ok()) else { return };
    if let Some(meta) = own.or_else(|| document.create_element("meta").ok()) {
        let _ = meta.set_attribute("name", "theme-color");
        let _ = meta.set_attribute("content", &colour);
        // The first that matches counts.
        let _ = head.insert_before(&meta, head.first_child().as_ref());
    }
}

/// Whether the reader asked for little data (Save-Data) or the line is very slow.
pub fn saves_data() -> bool {
    let Some(window) = window() else { return true };
    let connection = member(&window.navigator(), "connection");
    if connection.is_undefined() {
        return false;
    }
    let kind = member(&connection, "effectiveType").as_string().unwrap_or_default();
    member(&connection, "saveData").is_truthy() || kind.ends_with("2g")
}
