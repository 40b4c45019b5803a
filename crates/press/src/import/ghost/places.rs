//! Where an address of a Ghost site leads now.

use super::export::Export;
use crate::import::home::{Home, Place};
use crate::import::media::{Media, has_extension, host, safe};
use crate::import::text;
use crate::site::address::encode;
use jumpline_article::{Slug, allow};
use url::Url;

/// Where a file may lie in the folder that the person named: Ghost's `content`, what holds it, or `content/images` alone.
pub(super) const PLACES: &[(&str, &str)] = &[("", ""), ("content", ""), ("", "images/")];

/// What Ghost writes for its own address.
const HERE: &str = "__GHOST_URL__";

/// A text with Ghost's word for its own address taken out: what is left is below the site.
pub(super) fn from_here(text: &str, site: &Url) -> String {
    text.replace(&format!("{HERE}/"), site.path()).replace(HERE, site.path())
}

/// First steps of paths that Ghost keeps for itself.
const OWN: &[&str] = &["author", "content", "ghost", "p", "page", "rss", "tag"];

/// Where Ghost's own hosting keeps files.
const STORAGE: &str = "storage.ghost.io";

impl Home for Export {
    fn place(&self, address: &str, _: &Media) -> Place {
        let address: String = address.trim().chars().filter(|it| !matches!(it, '\t' | '\n' | '\r')).collect();
        if !allow::url(&address) {
            return Place::Refused;
        }
        // Ghost's window for signing up and in opens by fragment, on every page.
        if address.contains("#/portal") {
            return Place::Path("/subscribe/".to_owned());
        }
        if address.starts_with('#') || address.is_empty() {
            return Place::Other(address);
        }
        let Ok(url) = self.url.join(&address) else { return Place::Remote(address) };
        if !matches!(url.scheme(), "http" | "https") {
            return Place::Other(address);
        }
        let own = host(&url) == host(&self.url);
        if let Some(file) = file(&url, own, self.url.path()) {
            return Place::Upload(file);
        }
        if !own {
            return Place::Remote(address);
        }
        let fragment = url.fragment().map_or(String::new(), |it| format!("#{it}"));
        match self.path(&url) {
            Some(path) => Place::Path(format!("{}{fragment}", encode(&path))),
            None if self.is_nowhere() => Place::Lost(format!("{}{fragment}", url.path())),
            None => Place::Lost(url.to_string()),
        }
    }
}

/// The file below Ghost's `content` folder that an address means, the original of a shrunken copy.
pub(super) fn file(url: &Url, own: bool, base: &str) -> Option<String> {
    let path = text::percent_decode(url.path());
    let stored = url.host_str() == Some(STORAGE);
    let file = match own {
        true => path.strip_prefix(base)?.strip_prefix("content/")?,
        false if stored => path.split_once("/content/")?.1,
        false => return None,
    };
    if !["images/", "media/", "files/"].iter().any(|it| file.starts_with(it)) {
        return None;
    }
    safe(&original(file)).filter(|it| has_extension(it))
}

/// `images/size/w600/format/webp/2024/05/a.jpg` is a copy of `images/2024/05/a.jpg` that Ghost made.
fn original(file: &str) -> String {
    let Some(copy) = file.strip_prefix("images/size/") else { return file.to_owned() };
    let below = copy.split_once('/').map_or(copy, |it| it.1);
    let below = below.strip_prefix("format/").and_then(|it| it.split_once('/')).map_or(below, |it| it.1);
    format!("images/{below}")
}

impl Export {
    /// What stands at an address of the old site.
    fn path(&self, url: &Url) -> Option<String> {
        let whole = text::percent_decode(url.path());
        let path = whole.strip_prefix(self.url.path()).unwrap_or(&whole).trim_matches('/');
        let path = path.strip_suffix("/amp").unwrap_or(path);
        let last = path.rsplit('/').next().unwrap_or_default();
        // Routes may have put a year or a folder before it.
        let is_routed = !OWN.iter().any(|it| path.split('/').next() == Some(*it));
        let routed = || self.by_path.get(last).filter(|_| is_routed);
        if let Some(permalink) = self.by_path.get(path).or_else(routed) {
            return Some(permalink.to_string());
        }
        let listing = |kind: &str, slug: &Slug| Some(format!("/{kind}/{slug}/"));
        match path.split('/').collect::<Vec<_>>().as_slice() {
            [""] if url.query().is_none() => Some("/".to_owned()),
            ["rss"] => Some("/feed.xml".to_owned()),
            ["tag", slug] => {
                let tag = self.tag(slug).filter(|it| !it.is_internal())?;
                match self.sections.iter().any(|it| it == slug) {
                    true => listing("section", &Slug::from_name(slug)),
                    false => listing("tag", &Slug::from_name(&text::plain(tag.name.as_str()))),
                }
            }
            ["author", slug] => {
                let user = self.users().find(|it| it.slug.as_str() == *slug)?;
                listing("author", &Slug::from_name(&text::name(user.name.as_str())))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_original_is_found() {
        for (url, base, expected) in [
            ("https://g.example/content/images/2024/05/a.jpg", "/", Some("images/2024/05/a.jpg")),
            ("https://g.example/content/images/size/w600/2024/05/a.jpg", "/", Some("images/2024/05/a.jpg")),
            ("https://g.example/content/images/size/w600h300/format/webp/2024/a.png", "/", Some("images/2024/a.png")),
            ("https://g.example/blog/content/files/2024/a%20b.pdf", "/blog/", Some("files/2024/a b.pdf")),
            ("https://g.example/content/media/2024/a.mp4?x=1", "/", Some("media/2024/a.mp4")),
            ("https://g.example/content/images/%2e%2e/%2e%2e/config.json", "/", None),
            ("https://g.example/content/images/2024/page.html", "/", None),
            ("https://g.example/content/settings/routes.json", "/", None),
            ("https://g.example/about/", "/", None),
        ] {
            let url = Url::parse(url).expect("is one");
            assert_eq!(file(&url, true, base).as_deref(), expected, "{url}");
        }
        let stored = Url::parse("https://storage.ghost.io/c/ee/84/x/content/images/2025/a.jpg").expect("is one");
        assert_eq!(file(&stored, false, "/").as_deref(), Some("images/2025/a.jpg"));
        let other = Url::parse("https://other.example/content/images/2025/a.jpg").expect("is one");
        assert_eq!(file(&other, false, "/"), None);
    }
}
