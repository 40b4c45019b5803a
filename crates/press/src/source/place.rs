//! Where a value stands in `publication.toml`, for messages.

use crate::fault::Fault;
use std::fs;
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// One step to a value: a key, or a number in a list.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step<'a> {
    /// Of a table.
    Key(&'a str),
    /// Of a list, from 0.
    At(usize),
}

impl<'a> From<&'a str> for Step<'a> {
    fn from(key: &'a str) -> Self {
        Self::Key(key)
    }
}

impl From<usize> for Step<'_> {
    fn from(at: usize) -> Self {
        Self::At(at)
    }
}

/// The places of one file.
pub(crate) struct Place<'a> {
    name: String,
    text: &'a str,
    table: Option<Spanned<DeTable<'a>>>,
}

impl<'a> Place<'a> {
    /// Of a file with this text.
    pub(crate) fn new(file: &Path, text: &'a str) -> Self {
        Self { name: file.display().to_string(), text, table: DeTable::parse(text).ok() }
    }

    /// A fault of a value; of the nearest table around it when it is not there.
    pub(crate) fn fault(&self, path: &[Step<'_>], message: &str) -> Fault {
        let mut field = String::new();
        for step in path {
            match step {
                Step::Key(key) if field.is_empty() => field.push_str(key),
                Step::Key(key) => field.extend([".", key]),
                Step::At(at) => field.push_str(&format!("[{at}]")),
            }
        }
        let (line, column) = self.find(path).unwrap_or_default();
        Fault { line, column, ..Fault::file(&self.name, format!("field `{field}`: {message}")) }
    }

    /// The line of a value, from 1; 0 when it is not there.
    pub(crate) fn line(&self, path: &[Step<'_>]) -> usize {
        self.find(path).unwrap_or_default().0
    }

    /// Whether something stands there.
    pub(crate) fn has(&self, path: &[Step<'_>]) -> bool {
        let mut table = self.table.as_ref().map(Spanned::get_ref);
        for (at, step) in path.iter().enumerate() {
            let Step::Key(key) = step else { return false };
            let Some(next) = table.and_then(|it| it.get(*key)) else { return false };
            if at + 1 == path.len() {
                return true;
            }
            table = next.get_ref().as_table();
        }
        false
    }

    fn find(&self, path: &[Step<'_>]) -> Option<(usize, usize)> {
        let mut table = Some(self.table.as_ref()?.get_ref());
        let mut value: Option<&Spanned<DeValue<'_>>> = None;
        for step in path {
            let next = match (step, table, value.map(Spanned::get_ref)) {
                (Step::Key(key), Some(table), _) | (Step::Key(key), None, Some(DeValue::Table(table))) => {
                    table.get(*key)
                }
                (Step::At(at), None, Some(DeValue::Array(list))) => list.get(*at),
                _ => None,
            };
            let Some(next) = next else { break };
            (table, value) = (None, Some(next));
        }
        let before = &self.text[..value?.span().start.min(self.text.len())];
        Some((before.matches('\n').count() + 1, before.chars().rev().take_while(|it| *it != '\n').count() + 1))
    }
}

/// A fault of a value in the `publication.toml` of a content folder, which is read again for it.
pub(crate) fn fault(content: &Path, path: &[Step<'_>], message: &str) -> Fault {
    let file = content.join("publication.toml");
    let text = fs::read_to_string(&file).unwrap_or_default();
    Place::new(&file, &text).fault(path, message)
}
