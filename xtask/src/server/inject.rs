//! Puts one script first into the head of a page.

/// The page with `<script src=…>` before every other script, yet after the CSP, so that the page's own policy rules it.
pub(super) fn script(html: &str, src: &str) -> String {
    let at = end_of_tag(html, "content-security-policy").or_else(|| end_of_tag(html, "<head")).unwrap_or(0);
    let (before, after) = html.split_at(at);
    format!("{before}<script src=\"{src}\"></script>{after}")
}

/// Where the tag ends that holds `needle` (in lower case). A CSP may hold `>` inside quotes, so quotes are minded.
fn end_of_tag(html: &str, needle: &str) -> Option<usize> {
    let start = html.to_ascii_lowercase().find(needle)?;
    let tag = html[..=start].rfind('<')?;
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate().skip(tag) {
        match (quote, byte) {
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            (None, b'>') => return Some(at + 1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::script;

    #[test]
    fn the_script_follows_the_policy() {
        let page = r#"<html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="a '>' b"><style></style>"#;
        let expected = page.replace("<style>", "<script src=\"/__x.js\"></script><style>");
        assert_eq!(script(page, "/__x.js"), expected);
    }

    #[test]
    fn without_a_policy_it_opens_the_head() {
        assert_eq!(script("<HEAD lang=x><title>", "/x"), "<HEAD lang=x><script src=\"/x\"></script><title>");
    }
}
