//! Reads one text out of JSON of any shape, without a parser in the Wasm.

use super::window;
use js_sys::{JSON, Reflect};

/// The first text that stands at one of these paths (steps parted by `.`, places of a list by number). `None` when the text is no JSON.
pub fn first_text(json: &str, paths: &[&str]) -> Option<String> {
    window()?;
    let root = JSON::parse(json).ok()?;
    let at = |path: &&str| {
        let steps = path.split('.');
        let found =
            steps.filter(|it| !it.is_empty()).try_fold(root.clone(), |it, step| Reflect::get(&it, &step.into()));
        found.ok()?.as_string()
    };
    paths.iter().find_map(at)
}
