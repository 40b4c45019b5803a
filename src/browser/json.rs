//! JSON of any shape, taken apart and put together without a parser in the Wasm.

use super::window;
use js_sys::{Array, JSON, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

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

/// An object whose members are these names and JSON documents, as a person can read it. `None` when one of them is no JSON.
pub fn join(members: &[(&str, &str)]) -> Option<String> {
    window()?;
    let root = Object::new();
    for (name, json) in members {
        Reflect::set(&root, &(*name).into(), &JSON::parse(json).ok()?).ok()?;
    }
    JSON::stringify_with_replacer_and_space(&root, &JsValue::NULL, &2.into()).ok()?.as_string()
}

/// The members of an object, by name and as JSON. `None` when the text is no object.
pub fn members(json: &str) -> Option<Vec<(String, String)>> {
    window()?;
    let root: Object = JSON::parse(json).ok()?.dyn_into().ok()?;
    let member = |entry: JsValue| {
        let entry: Array = entry.unchecked_into();
        Some((entry.get(0).as_string()?, JSON::stringify(&entry.get(1)).ok()?.as_string()?))
    };
    Some(Object::entries(&root).iter().filter_map(member).collect())
}
