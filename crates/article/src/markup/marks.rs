//! A paragraph's marks, and HTML out of them.

/// A place in the text that may be more than text. What it is may be known only later.
pub(super) struct Mark<'a> {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) role: Role<'a>,
}

pub(super) enum Role<'a> {
    Text,
    Tag(&'static str),
    Code(&'a str),
    /// The begin of a link to this address.
    Link(&'a str),
    /// An address that is its own text.
    Address(&'a str),
}

/// Writes a paragraph's text with its marks.
pub(super) fn write(html: &mut String, text: &str, marks: &[Mark<'_>]) {
    let mut done = 0;
    for mark in marks {
        if matches!(mark.role, Role::Text) {
            continue;
        }
        escape(html, cut(text, done, mark.from));
        done = mark.to;
        match mark.role {
            Role::Text => {}
            Role::Tag(tag) => html.push_str(tag),
            Role::Code(code) => {
                html.push_str("<code>");
                escape(html, code);
                html.push_str("</code>");
            }
            Role::Link(address) | Role::Address(address) => {
                html.push_str("<a href=\"");
                escape(html, address);
                html.push_str("\" rel=\"ugc nofollow noopener\">");
                if matches!(mark.role, Role::Address(_)) {
                    escape(html, address);
                    html.push_str("</a>");
                }
            }
        }
    }
    escape(html, cut(text, done, text.len()));
}

/// Writes text with what means something in HTML escaped. A new line is one in HTML too.
pub(super) fn escape(html: &mut String, text: &str) {
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escaped = match byte {
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'&' => "&amp;",
            b'"' => "&quot;",
            b'\n' => "<br>",
            _ => continue,
        };
        html.push_str(cut(text, done, at));
        html.push_str(escaped);
        done = at + 1;
    }
    html.push_str(cut(text, done, text.len()));
}

/// A part of the text, without the code to panic in.
pub(super) fn cut(text: &str, from: usize, to: usize) -> &str {
    text.get(from..to).unwrap_or_default()
}
