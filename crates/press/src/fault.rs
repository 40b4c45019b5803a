//! What is wrong with a file of the content, where, and how it is mended.

use jumpline_article::FormatError;
use std::fmt;

/// One thing wrong with one file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Fault {
    /// The file, as a person would type its name.
    pub file: String,
    /// Line in the file, from 1; 0 when it is about the whole file.
    pub line: usize,
    /// Column in the line, from 1; 0 when it is about the whole line.
    pub column: usize,
    /// What was found, what was expected, and the mend. Without a trailing full stop.
    pub message: String,
}

impl Fault {
    /// A fault of a whole file.
    pub fn file(file: impl Into<String>, message: impl Into<String>) -> Self {
        Self { file: file.into(), line: 0, column: 0, message: message.into() }
    }

    /// A fault of one line.
    pub fn line(file: impl Into<String>, line: usize, message: impl Into<String>) -> Self {
        Self { line, ..Self::file(file, message) }
    }

    /// A fault that a format found; `offset` lines stand in the file before the document.
    pub fn format(file: impl Into<String>, offset: usize, error: &FormatError) -> Self {
        let field = match error.field.as_str() {
            "" | "." | "?" => String::new(),
            field => format!("field `{field}`: "),
        };
        let line = if error.line > 0 { error.line + offset } else { 0 };
        Self { file: file.into(), line, column: error.column, message: format!("{field}{}", in_words(&error.message)) }
    }
}

/// What a parser of JSON says, with the mend that it leaves to the reader. All else as it is.
fn in_words(said: &str) -> String {
    let mend = match said {
        it if it.starts_with("EOF while parsing") => {
            "the JSON breaks off here; close what is open (quotes, `]`, `}`), or copy the file again"
        }
        "trailing comma" => "remove the comma before this bracket",
        "trailing characters" => "the JSON has ended before this; remove what follows",
        "key must be a string" => "put the key in straight double quotes, and remove a comma before `}`",
        "expected value" => {
            "no value of JSON; put texts in straight double quotes, and remove comments and stray commas"
        }
        "expected `,` or `}`" => {
            "put a comma between the fields, or `}` at the end; a `\"` within a text is written `\\\"`"
        }
        "expected `,` or `]`" => "put a comma between the entries, or `]` at the end",
        "expected `:`" => "put a colon between key and value",
        "invalid escape" => "a backslash in a text is written `\\\\`",
        it if it.starts_with("control character") => {
            "a text goes on over a line end or a tab; write `\\n` or `\\t` there, or close its quotes"
        }
        it => return it.to_owned(),
    };
    format!("{said}: {mend}")
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        for number in [self.line, self.column].iter().take_while(|it| **it > 0) {
            write!(f, ":{number}")?;
        }
        write!(f, ": {}", self.message)
    }
}

impl std::error::Error for Fault {}

/// All that is wrong, in the order of the files. Never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faults(Vec<Fault>);

impl Faults {
    /// `Err` when something is wrong: everything when `all` is set, the first otherwise.
    pub fn check(mut faults: Vec<Fault>, all: bool) -> Result<(), Self> {
        faults.sort();
        faults.dedup();
        if !all {
            faults.truncate(1);
        }
        if faults.is_empty() { Ok(()) } else { Err(Self(faults)) }
    }

    /// What is wrong, one by one.
    pub fn iter(&self) -> impl Iterator<Item = &Fault> {
        self.0.iter()
    }
}

impl From<Fault> for Faults {
    fn from(fault: Fault) -> Self {
        Self(vec![fault])
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\nerror: ")?;
            }
            fault.fmt(f)?;
        }
        if self.0.len() > 1 {
            write!(f, "\n{} errors; nothing was written", self.0.len())?;
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}

#[cfg(test)]
mod tests {
    use super::*;
    use jumpline_article::Item;

    #[test]
    fn broken_json_names_its_mend() {
        for (json, said) in [
            ("{\"id\": ", "EOF while parsing a value: the JSON breaks off here; close what is open"),
            ("{\"id\": \"a\",}", "trailing comma: remove the comma"),
            ("{\"id\": \"a\" \"b\": 1}", "expected `,` or `}`: put a comma between the fields"),
            ("{\"id\": 'a'}", "expected value: no value of JSON; put texts in straight double quotes"),
            ("{id: 1}", "key must be a string: put the key in straight double quotes"),
            ("{\"id\": \"a\nb\"}", "a text goes on over a line end"),
        ] {
            let error = Item::from_json(json).expect_err(json);
            let fault = Fault::format("a.json", 0, &error).to_string();
            assert!(fault.contains(said), "{fault}");
        }
    }
}
