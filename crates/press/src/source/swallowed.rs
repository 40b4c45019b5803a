//! Text that YAML passes over without a word: what follows ` #`, and words that begin with `&`, `!` or `#`.

use super::broken_yaml::quoted;
use crate::fault::Fault;

/// What in the head of a file would be left out; `yaml` stands below the first line.
pub(super) fn find(file: &str, yaml: &str) -> Option<Fault> {
    let mut within = Within::Nothing;
    for (index, line) in yaml.lines().enumerate() {
        let (next, found) = look(line, within);
        if let Some((at, message)) = found {
            return Some(Fault { column: line[..at].chars().count() + 1, ..Fault::line(file, index + 2, message) });
        }
        within = next;
    }
    None
}

/// What a line goes on with.
#[derive(Clone, Copy)]
enum Within {
    Nothing,
    /// A text in these quotes.
    Quotes(u8),
    /// A list in brackets, so deep.
    Brackets(usize),
    /// A text without quotes, as long as lines are indented more than its first.
    Plain(usize),
    /// A text of many lines below a key of this indent.
    Block(usize),
}

type Found = Option<(usize, String)>;

fn look(line: &str, within: Within) -> (Within, Found) {
    let indent = line.len() - line.trim_start().len();
    match within {
        Within::Block(key) if line.trim().is_empty() || indent > key => return (within, None),
        Within::Quotes(quote) => {
            return match after_quotes(line, 0, quote) {
                Some(end) => after(line, end),
                None => (within, None),
            };
        }
        _ if line.trim_start().starts_with('#') || line.trim().is_empty() => {
            return (if matches!(within, Within::Block(_)) { Within::Nothing } else { within }, None);
        }
        Within::Brackets(depth) => return brackets(line, 0, depth),
        Within::Plain(first) if indent > first => {
            return (within, comment(line).map(|at| (at, commented(line, indent))));
        }
        _ => {}
    }
    value(line, indent, begin(line, indent))
}

/// Where the value of a line begins: behind the dashes of a list, and behind a key.
fn begin(line: &str, indent: usize) -> usize {
    let mut at = indent;
    while line[at..].starts_with("- ") {
        at = line.len() - line[at + 1..].trim_start().len();
    }
    match line[at..].find(": ") {
        Some(colon) if !line[at..at + colon].contains([' ', '"', '\'', '[', '{', '#']) => {
            line.len() - line[at + colon + 1..].trim_start().len()
        }
        _ => at,
    }
}

fn value(line: &str, indent: usize, at: usize) -> (Within, Found) {
    let text = &line[at..];
    match text.as_bytes().first() {
        Some(quote @ (b'"' | b'\'')) => match after_quotes(line, at + 1, *quote) {
            Some(end) => after(line, end),
            None => (Within::Quotes(*quote), None),
        },
        Some(b'[' | b'{') => brackets(line, at, 0),
        Some(b'|' | b'>') => (Within::Block(indent), None),
        Some(sign @ (b'&' | b'!')) => {
            let word = text.split_whitespace().next().unwrap_or_default();
            let message = format!(
                "`{word}` is no text for YAML, which has a meaning for `{}` at the beginning; {}",
                char::from(*sign),
                mend(line, at)
            );
            (Within::Nothing, Some((at, message)))
        }
        Some(_) if !text.trim_end().ends_with(':') => {
            (Within::Plain(indent), comment(text).map(|hash| (at + hash, commented(line, at))))
        }
        _ => (Within::Nothing, None),
    }
}

/// Behind a closed quotation: a comment there is nothing else, and a key has its value.
fn after(line: &str, end: usize) -> (Within, Found) {
    match line[end..].strip_prefix(':') {
        Some(rest) => value(line, 0, line.len() - rest.trim_start().len()),
        None => (Within::Nothing, None),
    }
}

/// Where a comment begins in a text without quotes.
fn comment(text: &str) -> Option<usize> {
    let is_begun = |at: &usize| *at == 0 || text[..*at].ends_with([' ', '\t']);
    text.match_indices('#').map(|it| it.0).find(is_begun)
}

/// The end of a quotation that is open at a place.
fn after_quotes(line: &str, from: usize, quote: u8) -> Option<usize> {
    let bytes = line.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if quote == b'"' => at += 1,
            b'\'' if quote == b'\'' && bytes.get(at + 1) == Some(&b'\'') => at += 1,
            it if it == quote => return Some(at + 1),
            _ => {}
        }
        at += 1;
    }
    None
}

fn brackets(line: &str, from: usize, mut depth: usize) -> (Within, Found) {
    let bytes = line.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        let is_begin = at == from || matches!(bytes[at - 1], b' ' | b'\t' | b',' | b'[' | b'{');
        match bytes[at] {
            quote @ (b'"' | b'\'') if is_begin => match after_quotes(line, at + 1, quote) {
                Some(end) => at = end - 1,
                // A quotation over two lines in a list; the parser knows.
                None => return (Within::Brackets(depth), None),
            },
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            b'#' if is_begin => {
                let message = "what follows `#` is a comment for YAML; put the entry in quotes, or the comment on a line of its own";
                return (Within::Nothing, Some((at, message.to_owned())));
            }
            sign @ (b'&' | b'!') if is_begin => {
                let message =
                    format!("YAML has a meaning for `{}` at the beginning; put the entry in quotes", char::from(sign));
                return (Within::Nothing, Some((at, message)));
            }
            _ => {}
        }
        at += 1;
        if depth == 0 {
            return (Within::Nothing, None);
        }
    }
    (Within::Brackets(depth), None)
}

fn commented(line: &str, at: usize) -> String {
    format!("what follows ` #` is a comment for YAML; {}, or put the comment on a line of its own", mend(line, at))
}

fn mend(line: &str, at: usize) -> String {
    format!("put it in quotes: {}{}", line[..at].trim_start(), quoted(line[at..].trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::front_matter::read;

    #[test]
    fn text_that_would_vanish_is_named_with_its_mend() {
        for (line, column, mend) in [
            ("title: Why we are #1 again", 19, "title: \"Why we are #1 again\""),
            ("tags: #foo", 7, "tags: \"#foo\""),
            ("standfirst: &c and so on", 13, "standfirst: \"&c and so on\""),
            ("title: !Achtung", 8, "title: \"!Achtung\""),
            ("summary: say \"no\" #1", 19, "summary: 'say \"no\" #1'"),
        ] {
            let yaml = format!("date: 2025-02-18\n{line}\n");
            let fault = read("a.md", &yaml).expect_err(line).to_string();
            assert!(fault.starts_with(&format!("a.md:3:{column}: ")), "{fault}");
            assert!(fault.contains(&format!("; put it in quotes: {mend}")), "{fault}");
            assert_eq!(fault.ends_with(", or put the comment on a line of its own"), line.contains('#'), "{fault}");
            assert!(read("a.md", &yaml.replace(line, mend)).is_ok(), "{mend} is no mend");
        }
        let listed = read("a.md", "tags:\n  - a\n  - Boeing #747\n").expect_err("is lost").to_string();
        assert!(
            listed.starts_with("a.md:4:12: ") && listed.contains("put it in quotes: - \"Boeing #747\""),
            "{listed}"
        );
        for yaml in [
            "tags: [a, &b]\n",
            "tags: [a, b #1,\n c]\n",
            "tags: [a,\n #b]\n",
            "title: a\n  b #1\n",
            "\"title\": a #1\n",
        ] {
            assert_eq!(find("a.md", yaml).is_some(), !yaml.contains("\n #"), "{yaml}");
        }
    }

    #[test]
    fn comments_and_quoted_texts_stay() {
        for yaml in [
            "# a comment\ntitle: A\n  # another\ntags: [a, \"b #1\"] # clear\n",
            "title: \"A #1\" # clear\n",
            "title: 'It''s #1'\n",
            "title: \"A\n  #1 \\\" #2\"\ndate: 2025-02-18\n",
            "summary: |\n  We are #1\n\n  &c\n# here\ntitle: C# and A&B!\n",
            "summary: >- # folded\n  We are #1\n",
            "standfirst: bread\n  & butter\n  !\ntitle: A\n",
            "title: a.b#c\naliases:\n- /a/#b\n",
            "tags: [\n  a, # no: it is cut\n]\n",
        ] {
            assert_eq!(find("a.md", yaml).is_some(), yaml.contains("is cut"), "{yaml}");
        }
    }
}
