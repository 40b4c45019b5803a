//! What other sites would have played inside an article becomes a link: no reader is shown to a third party unasked.

use crate::render::tree::{Element, Node};
use url::Url;

/// The address that a person would open, for the address that a frame loads.
pub(super) fn watch(address: &str) -> Option<Url> {
    let address = address.trim();
    let url = Url::parse(address)
        .ok()
        .or_else(|| address.starts_with("//").then(|| Url::parse(&format!("https:{address}")).ok())?)?;
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let host = url.host_str()?.trim_start_matches("www.").to_owned();
    let steps: Vec<&str> = url.path().split('/').filter(|it| !it.is_empty()).collect();
    let query = |name: &str| url.query_pairs().find(|it| it.0 == name).map(|it| it.1.into_owned());
    let better = match (host.as_str(), steps.as_slice()) {
        ("youtube.com" | "youtube-nocookie.com" | "m.youtube.com", ["embed" | "v" | "shorts", id, ..]) => {
            Some(format!("https://www.youtube.com/watch?v={id}"))
        }
        ("player.vimeo.com", ["video", id, ..]) => Some(format!("https://vimeo.com/{id}")),
        ("open.spotify.com", ["embed", rest @ ..]) => Some(format!("https://open.spotify.com/{}", rest.join("/"))),
        ("w.soundcloud.com", ["player", ..]) => query("url"),
        ("dailymotion.com", ["embed", "video", id, ..]) => Some(format!("https://www.dailymotion.com/video/{id}")),
        ("videopress.com", ["embed", id, ..]) => Some(format!("https://videopress.com/v/{id}")),
        ("facebook.com", ["plugins", ..]) => query("href"),
        _ => None,
    };
    let web = |it: &Url| matches!(it.scheme(), "http" | "https");
    better.and_then(|it| Url::parse(&it).ok()).filter(web).or(Some(url))
}

/// A link in the place of an embed; with a caption, a figure.
pub(super) fn link(url: &Url, name: Option<&str>, caption: Vec<Node>) -> Node {
    let shown = url.as_str().trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
    let text = name.map(str::trim).filter(|it| !it.is_empty()).unwrap_or(shown).to_owned();
    let link = Node::Element(Element::new("a").with("href", url.as_str()).holding(vec![Node::Text(text)]));
    if caption.iter().all(Node::is_blank) {
        return Node::Element(Element::new("p").holding(vec![link]));
    }
    let caption = Node::Element(Element::new("figcaption").holding(caption));
    Node::Element(Element::new("figure").holding(vec![link, caption]))
}

/// A link to a file or page of our own in the place of an embed.
pub(super) fn own(path: String, text: &str) -> Node {
    let link = Element::new("a").with("href", path).holding(vec![Node::Text(text.to_owned())]);
    Node::Element(Element::new("p").holding(vec![Node::Element(link)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_becomes_an_address_to_open() {
        for (frame, address) in [
            ("https://www.youtube.com/embed/jNQXAC9IVRw?rel=0", Some("https://www.youtube.com/watch?v=jNQXAC9IVRw")),
            ("//www.youtube-nocookie.com/embed/abc", Some("https://www.youtube.com/watch?v=abc")),
            ("https://player.vimeo.com/video/76979871?h=1", Some("https://vimeo.com/76979871")),
            (
                "https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/1",
                Some("https://api.soundcloud.com/tracks/1"),
            ),
            ("https://maps.example/x", Some("https://maps.example/x")),
            ("javascript:alert(1)", None),
            ("x.swf", None),
            ("/x.swf", None),
            (
                "https://w.soundcloud.com/player/?url=javascript:x",
                Some("https://w.soundcloud.com/player/?url=javascript:x"),
            ),
        ] {
            assert_eq!(watch(frame).map(String::from).as_deref(), address, "{frame}");
        }
    }
}
