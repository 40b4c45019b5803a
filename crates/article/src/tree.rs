//! JSON as a tree, and formats out of the tree: the reader's way in, since a parser within every format is far more Wasm.

use crate::FormatError;
use serde::de::{
    Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, Unexpected,
    VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use std::fmt::{self, Display, Formatter};
use std::vec::IntoIter;

/// Reads JSON into a format by way of a tree. Unlike `serde_json` it takes no list for a struct.
///
/// # Errors
/// When the text is no JSON (with the place), or not of that format (with the field, when one is missing or unknown).
pub fn from_json<T: DeserializeOwned>(json: &str) -> Result<T, FormatError> {
    let tree: Tree = serde_json::from_str(json).map_err(|error| FormatError::from_json(&error, String::new()))?;
    T::deserialize(tree).map_err(|misfit| FormatError {
        field: misfit.field,
        ..FormatError::document("is missing, unknown or not of the type that was expected")
    })
}

/// Structs that take no field which they do not know: serde's `deny_unknown_fields` acts only on maps.
const STRICT: [&str; 3] = ["Envelope", "Recipient", "RecipientHeader"];

/// One JSON value. Numbers that our formats do not have (negative whole ones) are [`Tree::Broken`].
#[derive(Debug)]
enum Tree {
    Nothing,
    Flag(bool),
    Whole(u64),
    Broken(f64),
    Text(String),
    List(Vec<Tree>),
    Map(Vec<(String, Tree)>),
}

/// A value that does not fit: the field's name where it is known, or its place in the struct.
#[derive(Debug, Default)]
struct Misfit {
    field: String,
    place: Option<usize>,
}

impl Misfit {
    #[inline(never)]
    fn named(self, fields: &[&str]) -> Self {
        let field = self.place.and_then(|it| fields.get(it)).map_or(self.field, |it| (*it).to_owned());
        Self { field, place: None }
    }
}

impl Display for Misfit {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.field)
    }
}

impl std::error::Error for Misfit {}

// Each of these would otherwise format a sentence, in code of its own for each type.
impl Error for Misfit {
    fn custom<T: Display>(_: T) -> Self {
        Self::default()
    }

    fn invalid_type(_: Unexpected<'_>, _: &dyn serde::de::Expected) -> Self {
        Self::default()
    }

    fn invalid_value(_: Unexpected<'_>, _: &dyn serde::de::Expected) -> Self {
        Self::default()
    }

    /// What a struct says of a field that has no default.
    fn invalid_length(place: usize, _: &dyn serde::de::Expected) -> Self {
        Self { field: String::new(), place: Some(place) }
    }

    fn unknown_variant(variant: &str, _: &'static [&'static str]) -> Self {
        Self { field: variant.to_owned(), place: None }
    }

    fn unknown_field(field: &str, _: &'static [&'static str]) -> Self {
        Self { field: field.to_owned(), place: None }
    }

    fn missing_field(field: &'static str) -> Self {
        Self { field: field.to_owned(), place: None }
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self { field: field.to_owned(), place: None }
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;

        impl<'de> Visitor<'de> for Any {
            type Value = Tree;

            fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
                f.write_str("any JSON")
            }

            fn visit_unit<E>(self) -> Result<Tree, E> {
                Ok(Tree::Nothing)
            }

            fn visit_bool<E>(self, flag: bool) -> Result<Tree, E> {
                Ok(Tree::Flag(flag))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Tree, E> {
                Ok(Tree::Whole(number))
            }

            fn visit_i64<E>(self, number: i64) -> Result<Tree, E> {
                Ok(Tree::Broken(number as f64))
            }

            fn visit_f64<E>(self, number: f64) -> Result<Tree, E> {
                Ok(Tree::Broken(number))
            }

            fn visit_str<E>(self, text: &str) -> Result<Tree, E> {
                Ok(Tree::Text(text.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Tree, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = seq.next_element()? {
                    list.push(item);
                }
                Ok(Tree::List(list))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Tree, A::Error> {
                let mut map = Vec::new();
                while let Some(entry) = access.next_entry()? {
                    map.push(entry);
                }
                Ok(Tree::Map(map))
            }
        }

        deserializer.deserialize_any(Any)
    }
}

impl Tree {
    #[inline(never)]
    fn text(self) -> Result<String, Misfit> {
        match self {
            Self::Text(text) => Ok(text),
            _ => Err(Misfit::default()),
        }
    }

    #[inline(never)]
    fn whole(self) -> Result<u64, Misfit> {
        match self {
            Self::Whole(number) => Ok(number),
            _ => Err(Misfit::default()),
        }
    }

    #[inline(never)]
    fn number(self) -> Result<f64, Misfit> {
        match self {
            Self::Whole(number) => Ok(number as f64),
            Self::Broken(number) => Ok(number),
            _ => Err(Misfit::default()),
        }
    }

    #[inline(never)]
    fn list(self) -> Result<Items, Misfit> {
        match self {
            Self::List(list) => Ok(Items(list.into_iter())),
            _ => Err(Misfit::default()),
        }
    }

    #[inline(never)]
    fn map(self) -> Result<Entries, Misfit> {
        match self {
            Self::Map(map) => Ok(Entries { entries: map.into_iter(), value: Self::Nothing }),
            _ => Err(Misfit::default()),
        }
    }

    /// The values of the fields of a struct, in the struct's order.
    #[inline(never)]
    fn fields(self, name: &str, fields: &[&str]) -> Result<Vec<Option<Self>>, Misfit> {
        let Self::Map(map) = self else { return Err(Misfit::default()) };
        let mut values: Vec<_> = fields.iter().map(|_| None).collect();
        for (key, value) in map {
            match fields.iter().position(|it| *it == key) {
                Some(place) if values[place].is_none() => values[place] = Some(value),
                None if !STRICT.contains(&name) => {}
                _ => return Err(Misfit { field: key, place: None }),
            }
        }
        Ok(values)
    }

    /// A variant is a text, or a map with one entry.
    #[inline(never)]
    fn variant(self) -> Result<Variant, Misfit> {
        match self {
            Self::Text(name) => Ok(Variant { name, value: Self::Nothing }),
            Self::Map(mut map) if map.len() == 1 => {
                map.pop().map(|(name, value)| Variant { name, value }).ok_or(Misfit::default())
            }
            _ => Err(Misfit::default()),
        }
    }
}

macro_rules! numbers {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
            visitor.visit_u64(self.whole()?)
        }
    )*};
}

impl<'de> Deserializer<'de> for Tree {
    type Error = Misfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self {
            Self::Text(text) => visitor.visit_string(text),
            it => visitor.visit_u64(it.whole()?),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self {
            Self::Flag(flag) => visitor.visit_bool(flag),
            _ => Err(Misfit::default()),
        }
    }

    numbers! { deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_f64(self.number()?)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_string(self.text()?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_string(self.text()?)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_str(&self.text()?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self {
            Self::Nothing => visitor.visit_none(),
            it => visitor.visit_some(it),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_seq(self.list()?)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_map(self.map()?)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        let map = self.fields(name, fields)?;
        visitor.visit_seq(Fields { map: map.into_iter() }).map_err(|misfit| misfit.named(fields))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        visitor.visit_enum(self.variant()?)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! { i8 i16 i32 i64 f32 char bytes byte_buf unit unit_struct tuple tuple_struct }
}

struct Items(IntoIter<Tree>);

impl<'de> SeqAccess<'de> for Items {
    type Error = Misfit;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Misfit> {
        self.0.next().map(|it| seed.deserialize(it)).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

struct Entries {
    entries: IntoIter<(String, Tree)>,
    value: Tree,
}

impl Entries {
    #[inline(never)]
    fn key(&mut self) -> Option<Tree> {
        let (key, value) = self.entries.next()?;
        self.value = value;
        Some(Tree::Text(key))
    }

    #[inline(never)]
    fn value(&mut self) -> Tree {
        std::mem::replace(&mut self.value, Tree::Nothing)
    }
}

impl<'de> MapAccess<'de> for Entries {
    type Error = Misfit;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Misfit> {
        self.key().map(|it| seed.deserialize(it)).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Misfit> {
        seed.deserialize(self.value())
    }
}

/// The values of a struct, in the order of its fields: the code that serde derives for lists is a third of the code for maps.
struct Fields {
    map: IntoIter<Option<Tree>>,
}

impl<'de> SeqAccess<'de> for Fields {
    type Error = Misfit;

    /// `None` for a field that is not there, which the struct then fills by its default, or not.
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Misfit> {
        self.map.next().flatten().map(|it| seed.deserialize(it)).transpose()
    }
}

struct Variant {
    name: String,
    value: Tree,
}

impl<'de> EnumAccess<'de> for Variant {
    type Error = Misfit;
    type Variant = Tree;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Tree), Misfit> {
        Ok((seed.deserialize(Tree::Text(self.name))?, self.value))
    }
}

impl<'de> VariantAccess<'de> for Tree {
    type Error = Misfit;

    fn unit_variant(self) -> Result<(), Misfit> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Misfit> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_seq(self.list()?)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_map(self.map()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Encoding, Form, Paywall, Provider};
    use crate::wall::{Claims, Envelope, Rest};
    use crate::{Attachment, Item};

    fn agree<T: DeserializeOwned + std::fmt::Debug + PartialEq>(json: &str) -> T {
        let value: T = from_json(json).unwrap_or_else(|error| panic!("{json}: {error}"));
        assert_eq!(value, serde_json::from_str(json).unwrap(), "{json}");
        value
    }

    #[test]
    fn both_readers_agree() {
        agree::<Item>(
            r#"{"id": 7, "title": "\u00e9\ud83d\ude00 \"x\"", "unknown": [1, -2.5e3, {"a": null}], "tags": ["a", "b"]}"#,
        );
        agree::<Item>(
            r#"{"id": "7", "_jumpline": {"version": 1, "permalink": "/ferry/", "visibility": "paid", "related": [{"id": "8"}]}}"#,
        );
        agree::<Paywall>("{}");
        agree::<Paywall>(
            r#"{"gifts": false, "free_articles": 3, "lock": {"mark": "abcd", "bits": 2, "members": "AAAA"}}"#,
        );
        agree::<Provider>("\"local\"");
        let form: Provider =
            agree(r#"{"form": {"url": "https://l.example", "encoding": "json", "fields": {"b": "2", "a": "1"}}}"#);
        assert!(matches!(form, Provider::Form(Form { encoding: Encoding::Json, .. })), "{form:?}");
        agree::<Rest>(r#"{"content_html": "<p>x</p>", "media": {"a": "image/png"}, "contents": []}"#);
        agree::<Claims>(r#"{"version": 1, "status": "live", "until": "2027-01-31"}"#);
        agree::<Attachment>(
            r#"{"url": "/a.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 12, "duration_in_seconds": 2.5}"#,
        );
        agree::<Attachment>(r#"{"url": "/a.mp3", "mime_type": "audio/mpeg", "title": null, "duration_in_seconds": 2}"#);
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let error = |json: &str| from_json::<Claims>(json).unwrap_err();
        let until = error(r#"{"version": 1, "status": "live"}"#);
        assert_eq!(until.field, "until");
        assert!(until.to_string().starts_with("field `until`: is missing"), "{until}");
        assert_eq!(error(r#"{"version": 1, "status": "dead", "until": ""}"#).field, "dead");
        assert_eq!(error(r#"{"version": 1, "version": 1}"#).field, "version");
        assert_eq!((error("{\n]").line, error("").line), (2, 1));
        for wrong in ["[]", "7", "null", r#"{"version": -1}"#, r#"{"version": 1e2}"#, r#"{"version": 99999999999}"#] {
            assert!(from_json::<Claims>(wrong).is_err(), "{wrong}");
        }
        assert!(from_json::<Vec<String>>(&"[".repeat(100_000)).is_err());
    }

    #[test]
    fn an_envelope_takes_nothing_that_is_unknown() {
        let json = r#"{"protected":"AA","recipients":[{"header":{"alg":"A256KW","kid":"members"},"encrypted_key":"AA"}],"aad":"AA","iv":"AA","ciphertext":"AA","tag":"AA"}"#;
        agree::<Envelope>(json);
        for (from, to) in [
            ("A256KW", "RSA1_5"),
            (r#""iv":"#, r#""zip":"DEF","iv":"#),
            (r#""iv":"AA""#, r#""iv":"AA","iv":"AA""#),
            (r#""alg":"#, r#""crit":["x"],"alg":"#),
            (r#""encrypted_key":"#, r#""iv":"AA","encrypted_key":"#),
            (r#""kid":"members""#, r#""kid":"Nobody's""#),
            (r#""tag":"AA""#, r#""tag":"A+""#),
            (r#","tag":"AA""#, ""),
        ] {
            let changed = json.replace(from, to);
            assert!(changed != json && from_json::<Envelope>(&changed).is_err(), "{to}");
        }
    }
}
