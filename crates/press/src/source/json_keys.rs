//! The keys of an article written as JSON: a slip in one must not open a gate, or publish a draft.

use super::nearest::nearest;
use crate::fault::Fault;
use jumpline_article::{Extension, FORMAT_VERSION};
use serde::de::{self, Deserialize as _, Visitor};

const OURS: &str = "_jumpline";

/// What says elsewhere who may read an article. Here nobody would heed it.
const GATES: &[&str] = &[
    "access",
    "audience",
    "gated",
    "members_only",
    "membersonly",
    "paid",
    "password",
    "paywall",
    "premium",
    "private",
    "protected",
    "restricted",
    "subscribers_only",
    "tier",
];

/// The keys of an item and of its `_jumpline`, in the order of the file.
pub(super) struct Keys<'a> {
    item: Vec<Key<'a>>,
    ours: Vec<Key<'a>>,
}

struct Key<'a> {
    name: String,
    line: usize,
    /// What follows the colon, to the end of the file.
    value: &'a str,
}

impl Key<'_> {
    fn is_on(&self) -> bool {
        !["false", "null"].iter().any(|it| self.value.starts_with(it))
    }
}

impl<'a> Keys<'a> {
    /// Finds them. What is no JSON has some or none; whoever reads it as an item says what is wrong.
    pub(super) fn of(text: &'a str) -> Self {
        let (mut item, mut ours) = (Vec::new(), Vec::new());
        let (mut at, mut depth, mut line) = (0, 0_usize, 1);
        let mut inside = false;
        while let Some(byte) = text.as_bytes().get(at) {
            match byte {
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth = depth.saturating_sub(1),
                b'\n' => line += 1,
                b'"' => {
                    let end = end_of_string(text, at);
                    let value = text[end..].trim_start().strip_prefix(':').map(str::trim_start);
                    if let (Some(value), Ok(name)) = (value, serde_json::from_str::<String>(&text[at..end])) {
                        let key = Key { name, line, value };
                        match depth {
                            1 => {
                                inside = key.name == OURS;
                                item.push(key);
                            }
                            2 if inside => ours.push(key),
                            _ => {}
                        }
                    }
                    at = end;
                    continue;
                }
                _ => {}
            }
            at += 1;
        }
        Self { item, ours }
    }

    /// Whether it says that it is a draft.
    pub(super) fn is_draft(&self) -> bool {
        self.ours.iter().any(|it| it.name == "draft" && it.value.starts_with("true"))
    }

    /// Where a field stands, such as `_jumpline.version`.
    pub(super) fn line(&self, field: &str) -> Option<usize> {
        let (keys, name) = match field.split_once('.') {
            Some((OURS, name)) => (&self.ours, name),
            _ => (&self.item, field),
        };
        keys.iter().find(|it| it.name == name).map(|it| it.line)
    }

    /// Every key that somebody meant and nobody would read. A newer press may know others, and its files are refused as such.
    pub(super) fn faults(&self, file: &str) -> Vec<Fault> {
        let is_newer = |it: &Key<'_>| {
            let digits = it.value.split(|it: char| !it.is_ascii_digit()).next().unwrap_or_default();
            it.name == "version" && digits.parse::<u32>().is_ok_and(|it| it > FORMAT_VERSION)
        };
        if self.ours.iter().any(is_newer) {
            return Vec::new();
        }
        let known: Vec<&str> = fields().iter().copied().chain(["draft"]).collect();
        let at = |key: &Key<'_>, message: String| Fault::line(file, key.line, message);
        let mut faults = Vec::new();
        for (place, key) in self.ours.iter().enumerate() {
            if self.ours[..place].iter().any(|it| it.name == key.name) {
                faults.push(at(key, format!("`{OURS}.{}` is given twice; keep one", key.name)));
            } else if key.name == "draft" && !["true", "false"].iter().any(|it| key.value.starts_with(it)) {
                faults.push(at(key, format!("`{OURS}.draft` is true or false; write one of them")));
            } else if !known.contains(&key.name.as_str()) {
                faults.push(at(key, unknown(&key.name, &known)));
            }
        }
        let mut places = self.item.iter().filter(|it| it.name == OURS).skip(1);
        faults.extend(places.next().map(|it| at(it, format!("`{OURS}` is given twice; keep one"))));
        faults.extend(self.item.iter().filter_map(|it| Some(at(it, misplaced(it)?))));
        faults
    }
}

fn unknown(name: &str, known: &[&str]) -> String {
    match nearest(name, known.iter().copied()) {
        Some(meant) => format!("unknown key `{OURS}.{name}`; did you mean `{meant}`?"),
        None => format!("unknown key `{OURS}.{name}`; known are {}", known.join(", ")),
    }
}

/// What is wrong with a key of the item itself. JSON Feed lets everybody add keys, so only these few can be refused.
fn misplaced(key: &Key<'_>) -> Option<String> {
    let name = &key.name;
    if name != OURS && nearest(name, [OURS]).is_some() {
        return Some(format!("unknown key `{name}`; did you mean `{OURS}`?"));
    }
    if !key.is_on() {
        return None;
    }
    if let Some(meant) = nearest(name, ["visibility", "tiers", "draft"]) {
        return Some(format!("`{name}` does nothing here; write it as `{meant}` inside `{OURS}`"));
    }
    let plain = name.trim_start_matches('_').replace('-', "_").to_lowercase();
    GATES.contains(&plain.as_str()).then(|| {
        format!(
            "`{name}` does nothing here, so all would be public; write `\"visibility\": \"members\"` or `\"paid\"` inside \
             `{OURS}`, or remove it"
        )
    })
}

/// Where a string that begins at `from` ends, its last quotation mark included.
fn end_of_string(text: &str, from: usize) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(from + 1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The keys that `_jumpline` may have: asked from the type, so that no list of them can be out of date.
fn fields() -> &'static [&'static str] {
    let mut fields = Fields(&[]);
    let _ = Extension::deserialize(&mut fields);
    fields.0
}

struct Fields(&'static [&'static str]);

impl<'de> de::Deserializer<'de> for &mut Fields {
    type Error = de::value::Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Self::Error> {
        self.0 = fields;
        Err(de::Error::custom("nothing is read"))
    }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Self::Error> {
        Err(de::Error::custom("nothing is read"))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<String> {
        Keys::of(text).faults("a.json").iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_slip_in_a_gate_names_its_line_and_the_mend() {
        for (text, said) in [
            (
                "{\n\"_jumpline\": {\n\"visiblity\": \"paid\"}}",
                "a.json:3: unknown key `_jumpline.visiblity`; did you mean `visibility`?",
            ),
            (
                "{\"_jumpline\": {\"Visibility\": \"paid\"}}",
                "a.json:1: unknown key `_jumpline.Visibility`; did you mean `visibility`?",
            ),
            ("{\"jumpline\": {}}", "a.json:1: unknown key `jumpline`; did you mean `_jumpline`?"),
            (
                "{\n\"visibility\": \"paid\"}",
                "a.json:2: `visibility` does nothing here; write it as `visibility` inside `_jumpline`",
            ),
            ("{\"draft\": true}", "a.json:1: `draft` does nothing here; write it as `draft` inside `_jumpline`"),
            (
                "{\"_jumpline\": {\"draft\": \"yes\"}}",
                "a.json:1: `_jumpline.draft` is true or false; write one of them",
            ),
            (
                "{\"_jumpline\": {\"tiers\": [], \"t\\u0069ers\": []}}",
                "a.json:1: `_jumpline.tiers` is given twice; keep one",
            ),
            ("{\"_jumpline\": {},\n\"_jumpline\": {}}", "a.json:2: `_jumpline` is given twice; keep one"),
        ] {
            assert_eq!(faults(text), [said], "{text}");
        }
        assert!(faults("{\"access\": \"members\"}")[0].contains("so all would be public"));
        assert!(faults("{\"_jumpline\": {\"layout\": 1}}")[0].contains("known are version, permalink, kind"));
    }

    #[test]
    fn what_others_write_is_passed_over() {
        for text in [
            "{\"title\": \"visibility\", \"tags\": [\"draft\"], \"_ghost\": {\"visibility\": \"paid\"}, \"draft\": false}",
            "{\"content_html\": \"\\\"draft\\\": {[\", \"_jumpline\": {\"version\": 1, \"comments\": {\"x\": 1}, \"draft\": true}}",
            "{\"_jumpline\": {\"version\": 99, \"new\": 1}}",
            "{\"_jumpline\": \"",
            "",
        ] {
            assert_eq!(faults(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_draft_is_one_in_its_own_place_only() {
        assert!(Keys::of("{\"_jumpline\": {\"draft\" : true}}").is_draft());
        assert!(!Keys::of("{\"_x\": {\"draft\": true}, \"_jumpline\": {\"image\": {\"draft\": true}}}").is_draft());
    }
}
