//! A route's page and the document beside it.

use super::files::{Files, Outcome};
use super::head;
use super::shell::{Filling, Shell};
use crate::site::{Site, with_text};
use jumpline::messages::Messages;
use jumpline::paths::page_of;
use jumpline::prerender;
use jumpline_article::{Boot, Feed, Item, Page};

/// Writes pages. Shared by all threads.
pub struct Pages<'a> {
    /// What is published.
    pub site: &'a Site,
    /// What every page is filled into.
    pub shell: &'a Shell,
    /// The words of the interface.
    pub messages: Messages,
    /// Where the browser finds them: a URL path.
    pub messages_url: String,
    /// Changes with the press itself.
    pub version: &'a str,
    /// Where everything goes.
    pub files: &'a Files,
}

impl Pages<'_> {
    /// An article or a page: `article.json` and `index.html`.
    ///
    /// # Errors
    /// When one cannot be written.
    pub fn article(&self, item: &Item) -> anyhow::Result<Outcome> {
        let path = item.jumpline.as_ref().map_or("/", |it| it.permalink.as_str());
        let document = self.files.bytes(&below(path, "article.json"), item.to_json().into_bytes())?;
        // An edit behind the gate changes the document and not the page.
        Ok(self.page(&below(path, "index.html"), Page::Article(Box::new(item.clone())))?.max(document))
    }

    /// A page of a listing: `listing.json` and `index.html`.
    ///
    /// # Errors
    /// When one cannot be written.
    pub fn listing(&self, feed: Feed) -> anyhow::Result<Outcome> {
        let path = feed.listing.as_ref().map_or("/".to_owned(), |it| page_of(&it.path, it.page));
        self.files.bytes(&below(&path, "listing.json"), with_text(&feed).to_json().into_bytes())?;
        self.page(&below(&path, "index.html"), Page::Listing(Box::new(feed)))
    }

    /// Subscribe, and the page for every other address.
    ///
    /// # Errors
    /// When one cannot be written.
    pub fn standing(&self) -> anyhow::Result<()> {
        self.page("subscribe/index.html", Page::Subscribe)?;
        self.page("unlock/index.html", Page::Account)?;
        self.page("404.html", Page::Unfilled)?;
        Ok(())
    }

    fn page(&self, path: &str, page: Page) -> anyhow::Result<Outcome> {
        let publication = self.site.publication.clone();
        let boot = Boot { publication, messages: self.messages_url.clone(), page };
        let title = prerender::title(&boot, &self.messages);
        let head = head::head(&boot.publication, self.messages, &boot.page, &title);
        let script = boot.to_script();
        let body = match &boot.page {
            Page::Article(item) => item.content_html.as_deref().unwrap_or_default(),
            _ => "",
        };
        let parts = [self.version, &self.shell.fingerprint, &head, &script, body];
        let key = blake3::hash(parts.join("\0").as_bytes()).to_hex();
        self.files.put(path, key.as_str(), || {
            let app = prerender::page(&boot, &self.messages);
            let filling = Filling { head: &head, app: &app, boot: &script };
            Ok(self.shell.fill(&filling).into_bytes())
        })
    }
}

/// A file in the folder of a path: `/a/b/` and `index.html` are `a/b/index.html`.
fn below(path: &str, file: &str) -> String {
    format!("{path}{file}").trim_start_matches('/').to_owned()
}
