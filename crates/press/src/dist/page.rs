//! A route's page and the document beside it.

use super::alias;
use super::cards::Cards;
use super::files::{Files, Outcome};
use super::head;
use super::shell::{Filling, Shell};
use crate::render::Rendered;
use crate::site::{Site, with_text};
use anyhow::Context as _;
use jumpline::paths::{self, page_of};
use jumpline::prerender;
use jumpline_article::{Boot, Comment, CommentFile, FORMAT_VERSION, Feed, Page};

/// Writes pages. Shared by all threads.
pub struct Pages<'a> {
    /// What is published.
    pub site: &'a Site,
    /// What every page is filled into.
    pub shell: &'a Shell,
    /// The publication and the words of the interface, as views know them.
    pub reader: jumpline::site::Site,
    /// Where the browser finds both: a URL path.
    pub common: String,
    /// Changes with the press itself.
    pub version: &'a str,
    /// Where everything goes.
    pub files: &'a Files,
    /// The pictures that stand for pages elsewhere.
    pub cards: &'a Cards,
}

impl Pages<'_> {
    /// An article or a page: `article.json`, `index.html`, and `comments.json` where there are comments.
    ///
    /// # Errors
    /// When one cannot be written.
    pub fn article(&self, rendered: &Rendered) -> anyhow::Result<Outcome> {
        let Rendered { item, comments, withheld, taken, .. } = rendered;
        let path = item.jumpline.as_ref().map_or("/", |it| it.permalink.as_str());
        let document = self.files.bytes(&below(path, "article.json"), item.to_json().into_bytes())?;
        // An edit behind the gate changes the document and not the page.
        let page = self.page(&below(path, "index.html"), Page::Article(Box::new(item.clone())), comments)?;
        let thread = match &item.jumpline {
            Some(extension) if rendered.has_thread() => {
                let (taken, comments, withheld) = (taken.clone(), comments.clone(), withheld.clone());
                let file = CommentFile { version: FORMAT_VERSION, taken, comments, withheld };
                let json = serde_json::to_vec(&file).context("the comments cannot be written as JSON")?;
                self.files.bytes(paths::comments(&extension.permalink).trim_start_matches('/'), json)?
            }
            _ => Outcome::Kept,
        };
        self.aliases(rendered)?;
        Ok(page.max(document).max(thread))
    }

    /// What sends those on who come to a path under which it stood before.
    fn aliases(&self, Rendered { item, aliases, .. }: &Rendered) -> anyhow::Result<()> {
        for alias in aliases {
            let page = alias::page(item, &self.site.publication);
            self.files.bytes(&below(alias.as_str(), "index.html"), page.into_bytes())?;
        }
        Ok(())
    }

    /// A page of a listing: `listing.json` and `index.html`.
    ///
    /// # Errors
    /// When one cannot be written.
    pub fn listing(&self, feed: Feed) -> anyhow::Result<Outcome> {
        let path = feed.listing.as_ref().map_or("/".to_owned(), |it| page_of(&it.path, it.page));
        self.files.bytes(&below(&path, "listing.json"), with_text(&feed).to_json().into_bytes())?;
        self.page(&below(&path, "index.html"), Page::Listing(Box::new(feed)), &[])
    }

    /// Subscribe, and the page for every other address.
    ///
    /// # Errors
    /// When one cannot be written.
    pub fn standing(&self) -> anyhow::Result<()> {
        self.page("subscribe/index.html", Page::Subscribe, &[])?;
        self.page("unlock/index.html", Page::Account, &[])?;
        self.page("library/index.html", Page::Library, &[])?;
        self.page("404.html", Page::Unfilled, &[])?;
        Ok(())
    }

    fn page(&self, path: &str, page: Page, comments: &[Comment]) -> anyhow::Result<Outcome> {
        let boot = Boot { common: self.common.clone(), page };
        let title = self.reader.window_title(&boot.page);
        let (publication, messages) = (&self.site.publication, self.reader.messages);
        let head = head::head(publication, messages, self.cards, &boot.page, comments, &title);
        let script = boot.to_script();
        let body = match &boot.page {
            Page::Article(item) => item.content_html.as_deref().unwrap_or_default(),
            _ => "",
        };
        let thread = serde_json::to_string(comments).context("the comments cannot be written as JSON")?;
        let parts = [self.version, &self.shell.fingerprint, &head, &script, body, &thread];
        let key = blake3::hash(parts.join("\0").as_bytes()).to_hex();
        self.files.put(path, key.as_str(), || {
            let app = prerender::page(&self.reader, &boot.page, comments);
            let filling = Filling { head: &head, app: &app, boot: &script };
            Ok(self.shell.fill(&filling).into_bytes())
        })
    }
}

/// A file in the folder of a path: `/a/b/` and `index.html` are `a/b/index.html`.
fn below(path: &str, file: &str) -> String {
    format!("{path}{file}").trim_start_matches('/').to_owned()
}
