//! `publication.toml`, read and checked.

use super::nearest::nearest;
use super::place::Place;
use super::{forms, settings, wrong_values};
use crate::fault::{Fault, Faults};
use crate::site::origin::ascii_origin;
use anyhow::Context as _;
use jumpline_article::{FormatError, Publication};
use std::fs;
use std::path::Path;

/// Keys that the press fills in by itself, and what to do instead of writing them.
const FILLED: &[(&[&str], &str)] = &[
    (&["pages"], "the foot links what lies in the folder pages/"),
    (&["paywall", "lock"], "it is made from the secret"),
];

/// Reads `publication.toml`; `base` overrides the path that it names. Its address is one that every program understands: letters of
/// other scripts in a host are spelled out (Punycode).
///
/// # Errors
/// When it cannot be read, or is not what its format says.
pub fn publication(content: &Path, base: Option<&str>) -> anyhow::Result<Publication> {
    let path = content.join("publication.toml");
    let bytes = fs::read(&path)
        .with_context(|| format!("{}: cannot be read; a publication begins with this file", path.display()))?;
    let text = super::text(&path.display().to_string(), &bytes)?;
    let place = Place::new(&path, text);
    Faults::check(filled(&place), true)?;
    let mut publication = parse(&path, text)?;
    let mut faults = settings::check(&path, text, &publication);
    if !publication.url.is_ascii() {
        match ascii_origin(&publication.url) {
            Some(url) => publication.url = url,
            None => {
                let message =
                    format!("`{}` has no host that a browser finds; write it as the browser shows it", publication.url);
                faults.push(place.fault(&["url".into()], &message));
            }
        }
    }
    Faults::check(faults, true)?;
    if let Some(base) = base {
        publication.base = forms::base(base).map_err(|message| anyhow::anyhow!("--base {message}"))?;
    }
    Ok(publication)
}

/// Reads the text of such a file, whose values are not looked at.
///
/// # Errors
/// With its line, when it is not what its format says.
pub(crate) fn parse(path: &Path, text: &str) -> Result<Publication, Fault> {
    Publication::from_toml(text).map_err(|error| explain(path, &error))
}

fn filled(place: &Place<'_>) -> Vec<Fault> {
    let written = FILLED.iter().filter_map(|(path, instead)| {
        let steps: Vec<_> = path.iter().map(|it| (*it).into()).collect();
        place.has(&steps).then(|| place.fault(&steps, &format!("is no key of yours: {instead}; remove it")))
    });
    written.collect()
}

/// The fault that an error of the format is, with the word that was meant.
fn explain(path: &Path, error: &FormatError) -> Fault {
    let file = path.display().to_string();
    let at = |message| Fault { column: error.column, ..Fault::line(file.clone(), error.line, message) };
    let Some(unknown) = Unknown::of(error) else {
        return wrong_values::in_words(error).map_or_else(|| Fault::format(&file, 0, error), at);
    };
    let meant = nearest(unknown.word, unknown.known.iter().copied());
    if let Some(message) = wrong_values::unknown_word(&error.field, unknown.word, meant).filter(|_| !unknown.is_key) {
        return at(message);
    }
    let mend = match meant {
        Some(meant) if unknown.is_key => format!("did you mean `{meant}`?"),
        Some(meant) => format!("did you mean `{meant}`? Known are {}", unknown.known.join(", ")),
        None => format!("known are {}", unknown.known.join(", ")),
    };
    let around = error.field.rsplit_once('.').map(|it| it.0);
    let place = match around {
        Some(around) if unknown.is_key => format!(" in `{around}`"),
        _ if unknown.is_key => String::new(),
        _ => format!(" for `{}`", error.field),
    };
    let what = if unknown.is_key { "unknown key" } else { "unknown word" };
    at(format!("{what} `{}`{place}; {mend}", unknown.word))
}

/// What serde says of a word that it does not know: "unknown field `titel`, expected one of `title`, `url`".
struct Unknown<'a> {
    is_key: bool,
    word: &'a str,
    known: Vec<&'a str>,
}

impl<'a> Unknown<'a> {
    fn of(error: &'a FormatError) -> Option<Self> {
        let is_key = error.message.starts_with("unknown field `");
        let rest = error
            .message
            .strip_prefix("unknown field `")
            .or_else(|| error.message.strip_prefix("unknown variant `"))?;
        let (word, expected) = rest.split_once("`, expected ")?;
        let around = error.field.rsplit_once('.').map_or("", |it| it.0);
        let is_theirs = |it: &&str| {
            !is_key
                || FILLED.iter().all(|(path, _)| {
                    path.split_last().is_none_or(|(key, table)| key != it || table.join(".") != around)
                })
        };
        let known = expected.split('`').skip(1).step_by(2).filter(is_theirs).collect();
        Some(Self { is_key, word, known })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(more: &str) -> Result<Publication, String> {
        let folder = tempfile::tempdir().expect("has a temporary folder");
        let text = format!("title = \"Paper\"\n{more}\n");
        let text = if more.contains("url = \"https") {
            text
        } else {
            text.replacen('\n', "\nurl = \"https://p.example\"\n", 1)
        };
        fs::write(folder.path().join("publication.toml"), text).expect("is writable");
        let root = format!("{}/publication.toml:", folder.path().display());
        publication(folder.path(), None).map_err(|it| it.to_string().replace(&root, ""))
    }

    #[test]
    fn a_typo_names_its_line_and_the_nearest_key() {
        for (more, said) in [
            ("titel = \"A\"", "3:1: unknown key `titel`; did you mean `title`?"),
            (
                "[[sections]]\nslug = \"a\"\ntitel = \"B\"",
                "5:1: unknown key `titel` in `sections[0]`; did you mean `title`?",
            ),
            (
                "[subscribe.modal]\nenable = true",
                "4:1: unknown key `enable` in `subscribe.modal`; did you mean `enabled`?",
            ),
            ("[paywall]\nprice = 1", "4:1: unknown key `price` in `paywall`; known are secret, gifts, free_articles"),
            (
                "[comments]\nprovider = \"isos\"",
                "4:12: unknown word `isos` for `comments.provider`; write a table `[comments.provider.isso]` and in it `url = \"https://…\"`. \
                 Known are \"local\", \"none\", and the tables `[comments.provider.isso]` and `[comments.provider.wordpress]`",
            ),
            (
                "[comments]\nprovider = \"nome\"",
                "4:12: unknown word `nome` for `comments.provider`; did you mean \"none\"? \
                 Known are \"local\", \"none\", and the tables `[comments.provider.isso]` and `[comments.provider.wordpress]`",
            ),
        ] {
            assert_eq!(read(more).expect_err(more), said);
        }
        let unknown = read("layout = 1").expect_err("is unknown");
        assert!(unknown.contains("known are title, description, url") && !unknown.contains("pages"), "{unknown}");
    }

    #[test]
    fn a_value_of_another_kind_is_mended_in_words() {
        for (more, said) in [
            (
                "[subscribe]\nprovider = \"form\"",
                "4:12: field `subscribe.provider.form`: needs an address; write a table `[subscribe.provider.form]` and in it `url = \"https://…\"`",
            ),
            (
                "[comments]\nprovider = \"isso\"",
                "4:12: field `comments.provider.isso`: needs an address; write a table `[comments.provider.isso]` and in it `url = \"https://…\"`",
            ),
            (
                "[comments]\nprovider = { isso = \"https://x.example\" }",
                "4:21: field `comments.provider.isso`: needs an address; write a table `[comments.provider.isso]` and in it `url = \"https://…\"`",
            ),
            (
                "[sections]\nslug = \"a\"\ntitle = \"A\"",
                "3:1: field `sections`: is a list of tables; begin each with two pairs of brackets, `[[sections]]`",
            ),
            (
                "[[subscribe]]\ninvitation = \"a\"",
                "3:1: field `subscribe`: is one table and no list; begin it with one pair of brackets, `[subscribe]`",
            ),
            ("per_page = \"12\"", "3:12: field `per_page`: is a number; write it without quotes, `per_page = 12`"),
            (
                "[comments.provider.isso]",
                "3:1: `url` is missing in `comments.provider.isso`; write a line `url = \"…\"`",
            ),
            ("per_page = -1", "3:12: field `per_page`: is a whole number, 0 or more; found integer `-1`"),
            (
                "media_hosts = \"https://a.example\"",
                "3:15: field `media_hosts`: is a list; write it in brackets, `media_hosts = [\"https://a.example\"]`",
            ),
            ("email = 7", "3:9: field `email`: is a text; write it in quotes, `email = \"7\"`"),
            (
                "[app]\noffline = \"no\"",
                "4:11: field `app.offline`: is `true` or `false`, without quotes; found string \"no\"",
            ),
            (
                "language = \"fr\"",
                "3:12: the interface does not speak `fr`; known are en, de, ar. An article in another language says so by `language` in its own head",
            ),
        ] {
            assert_eq!(read(more).expect_err(more), said);
        }
    }

    #[test]
    fn a_file_in_other_letters_says_how_to_save_it() {
        let folder = tempfile::tempdir().expect("has a temporary folder");
        let path = folder.path().join("publication.toml");
        let utf16: Vec<u8> = "\u{feff}title = \"P\"\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        fs::write(&path, utf16).expect("is writable");
        let error = publication(folder.path(), None).expect_err("is UTF-16").to_string();
        assert!(error.ends_with(":1: is not UTF-8 here; save the file as UTF-8"), "{error}");
        fs::write(&path, "\u{feff}title = \"P\"\nurl = \"https://p.example\"\n").expect("is writable");
        assert!(publication(folder.path(), None).is_ok());
    }

    #[test]
    fn what_the_press_fills_in_is_nobody_elses() {
        let pages = read("[[pages]]\npath = \"/x/\"\ntitle = \"X\"").expect_err("is not theirs");
        assert!(
            pages.contains("field `pages`: is no key of yours: the foot links what lies in the folder pages/"),
            "{pages}"
        );
        assert!(read("pages = []").is_err());
    }

    #[test]
    fn a_host_in_any_script_is_spelled_out() {
        let url = |it: &str| read(&format!("url = \"{it}\"")).map(|it| it.url);
        assert_eq!(url("https://zeitung-für-alle.example").as_deref(), Ok("https://xn--zeitung-fr-alle-7vb.example"));
        assert_eq!(url("https://Bücher.example:8443/").as_deref(), Ok("https://xn--bcher-kva.example:8443"));
        assert_eq!(url("https://paper.example").as_deref(), Ok("https://paper.example"));
        let error = url("https://a\u{ff05}b.example").expect_err("is no host");
        assert!(error.starts_with("2:7: field `url`: "), "{error}");
    }
}
