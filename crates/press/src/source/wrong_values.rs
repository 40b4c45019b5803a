//! What serde says of a value in `publication.toml` that is none of its kind, as who writes such a file would say it.

use jumpline_article::{FormatError, Language};

/// Lists whose entries are tables.
const LISTS: &[&str] = &["authors", "sections", "share", "tiers"];

/// What is wrong with the value, and what to write; `None` where serde's words will do.
pub(super) fn in_words(error: &FormatError) -> Option<String> {
    if let Some(key) = error.message.strip_prefix("missing field `").and_then(|it| it.strip_suffix('`')) {
        let around = Some(error.field.as_str()).filter(|it| !matches!(*it, "" | "." | "?"));
        let around = around.map(|it| format!(" in `{it}`")).unwrap_or_default();
        return Some(format!("`{key}` is missing{around}; write a line `{key} = \"…\"`"));
    }
    let (problem, expected) = error.message.split_once(", expected ")?;
    let found = problem.strip_prefix("invalid type: ").or_else(|| problem.strip_prefix("invalid value: "))?;
    let field = error.field.as_str();
    let key = field.rsplit('.').next().unwrap_or(field);
    let value = found.split_once(' ').map_or(found, |it| it.1).trim_matches('`');
    let bare = value.trim_matches('"');
    let words = match (found, expected) {
        ("unit variant", _) | (_, "struct CommentServer" | "struct Form" | "struct Ghost") => {
            return Some(format!("field `{field}`: needs an address; {}", table(field)));
        }
        ("map", "a sequence") if LISTS.contains(&key) => {
            format!("is a list of tables; begin each with two pairs of brackets, `[[{field}]]`")
        }
        ("map", _) if field.ends_with("[0]") => {
            let field = field.trim_end_matches("[0]");
            return Some(format!(
                "field `{field}`: is one table and no list; begin it with one pair of brackets, `[{field}]`"
            ));
        }
        (_, "a sequence") => format!("is a list; write it in brackets, `{key} = [{value}]`"),
        (_, "a boolean") => format!("is `true` or `false`, without quotes; found {found}"),
        (_, "a string") if found.starts_with(['i', 'f', 'b']) => {
            format!("is a text; write it in quotes, `{key} = \"{bare}\"`")
        }
        (_, it) if is_number(it) && bare.parse::<u32>().is_ok() => {
            format!("is a number; write it without quotes, `{key} = {bare}`")
        }
        (_, it) if is_number(it) => format!("is a whole number, 0 or more; found {found}"),
        _ => return None,
    };
    Some(format!("field `{field}`: {words}"))
}

/// What to write where a provider with an address is named by a word alone.
pub(super) fn table(field: &str) -> String {
    format!("write a table `[{field}]` and in it `url = \"https://…\"`")
}

/// What to say of a word that is no provider, or no language; `None` for all others.
pub(super) fn unknown_word(field: &str, word: &str, meant: Option<&str>) -> Option<String> {
    if field == "language" {
        let known = Language::ALL.map(Language::tag).join(", ");
        return Some(format!(
            "the interface does not speak `{word}`; known are {known}. An article in another language says so by `language` in its own head"
        ));
    }
    let known = match field {
        "subscribe.provider" => {
            "\"local\", and the tables `[subscribe.provider.form]` and `[subscribe.provider.ghost]`"
        }
        "comments.provider" => {
            "\"local\", \"none\", and the tables `[comments.provider.isso]` and `[comments.provider.wordpress]`"
        }
        _ => return None,
    };
    let mend = match meant {
        Some(meant @ ("local" | "none")) => format!("did you mean \"{meant}\"? "),
        Some(meant) => format!("{}. ", table(&format!("{field}.{meant}"))),
        None => String::new(),
    };
    Some(format!("unknown word `{word}` for `{field}`; {mend}Known are {known}"))
}

fn is_number(expected: &str) -> bool {
    expected.strip_prefix(['u', 'i']).is_some_and(|it| it.bytes().all(|it| it.is_ascii_digit()))
}
