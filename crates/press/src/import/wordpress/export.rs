//! The first pass over an export: what the second needs to know of articles that it has not come to yet. It keeps names
//! and addresses, never bodies.

use super::categories::{Categories, Category};
use super::item::{Item, Kind, Status};
use super::plan::{Header, Planned};
use super::wxr::{Raw, Wxr, WxrError};
use super::{dates, media, text};
use crate::import::linked;
use crate::import::media::host;
use crate::import::source::Broken;
use jumpline_article::{Date, Permalink, Slug};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::io::Read;
use url::Url;

/// What the export says about its site, and what becomes of each item.
#[derive(Debug, Default)]
pub(super) struct Export {
    pub(super) title: String,
    pub(super) description: String,
    /// The blog's address, with a slash at the end.
    pub(super) url: Option<Url>,
    /// BCP 47.
    pub(super) language: String,
    pub(super) version: String,
    /// Names by login.
    pub(super) authors: HashMap<String, String>,
    pub(super) categories: Categories,
    /// Names of tags by slug.
    pub(super) tags: HashMap<String, String>,
    pub(super) attachments: HashMap<String, media::Attachment>,
    /// Files of attachments by the path of the attachment's own page.
    pub(super) attachment_pages: HashMap<String, String>,
    /// Attachments by the article they were uploaded to, in the order of the export.
    pub(super) gallery_of: HashMap<String, Vec<String>>,
    /// Reusable blocks by id.
    pub(super) blocks: HashMap<String, String>,
    /// By the number of the item in the file; items that are left out are missing.
    pub(super) planned: HashMap<usize, Planned>,
    /// Permalinks by WordPress' id.
    pub(super) by_id: HashMap<String, Permalink>,
    /// Permalinks by the old path, without slashes at the ends.
    pub(super) by_path: HashMap<String, Permalink>,
    /// Ids that links of articles lead to in others.
    pub(super) linked: HashSet<String>,
    pub(super) sections: BTreeSet<usize>,
    /// The newest sticky article.
    pub(super) lead: Option<(Date, Permalink)>,
    pub(super) broken: Broken,
    /// Items that were passed over.
    pub(super) too_long: Vec<String>,
    /// Why the file could not be read to its end.
    pub(super) stopped: Option<WxrError>,
    /// When the export was made.
    pub(super) exported: Option<Date>,
    hosts: Vec<String>,
    logins: HashMap<String, Slug>,
}

impl Export {
    /// Reads all of an export once.
    ///
    /// # Errors
    /// When it is no export, or a trap. What stops it half-way stands in `stopped`.
    pub(super) fn read(bytes: impl Read) -> Result<(Self, Vec<Header>), WxrError> {
        let mut wxr = Wxr::new(bytes)?;
        let (mut export, mut headers) = (Self::default(), Vec::new());
        let mut number = 0;
        loop {
            match wxr.next() {
                Ok(Some(raw)) if raw.name == "item" => {
                    headers.extend(export.item(number, Item::new(raw)));
                    number += 1;
                }
                Ok(Some(raw)) => export.channel(raw),
                Ok(None) => break,
                Err(error @ (WxrError::Entities { .. } | WxrError::NotWordPress { .. })) => return Err(error),
                Err(error) if export.version.is_empty() => return Err(error),
                Err(error @ WxrError::TooLong { .. }) => {
                    export.too_long.push(error.to_string());
                    number += 1;
                }
                Err(error) => {
                    export.stopped = Some(error);
                    break;
                }
            }
        }
        if export.version.is_empty() {
            return Err(WxrError::NotWordPress { line: 1, found: "it has no <wp:wxr_version>".to_owned() });
        }
        export.broken = wxr.broken().clone();
        Ok((export, headers))
    }

    fn channel(&mut self, raw: Raw) {
        match raw.name.as_str() {
            "title" => self.title = text::plain(&raw.text),
            "description" => self.description = text::plain(&raw.text),
            "language" => self.language = raw.text.trim().to_owned(),
            "pubDate" => self.exported = dates::rfc2822(&raw.text),
            "wp:wxr_version" => self.version = raw.text.trim().to_owned(),
            "link" | "wp:base_site_url" | "wp:base_blog_url" => self.address(&raw),
            "wp:author" => self.author(&raw),
            "wp:category" => self.category(
                &raw,
                "wp:category_nicename",
                "wp:category_parent",
                "wp:cat_name",
                "wp:category_description",
            ),
            "wp:term" if raw.get("wp:term_taxonomy") == "category" => {
                self.category(&raw, "wp:term_slug", "wp:term_parent", "wp:term_name", "wp:term_description");
            }
            "wp:tag" => {
                let slug = text::percent_decode(raw.get("wp:tag_slug"));
                self.tags.insert(slug, text::plain(raw.get("wp:tag_name")));
            }
            _ => {}
        }
    }

    fn address(&mut self, raw: &Raw) {
        let Ok(mut url) = Url::parse(raw.text.trim()) else { return };
        self.hosts.extend(host(&url));
        if !url.path().ends_with('/') {
            url.set_path(&format!("{}/", url.path()));
        }
        if self.url.is_none() || raw.name == "wp:base_blog_url" {
            self.url = Some(url);
        }
    }

    fn author(&mut self, raw: &Raw) {
        let login = raw.get("wp:author_login");
        let full = format!("{} {}", raw.get("wp:author_first_name"), raw.get("wp:author_last_name"));
        let shown = raw.get("wp:author_display_name");
        let names = [if shown.contains('@') { "" } else { shown }, &full, login];
        let name = names.iter().map(|it| text::name(it)).find(|it| !it.is_empty()).unwrap_or_default();
        self.logins.insert(Slug::from_name(login).to_string(), Slug::from_name(&name));
        self.authors.insert(login.to_owned(), name);
    }

    fn category(&mut self, raw: &Raw, slug: &str, parent: &str, name: &str, description: &str) {
        self.categories.add(Category {
            id: raw.get("wp:term_id").to_owned(),
            slug: text::percent_decode(raw.get(slug)),
            parent: text::percent_decode(raw.get(parent)),
            name: text::plain(raw.get(name)),
            description: text::visible(raw.get(description)),
            is_listed: true,
        });
    }

    fn item(&mut self, number: usize, mut item: Item) -> Option<Header> {
        linked::gather(item.get("content:encoded"), &mut self.linked);
        match item.kind {
            Kind::Attachment => {
                let attachment = media::Attachment::read(&item);
                let parent = item.get("wp:post_parent");
                if !matches!(parent, "" | "0") {
                    self.gallery_of.entry(parent.to_owned()).or_default().push(item.id.clone());
                }
                if !attachment.page.is_empty() && !attachment.file.is_empty() {
                    self.attachment_pages.insert(attachment.page.clone(), attachment.file.clone());
                }
                self.attachments.insert(item.id.clone(), attachment);
                None
            }
            Kind::Block => {
                if item.status() == Status::Published {
                    let content = item.take("content:encoded");
                    self.blocks.insert(item.id.clone(), content);
                }
                None
            }
            Kind::Post | Kind::Page | Kind::Other(_) => {
                // Exports of a part list no tags.
                for tag in item.terms().filter(|it| it.domain == "post_tag" && !it.name.is_empty()) {
                    self.tags.entry(text::percent_decode(tag.nicename)).or_insert_with(|| text::plain(tag.name));
                }
                Some(Header::read(number, &item))
            }
        }
    }

    /// Whether an address is of this site.
    pub(super) fn is_own(&self, url: &Url) -> bool {
        host(url).is_some_and(|it| self.hosts.contains(&it))
    }

    /// The slug of an author's page, by the slug of the login.
    pub(super) fn author_page(&self, login: &str) -> Option<&Slug> {
        self.logins.get(login)
    }
}
