//! Whether a text has the form of what it should be.

use crate::site::origin::ascii_origin;
use jumpline_article::BasePath;

/// Enough to tell an address from a sentence: what is before and after one `@` has no room for anything else.
pub(super) fn is_email(text: &str) -> bool {
    let bad = |it: char| it.is_whitespace() || it.is_control() || "<>()[],;:\\\"@?&".contains(it);
    text.split_once('@').is_some_and(|(name, host)| {
        let whole = !name.is_empty() && !name.contains(bad) && !host.contains(bad);
        whole && !host.is_empty() && host.split('.').all(|it| !it.is_empty())
    })
}

/// Whether it is scheme and host and no more.
pub(super) fn is_origin(text: &str) -> bool {
    ascii_origin(text).is_some_and(|it| it == text.trim_end_matches('/'))
}

/// What was meant by a name without its scheme, a path, or capitals.
pub(super) fn origin_of(text: &str) -> String {
    let name = text.rsplit("://").next().unwrap_or(text);
    ascii_origin(text)
        .or_else(|| ascii_origin(&format!("https://{name}")))
        .unwrap_or_else(|| "https://images.example".to_owned())
}

/// A base path as somebody typed it. `BasePath` takes anything, since the reader never sees another than this.
///
/// # Errors
/// When it is no path, with the mend.
pub(super) fn base(text: &str) -> Result<BasePath, String> {
    let inner = text.trim_matches('/');
    let bad_step = |it: &str| it.is_empty() || it == "." || it == "..";
    let bad = |it: char| it.is_control() || it.is_whitespace() || "?#\\<>\"'`;:".contains(it);
    if !inner.is_empty() && (inner.split('/').any(bad_step) || inner.contains(bad)) {
        return Err(format!("`{text}` is not a path below `url`; write it like /repo/, without an origin"));
    }
    Ok(BasePath::new(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_mended() {
        for (text, mend) in [
            ("images.example", "https://images.example"),
            ("HTTPS://Images.example:443/a?b", "https://images.example"),
            ("http://a.example:8080/x", "http://a.example:8080"),
            ("ftp://a.example", "https://a.example"),
            ("not a host", "https://images.example"),
        ] {
            assert!(!is_origin(text) && is_origin(&origin_of(text)), "{text}");
            assert_eq!(origin_of(text), mend, "{text}");
        }
    }

    #[test]
    fn a_base_is_a_path() {
        for text in ["https://x/repo", "../x", "?x", "a//b", "a b", "/a/./", "#", "x\"y"] {
            assert!(base(text).is_err(), "{text}");
        }
        for text in ["", "/", "repo", "/repo/", "a/b", "/ö%20x/"] {
            assert!(base(text).is_ok(), "{text}");
        }
    }
}
