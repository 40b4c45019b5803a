//! Percent-encoding, for addresses and forms.

/// Percent-encodes all but RFC 3986's unreserved characters. Fits the subject of a `mailto:` (RFC 6068) and a form
/// (`application/x-www-form-urlencoded`, with `%20` for a space, which every reader of it takes).
pub fn percent_encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => encoded.push(byte as char),
            _ => {
                let digit = |it: u8| char::from(b"0123456789ABCDEF"[usize::from(it)]);
                encoded.extend(['%', digit(byte >> 4), digit(byte & 15)]);
            }
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_cannot_leave_its_field() {
        assert_eq!(percent_encode("Reply: A & B?\n"), "Reply%3A%20A%20%26%20B%3F%0A");
        assert_eq!(percent_encode("é"), "%C3%A9");
    }
}
