//! Order and likeness of words, as a language has them (ECMA-402, `Intl.Collator`).

use super::set_member;
use js_sys::{Array, Function, Intl, JsString, Object};
use jumpline_article::Language;
use std::cmp::Ordering;
use wasm_bindgen::JsValue;

/// Marks above and below letters, which many leave out when they search: accents, and the vowels of Arabic.
const MARKS: [std::ops::RangeInclusive<char>; 2] = ['\u{300}'..='\u{36f}', '\u{64b}'..='\u{65f}'];

/// What opens a quotation or an aside, in whatever language: a title in it stands where its first word does.
const OPENING: [char; 12] = ['"', '\'', '“', '”', '„', '‘', '‚', '«', '»', '(', '¿', '¡'];

/// The order of a language.
pub struct Order(Function);

impl Order {
    /// With numbers by their value.
    pub fn of(language: Language) -> Self {
        let options = Object::new();
        set_member(&options, "numeric", &JsValue::TRUE);
        Self(Intl::Collator::new(&Array::of1(&language.tag().into()), &options).compare())
    }

    /// Which of two comes first.
    pub fn compare(&self, one: &str, other: &str) -> Ordering {
        let [one, other] = [one, other].map(|it| JsValue::from(it.trim_start_matches(OPENING)));
        let way = self.0.call2(&JsValue::NULL, &one, &other).ok().and_then(|it| it.as_f64());
        way.unwrap_or_default().partial_cmp(&0.0).unwrap_or(Ordering::Equal)
    }
}

/// A text without case and marks.
pub fn plain(text: &str) -> String {
    let parts = String::from(JsString::from(text.to_lowercase()).normalize("NFD"));
    parts.chars().filter(|letter| !MARKS.iter().any(|it| it.contains(letter))).collect()
}
