//! Addresses that letters go to.

/// Whether a text may be an email address. Its mail server knows better, and says so too late; browsers take `a@b` for one.
pub fn is_email(text: &str) -> bool {
    let is_written = !text.chars().any(|it| it.is_whitespace() || it.is_ascii_control());
    is_written && text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_name_and_a_host() {
        for (text, is_one) in [
            ("name@example.org", true),
            ("a@b", false),
            ("@example.org", false),
            ("a b@example.org", false),
            ("name", false),
        ] {
            assert_eq!(is_email(text), is_one, "{text}");
        }
    }
}
