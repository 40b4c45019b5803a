//! JSON as a tree, and formats out of the tree: the reader's way in, since a parser within every format is far more Wasm.

mod access;
mod deserializer;
mod misfit;
mod parse;
#[cfg(test)]
mod tests;

use crate::FormatError;
use access::{Entries, Items, Variant};
use misfit::Misfit;
use serde::de::DeserializeOwned;

/// Reads JSON into a format by way of a tree. Unlike `serde_json` it takes no list for a struct.
///
/// # Errors
/// When the text is no JSON (with the place), or not of that format (with the field, when one is missing or unknown).
pub fn from_json<T: DeserializeOwned>(json: &str) -> Result<T, FormatError> {
    Parsed::new(json)?.read()
}

/// A document that was parsed, and not yet read: for a long one each takes its time, and a page answers in between.
#[derive(Debug)]
pub struct Parsed(Tree);

impl Parsed {
    /// Parses a document.
    ///
    /// # Errors
    /// When the text is no JSON (with the place).
    pub fn new(json: &str) -> Result<Self, FormatError> {
        serde_json::from_str(json).map(Self).map_err(|error| FormatError::from_json(&error, String::new()))
    }

    /// Reads it into a format.
    ///
    /// # Errors
    /// When it is not of that format (with the field, when one is missing or unknown).
    pub fn read<T: DeserializeOwned>(self) -> Result<T, FormatError> {
        T::deserialize(self.0).map_err(|misfit| FormatError {
            field: misfit.field,
            ..FormatError::document("is missing, unknown or not of the type that was expected")
        })
    }
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
