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
            if let Some(message) = number.and_then(|it| listed(said, yaml, it)) {
                return at(file, error, message);
            }
            if let Some(fault) = no_blank(file, yaml) {
                return fault;
            }
            match mend(said, line.unwrap_or_default()) {
                Some(mend) => format!("the front matter is no YAML: {said}; {mend}"),
                None => format!("the front matter is no YAML: {said}"),
            }
        }
    };
    at(file, error, message)
}

/// The line of the head, from 0, whose key or word is not known and can be left out to see what else is wrong.
pub(super) fn unknown(error: &Error) -> Option<usize> {
    let error = error.without_snippet();
    let is_unknown = matches!(error, Error::SerdeUnknownField { .. } | Error::SerdeUnknownVariant { .. });
    error.location().filter(|_| is_unknown).and_then(|it| (it.line() as usize).checked_sub(1))
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

/// Names that somebody wrote as tables, the way other programs want them: `- name: Ann`.
fn listed(said: &str, yaml: &str, line: usize) -> Option<String> {
    let key = key_above(yaml, line).filter(|it| ["authors", "tags", "tiers", "aliases"].contains(it))?;
    let of_entry = |it: &str| it.trim_start().strip_prefix("- ")?.split_once(": ").map(|it| it.1.trim().to_owned());
    if !said.contains("string scalar") || of_entry(yaml.lines().nth(line)?).is_none() {
        return None;
    }
    let begin = yaml.lines().position(|it| it.starts_with(&format!("{key}:")))?;
    let entries = yaml.lines().skip(begin + 1).take_while(|it| it.starts_with([' ', '-']));
    let names: Vec<String> = entries.filter_map(of_entry).collect();
    Some(format!("`{key}` takes names alone; write `{key}: [{}]`", names.join(", ")))
}

/// A key whose blank is one that YAML does not take for one: a Mac writes it with the option key, and pages bring it along.
fn no_blank(file: &str, yaml: &str) -> Option<Fault> {
    let is_key = |it: char| it.is_ascii_alphanumeric() || it == '_';
    yaml.lines().enumerate().find_map(|(index, line)| {
        let (key, _) = line.split_once(":\u{a0}").filter(|it| !it.0.is_empty() && it.0.chars().all(is_key))?;
        let message = format!("after `{key}:` stands a blank that does not break lines, which YAML takes for a letter; type an ordinary one");
        Some(Fault { column: key.len() + 2, ..Fault::line(file, index + 2, message) })
    })
}

/// What to write instead of a line, as far as that can be told.
fn mend(said: &str, line: &str) -> Option<String> {
    if said.contains("tab") && !said.contains("alphabetic") {
        return Some("write blanks instead of tabs".to_owned());
    }
    if said.contains("boolean") {
        return Some("write `true` or `false`".to_owned());
    }
    let (key, value) = line.split_once(": ")?;
    let value = value.trim();
    // A colon that a blank follows begins a value, and these signs mean something of their own at its beginning.
    let is_text = value.contains(": ")
        || value.ends_with(':')
        || value.starts_with(['@', '%', '`', '*', '&', '!', '\''])
        || said.contains("string scalar")
        || said.contains("trailing content");
    let is_closed =
        value.len() > 1 && !said.contains("trailing content") && value.starts_with('"') && value.ends_with('"');
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
            ("title: \"Foo\" is bar", "title: '\"Foo\" is bar'"),
            ("title: \"Foo\" and \"bar\"", "title: '\"Foo\" and \"bar\"'"),
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
    fn names_are_no_tables() {
        for yaml in [
            "title: A\nauthors:\n- name: Ann\n- name: Bo Bee\ndate: 2025-02-18\n",
            "authors:\n  - name: Ann\n  - name: Bo Bee\n",
        ] {
            let fault = fault(yaml);
            assert!(fault.ends_with(": `authors` takes names alone; write `authors: [Ann, Bo Bee]`"), "{fault}");
        }
    }

    #[test]
    fn a_value_of_another_kind_names_its_mend() {
        assert!(
            fault("title: A\ndraft: maybe\n").ends_with("; write `true` or `false`"),
            "{}",
            fault("draft: maybe\n")
        );
        for yaml in ["title:\u{a0}A\ndate: 2025-02-18\n", "date: 2025-02-18\ntitle:\u{a0}A\n", "title:\u{a0}A\n"] {
            let fault = fault(yaml);
            assert!(fault.contains(":7: after `title:` stands a blank that does not break lines"), "{fault}");
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
