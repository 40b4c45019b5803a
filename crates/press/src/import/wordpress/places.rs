//! Where a link of the old site leads in the new one.

use super::export::Export;
use super::media::{Uploads, picture};
use super::text;
use crate::import::home::{Home, Place};
use crate::import::media::{Media, has_extension};
use crate::render::tree::Element;
use crate::site::address::encode;
use jumpline_article::{Permalink, Slug, allow};
use url::Url;

/// The site of an export, with its uploads.
pub(super) struct Old<'a> {
    pub(super) export: &'a Export,
    pub(super) uploads: &'a Uploads,
    /// The article's own address, from which its links lead on.
    pub(super) at: Option<Url>,
}

impl Home for Old<'_> {
    fn place(&self, address: &str, media: &Media) -> Place {
        let address: String = address.trim().chars().filter(|it| !matches!(it, '\t' | '\n' | '\r')).collect();
        if !allow::url(&address) {
            return Place::Refused;
        }
        if address.starts_with('#') || address.is_empty() {
            return Place::Other(address);
        }
        let parsed =
            self.at.as_ref().or(self.export.url.as_ref()).map_or_else(|| Url::parse(&address), |it| it.join(&address));
        let Ok(url) = parsed else { return Place::Remote(address) };
        if !matches!(url.scheme(), "http" | "https") {
            return Place::Other(address);
        }
        let own = self.export.is_own(&url);
        if let Some(file) = self.uploads.file(&url, own, media).filter(|it| has_extension(it)) {
            return Place::Upload(file);
        }
        if !own {
            return Place::Remote(address);
        }
        let fragment = url.fragment().map_or(String::new(), |it| format!("#{it}"));
        match path(&url, self.export) {
            Some(Page::Path(path)) => Place::Path(format!("{}{fragment}", encode(&path))),
            Some(Page::Upload(file)) => Place::Upload(file),
            // Galleries and themes have folders of their own, and old sites lie beside their uploads.
            None => picture(&url).map_or_else(|| Place::Lost(url.to_string()), Place::Upload),
        }
    }

    fn alt(&self, image: &Element) -> String {
        let classes = image.get("class").unwrap_or_default().split_ascii_whitespace();
        let number = { classes }.find_map(|it| it.strip_prefix("wp-image-"));
        number.and_then(|it| self.export.attachments.get(it)).map_or(String::new(), |it| it.alt.clone())
    }
}

enum Page {
    Path(String),
    Upload(String),
}

/// Whether a link leads to a category of the old site that the export does not list, or to a tag that it does not name.
pub(super) fn leads_astray(html: &str, export: &Export) -> bool {
    let mut terms = terms_in(html, export);
    terms.any(|(is_tag, slug)| if is_tag { !export.tags.contains_key(&slug) } else { !export.categories.lists(&slug) })
}

/// Slugs of categories and tags of the old site that links in an article lead to, and whether each is a tag's.
fn terms_in<'a>(html: &'a str, export: &'a Export) -> impl Iterator<Item = (bool, String)> + 'a {
    html.split("href=").skip(1).filter_map(|it| {
        let quote = it.chars().next().filter(|it| matches!(it, '"' | '\''))?;
        let address = it[1..].split(quote).next()?;
        // Parsing every address costs more than to look.
        let may_be = address.contains("category/") || address.contains("tag/");
        let url = may_be.then(|| export.url.as_ref()?.join(address.trim()).ok()).flatten()?;
        let path = below(&url, export);
        let (kind, below) = path.split_once('/').filter(|it| matches!(it.0, "category" | "tag"))?;
        let slug = below.split("/page/").next()?.trim_end_matches("/feed").rsplit('/').next()?;
        export.is_own(&url).then(|| (kind == "tag", slug.to_owned()))
    })
}

/// The path of an address below the old site's own, decoded and without slashes at its ends.
fn below(url: &Url, export: &Export) -> String {
    let whole = text::percent_decode(url.path().trim_matches('/'));
    let base = export.url.as_ref().map_or("", |it| it.path().trim_matches('/'));
    whole.strip_prefix(base).map_or(whole.as_str(), |it| it.trim_start_matches('/')).to_owned()
}

/// What stands at an address of the old site.
fn path(url: &Url, export: &Export) -> Option<Page> {
    let is_number = |it: &str| matches!(it, "p" | "page_id" | "attachment_id");
    if let Some(number) = url.query_pairs().find(|it| is_number(&it.0)).map(|it| it.1) {
        if let Some(permalink) = export.by_id.get(&*number) {
            return Some(Page::Path(permalink.to_string()));
        }
        if let Some(attachment) = export.attachments.get(&*number).filter(|it| !it.file.is_empty()) {
            return Some(Page::Upload(attachment.file.clone()));
        }
    }
    let whole = text::percent_decode(url.path().trim_matches('/'));
    let path = below(url, export);
    let path = path.as_str();
    let permalink = |path: &str| export.by_path.get(Permalink::new(path).ok()?.as_str().trim_matches('/'));
    // `/slug/2/` was the second page of an article, `/slug/comment-page-1/` a page of its comments.
    let shorter = path.rsplit_once('/').filter(|it| it.1.starts_with("comment-page-") || it.1.parse::<u16>().is_ok());
    if let Some(permalink) = permalink(path).or_else(|| permalink(shorter?.0)) {
        return Some(Page::Path(permalink.to_string()));
    }
    if let Some(file) = export.attachment_pages.get(&whole) {
        return Some(Page::Upload(file.clone()));
    }
    let mut steps = path.split('/');
    let (first, last) = (steps.next().unwrap_or_default(), path.rsplit('/').next().unwrap_or_default());
    let listing = |kind: &str, slug: &Slug| Some(Page::Path(format!("/{kind}/{slug}/")));
    match first {
        "" if url.query().is_none() => Some(Page::Path("/".to_owned())),
        "feed" => Some(Page::Path("/feed.xml".to_owned())),
        "category" => {
            let category = export.categories.find(last)?;
            match export.sections.contains(&category) {
                true => listing("section", &export.categories.section_slug(category)),
                false => listing("tag", &Slug::from_name(&export.categories.get(category)?.name)),
            }
        }
        "tag" => listing("tag", &Slug::from_name(export.tags.get(last)?)),
        "author" => listing("author", export.author_page(last)?),
        _ => None,
    }
}
