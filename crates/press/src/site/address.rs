//! What a URL in the content means: a file of ours, a place of ours, or somewhere else.

use super::origin::behind_origin;
use crate::source::ARTICLES;
use jumpline_article::{Publication, Slug};
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use url::{ParseError, Url};

/// What may not stand in a path as it is (URL Standard, "path percent-encode set"), and `%` itself.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'^')
    .add(b'%');

/// What a URL means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// A file below the content's `media/`, such as `media/ferry.jpg`; not percent-encoded.
    Media(String),
    /// A path below the base, as written, with query and fragment.
    Path(String),
    /// Another origin.
    Remote(Url),
    /// A fragment, a path relative to the page, `mailto:` and the like: left as it is.
    Other,
}

/// Reads a URL of a file in `folder` (below the content, such as `articles/2025`).
pub fn of(url: &str, folder: &str, publication: &Publication) -> Address {
    let url = &read_as_browsers(url);
    // A base with letters outside ASCII is written by people, and percent-encoded by what they copy from.
    let base = publication.base.join("/");
    let homes = [ascii(&base), base];
    let home = behind_origin(url, publication).and_then(|rest| homes.iter().find_map(|it| rest.strip_prefix(it)));
    let own = match home {
        Some(rest) => format!("/{rest}"),
        None => url.to_owned(),
    };
    if own.starts_with("//") {
        return Url::parse(&format!("https:{own}")).map_or(Address::Other, Address::Remote);
    }
    if let Some(path) = own.strip_prefix('/') {
        return match media(path) {
            Some(media) => Address::Media(media),
            // Who has the base in mind and writes it means the same place.
            None => Address::Path(
                publication.base.strip(&own).filter(|_| publication.base.as_str() != "/").unwrap_or(&own).to_owned(),
            ),
        };
    }
    if let Ok(remote) = Url::parse(&own) {
        return if matches!(remote.scheme(), "http" | "https") { Address::Remote(remote) } else { Address::Other };
    }
    match media(&own).or_else(|| media(&format!("{folder}/{own}"))) {
        Some(media) => Address::Media(media),
        None => Address::Other,
    }
}

/// What browsers make of a URL before they look where it leads (URL Standard, "basic URL parser"): they pass over tabs and ends of
/// lines wherever they stand, and take `\` for `/`.
fn read_as_browsers(url: &str) -> String {
    let url: String = url.chars().filter(|it| !matches!(it, '\t' | '\n' | '\r')).collect();
    let url = url.trim_matches(|it: char| it.is_whitespace() || it.is_control());
    match url.find(|it| !matches!(it, '/' | '\\')).unwrap_or(url.len()) {
        0 => url.to_owned(),
        end => url[..end].replace('\\', "/") + &url[end..],
    }
}

/// The file of an article that a relative link leads to, such as `articles/2025/ferry.md#part`; decoded but for what
/// follows the path.
pub fn source(url: &str, folder: &str) -> Option<String> {
    let (path, rest) = url.split_at(url.find(['?', '#']).unwrap_or(url.len()));
    let end = path.to_ascii_lowercase();
    if path.contains(':') || !ARTICLES.iter().any(|it| end.ends_with(it)) {
        return None;
    }
    let steps = steps(&format!("{folder}/{path}"))?;
    let is_content = steps.len() > 1 && ["articles", "pages"].contains(&steps[0].as_str());
    is_content.then(|| format!("{}{rest}", steps.join("/")))
}

/// How a link is mended that leads to a place below the page that it stands on, which nobody means; `None` for all others.
pub fn relative(url: &str) -> Option<String> {
    let is_path = !url.is_empty()
        && !url.starts_with(['#', '?', '/'])
        && matches!(Url::parse(url), Err(ParseError::RelativeUrlWithoutBase));
    let host = url.split(['/', '?', '#']).next().unwrap_or_default();
    let is_host = host.starts_with("www.") || (host.contains('.') && !host.starts_with('.') && url.contains('/'));
    is_path.then(|| match is_host {
        true => format!("write https://{url}"),
        false => "links to places of the site begin with `/`".to_owned(),
    })
}

/// A path that leads into `media/`, tidied and decoded; nothing leads out of it again.
fn media(path: &str) -> Option<String> {
    let steps = steps(path.split(['?', '#']).next().unwrap_or_default())?;
    (steps.len() > 1 && steps[0] == "media").then(|| steps.join("/"))
}

/// The steps of a path, tidied and decoded; `None` when it leads out of the content.
fn steps(path: &str) -> Option<Vec<String>> {
    let decoded = percent_decode_str(path).decode_utf8().ok()?;
    let mut steps: Vec<&str> = Vec::new();
    for step in decoded.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop()?;
            }
            step if step.contains(['\\', '\0']) => return None,
            step => steps.push(step),
        }
    }
    Some(steps.into_iter().map(ToOwned::to_owned).collect())
}

/// A path without a base, percent-encoded: what stands in `Image::src`.
pub fn encode(path: &str) -> String {
    utf8_percent_encode(path, PATH).to_string()
}

/// A media file as the browser must ask for it.
pub fn media_url(path: &str, publication: &Publication) -> String {
    publication.base.join(&encode(path))
}

/// The absolute, percent-encoded URL of a path below the base.
pub fn absolute(path: &str, publication: &Publication) -> String {
    absolute_encoded(&encode(path), publication)
}

/// The absolute URL of an author's page.
pub fn author(name: &str, publication: &Publication) -> String {
    absolute(&format!("/author/{}/", Slug::from_name(name)), publication)
}

/// The absolute URL of a path below the base that is percent-encoded already, as [`encode`] does.
pub fn absolute_encoded(path: &str, publication: &Publication) -> String {
    format!("{}{}", publication.url.trim_end_matches('/'), ascii(&publication.base.join(path)))
}

/// A path as it stands outside of pages (RFC 3986 knows no letters but ASCII's); what is percent-encoded stays so.
pub fn ascii(path: &str) -> String {
    utf8_percent_encode(path, CONTROLS).to_string()
}

/// Whether pictures may come from there.
pub fn is_media_host(url: &Url, publication: &Publication) -> bool {
    let origin = url.origin().ascii_serialization();
    publication.media_hosts.iter().any(|host| {
        let host = host.trim_end_matches('/');
        host == origin || (!host.contains("://") && url.scheme() == "https" && url.host_str() == Some(host))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::tests::publication;

    #[test]
    fn a_url_means_one_thing() {
        let publication = publication("base = \"/repo/\"\nmedia_hosts = [\"https://img.example\"]\n");
        let of = |url: &str| of(url, "articles/2025", &publication);
        for url in [
            "/media/a%20b.jpg",
            "media/a b.jpg",
            "../../media/a b.jpg?x#y",
            "https://paper.example/repo/media/a%20b.jpg",
            "/media/x/../a b.jpg",
        ] {
            assert_eq!(of(url), Address::Media("media/a b.jpg".to_owned()), "{url}");
        }
        for (url, path) in [
            ("/about/#x", "/about/#x"),
            ("/repo/about/", "/about/"),
            ("https://paper.example/repo/about/", "/about/"),
            ("/media/../publication.toml", "/media/../publication.toml"),
            ("/media/", "/media/"),
        ] {
            assert_eq!(of(url), Address::Path(path.to_owned()), "{url}");
        }
        for url in ["#a", "mailto:a@b.example", "next/", "../../../../etc/passwd", "", "../../media/../../x"] {
            assert_eq!(of(url), Address::Other, "{url}");
        }
        assert!(matches!(of("//img.example/a.png"), Address::Remote(it) if is_media_host(&it, &publication)));
        assert!(matches!(of("https://img.example.evil/a"), Address::Remote(it) if !is_media_host(&it, &publication)));
    }

    #[test]
    fn a_relative_link_leads_to_a_file() {
        for (url, file) in [
            ("ferry.md", Some("articles/2025/ferry.md")),
            ("./a%20b.MD#x%20y", Some("articles/2025/a b.MD#x%20y")),
            ("../../pages/about.html?x", Some("pages/about.html?x")),
            ("../../publication.toml", None),
            ("../../../x.md", None),
            ("next/", None),
            ("mailto:a@b.md", None),
            ("#x.md", None),
        ] {
            assert_eq!(source(url, "articles/2025").as_deref(), file, "{url}");
        }
    }

    #[test]
    fn what_leads_below_a_page_is_known() {
        for (url, mend) in [
            ("www.paper.example", Some("write https://www.paper.example")),
            ("paper.example/a", Some("write https://paper.example/a")),
            ("next/", Some("links to places of the site begin with `/`")),
            ("../reply", Some("links to places of the site begin with `/`")),
            ("#part", None),
            ("?page=2", None),
            ("", None),
            ("/reply/", None),
            ("mailto:a@b.example", None),
            ("tel:+49", None),
        ] {
            assert_eq!(relative(url).as_deref(), mend, "{url}");
        }
    }

    #[test]
    fn urls_are_percent_encoded_once() {
        let publication = publication("base = \"/repo/\"\n");
        assert_eq!(media_url("media/a b%.jpg", &publication), "/repo/media/a%20b%25.jpg");
        assert_eq!(absolute("/日本/", &publication), "https://paper.example/repo/%E6%97%A5%E6%9C%AC/");
    }

    #[test]
    fn a_base_in_any_script_is_encoded_outside_of_pages() {
        let publication = publication("base = \"/zeitung-für%20alle/\"\n");
        assert_eq!(absolute("/ö/", &publication), "https://paper.example/zeitung-f%C3%BCr%20alle/%C3%B6/");
        for url in [
            "https://paper.example/zeitung-für%20alle/media/a.png",
            "https://paper.example/zeitung-f%C3%BCr%20alle/media/a.png",
        ] {
            assert_eq!(of(url, "articles", &publication), Address::Media("media/a.png".to_owned()), "{url}");
        }
    }
}
