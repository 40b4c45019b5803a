//! What of a server's answer is plain: names, addresses, words of an error, what a comment says without its HTML.

use crate::comment::shown_name;

/// The text of some HTML, without tags, its basic entities read, blanks made one.
pub(super) fn text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        text.push(' ');
        rest = rest[at..].split_once('>').map_or("", |it| it.1);
    }
    text.push_str(rest);
    decoded(&text)
}

/// A name, which servers write with entities, as it is shown.
pub(super) fn name(text: &str) -> String {
    shown_name(&decoded(text))
}

/// Entities read, blanks made one.
fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match rest.split_once(';').and_then(|(name, after)| Some((entity(&name[1..])?, after))) {
            Some((sign, after)) => {
                out.push(sign);
                rest = after;
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The address of an author's website, where it is one that may be linked.
pub(super) fn website(url: Option<String>) -> Option<String> {
    url.filter(|it| it.starts_with("https://") || it.starts_with("http://"))
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?).filter(|it| !it.is_control())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_read_once() {
        assert_eq!(name(" Ada &lt;b&gt; &amp;lt; &#39;x&#x27; &nbsp; & "), "Ada <b> &lt; 'x' &nbsp; &");
        assert_eq!(name("&#0;&#xD800;&#;"), "&#0;&#xD800;&#;");
    }

    #[test]
    fn a_name_rings_turns_and_fills_nothing() {
        assert_eq!(name("Ada\u{202e}\0\u{7} &#x202E;&#x2066;Lo\u{2069}ve"), "Ada Love");
        let long = name(&"x".repeat(5000));
        assert_eq!((long.chars().count(), long.ends_with("x…")), (101, true));
        assert_eq!(name(&"é".repeat(100)), "é".repeat(100));
        assert_eq!(text(&"x".repeat(5000)).len(), 5000);
    }

    #[test]
    fn a_text_has_no_tags() {
        assert_eq!(text("<h1>Bad</h1>\n<p>text is &quot;short&quot;</p><p"), "Bad text is \"short\"");
    }
}
