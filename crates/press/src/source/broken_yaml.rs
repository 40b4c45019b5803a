//! What is wrong with the head of an article, and its mend: most who write one have never heard of YAML.

use super::front_matter::fault_at;
use super::nearest::nearest;
use crate::fault::Fault;
use serde_saphyr::Error;

/// The fault that an error of the parser is; `yaml` stands below the first line of the file.
pub(super) fn explain(file: &str, yaml: &str, error: &Error) -> Fault {
    let error = error.without_snippet();
    let message = match error {
        Error::SerdeUnknownField { field, expected, .. } => match nearest(field, expected.iter().copied()) {
            Some(meant) => format!("unknown key `{field}`; did you mean `{meant}`?"),
            None => format!("unknown key `{field}`; known are {}", expected.join(", ")),
        },
        Error::SerdeUnknownVariant { variant, expected, .. } => {
            format!("`{variant}` is not known here; expected one of {}", expected.join(", "))
        }
        Error::SerdeInvalidType { unexpected, expected, .. } => format!("found {unexpected}; expected {expected}"),
        Error::DuplicateMappingKey { key: Some(key), .. } => format!("`{key}` is given twice; keep one"),
        other => {
            let text = other.to_string();
            let place = text.find(" at line ").filter(|_| other.location().is_some()).unwrap_or(text.len());
            let said = text[..place].trim_end_matches([',', ':']);
            let number = error.location().and_then(|it| (it.line() as usize).checked_sub(1));
            let line = number.and_then(|it| yaml.lines().nth(it));
            let list = number.filter(|_| said.contains("deserialize null")).and_then(|it| key_above(yaml, it));
            if let Some(key) = list {
                return at(
                    file,
                    error,
                    format!("an empty entry in `{key}`; remove the line, or write something into it"),
                );
            }
            match mend(said, line.unwrap_or_default()) {
                Some(mend) => format!("the front matter is no YAML: {said}; {mend}"),
                None => format!("the front matter is no YAML: {said}"),
            }
        }
    };
    at(file, error, message)
}

fn at(file: &str, error: &Error, message: String) -> Fault {
    match error.location() {
        Some(place) => fault_at(file, &place, message),
        None => Fault::line(file, 1, message),
    }
}

/// The key whose value a line is part of.
fn key_above(yaml: &str, line: usize) -> Option<&str> {
    let lines: Vec<&str> = yaml.lines().take(line + 1).collect();
    let key = lines.into_iter().rev().find(|it| !it.starts_with([' ', '-', '#']) && it.contains(':'))?;
    Some(key.split(':').next()?.trim())
}

/// What to write instead of a line, as far as that can be told.
fn mend(said: &str, line: &str) -> Option<String> {
    if said.contains("tab") && !said.contains("alphabetic") {
        return Some("write blanks instead of tabs".to_owned());
    }
    let (key, value) = line.split_once(": ")?;
    let value = value.trim();
    // A colon that a blank follows begins a value, and these signs mean something of their own at its beginning.
    let is_text = value.contains(": ")
        || value.ends_with(':')
        || value.starts_with(['@', '%', '`', '*', '&', '!', '\''])
        || said.contains("string scalar");
    let is_closed = value.len() > 1 && value.starts_with('"') && value.ends_with('"');
    (is_text && !is_closed && !value.is_empty()).then(|| format!("put it in quotes: {}: {}", key.trim(), quoted(value)))
}

/// A text in the quotes that need the fewest changes in it.
pub(super) fn quoted(value: &str) -> String {
    if !value.contains(['"', '\\']) {
        return format!("\"{}\"", value.strip_prefix('\'').and_then(|it| it.strip_suffix('\'')).unwrap_or(value));
    }
    format!("'{}'", value.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use crate::source::front_matter::read;

    fn fault(yaml: &str) -> String {
        read("a.md", yaml).expect_err("is broken").to_string()
    }

    #[test]
    fn a_typo_names_its_line_and_the_nearest_key() {
        assert_eq!(
            fault("title: A\nstandfrist: B\n"),
            "a.md:3:1: unknown key `standfrist`; did you mean `standfirst`?"
        );
        assert!(fault("title: A\nlayout: post\n").contains("unknown key `layout`; known are title, date"));
        assert_eq!(fault("title: A\ntitle: B\n"), "a.md:3:1: `title` is given twice; keep one");
        assert_eq!(
            fault("title: A\nvisibility: payed\n"),
            "a.md:3:13: `payed` is not known here; expected one of public, members, paid"
        );
    }

    #[test]
    fn broken_yaml_names_its_line() {
        let fault = fault("title: A\ntags: [a, b\n");
        assert!(fault.starts_with("a.md:"), "{fault}");
        assert!(fault.contains("no YAML"), "{fault}");
    }

    #[test]
    fn a_text_that_needs_quotes_is_shown_in_them() {
        for (line, mend) in [
            ("title: T: the story", "title: \"T: the story\""),
            ("title: What now:", "title: \"What now:\""),
            ("title: \"T\": the story", "title: '\"T\": the story'"),
            ("summary: 'It's late'", "summary: \"It's late\""),
            ("title: @home", "title: \"@home\""),
            ("title: *bold* words", "title: \"*bold* words\""),
            ("title: & co", "title: \"& co\""),
            ("title: [Draft] words", "title: \"[Draft] words\""),
        ] {
            for yaml in [format!("{line}\ndate: 2025-02-18\n"), format!("date: 2025-02-18\n{line}\n")] {
                let fault = fault(&yaml);
                assert!(fault.ends_with(&format!("; put it in quotes: {mend}")), "{fault}");
                assert!(read("a.md", &yaml.replace(line, mend)).is_ok(), "{mend} is no mend");
            }
        }
    }

    #[test]
    fn an_entry_of_nothing_is_named() {
        for yaml in ["title: A\ntags:\n  - a\n  -\ndate: 2025-02-18\n", "title: A\ntags:\n- a\n-\n"] {
            let fault = fault(yaml);
            assert!(
                fault.starts_with("a.md:5") && fault.contains(": an empty entry in `tags`; remove the line"),
                "{fault}"
            );
        }
    }

    #[test]
    fn tabs_are_blanks() {
        for yaml in ["title: A\ntags:\n\t- a\n", "title: A\n\tdate: 2025-02-18\n"] {
            let fault = fault(yaml);
            assert!(fault.ends_with("; write blanks instead of tabs"), "{fault}");
        }
    }
}
