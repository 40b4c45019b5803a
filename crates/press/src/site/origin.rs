//! Origins of addresses, however their hosts are written: in letters, or in Punycode.

use jumpline_article::Publication;
use url::{Position, Url};

/// What stands behind the origin in an address of the publication, however its host is written: in letters, or in Punycode.
pub fn behind_origin<'a>(url: &'a str, publication: &Publication) -> Option<&'a str> {
    let host = url.find("://")? + 3;
    let end = url[host..].find(['/', '?', '#']).map_or(url.len(), |it| host + it);
    let (origin, rest) = url.split_at(end);
    (ascii_origin(origin)? == ascii_origin(&publication.url)?).then_some(rest)
}

/// The path of an address that is the publication's own but for `http` in the place of `https`, or the other way round.
pub fn by_other_scheme(url: &Url, publication: &Publication) -> Option<String> {
    let own = Url::parse(&publication.url).ok()?;
    let is_own = url.host_str() == own.host_str() && url.scheme() != own.scheme();
    let is_same = is_own && url.port().is_none() && own.port().is_none();
    let path = &url[Position::BeforePath..];
    is_same.then(|| publication.base.strip(path).unwrap_or(path).to_owned())
}

/// The origin of an address, with its host as machines write it.
pub fn ascii_origin(url: &str) -> Option<String> {
    let parsed = Url::parse(url).ok().filter(|it| matches!(it.scheme(), "http" | "https"));
    parsed.map(|it| it.origin().ascii_serialization())
}

#[cfg(test)]
mod tests {
    use crate::render::tests::publication;
    use crate::site::address::{Address, of};

    #[test]
    fn an_own_address_is_known_however_its_host_is_written() {
        let mut publication = publication("");
        publication.url = "https://xn--zeitung-fr-alle-7vb.example".to_owned();
        for origin in [
            "https://zeitung-für-alle.example",
            "https://xn--zeitung-fr-alle-7vb.example",
            "https://Zeitung-FÜR-alle.example:443",
        ] {
            let of = |path: &str| of(&format!("{origin}{path}"), "articles", &publication);
            assert_eq!(of("/reply/#x"), Address::Path("/reply/#x".to_owned()), "{origin}");
            assert_eq!(of("/media/a.png"), Address::Media("media/a.png".to_owned()), "{origin}");
        }
        for url in [
            "https://zeitung-fur-alle.example/a/",
            "http://zeitung-für-alle.example/a/",
            "https://zeitung-für-alle.example.evil/a",
        ] {
            assert!(matches!(of(url, "articles", &publication), Address::Remote(_)), "{url}");
        }
    }
}
