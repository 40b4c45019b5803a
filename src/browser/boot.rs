//! What the page brings along: the boot script and the file it names.

use super::{document, fetch, left, time, window};
use crate::messages::Messages;
use crate::navigation::LoadError;
use crate::parts::{self, Part};
use crate::site::Site;
use jumpline_article::{Boot, Common, Page};
use wasm_bindgen::JsCast;

/// Where `index.html` puts the button that was pressed last before the reader was alive. It lets nobody else hear of it, or what is alive
/// already would do it twice.
const PRESSED: &str = "__pressed";
/// Buttons for which nobody but the reader does anything.
const UNHEARD: &str = "button:not([popovertarget], form[action] button)";

/// Why the reader cannot start. The prerendered page stays as it is: it reads without the reader.
#[derive(Debug, thiserror::Error)]
pub enum BootError {
    /// The page has no boot script: it was not made by `press`.
    #[error("this page was not made by press: it has no `jumpline-boot` script")]
    Missing,
    /// What the page brings along is not what this release of the reader reads.
    #[error("the page is not for this reader: {0}")]
    Unreadable(#[from] jumpline_article::FormatError),
    /// The file of what all pages have in common did not come.
    #[error("{0} did not load: {1:?}")]
    Common(String, fetch::FetchError),
    /// What this page is drawn with did not come.
    #[error("part of the reader did not load: {0:?}")]
    Part(LoadError),
    /// Its message catalogue belongs to another release.
    #[error("the message catalogue is not for this reader: {0}")]
    Catalogue(String),
}

/// Reads the boot script and loads the file that it names.
///
/// # Errors
/// When either is absent, unreachable or not for this release.
pub async fn boot() -> Result<(Site, Page), BootError> {
    let script = document().and_then(|it| it.get_element_by_id("jumpline-boot")).ok_or(BootError::Missing)?;
    let Boot { common, page } = Boot::from_json(&script.text_content().unwrap_or_default())?;
    let part = Part::of(&page);
    // On its way together with what all pages have in common.
    wasm_bindgen_futures::spawn_local(async move {
        if let Some(part) = part {
            let _ = parts::load(part).await;
        }
    });
    time::pause().await;
    let json = match fetch::text(&common).await {
        Ok(json) => json,
        // One request that fails is no reason to stay plain.
        Err(_) => fetch::text(&common).await.map_err(|error| BootError::Common(common, error))?,
    };
    let Common { publication, messages } = Common::from_json(&json)?;
    let messages = Messages::new(publication.language, messages).map_err(BootError::Catalogue)?;
    if let Some(part) = part {
        parts::load(part).await.map_err(BootError::Part)?;
    }
    Ok((Site::new(publication, messages), page))
}

/// The element that the reader lives in.
pub fn root() -> Option<web_sys::HtmlElement> {
    document()?.get_element_by_id("app")?.dyn_into().ok()
}

/// Leaves a mark on the time line, for `bench/` (User Timing).
pub fn mark(name: &str) {
    if let Some(performance) = window().and_then(|it| it.performance()) {
        // A mark that cannot be set is no reason to stop.
        let _ = performance.mark(name);
    }
}

/// Says on `<html>` that what follows an article is to be laid out, all but the comments (`style/article.css`).
pub fn announce_laid_out() {
    announce("data-laid-out");
}

/// Says on `<html>` that the page now answers by itself, for tests and for style that needs scripts, and does what somebody asked for
/// before it did.
pub fn announce_ready() {
    announce("data-hydrated");
    press_again();
}

/// Presses the button that was pressed last, which nobody heard: not one that opens a panel, nor one that sends a form, by itself.
fn press_again() {
    let pressed = left(PRESSED).dyn_into::<web_sys::Element>();
    let button = pressed.ok().and_then(|it| it.closest(UNHEARD).ok().flatten());
    if let Some(button) = button.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
        button.click();
    }
}

fn announce(attribute: &str) {
    if let Some(root) = document().and_then(|it| it.document_element()) {
        let _ = root.set_attribute(attribute, "");
    }
}

/// Tells whoever looks after the site, in the console, that the page stays plain, and takes away what cannot work then.
pub fn report(error: &BootError) {
    if let Some(root) = document().and_then(|it| it.document_element()) {
        let _ = root.class_list().remove_1("js");
    }
    web_sys::console::error_1(&format!("jumpline: {error}").into());
}
