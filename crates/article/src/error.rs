//! One error for every format: where it stands and what was expected there.

use std::fmt;

/// A document that is not what its format says. Line and column count from 1; a line of 0 means that the place is unknown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct FormatError {
    /// Line in the document, from 1.
    pub line: usize,
    /// Column in the line, from 1.
    pub column: usize,
    /// Path of the field, such as `items[3].date_published`; empty for the document itself.
    pub field: String,
    /// What was found and what was expected, without a trailing full stop.
    pub message: String,
}

/// The field that says which press wrote an item.
pub(crate) const VERSION_FIELD: &str = "_jumpline.version";

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line > 0 {
            write!(f, "{}:{}: ", self.line, self.column)?;
        }
        if !matches!(self.field.as_str(), "" | "." | "?") {
            write!(f, "field `{}`: ", self.field)?;
        }
        f.write_str(&self.message)
    }
}

impl FormatError {
    /// Whether a newer press wrote the document.
    pub fn is_newer(&self) -> bool {
        self.field == VERSION_FIELD
    }

    /// An error about the whole document.
    pub fn document(message: impl Into<String>) -> Self {
        Self { line: 0, column: 0, field: String::new(), message: message.into() }
    }

    /// Takes over the place that `serde_json` reports and leaves its " at line 1 column 2" out of the message. In the Wasm, whose readers
    /// cannot mend a document, the sentences of all that may be wrong with one would be a kilobyte.
    pub fn from_json(error: &serde_json::Error, field: String) -> Self {
        if cfg!(target_arch = "wasm32") {
            let place = Self { line: error.line(), column: error.column(), ..Self::document("is no JSON") };
            return Self { field, ..place };
        }
        let text = error.to_string();
        let message = match text.rfind(" at line ") {
            Some(end) => text[..end].to_owned(),
            None => text,
        };
        Self { line: error.line(), column: error.column(), field, message }
    }
}

/// Reads JSON into a format. On the host the error names the field as well as the line.
///
/// # Errors
/// When it is no JSON, or not of that format.
pub fn read_json<T: serde::de::DeserializeOwned>(json: &str) -> Result<T, FormatError> {
    #[cfg(feature = "host")]
    {
        let reader = &mut serde_json::Deserializer::from_str(json);
        let value = serde_path_to_error::deserialize(&mut *reader).map_err(|error| {
            let field = error.path().to_string();
            FormatError::from_json(error.inner(), field)
        })?;
        reader.end().map_err(|error| FormatError::from_json(&error, String::new()))?;
        Ok(value)
    }
    #[cfg(not(feature = "host"))]
    crate::tree::from_json(json)
}
