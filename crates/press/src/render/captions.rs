//! Captions and chapters of films and sounds: `<track>`, with its file.

use super::links::{Context, Found};
use super::tree::{Element, Node};
use crate::site::address::{self, Address};

/// What a track may belong to.
const PLAYERS: &[&str] = &["audio", "video"];

/// Finds its file. A track without one shows nothing, and is left out.
pub(super) fn track(mut track: Element, context: &Context<'_>, found: &mut Found) -> Vec<Node> {
    let Some(src) = track.get("src").map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()) else {
        let message = "a `<track>` without `src` shows nothing and was left out; write `src=\"/media/name.vtt\"`";
        found.warnings.push(context.fault("<track", message.to_owned()));
        return Vec::new();
    };
    match address::of(&src, context.folder, context.publication) {
        Address::Media(path) if !path.to_ascii_lowercase().ends_with(".vtt") => {
            let mend = "browsers show captions of WebVTT files only; convert it, and call it .vtt";
            found.faults.push(context.fault(&src, format!("the captions `{src}` are no WebVTT; {mend}")));
            Vec::new()
        }
        Address::Media(path) => {
            if context.local(&path, &src, "captions file", found).is_none() {
                return Vec::new();
            }
            track.set("src", address::media_url(&path, context.publication));
            vec![Node::Element(track)]
        }
        // Browsers take captions from the site itself only, unless a page asks for every medium by CORS.
        Address::Remote(url) => {
            let message = format!("the captions {url} lie elsewhere and were left out; copy them into content/media/");
            found.warnings.push(context.fault(&src, message));
            Vec::new()
        }
        Address::Path(_) | Address::Other => {
            found.faults.push(context.fault(&src, format!("the file `{src}` is not found; write /media/name.vtt")));
            Vec::new()
        }
    }
}

/// Takes tracks out of what plays nothing.
pub(super) fn only_in_players(element: &mut Element, context: &Context<'_>, found: &mut Found) {
    if !element.is(PLAYERS) {
        leave_out(&mut element.children, context, found);
    }
}

/// Takes tracks out of these nodes.
pub(super) fn leave_out(nodes: &mut Vec<Node>, context: &Context<'_>, found: &mut Found) {
    let before = nodes.len();
    nodes.retain(|it| it.element().is_none_or(|it| it.name != "track"));
    if nodes.len() < before {
        let message = "a `<track>` outside of `<video>` and `<audio>` shows nothing and was left out; put it inside";
        found.warnings.push(context.fault("<track", message.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use crate::render::tests::{article, faults};

    #[test]
    fn captions_come_along() {
        let text = "<video controls src=\"/media/a.mp4\">\n<track kind=\"captions\" src=\"/media/a.vtt\" srclang=\"en\" \
            label=\"English\" default onload=\"x\">\n</video>\n";
        let found = article("", text);
        let html = found.item.content_html.unwrap_or_default();
        let track = "<track default=\"\" kind=\"captions\" label=\"English\" src=\"/repo/media/a.vtt\" srclang=\"en\">\n</video>";
        assert!(html.contains(track), "{html}");
        assert!(found.media.contains("media/a.vtt") && found.warnings.is_empty(), "{:?}", found.warnings);
    }

    #[test]
    fn captions_that_cannot_be_shown_are_named() {
        for (text, said) in [
            ("a\n\n<track src=\"/media/a.vtt\">\n", "articles/a.md:7: a `<track>` outside of `<video>`"),
            ("<p>a<track src=\"/media/a.vtt\"></p>\n", "articles/a.md:5: a `<track>` outside of `<video>`"),
            ("a\n\n<audio><track></audio>\n", "articles/a.md:7: a `<track>` without `src`"),
            (
                "a\n\n<audio><track src=\"https://cdn.example/a.vtt\"></audio>\n",
                "articles/a.md:7: the captions https://cdn.example/a.vtt lie elsewhere",
            ),
        ] {
            let found = article("", text);
            let warnings: Vec<String> = found.warnings.iter().map(ToString::to_string).collect();
            assert!(warnings.len() == 1 && warnings[0].starts_with(said), "{warnings:?} should say {said}");
            assert!(!found.item.content_html.unwrap_or_default().contains("<track"), "{text}");
        }
        for (src, said) in [
            ("/media/a.srt", "articles/a.md:5: the captions `/media/a.srt` are no WebVTT"),
            ("/media/b.vtt", "articles/a.md:5: the captions file `/media/b.vtt` is missing"),
            ("b.vtt", "articles/a.md:5: the file `b.vtt` is not found; write /media/name.vtt"),
        ] {
            let error = faults(&format!("<video><track src=\"{src}\"></video>\n"));
            assert!(error.starts_with(said), "{error}");
        }
    }
}
