//! E-mail addresses that people gave to the publisher and to nobody else: no file of the site may carry one.

use super::layer::Layer;
use super::leak::{Leak, Leaks, Place, Secret};
use super::search::over;
use super::{AuditError, escapes, files, published};
use crate::moderation;
use crate::site::Site;
use crate::wall::{self, passes};
use rayon::prelude::*;
use serde_json::Value;
use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::Path;

/// Addresses that are nobody's business, each with the file that keeps it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Private(BTreeMap<String, String>);

impl Private {
    /// Those of who wrote comments, and of who holds passes. What a publisher or the writer of a comment shows to everybody in
    /// so many words is not among them.
    ///
    /// # Errors
    /// When comments or passes cannot be read.
    pub fn gather(content: &Path, place: &wall::Place, site: &Site) -> anyhow::Result<Self> {
        let mut private = Self::default();
        for thread in moderation::threads(content)? {
            let file = thread.file.display().to_string();
            for kept in &thread.comments {
                kept.rest.values().for_each(|it| private.add_all(it, &file));
            }
        }
        for pass in passes::read_own(place)? {
            private.add(pass.email.as_deref().unwrap_or_default(), "the list of passes");
        }
        if private.0.is_empty() {
            return Ok(private);
        }
        let said =
            site.articles.iter().chain(&site.pages).flat_map(|it| &it.comments).map(|it| it.content_html.clone());
        for text in published(site).into_iter().chain(said) {
            each(text.as_bytes(), |address, _| {
                private.0.remove(&address);
            });
        }
        Ok(private)
    }

    fn add_all(&mut self, value: &Value, file: &str) {
        match value {
            Value::String(text) => self.add(text, file),
            Value::Array(values) => values.iter().for_each(|it| self.add_all(it, file)),
            Value::Object(fields) => fields.values().for_each(|it| self.add_all(it, file)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn add(&mut self, text: &str, file: &str) {
        each(text.as_bytes(), |address, _| {
            self.0.entry(address).or_insert_with(|| file.to_owned());
        });
    }
}

/// Looks for them in every file of a site.
///
/// # Errors
/// When one is found, or a file cannot be read.
pub fn addresses(out: &Path, private: &Private) -> Result<(), AuditError> {
    if private.0.is_empty() {
        return Ok(());
    }
    let leaks = files(out)?.par_iter().map(|it| look(out, it, private)).collect::<Result<Vec<_>, _>>()?;
    Ok(Leaks::check(leaks.into_iter().flatten().collect())?)
}

fn look(out: &Path, file: &str, private: &Private) -> Result<Vec<Leak>, AuditError> {
    let path = out.join(file);
    let bytes = fs::read(&path).map_err(|error| AuditError::Unreadable { file: path, error })?;
    let mut told = HashSet::new();
    let mut leaks = Vec::new();
    let mut note = |address: String, place: Place| {
        if let Some(source) = private.0.get(&address).filter(|_| told.insert(address.clone())) {
            let secret = Secret::Address { source: source.clone() };
            leaks.push(Leak { file: file.to_owned(), place, secret, encodings: Vec::new(), excerpt: masked(&address) });
        }
    };
    each(file.as_bytes(), |address, _| note(address, Place::Name));
    each(&bytes, |address, at| note(address, Place::Byte(at)));
    Ok(leaks)
}

/// Calls back with every address in a text, in lower case, and where it stands; also with those that are written with escapes.
fn each(bytes: &[u8], mut found: impl FnMut(String, usize)) {
    plain(bytes, &mut found);
    if let Some((decoded, marks)) = escapes::decode(bytes) {
        let layer = over(&Layer::FILE, &marks);
        plain(&decoded, |address, at| {
            found(address, layer.offset(at));
        });
    }
}

fn plain(bytes: &[u8], mut found: impl FnMut(String, usize)) {
    let is_inside = |it: &u8| it.is_ascii_alphanumeric() || matches!(it, b'.' | b'_' | b'+' | b'-') || *it >= 0x80;
    for at in memchr::memchr_iter(b'@', bytes) {
        let start = at - bytes[..at].iter().rev().take(64).take_while(|it| is_inside(it)).count();
        let end = at + 1 + bytes[at + 1..].iter().take(255).take_while(|it| is_inside(it)).count();
        let address = String::from_utf8_lossy(&bytes[start..end]).to_lowercase();
        let address = address.trim_matches('.');
        if !address.starts_with('@') && !address.ends_with('@') {
            found(address.to_owned(), start);
        }
    }
}

/// Enough of an address to know it by, too little to write to.
fn masked(address: &str) -> String {
    let (name, host) = address.split_once('@').unwrap_or((address, ""));
    let first: String = name.chars().take(1).collect();
    format!("{first}…@{host}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let mut all = Vec::new();
        each(text.as_bytes(), |address, _| all.push(address));
        all
    }

    #[test]
    fn an_address_is_found_however_it_is_written() {
        for text in [
            "write to Ada.L+x@Mail.example.",
            "<a href=\"mailto:ada.l+x@mail.example\">",
            "ada.l+x&#64;mail.example",
            "q=ada.l%2Bx%40mail.example&x",
            "{\"a\": \"\\nada.l+x@mail.example\"}",
        ] {
            assert!(found(text).contains(&"ada.l+x@mail.example".to_owned()), "{text}: {:?}", found(text));
        }
        assert!(found("@media (x) { } a @ b @").is_empty());
    }
}
