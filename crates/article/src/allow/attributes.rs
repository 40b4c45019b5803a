//! Which attributes elements may carry, and with what values.

/// Attributes that any element may carry.
pub const GLOBAL_ATTRIBUTES: &[&str] = &["class", "dir", "id", "lang", "title"];

/// Attributes that one element may carry.
pub const ATTRIBUTES: &[(&str, &[&str])] = &[
    ("a", &["data-file", "data-sealed", "href", "hreflang", "role", "aria-label", "aria-describedby"]),
    ("audio", &["controls", "data-sealed", "src", "preload"]),
    ("blockquote", &["cite"]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("del", &["cite", "datetime"]),
    ("details", &["open"]),
    ("img", &["alt", "data-sealed", "decoding", "height", "loading", "sizes", "src", "srcset", "width"]),
    ("input", &["aria-label", "checked", "disabled", "type"]),
    ("ins", &["cite", "datetime"]),
    ("li", &["value"]),
    ("ol", &["reversed", "start", "type"]),
    ("pre", &["tabindex"]),
    ("q", &["cite"]),
    ("section", &["aria-label", "role"]),
    ("source", &["data-sealed", "media", "sizes", "src", "srcset", "type"]),
    ("td", &["colspan", "headers", "rowspan"]),
    ("th", &["abbr", "colspan", "headers", "rowspan", "scope"]),
    ("time", &["datetime"]),
    ("track", &["data-sealed", "default", "kind", "label", "src", "srclang"]),
    ("div", &["tabindex", "role", "aria-label"]),
    ("video", &["controls", "data-sealed", "height", "poster", "preload", "src", "width"]),
];

/// Schemes that a link may have. A URL without a scheme is one of our own.
pub const LINK_SCHEMES: &[&str] = &["http", "https", "mailto", "tel"];

/// Attributes whose value is a URL.
pub const URL_ATTRIBUTES: &[&str] = &["cite", "href", "poster", "src"];

/// `rel` of every link that leaves the site.
pub const LINK_REL: &str = "noopener noreferrer";

/// `rel` of every link in a comment.
pub const COMMENT_LINK_REL: &str = "ugc nofollow noopener";

/// Whether an element may carry an attribute (both in lower case).
pub fn attribute(element: &str, attribute: &str) -> bool {
    GLOBAL_ATTRIBUTES.contains(&attribute)
        || ATTRIBUTES.iter().any(|(name, list)| *name == element && list.contains(&attribute))
}

/// Whether a URL may stand in a body. Browsers drop tabs and line breaks and skip leading controls and spaces before they
/// read the scheme (URL Standard, "basic URL parser"), so this does too.
pub fn url(value: &str) -> bool {
    let mut scheme = String::new();
    for it in value.trim_start_matches(|it: char| it <= ' ').chars() {
        match it {
            '\t' | '\n' | '\r' => {}
            ':' => return LINK_SCHEMES.contains(&scheme.as_str()),
            '/' | '?' | '#' => return true,
            _ => scheme.push(it.to_ascii_lowercase()),
        }
    }
    true
}

/// Whether this names a sealed media file (`data-sealed`): 32 hexadecimal digits.
pub fn sealed(value: &str) -> bool {
    value.len() == 32 && value.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_schemes_pass() {
        for good in
            ["https://a.b/", "HTTP://a", "mailto:a@b", "/a:b", "#a:b", "?a:b", "a/b:c", "x", "", "//cdn.example/x"]
        {
            assert!(url(good), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\tscript:alert(1)",
            " \u{1}javascript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "blob:x",
            "file:///etc",
            "java\nscript\r:x",
            "feed:javascript:x",
            ":x",
        ] {
            assert!(!url(bad), "{bad}");
        }
    }

    #[test]
    fn a_sealed_file_has_a_name_and_no_path() {
        assert!(sealed("0123456789abcdef0123456789abcdef"));
        for bad in [
            "",
            "0123456789abcdef",
            "0123456789ABCDEF0123456789abcdef",
            "../../../../../../etc/passwd.....",
            "https://a",
        ] {
            assert!(!sealed(bad), "{bad}");
        }
    }
}
