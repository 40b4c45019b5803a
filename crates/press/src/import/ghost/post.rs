//! A post of the export, as the plan sees it.

use super::export::Export;
use super::format::Post;
use crate::import::text;
use jumpline_article::Date;

/// Whether the world could read a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Status {
    Published,
    /// Not finished, or scheduled: Ghost's word for it.
    Draft(&'static str),
    /// Sent by e-mail and never put on the site.
    Sent,
    /// Something else, by Ghost's word.
    Other(String),
}

impl Post {
    /// What the ledger knows it by: Ghost's id, or what else names it.
    pub(super) fn key(&self) -> &str {
        [&self.id, &self.uuid, &self.slug].into_iter().find_map(|it| it.get()).unwrap_or_default()
    }

    /// What feeds called it: Ghost takes its id, and took the UUID while ids were numbers.
    pub(super) fn feed_id(&self) -> String {
        match (self.id.get(), self.uuid.get()) {
            (Some(id), _) if id.len() >= 24 => id.to_owned(),
            (_, Some(uuid)) => uuid.to_owned(),
            _ => format!("ghost-{}", self.key()),
        }
    }

    pub(super) fn is_page(&self) -> bool {
        self.r#type.as_str() == "page" || self.page.is_yes()
    }

    pub(super) fn status(&self, export: &Export) -> Status {
        let email_only = export.meta(&self.id).is_some_and(|it| it.email_only.is_yes());
        match self.status.get() {
            Some("sent") => Status::Sent,
            _ if email_only => Status::Sent,
            None | Some("published") => Status::Published,
            Some("draft") => Status::Draft("a draft"),
            Some("scheduled") => Status::Draft("scheduled"),
            Some(other) => Status::Other(other.to_owned()),
        }
    }

    /// The title, which is plain text there, tags and all. Ghost calls a post without one `(Untitled)`.
    pub(super) fn title(&self) -> String {
        let title = text::tidy(self.title.as_str());
        if title == "(Untitled)" { String::new() } else { title }
    }

    /// When it was published, and what had to be taken instead.
    pub(super) fn date(&self) -> Option<(Date, Option<&'static str>)> {
        if let Some(date) = self.published_at.date() {
            return Some((date, None));
        }
        let made = self.created_at.date().map(|it| (it, "has no `published_at`; `created_at` was taken"));
        let changed =
            || self.updated_at.date().map(|it| (it, "has no date but that of its last change, which was taken"));
        made.or_else(changed).map(|(date, instead)| (date, Some(instead)))
    }

    /// When it was last changed, if that was later than its publication. Ghost saves a post once more while it publishes it.
    pub(super) fn updated(&self, published: &Date) -> Option<Date> {
        self.updated_at.date().filter(|it| it.unix() > published.unix() + 60)
    }

    /// Whether only an editor's document holds its text, which no press can turn into HTML.
    pub(super) fn lacks_html(&self) -> bool {
        let documents = [self.lexical, self.mobiledoc, self.markdown];
        self.html.get().is_none() && documents.iter().any(|it| it.says_something)
    }

    /// How a report names it.
    pub(super) fn name(&self) -> String {
        let kind = if self.is_page() { "page" } else { "post" };
        let which = self.slug.get().map_or_else(|| format!("{kind} {}", self.key()), |it| format!("{kind} {it}"));
        match self.title() {
            title if title.is_empty() => format!("{which}, without a title"),
            title => format!("“{title}” ({which})"),
        }
    }
}
