//! Values of an export, read whatever their type: Ghost has written numbers, words and truths in more than one way.

use jumpline_article::Date;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// A value as text; empty when there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Word(String);

impl Word {
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// The visibility of a post that has none.
    pub(super) fn open() -> Self {
        Self("public".to_owned())
    }

    /// The text without white space around it, unless that is all.
    pub(super) fn get(&self) -> Option<&str> {
        Some(self.0.trim()).filter(|it| !it.is_empty())
    }

    /// The text, taken out as it is.
    pub(super) fn take(&mut self) -> String {
        std::mem::take(&mut self.0)
    }

    /// Whether it says yes: `true`, or `1`.
    pub(super) fn is_yes(&self) -> bool {
        matches!(self.0.as_str(), "true" | "1")
    }

    /// The moment that it names: RFC 3339, MySQL's way to write it, or milliseconds since 1970.
    pub(super) fn date(&self) -> Option<Date> {
        let text = self.get()?;
        if let Ok(number) = text.parse::<i64>() {
            let seconds = if number.abs() > 99_999_999_999 { number / 1000 } else { number };
            return Date::from_unix(seconds);
        }
        let text = text.replacen(' ', "T", 1);
        let (clock, rest) = text.split_once('.').unwrap_or((&text, ""));
        let zone = rest.trim_start_matches(|it: char| it.is_ascii_digit());
        [format!("{clock}{zone}"), format!("{clock}Z")]
            .iter()
            .find_map(|it| Date::parse(it))
            .filter(|it| it.civil().0 > 0)
    }
}

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        reader.deserialize_any(Scalar).map(Self)
    }
}

struct Scalar;

impl<'de> Visitor<'de> for Scalar {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }

    fn visit_string<E>(self, text: String) -> Result<String, E> {
        Ok(text)
    }

    fn visit_bool<E>(self, it: bool) -> Result<String, E> {
        Ok(it.to_string())
    }

    fn visit_i64<E>(self, it: i64) -> Result<String, E> {
        Ok(it.to_string())
    }

    fn visit_u64<E>(self, it: u64) -> Result<String, E> {
        Ok(it.to_string())
    }

    fn visit_f64<E>(self, it: f64) -> Result<String, E> {
        Ok(it.to_string())
    }

    fn visit_unit<E>(self) -> Result<String, E> {
        Ok(String::new())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<String, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(String::new())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<String, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(String::new())
    }
}

/// What an editor keeps of a text (mobiledoc, lexical): only whether it says anything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Document {
    pub(super) says_something: bool,
}

impl<'de> Deserialize<'de> for Document {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        let text = reader.deserialize_any(Scalar)?;
        let types = text.split("\"type\":\"").skip(1).filter_map(|it| it.split('"').next());
        let blank_lexical = text.contains("\"root\"") && types.into_iter().all(|it| matches!(it, "root" | "paragraph"));
        let blank_mobiledoc = text.contains("\"cards\":[]")
            && (text.contains("\"sections\":[]") || text.contains("\"sections\":[[1,\"p\",[[0,[],0,\"\"]]]]"));
        Ok(Self { says_something: !text.trim().is_empty() && !blank_lexical && !blank_mobiledoc })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_read_whatever_its_type() {
        let words: Vec<Word> = serde_json::from_str("[\"a\", 1, true, null, [1, {}], {\"a\": [2]}]").expect("is JSON");
        let words: Vec<&str> = words.iter().map(Word::as_str).collect();
        assert_eq!(words, ["a", "1", "true", "", "", ""]);
    }

    #[test]
    fn dates_are_read_in_every_way() {
        for (text, expected) in [
            ("2024-03-02T09:30:00.000Z", Some("2024-03-02T09:30:00Z")),
            ("2024-03-02 09:30:00", Some("2024-03-02T09:30:00Z")),
            ("2024-03-02T09:30:00.000+02:00", Some("2024-03-02T09:30:00+02:00")),
            ("1388318400000", Some("2013-12-29T12:00:00Z")),
            ("1388318400", Some("2013-12-29T12:00:00Z")),
            ("0000-00-00 00:00:00", None),
            ("soon", None),
            ("99999999999999999", None),
            ("", None),
        ] {
            assert_eq!(Word(text.to_owned()).date().map(String::from).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn an_empty_document_says_nothing() {
        let says = |text: &str| {
            let quoted = serde_json::to_string(text).expect("is text");
            serde_json::from_str::<Document>(&quoted).expect("is a document").says_something
        };
        assert!(!says(""));
        assert!(!says(r#"{"root":{"children":[{"children":[],"type":"paragraph"}],"type":"root"}}"#));
        assert!(!says(r#"{"version":"0.3.1","markups":[],"atoms":[],"cards":[],"sections":[[1,"p",[[0,[],0,""]]]]}"#));
        assert!(says(r#"{"root":{"children":[{"type":"image","src":"x"}],"type":"root"}}"#));
        assert!(says(r#"{"version":"0.3.1","cards":[],"sections":[[1,"p",[[0,[],0,"a"]]]]}"#));
    }
}
