//! A reader of the HTML that trusts none of it.

use super::REL;

/// Whether HTML holds only what [`crate::markup::to_html`] promises, each element where it may stand. Gives the text and the addresses of
/// links that do not show them, unescaped.
pub(super) fn inspect(html: &str) -> Result<String, String> {
    let (mut open, mut shown, mut rest) = (Vec::<&str>::new(), String::new(), html);
    // The address of the link that is open, and where its text begins in `shown`.
    let mut link = (String::new(), 0);
    while let Some(first) = rest.chars().next() {
        if first != '<' {
            let (text, length) = unescape(rest)?;
            if matches!(open.last(), None | Some(&("ul" | "ol" | "blockquote" | "pre"))) {
                return Err(format!("text in {open:?}"));
            }
            shown.push(text);
            rest = &rest[length..];
            continue;
        }
        let (tag, after) = rest[1..].split_once('>').ok_or("a tag without end")?;
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(format!("</{name}> ends another"));
            }
            if name == "a" && shown[link.1..] != link.0 {
                shown.push_str(&link.0);
            }
            continue;
        }
        let name = tag.split(' ').next().unwrap_or_default();
        if name == "a" {
            let inner = tag.strip_prefix("a href=\"").and_then(|it| it.strip_suffix(REL));
            let mut address = inner.and_then(|it| it.strip_suffix('"')).ok_or("a link of another shape")?;
            link = (String::new(), shown.len());
            while !address.is_empty() {
                let (text, length) = unescape(address)?;
                link.0.push(text);
                address = &address[length..];
            }
            let lower = link.0.to_ascii_lowercase();
            if !["http://", "https://", "mailto:"].iter().any(|it| lower.starts_with(it)) || !crate::allow::url(&link.0)
            {
                return Err(format!("an address of another scheme: {}", link.0));
            }
            if link.0.contains(|it: char| it.is_ascii_whitespace() || it.is_ascii_control()) {
                return Err("an address with a space".to_owned());
            }
        } else if name != tag {
            return Err(format!("<{tag}> has attributes"));
        }
        let parent = open.last().copied();
        let flow = matches!(parent, None | Some("blockquote" | "li"));
        let phrasing = matches!(parent, Some("p" | "li" | "em" | "strong" | "a"));
        let fits = match name {
            "p" | "pre" | "blockquote" | "ul" | "ol" => flow,
            "li" => matches!(parent, Some("ul" | "ol")),
            "br" => phrasing || parent == Some("code"),
            "em" | "strong" => phrasing,
            "code" => phrasing || parent == Some("pre"),
            "a" => phrasing && !open.contains(&"a"),
            _ => false,
        };
        if !fits || open.len() > 3 + 4 + 5 {
            return Err(format!("<{name}> in {open:?}"));
        }
        if name != "br" {
            open.push(name);
        }
    }
    if open.is_empty() { Ok(shown) } else { Err(format!("{open:?} are open")) }
}

/// The first character of escaped text, and the bytes it takes.
fn unescape(text: &str) -> Result<(char, usize), String> {
    for (entity, sign) in [("&lt;", '<'), ("&gt;", '>'), ("&amp;", '&'), ("&quot;", '"')] {
        if text.starts_with(entity) {
            return Ok((sign, entity.len()));
        }
    }
    match text.chars().next() {
        Some(it) if !matches!(it, '<' | '>' | '&' | '"') => Ok((it, it.len_utf8())),
        other => Err(format!("{other:?} is not escaped")),
    }
}
