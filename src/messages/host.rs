//! Catalogues on the host: read from TOML, compiled in.

use super::{FORM, Key, Messages};
use jumpline_article::Language;
use std::sync::OnceLock;

impl Messages {
    /// The catalogue of a language, compiled into the host's binary.
    pub fn host(language: Language) -> Self {
        static CATALOGUES: [OnceLock<Vec<String>>; 3] = [const { OnceLock::new() }; 3];
        let (cell, toml) = match language {
            Language::English => (&CATALOGUES[0], include_str!("../../messages/en.toml")),
            Language::German => (&CATALOGUES[1], include_str!("../../messages/de.toml")),
            Language::Arabic => (&CATALOGUES[2], include_str!("../../messages/ar.toml")),
        };
        // A test reads every catalogue, so none that is shipped can fail here.
        let texts = cell.get_or_init(|| parse(toml).unwrap_or_else(|error| vec![error; Key::NAMES.len()]));
        Self { language, texts }
    }
}

pub(super) fn parse(catalogue: &str) -> Result<Vec<String>, String> {
    let mut table: toml::Table = toml::from_str(catalogue).map_err(|error| error.to_string())?;
    let texts = Key::NAMES
        .iter()
        .map(|name| match table.remove(*name) {
            Some(toml::Value::String(text)) => Ok(text),
            Some(toml::Value::Table(forms)) => forms
                .into_iter()
                .map(|(category, text)| match text {
                    toml::Value::String(text) => Ok(format!("{category}={text}")),
                    other => Err(format!("`{name}.{category}` is {other}; expected a text")),
                })
                .collect::<Result<Vec<_>, _>>()
                .map(|forms| forms.join(&FORM.to_string())),
            other => Err(format!("`{name}` is {other:?}; expected a text or plural forms")),
        })
        .collect::<Result<_, _>>()?;
    match table.keys().next() {
        Some(unknown) => Err(format!("`{unknown}` is no message of the reader")),
        None => Ok(texts),
    }
}
