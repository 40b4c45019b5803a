//! What does not fit a format: serde's errors, reduced to the name of a field.

use serde::de::{self, Unexpected};
use std::fmt::{self, Display, Formatter};

/// A value that does not fit: the field's name where it is known, or its place in the struct.
#[derive(Debug, Default)]
pub(super) struct Misfit {
    pub(super) field: String,
    pub(super) place: Option<usize>,
}

impl Misfit {
    #[inline(never)]
    pub(super) fn named(self, fields: &[&str]) -> Self {
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
impl de::Error for Misfit {
    fn custom<T: Display>(_: T) -> Self {
        Self::default()
    }

    fn invalid_type(_: Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self::default()
    }

    fn invalid_value(_: Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self::default()
    }

    /// What a struct says of a field that has no default.
    fn invalid_length(place: usize, _: &dyn de::Expected) -> Self {
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
