//! What may stand behind `https://` in the address of a publication.

/// Whether it is a host, with a port or without, and nothing that would end an attribute, or let somebody in.
pub(crate) fn is_host(text: &str) -> bool {
    let is_port = |it: &str| it.bytes().all(|it| it.is_ascii_digit()) && it.parse::<u16>().is_ok_and(|it| it > 0);
    // An address of IPv6 has colons of its own.
    let (name, rest) = match text.strip_prefix('[').and_then(|it| it.split_once(']')) {
        Some((address, rest)) => {
            if address.parse::<std::net::Ipv6Addr>().is_err() {
                return false;
            }
            ("ip", rest)
        }
        None => text.split_at(text.find(':').unwrap_or(text.len())),
    };
    // Letters of any script: browsers spell them out.
    let fits = |it: char| {
        if it.is_ascii() {
            it.is_ascii_alphanumeric() || "-._".contains(it)
        } else {
            !it.is_whitespace() && !it.is_control()
        }
    };
    let is_name = name.split('.').all(|it| !it.is_empty()) && name.chars().all(fits);
    is_name && (rest.is_empty() || rest.strip_prefix(':').is_some_and(is_port))
}

#[cfg(test)]
mod tests {
    use crate::Publication;

    #[test]
    fn an_origin_is_scheme_and_host_and_no_more() {
        let read = |url: &str| Publication::from_toml(&format!("title = \"T\"\nurl = {url:?}\n"));
        for url in [
            "https://t.example\"><script>",
            "https://t.example:99999",
            "https://t.example:",
            "https://t.example:0",
            "https://t.example:80:80",
            "https://t.example:+80",
            "https://u:p@t.example",
            "https://u@t.example",
            "https://t..example",
            "https://t.exa'mple",
            "https://t.example\\x",
            "https://[::g]",
            "https://t.example/x",
            "https://",
            "ftp://t.example",
            "t.example",
        ] {
            let error = read(url).expect_err(url);
            assert_eq!((error.line, error.field.as_str()), (2, "url"), "{url}");
            assert!(error.message.contains("is not an origin; expected https://example.org"), "{url}");
        }
        for url in [
            "https://t.example",
            "https://T.example/",
            "http://localhost:8080",
            "http://127.0.0.1:80",
            "http://[::1]:8080",
            "https://bücher.example",
            "https://xn--bcher-kva.example",
            "https://उदाहरण.example",
        ] {
            assert!(read(url).is_ok(), "{url}");
        }
    }
}
