//! What HTML of articles and comments may contain: one list for ammonia on the host and for the sanitizer in the browser.

/// Elements that may stand in a body. Any other is unwrapped: its text stays.
pub const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "audio",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "input",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "picture",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "source",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
];

/// Elements that may stand in a comment. Nothing in it loads, looks like a part of the page, or can be pointed at.
pub const COMMENT_ELEMENTS: &[&str] = &[
    "a",
    "b",
    "blockquote",
    "br",
    "code",
    "del",
    "em",
    "i",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "strong",
    "sub",
    "sup",
    "ul",
];

/// `rel` of every link in a comment.
pub const COMMENT_LINK_REL: &str = "ugc nofollow noopener";

/// Elements that go with everything inside them.
pub const DROPPED: &[&str] = &[
    "script",
    "style",
    "template",
    "iframe",
    "object",
    "embed",
    "noscript",
    "noembed",
    "noframes",
    "svg",
    "math",
    "title",
    "textarea",
    "select",
    "xmp",
    "plaintext",
    "frameset",
    "head",
];

/// Attributes that any element may carry.
pub const GLOBAL_ATTRIBUTES: &[&str] = &["class", "dir", "id", "lang", "title"];

/// Attributes that one element may carry.
pub const ATTRIBUTES: &[(&str, &[&str])] = &[
    ("a", &["data-sealed", "href", "hreflang", "role", "aria-label", "aria-describedby"]),
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
    ("div", &["tabindex", "role", "aria-label"]),
    ("video", &["controls", "data-sealed", "height", "poster", "preload", "src", "width"]),
];

/// Schemes that a link may have. A URL without a scheme is one of our own.
pub const LINK_SCHEMES: &[&str] = &["http", "https", "mailto", "tel"];

/// Attributes whose value is a URL.
pub const URL_ATTRIBUTES: &[&str] = &["cite", "href", "poster", "src"];

/// `rel` of every link that leaves the site.
pub const LINK_REL: &str = "noopener noreferrer";

/// Ids that belong to the page itself; a body may not take them, or it could stand in for a part of the page.
pub const RESERVED_IDS: &[&str] = &[
    "app",
    "benefits-title",
    "bring-title",
    "call-title",
    "comments",
    "comments-title",
    "contents",
    "contents-title",
    "continue-title",
    "email",
    "email-title",
    "feeds-title",
    "gate-title",
    "held-title",
    "invitation",
    "invitation-email",
    "invitation-title",
    "jumpline-boot",
    "keys",
    "keys-title",
    "latest-title",
    "library-all",
    "library-archive",
    "library-delete",
    "library-file",
    "library-keep",
    "library-said",
    "library-settled",
    "library-take",
    "library-taken",
    "main",
    "more",
    "neighbours-title",
    "outbox",
    "outbox-clear",
    "outbox-file",
    "outbox-keep",
    "pass-error",
    "pass-file",
    "pass-forget",
    "pass-hint",
    "pass-keep",
    "pass-link",
    "pass-said",
    "preferences",
    "related-title",
    "reply",
    "reply-ask",
    "reply-email",
    "reply-error",
    "reply-go-on",
    "reply-hint",
    "reply-home",
    "reply-left",
    "reply-more",
    "reply-name",
    "reply-place",
    "reply-remember",
    "reply-text",
    "reply-title",
    "reply-website",
    "share",
    "thread",
    "tiers-title",
    "title",
    "top",
];

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

/// Whether a body may use this id: neither one of the page's own nor `comment-12`, the place of a comment. Whatever is refused for that
/// is free with `-2` behind it, which the press counts on.
pub fn id(value: &str) -> bool {
    let is_of_a_comment =
        value.strip_prefix("comment-").is_some_and(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()));
    !value.is_empty()
        && !RESERVED_IDS.contains(&value)
        && !is_of_a_comment
        && !value.contains(|it: char| it.is_whitespace() || it.is_control())
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
