//! Every sentence of the interface: keys here, words in `messages/<language>.toml`, one catalogue loaded at a time.

#[cfg(feature = "prerender")]
mod host;
pub mod keys;
#[cfg(all(test, feature = "prerender"))]
mod tests;

pub use keys::Key;

use crate::browser::intl;
use jumpline_article::{Date, Language};

/// Separates the forms of a plural in a catalogue; `=` stands between a form's category and its words.
const FORM: char = '\u{1f}';

/// The catalogue in use. Copied freely: it is loaded once and stays for the life of the page.
#[derive(Clone, Copy, Debug)]
pub struct Messages {
    language: Language,
    texts: &'static [String],
}

impl Messages {
    /// Takes a catalogue: texts in the order of [`Key`].
    ///
    /// # Errors
    /// With a sentence, when it belongs to another release of the reader.
    pub fn new(language: Language, texts: Vec<String>) -> Result<Self, String> {
        if texts.len() != Key::NAMES.len() {
            return Err(format!("{} messages instead of {}", texts.len(), Key::NAMES.len()));
        }
        Ok(Self { language, texts: Vec::leak(texts) })
    }

    /// The catalogue as the browser takes it.
    pub fn texts(self) -> Vec<String> {
        self.texts.to_vec()
    }

    /// The language that it speaks.
    pub fn language(self) -> Language {
        self.language
    }

    /// A sentence without anything to fill in.
    pub fn text(self, key: Key) -> &'static str {
        self.texts.get(key as usize).map_or("", String::as_str)
    }

    /// A sentence with its `{name}` places filled.
    pub fn fill(self, key: Key, values: &[(&str, &str)]) -> String {
        if self.language.direction() == "ltr" {
            return fill(self.text(key), values);
        }
        // A name in other letters keeps its own direction, to its last sign (Unicode, UAX #9, 2.4 "Isolates"); addresses are copied.
        let apart = values.iter().map(|(name, value)| match *name {
            "url" | "email" => (*name, (*value).to_owned()),
            _ => (*name, ["\u{2068}", value, "\u{2069}"].concat()),
        });
        let apart: Vec<_> = apart.collect();
        fill(self.text(key), &apart.iter().map(|it| (it.0, it.1.as_str())).collect::<Vec<_>>())
    }

    /// The sentence for a number: its plural form, with `{count}` written in the language's digits.
    pub fn count(self, key: Key, count: u32) -> String {
        let number = self.number(count);
        let forms = self.text(key);
        let form = |category: &str| {
            forms.split(FORM).filter_map(|it| it.split_once('=')).find(|it| it.0 == category).map(|it| it.1)
        };
        let exact = if count == 0 { form("none") } else { None };
        let text = exact.or_else(|| form(&intl::plural(self.language, count))).or_else(|| form("other"));
        fill(text.unwrap_or(forms), &[("count", &number)])
    }

    /// A number in the language's digits and groups.
    pub fn number(self, number: u32) -> String {
        intl::number(self.language, number)
    }

    /// Day, month and year in words, such as *February 18, 2025*.
    pub fn date(self, date: &Date) -> String {
        intl::date(self.language, date.civil(), intl::DateStyle::Day)
    }

    /// Month and year in words, such as *February 2025*.
    pub fn month(self, year: i32, month: u8) -> String {
        intl::date(self.language, (year, month, 1), intl::DateStyle::Month)
    }

    /// A year in the language's digits, without grouping.
    pub fn year(self, year: i32) -> String {
        intl::date(self.language, (year, 7, 1), intl::DateStyle::Year)
    }
}

fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            rest = after;
            break;
        };
        filled.push_str(values.iter().find(|it| it.0 == name).map_or("", |it| it.1));
        rest = tail;
    }
    filled.push_str(rest);
    filled
}
