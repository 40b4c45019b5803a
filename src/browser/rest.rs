//! The rest of a gated article in the page: put after the teaser, its media opened, and taken out again.

use super::crypto;
use super::key::Key;
use super::shown::Shown;
use super::sight::watch;
use super::{document, fetch, sanitize};
use js_sys::{Array, Uint8Array};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, BlobPropertyBag, Element, Node, NodeList, Url};

/// How far outside the window media are opened ahead.
const AHEAD: &str = "600px";

/// What media need to be opened.
pub struct Media {
    /// Media types by name; what is not named here is not asked for.
    pub types: BTreeMap<String, String>,
    /// The article's content key.
    pub key: Key,
    /// The address of a sealed file.
    pub address: Box<dyn Fn(&str) -> String>,
    /// What is authenticated with a sealed file.
    pub bound: Box<dyn Fn(&str) -> String>,
    /// The sentence in the place of a file that could not be opened; `{alt}` says what it shows.
    pub failure: String,
}

/// Puts the rest after the teaser. The teaser's own notes go: the rest brings all of them.
pub fn show(html: &str, media: Media) -> Option<Shown> {
    let body = document()?.query_selector(".article > .prose").ok()??;
    let notes = body.query_selector(":scope > section.footnotes").ok().flatten();
    if let Some(notes) = notes.as_ref() {
        notes.remove();
    }
    let teaser = body.child_nodes().length();
    sanitize::fill(&body, html);
    let urls = Rc::new(RefCell::new(Vec::new()));
    let watch = (!media.types.is_empty()).then(|| {
        let (media, urls) = (Rc::new(media), Rc::clone(&urls));
        watch(".article > .prose :is([data-sealed], audio, video)", AHEAD, move |element, visible| {
            for element in sealed(element).into_iter().filter(|_| visible) {
                let name = element.get_attribute(SEALED).unwrap_or_default();
                let Some(kind) = media.types.get(&name).cloned() else { continue };
                let _ = element.remove_attribute(SEALED);
                let (media, urls) = (Rc::clone(&media), Rc::downgrade(&urls));
                spawn_local(async move {
                    match (unseal(&media, &name, &kind, &element).await, urls.upgrade()) {
                        (Some(url), Some(urls)) => urls.borrow_mut().push(url),
                        // The article was left, or its wall closed, meanwhile.
                        (Some(url), None) => drop(Url::revoke_object_url(&url)),
                        (None, _) => fail(&media, &element),
                    }
                });
            }
        })
    });
    Some(Shown { body, teaser, notes, urls, watch: watch.flatten() })
}

const SEALED: &str = "data-sealed";

/// What is to be opened where an element comes into view: it, and what a player holds, which itself lies nowhere on the page.
fn sealed(element: Element) -> Vec<Element> {
    let within = element.query_selector_all("[data-sealed]").ok();
    let count = within.as_ref().map_or(0, NodeList::length);
    let within = (0..count).filter_map(|at| within.as_ref()?.item(at)?.dyn_into().ok());
    let own = element.has_attribute(SEALED).then(|| element.clone());
    own.into_iter().chain(within).collect()
}

/// Opens one file and gives it to its element.
async fn unseal(media: &Media, name: &str, kind: &str, element: &Element) -> Option<String> {
    let sealed = fetch::bytes(&(media.address)(name)).await.ok()?;
    let (iv, locked) = sealed.split_at_checked(12)?;
    let plain = crypto::open(&media.key, iv, (media.bound)(name).as_bytes(), locked).await.ok()?;
    let is_link = element.local_name() == "a";
    let options = BlobPropertyBag::new();
    // A link is saved and never shown: a page made of it would belong to this site.
    options.set_type(if is_link { "application/octet-stream" } else { kind });
    let parts = Array::of1(&Uint8Array::from(plain.as_slice()));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?;
    let url = Url::create_object_url_with_blob(&blob).ok()?;
    if is_link {
        // What an earlier press sealed does not say what it was called.
        let text = || element.text_content().unwrap_or_default().trim().to_owned();
        let file = element.get_attribute("data-file").filter(|it| !it.is_empty()).unwrap_or_else(text);
        let _ = element.set_attribute("download", &file);
    }
    let _ = element.set_attribute(if is_link { "href" } else { "src" }, &url);
    if element.local_name() == "source"
        && let Some(player) = element.parent_element().and_then(|it| it.dyn_into::<web_sys::HtmlMediaElement>().ok())
    {
        player.load();
    }
    Some(url)
}

/// Says in the element's place what cannot be seen.
fn fail(media: &Media, element: &Element) {
    let Some(sentence) = document().and_then(|it| it.create_element("span").ok()) else { return };
    let alt = element.get_attribute("alt").or_else(|| element.text_content()).unwrap_or_default();
    sentence.set_text_content(Some(&media.failure.replace("{alt}", alt.trim())));
    let _ = sentence.set_attribute("class", "sealed-failed");
    let sentence: Node = sentence.into();
    let _ = element.parent_node().map(|it| it.replace_child(&sentence, element));
}
