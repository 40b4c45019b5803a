//! Pictures, links, film and sound of a body: their addresses lead to the new site.

use super::clean::Cleaner;
use super::home::{Place, media_path};
use crate::import::report::Topic;
use crate::render::tree::{Element, Node};

impl Cleaner<'_> {
    pub(super) fn image(&mut self, mut image: Element) -> Vec<Node> {
        if image.has_class("emoji") || image.has_class("wp-smiley") {
            return vec![Node::Text(image.get("alt").unwrap_or_default().to_owned())];
        }
        // Plugins that load pictures late keep the address elsewhere.
        let late = ["data-src", "data-lazy-src", "data-original", "data-orig-file"];
        let shown = image.get("src").filter(|it| !it.is_empty() && !it.starts_with("data:"));
        let Some(src) = shown.or_else(|| late.iter().find_map(|it| image.get(it))).map(ToOwned::to_owned) else {
            self.remarks.remark(Topic::LeftOut, "pictures that are written into the text itself (`data:`)");
            return Vec::new();
        };
        let dot = |it: Option<&str>| it.is_some_and(|it| matches!(it, "0" | "1"));
        if image.get("alt").is_none_or(|it| it.trim().is_empty()) {
            image.set("alt", self.home.alt(&image));
        }
        match self.home.place(&src, self.media) {
            Place::Upload(file) => {
                self.media.want(&file, self.name, self.in_clear);
                image.set("src", media_path(&file));
                // They were those of a shrunken copy; the press measures the original.
                image.remove("width");
                image.remove("height");
            }
            Place::Refused | Place::Other(_) => {
                self.remarks.detail(Topic::LeftOut, "pictures without a usable address", &shorten(&src));
                return Vec::new();
            }
            Place::Remote(_) if dot(image.get("width")) && dot(image.get("height")) => {
                self.remarks.detail(Topic::LeftOut, "invisible pictures that count readers", &shorten(&src));
                return Vec::new();
            }
            Place::Remote(url) | Place::Lost(url) | Place::Path(url) => {
                let text = "shows pictures from another host; copy them into media/, or name the host in `media_hosts`";
                self.remarks.detail(Topic::Check, text, &shorten(&url));
                image.set("src", url);
                for name in ["width", "height"] {
                    if image.get(name).is_some_and(|it| it.parse::<u32>().is_err()) {
                        image.remove(name);
                    }
                }
            }
        }
        self.attributes(&mut image);
        vec![Node::Element(image)]
    }

    pub(super) fn link(&mut self, mut link: Element) -> Vec<Node> {
        let place = link.get("href").map(|it| self.home.place(it, self.media));
        let mut own_picture = false;
        match place {
            Some(Place::Upload(file)) => {
                let path = media_path(&file);
                let shown = link.children.iter().filter(|it| !it.is_blank()).collect::<Vec<_>>();
                own_picture = matches!(shown.as_slice(), [Node::Element(it)] if it.name == "img" && it.get("src") == Some(path.as_str()));
                self.media.want(&file, self.name, self.in_clear);
                link.set("href", path);
            }
            Some(Place::Path(path) | Place::Remote(path) | Place::Other(path)) => link.set("href", path),
            Some(Place::Lost(url)) => {
                self.remarks.detail(
                    Topic::Check,
                    "links to a page of the old site that did not come in",
                    &shorten(&url),
                );
                link.set("href", url);
            }
            Some(Place::Refused) => {
                let href = link.remove("href").unwrap_or_default();
                self.remarks.detail(Topic::LeftOut, "links that would run code or lead nowhere", &shorten(&href));
            }
            None => {}
        }
        self.attributes(&mut link);
        // A picture that opens itself, larger: it is shown in full already.
        if own_picture || link.attributes.is_empty() { link.children } else { vec![Node::Element(link)] }
    }

    pub(super) fn player(&mut self, player: &mut Element) {
        for name in ["src", "poster"] {
            let Some(address) = player.get(name).map(ToOwned::to_owned) else { continue };
            match self.home.place(&address, self.media) {
                Place::Upload(file) => {
                    self.media.want(&file, self.name, self.in_clear);
                    player.set(name, media_path(&file));
                }
                Place::Refused => drop(player.remove(name)),
                _ => {
                    let text =
                        "plays film or sound from another host; copy it into media/, or name the host in `media_hosts`";
                    self.remarks.detail(Topic::Check, text, &shorten(&address));
                }
            }
        }
        if !matches!(player.name.as_str(), "source" | "track") {
            player.set("controls", "");
        }
    }
}

/// An address as a report prints it.
fn shorten(address: &str) -> String {
    let short: String = address.chars().filter(|it| !it.is_control()).take(120).collect();
    if short.len() < address.len() { format!("{short}…") } else { short }
}
