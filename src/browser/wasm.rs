//! Wasm that is loaded later, into the memory of the Wasm that runs.

use super::document;
use js_sys::{Object, Reflect, WebAssembly};
use wasm_bindgen_futures::JsFuture;

/// How the file of the Wasm that runs ends; those of its parts say `_<part>.wasm` there.
const END: &str = "_bg.wasm";

/// These bytes are no Wasm, or of another build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Misfit;

/// Where a part lies; `None` in a page that `press` did not make.
pub fn url(part: &str) -> Option<String> {
    Some(format!("{}_{part}.wasm", stem()?))
}

/// The build that runs, as the names of its files say it.
pub fn build() -> Option<String> {
    stem()?.rsplit_once("reader-").map(|it| it.1.to_owned())
}

fn stem() -> Option<String> {
    let script = document()?.query_selector("script[data-wasm]").ok()??;
    script.get_attribute("data-wasm")?.strip_suffix(END).map(str::to_owned)
}

/// Puts the functions of a part where the Wasm that runs has holes.
///
/// # Errors
/// When they do not fit.
pub async fn join(part: &[u8]) -> Result<(), Misfit> {
    let imports = Object::new();
    Reflect::set(&imports, &"a".into(), &wasm_bindgen::exports()).map_err(|_| Misfit)?;
    let joined = JsFuture::from(WebAssembly::instantiate_buffer(part, &imports)).await;
    joined.map(drop).map_err(|_| Misfit)
}
