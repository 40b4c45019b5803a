//! What the page brings along: the boot script and the catalogue it names.

use super::{document, fetch, time, window};
use crate::messages::Messages;
use jumpline_article::Boot;

/// Why the reader cannot start. The prerendered page stays as it is: it reads without the reader.
#[derive(Debug, thiserror::Error)]
pub enum BootError {
    /// The page has no boot script: it was not made by `press`.
    #[error("this page was not made by press: it has no `jumpline-boot` script")]
    Missing,
    /// The boot script is not what this release of the reader writes.
    #[error("the boot script is not for this reader: {0}")]
    Unreadable(#[from] jumpline_article::FormatError),
    /// The message catalogue did not come.
    #[error("the message catalogue did not load: {0:?}")]
    Catalogue(fetch::FetchError),
    /// The message catalogue belongs to another release.
    #[error("the message catalogue is not for this reader: {0}")]
    WrongCatalogue(String),
}

/// Reads the boot script and loads the catalogue.
///
/// # Errors
/// When either is absent, unreachable or not for this release.
pub async fn boot() -> Result<(Boot, Messages), BootError> {
    let script = document().and_then(|it| it.get_element_by_id("jumpline-boot")).ok_or(BootError::Missing)?;
    let boot = Boot::from_json(&script.text_content().unwrap_or_default())?;
    time::pause().await;
    let json = match fetch::text(&boot.messages).await {
        Ok(json) => json,
        // One request that fails is no reason to stay plain.
        Err(_) => fetch::text(&boot.messages).await.map_err(BootError::Catalogue)?,
    };
    let messages = Messages::from_json(boot.publication.language, &json).map_err(BootError::WrongCatalogue)?;
    Ok((boot, messages))
}

/// The element that the reader lives in.
pub fn root() -> Option<web_sys::HtmlElement> {
    use wasm_bindgen::JsCast;
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

/// Says on `<html>` that the page now answers by itself, for tests and for style that needs scripts.
pub fn announce_ready() {
    announce("data-hydrated");
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
