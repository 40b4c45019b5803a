//! Every URL of a body: pictures found and measured, links below the base, foreign pictures kept out.

use super::body::short;
use super::labels::Labels;
use super::srcset;
use super::tree::{Element, Node, replace, text};
use super::{captions, files};
use crate::fault::Fault;
use crate::media::{Media, MediaFile};
use crate::site::address::{self, Address};
use crate::site::origin;
use jumpline_article::{Publication, allow};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What links are resolved against.
pub(super) struct Context<'a> {
    /// The publication: its base, origin and media hosts.
    pub publication: &'a Publication,
    /// The media folder.
    pub media: &'a Media,
    /// Words that stand in for pictures.
    pub labels: &'a Labels,
    /// The article's folder below the content, such as `articles/2025`.
    pub folder: &'a str,
    /// The article's file, for messages.
    pub file: &'a str,
    /// The text of the file and the line that it begins at: where a URL stands.
    pub text: (&'a str, usize),
}

/// What stands before a file of the content in a link, until its permalink is known. Nobody can write it: the sanitiser
/// takes out schemes that it does not know.
pub(crate) const SOURCE: &str = "jumpline-source:";

/// A link whose end is known only once everything is rendered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// As it was written.
    pub written: String,
    /// The line that it stands in, from 1.
    pub line: usize,
    /// Where it leads.
    pub to: Target,
}

/// The end of a link within the publication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// A path below the base, with query and fragment.
    Path(String),
    /// A file of the content, such as `articles/2025/ferry.md#part`.
    Source(String),
}

/// What was found on the way.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Media files that the body shows or links to: `media/ferry.jpg`.
    pub media: BTreeSet<String>,
    /// Links within the publication.
    pub links: Vec<Link>,
    /// What is wrong.
    pub faults: Vec<Fault>,
    /// What was changed.
    pub warnings: Vec<Fault>,
}

/// Resolves every URL. `eager` images load at once, the rest when they come near.
pub(super) fn resolve(nodes: Vec<Node>, eager: usize, context: &Context<'_>) -> (Vec<Node>, Found) {
    let mut found = Found::default();
    let mut images = 0;
    let mut nodes = replace(nodes, &mut |node| match node {
        Node::Element(mut element) => match element.name.as_str() {
            "track" => captions::track(element, context, &mut found),
            "img" => {
                images += 1;
                image(element, images > eager, context, &mut found)
            }
            "a" => {
                link(&mut element, context, &mut found);
                captions::only_in_players(&mut element, context, &mut found);
                vec![Node::Element(element)]
            }
            "source" | "video" | "audio" => embedded(element, context, &mut found),
            _ => {
                captions::only_in_players(&mut element, context, &mut found);
                vec![Node::Element(element)]
            }
        },
        other => vec![other],
    });
    captions::leave_out(&mut nodes, context, &mut found);
    (nodes, found)
}

impl Context<'_> {
    pub(super) fn line(&self, url: &str) -> usize {
        let decoded = percent_encoding::percent_decode_str(url).decode_utf8_lossy();
        let at = [url, &decoded].iter().find_map(|it| self.text.0.find(*it));
        self.text.1 + at.map_or(0, |at| self.text.0[..at].matches('\n').count())
    }

    pub(super) fn fault(&self, url: &str, message: String) -> Fault {
        Fault::line(self.file, self.line(url), message)
    }

    /// Looks at a local file and notes it; says what is wrong otherwise.
    pub(super) fn local(&self, path: &str, url: &str, what: &str, found: &mut Found) -> Option<MediaFile> {
        match self.media.look(path) {
            Ok(file) => {
                found.media.insert(path.to_owned());
                Some(file)
            }
            Err(error) => {
                found.faults.push(self.fault(url, format!("the {what} `{url}` {error}")));
                None
            }
        }
    }
}

fn image(mut image: Element, lazy: bool, context: &Context<'_>, found: &mut Found) -> Vec<Node> {
    let src = image.get("src").unwrap_or_default().trim().to_owned();
    if image.get("alt").is_none() {
        image.set("alt", "");
    }
    image.set("decoding", "async");
    if lazy {
        image.set("loading", "lazy");
    } else {
        image.remove("loading");
    }
    match address::of(&src, context.folder, context.publication) {
        Address::Media(path) => {
            let Some(file) = context.local(&path, &src, "image", found) else { return Vec::new() };
            image.set("src", address::media_url(&path, context.publication));
            match file.size {
                Some(size) => measure(&mut image, size),
                None => found.faults.push(context.fault(&src, no_image(&src))),
            }
            if file.torn {
                found.warnings.push(context.fault(&src, torn(&src)));
            }
            // Who offers several sizes leaves it to the browser.
            if image.get("srcset").is_none() {
                found.warnings.extend(files::heavy(&src, &file).map(|it| context.fault(&src, it)));
                srcset::offer(&mut image, &file);
            } else {
                srcset::resolve(&mut image, context, found);
            }
            vec![Node::Element(image)]
        }
        Address::Remote(url) if address::is_media_host(&url, context.publication) => {
            srcset::resolve(&mut image, context, found);
            vec![Node::Element(image)]
        }
        Address::Remote(url) => {
            let mend = "a link stands in its place; copy it into content/media/ or name its host in `media_hosts`";
            found.warnings.push(context.fault(&src, format!("the image {url} lies elsewhere; {mend}")));
            vec![instead(&image, &url, context.labels)]
        }
        Address::Path(_) | Address::Other => {
            let mend = "pictures lie in content/media/ and are written /media/name.jpg";
            found.faults.push(context.fault(&src, format!("the image `{src}` is not found; {mend}")));
            Vec::new()
        }
    }
}

/// What is wrong with a picture in a format that not every browser shows, such as HEIC or TIFF.
pub(super) fn no_image(src: &str) -> String {
    format!("the image `{src}` has no name of an image; export it as JPEG, PNG, WebP, AVIF, GIF or SVG, and show that")
}

/// What is wrong with a picture that breaks off.
pub(super) fn torn(src: &str) -> String {
    format!("the image `{src}` is cut off: its end is missing; copy or export it again")
}

fn instead(image: &Element, url: &url::Url, labels: &Labels) -> Node {
    let alt = image.get("alt").map(str::trim).filter(|it| !it.is_empty());
    let text = labels.remote_image.replace("{alt}", alt.unwrap_or(url.host_str().unwrap_or_default()));
    let link = Element::new("a").with("href", url.as_str()).with("rel", allow::LINK_REL);
    Node::Element(link.holding(vec![Node::Text(text)]))
}

/// Writes width and height. An author's width stays, and the height follows from the picture.
fn measure(image: &mut Element, (width, height): (u32, u32)) {
    let wanted = image.get("width").and_then(|it| it.parse::<u32>().ok()).filter(|it| (1..width).contains(it));
    let (shown_width, shown_height) = match wanted {
        Some(wanted) => (wanted, (f64::from(wanted) * f64::from(height) / f64::from(width)).round().max(1.0) as u32),
        None => (width, height),
    };
    image.set("width", shown_width.to_string());
    image.set("height", shown_height.to_string());
}

/// Film, sound and the sources of pictures: ours, or from a media host, or gone.
fn embedded(mut element: Element, context: &Context<'_>, found: &mut Found) -> Vec<Node> {
    srcset::resolve(&mut element, context, found);
    for name in ["src", "poster"] {
        let Some(src) = element.remove(name) else { continue };
        match address::of(&src, context.folder, context.publication) {
            Address::Media(path) => {
                if context.local(&path, &src, "file", found).is_some() {
                    element.set(name, address::media_url(&path, context.publication));
                }
            }
            Address::Remote(url) if address::is_media_host(&url, context.publication) => {
                element.set(name, url.as_str())
            }
            Address::Remote(url) => {
                let message =
                    format!("{url} lies elsewhere and was left out; name its host in `media_hosts` to allow it");
                found.warnings.push(context.fault(&src, message));
            }
            Address::Path(_) | Address::Other => {
                found.faults.push(context.fault(&src, format!("the file `{src}` is not found; write /media/name.mp4")));
            }
        }
    }
    if element.name != "source" {
        // Nothing plays by itself here, and so nobody could begin it.
        element.set("controls", "");
    }
    if element.name == "video" {
        element.set("preload", if element.get("poster").is_some() { "none" } else { "metadata" });
    }
    let empty = element.name == "source" && element.get("src").is_none() && element.get("srcset").is_none();
    if empty { Vec::new() } else { vec![Node::Element(element)] }
}

fn link(link: &mut Element, context: &Context<'_>, found: &mut Found) {
    let Some(href) = link.get("href").map(|it| it.trim().to_owned()) else { return };
    if href.is_empty() {
        let place = ["]()", "href=\"\""].into_iter().find(|it| context.text.0.contains(it)).unwrap_or_default();
        let text = short(&text(&link.children));
        let message = format!("the link `{text}` has no address; write one, or leave `{text}` as text");
        found.warnings.push(context.fault(place, message));
        link.remove("href");
        return;
    }
    match address::of(&href, context.folder, context.publication) {
        Address::Media(path) => {
            if context.local(&path, &href, "file", found).is_some() {
                link.set("href", address::media_url(&path, context.publication));
            }
        }
        Address::Path(path) => {
            link.set("href", context.publication.base.join(&path));
            found.links.push(Link { line: context.line(&href), written: href, to: Target::Path(path) });
        }
        Address::Remote(url) => {
            if let Some(path) = origin::by_other_scheme(&url, context.publication) {
                let message = format!(
                    "the link `{href}` leads to this site by another scheme and is not checked; write `{path}`"
                );
                found.warnings.push(context.fault(&href, message));
            }
            link.set("rel", allow::LINK_REL);
        }
        Address::Other => {
            if let Some(source) = address::source(&href, context.folder) {
                link.set("href", format!("{SOURCE}{source}"));
                found.links.push(Link { line: context.line(&href), written: href, to: Target::Source(source) });
            } else if let Some(mend) = address::relative(&href) {
                found
                    .warnings
                    .push(context.fault(&href, format!("the link `{href}` leads below this very page; {mend}")));
            }
        }
    }
}
