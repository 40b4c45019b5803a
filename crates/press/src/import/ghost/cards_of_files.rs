//! Cards that show or play files.

use super::cards::{caption, find, first, link, paragraph, text, words};
use crate::import::remarks::Remarks;
use crate::import::report::Topic;
use crate::render::tree::{Element, Node};

/// A figure of figures, which the cleaner takes apart.
pub(super) fn gallery(element: &Element) -> Vec<Node> {
    let mut pictures = Vec::new();
    images(element, &mut pictures);
    let figure = |it: Node| Node::Element(Element::new("figure").holding(vec![it]));
    let children = pictures.into_iter().map(figure).chain(caption(element).map(Node::Element)).collect();
    vec![Node::Element(Element::new("figure").holding(children))]
}

/// Every picture, with the link around it.
fn images(element: &Element, found: &mut Vec<Node>) {
    for child in element.children.iter().filter_map(Node::element) {
        match child.name.as_str() {
            "img" => found.push(Node::Element(child.clone())),
            "a" if first(child, "img").is_some() => found.push(Node::Element(child.clone())),
            "figcaption" => {}
            _ => images(child, found),
        }
    }
}

fn figure(player: Element, caption: Option<Element>) -> Vec<Node> {
    let children = [Node::Element(player)].into_iter().chain(caption.map(Node::Element)).collect();
    vec![Node::Element(Element::new("figure").holding(children))]
}

/// The film without the buttons that scripts would move. Its poster is an empty picture; the true one is named beside it.
pub(super) fn video(element: &Element) -> Option<Vec<Node>> {
    let mut film = first(element, "video")?.clone();
    let named = ["data-kg-custom-thumbnail", "data-kg-thumbnail"];
    let poster = named.iter().find_map(|it| element.get(it)).filter(|it| !it.is_empty());
    film.remove("poster");
    if let Some(poster) = poster {
        film.set("poster", poster);
    }
    for name in ["autoplay", "muted", "loop", "style"] {
        film.remove(name);
    }
    Some(figure(film, caption(element)))
}

pub(super) fn audio(element: &Element, remarks: &mut Remarks) -> Option<Vec<Node>> {
    let sound = first(element, "audio")?.clone();
    if find(element, "kg-audio-thumbnail").is_some_and(|it| it.get("src").is_some_and(|it| !it.is_empty())) {
        remarks.remark(Topic::LeftOut, "pictures of audio cards");
    }
    let title = words(element, "kg-audio-title");
    let caption = Element::new("figcaption").holding(vec![text(&title)]);
    Some(figure(sound, Some(caption).filter(|_| !title.is_empty())))
}

/// A link with the name and size of the file, and what was said of it.
pub(super) fn file(element: &Element) -> Option<Vec<Node>> {
    let href = first(element, "a")?.get("href")?;
    let (title, name) = (words(element, "kg-file-card-title"), words(element, "kg-file-card-filename"));
    let (size, about) = (words(element, "kg-file-card-filesize"), words(element, "kg-file-card-caption"));
    let shown = [title.as_str(), name.as_str(), href].into_iter().find(|it| !it.is_empty()).unwrap_or_default();
    let details: Vec<&str> =
        [name.as_str(), size.as_str()].into_iter().filter(|it| !it.is_empty() && *it != shown).collect();
    let mut line = vec![link(href, shown)];
    if !details.is_empty() {
        line.push(text(&format!(" ({})", details.join(", "))));
    }
    let about = Some(about).filter(|it| !it.is_empty()).map(|it| paragraph(vec![text(&it)]));
    Some([paragraph(line)].into_iter().chain(about).collect())
}

#[cfg(test)]
mod tests {
    use super::super::cards::shape;
    use super::*;
    use crate::render::html::{parse, write};

    #[test]
    fn files_are_shown_played_and_linked_to() {
        for (card, html) in [
            (
                "<figure class=\"kg-card kg-gallery-card\"><div class=\"kg-gallery-container\"><div class=\"kg-gallery-row\"><div class=\"kg-gallery-image\">\
                 <img src=\"a.jpg\"></div><div class=\"kg-gallery-image\"><a href=\"/x/\"><img src=\"b.jpg\"></a></div></div></div><figcaption>Both</figcaption></figure>",
                "<figure><figure><img src=\"a.jpg\"></figure><figure><a href=\"/x/\"><img src=\"b.jpg\"></a></figure><figcaption>Both</figcaption></figure>",
            ),
            (
                "<figure class=\"kg-card kg-video-card\" data-kg-thumbnail=\"t.jpg\"><div class=\"kg-video-container\"><video src=\"a.mp4\" poster=\"data:x\" autoplay loop></video>\
                 <div class=\"kg-video-overlay\"><button>x</button></div></div></figure>",
                "<figure><video poster=\"t.jpg\" src=\"a.mp4\"></video></figure>",
            ),
            (
                "<div class=\"kg-card kg-audio-card\"><div class=\"kg-audio-player-container\"><audio src=\"a.mp3\"></audio><div class=\"kg-audio-title\">Song</div>\
                 <div class=\"kg-audio-player\"><button>1×</button></div></div></div>",
                "<figure><audio src=\"a.mp3\"></audio><figcaption>Song</figcaption></figure>",
            ),
            (
                "<div class=\"kg-card kg-file-card\"><a class=\"kg-file-card-container\" href=\"r.pdf\"><div class=\"kg-file-card-title\">Report</div>\
                 <div class=\"kg-file-card-caption\">All of it</div><div class=\"kg-file-card-filename\">r.pdf</div><div class=\"kg-file-card-filesize\">2 MB</div></a></div>",
                "<p><a href=\"r.pdf\">Report</a> (r.pdf, 2 MB)</p><p>All of it</p>",
            ),
        ] {
            let shaped = shape(parse(card).expect("is shallow"), &mut Remarks::default());
            assert_eq!(write(&shaped).expect("writes"), html);
        }
    }
}
