//! Plain links become client navigation: which clicks are ours, and which links a person is about to follow.

use super::history::listen;
use super::{document, jump, window};
use crate::navigation::Address;
use crate::paths::{self, Route};
use jumpline_article::BasePath;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlAnchorElement, MouseEvent, Url};

/// The address that the location bar shows.
pub fn here(base: &BasePath) -> Option<Address> {
    address(base, &window()?.location().href().ok()?)
}

/// The address of a URL, when it is a page of this site.
pub fn address(base: &BasePath, href: &str) -> Option<Address> {
    let url = Url::new(href).ok()?;
    let path = url.pathname();
    let last = path.rsplit('/').next().unwrap_or_default();
    if url.origin() != window()?.location().origin().ok()? || (last.contains('.') && last != "index.html") {
        return None;
    }
    let decoded = js_sys::decode_uri_component(&path).map_or(path, String::from);
    let route = Route::parse(base.strip(&decoded)?);
    let fragment = url.hash().strip_prefix('#').map(str::to_owned);
    Some(Address { route, href: href.to_owned(), fragment })
}

/// The address of a link element.
pub fn address_of(base: &BasePath, link: &Element) -> Option<Address> {
    address(base, &link.dyn_ref::<HtmlAnchorElement>()?.href())
}

fn link(event: &Event) -> Option<HtmlAnchorElement> {
    let element: Element = event.target()?.dyn_into().ok()?;
    element.closest("a[href]").ok().flatten()?.dyn_into().ok()
}

/// Whether the browser would open the link here and now: a plain left click on a link without `target` or `download`.
fn is_plain(event: &MouseEvent, link: &HtmlAnchorElement) -> bool {
    let modified = event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key();
    !event.default_prevented()
        && event.button() == 0
        && !modified
        && matches!(link.target().as_str(), "" | "_self")
        && !link.has_attribute("download")
}

/// Whether a link brings a pass or a gift. The browser follows it, and the reader conceals it on arrival.
fn carries_secret(link: &HtmlAnchorElement) -> bool {
    paths::carries_secret(&link.pathname(), link.hash().trim_start_matches('#'))
}

/// Calls `follow` for a click that is ours (it answers whether it took it), and `intend` when a pointer rests on a link, a finger
/// touches it or the focus reaches it.
pub fn start(base: BasePath, follow: impl Fn(Address) -> bool + 'static, intend: impl Fn(Route) + Clone + 'static) {
    let Some(document) = document() else { return };
    let of_click = base.clone();
    listen(&document, "click", move |event: MouseEvent| {
        let Some(link) = link(&event).filter(|it| is_plain(&event, it) && !carries_secret(it)) else { return };
        let Some(address) = address(&of_click, &link.href()) else { return };
        if address.fragment.is_some() {
            jump::begin(true);
        }
        if follow(address) {
            event.prevent_default();
        }
    });
    for name in ["pointerover", "focusin", "touchstart"] {
        let (base, intend) = (base.clone(), intend.clone());
        listen(&document, name, move |event: Event| {
            if let Some(address) = link(&event).and_then(|it| address(&base, &it.href())) {
                intend(address.route);
            }
        });
    }
}
