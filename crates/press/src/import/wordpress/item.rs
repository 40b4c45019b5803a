//! One item of the export: a post, a page, an attachment, a reusable block, or something that nobody reads.

use super::dates::Dates;
use super::text;
use super::wxr::Raw;

/// An item as the export has it.
#[derive(Debug)]
pub(super) struct Item {
    raw: Raw,
    /// What it is.
    pub(super) kind: Kind,
    /// WordPress' number; empty when the export names none.
    pub(super) id: String,
    /// Plain text; may be empty.
    pub(super) title: String,
    /// The line that it begins in.
    pub(super) line: usize,
}

/// What an item is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Post,
    Page,
    Attachment,
    /// A reusable block.
    Block,
    /// Anything else, by WordPress' name.
    Other(String),
}

/// Whether the world could read an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Status {
    Published,
    /// Not finished, waiting or scheduled: WordPress' word for it.
    Draft(&'static str),
    /// Only for who is logged in.
    Private,
    /// Behind a password.
    Protected,
    /// In the bin, or a left-over.
    Gone(String),
}

/// A term that an item was filed under.
#[derive(Clone, Copy, Debug)]
pub(super) struct Term<'a> {
    pub(super) domain: &'a str,
    pub(super) nicename: &'a str,
    pub(super) name: &'a str,
}

impl Item {
    pub(super) fn new(raw: Raw) -> Self {
        let kind = match raw.get("wp:post_type") {
            "post" | "" => Kind::Post,
            "page" => Kind::Page,
            "attachment" => Kind::Attachment,
            "wp_block" => Kind::Block,
            other => Kind::Other(other.to_owned()),
        };
        Self {
            kind,
            id: raw.get("wp:post_id").trim_start_matches('0').to_owned(),
            title: text::plain(raw.get("title")),
            line: raw.line,
            raw,
        }
    }

    /// A field, such as `wp:post_name`; empty when there is none.
    pub(super) fn get(&self, name: &str) -> &str {
        self.raw.get(name)
    }

    /// A field, taken out as it is.
    pub(super) fn take(&mut self, name: &str) -> String {
        self.raw.take(name)
    }

    /// Who could read it.
    pub(super) fn status(&self) -> Status {
        match self.get("wp:status") {
            _ if !self.get("wp:post_password").is_empty() => Status::Protected,
            "publish" | "" => Status::Published,
            "inherit" if self.kind == Kind::Attachment => Status::Published,
            "draft" => Status::Draft("a draft"),
            "pending" => Status::Draft("waiting for review"),
            "future" => Status::Draft("scheduled"),
            "private" => Status::Private,
            other => Status::Gone(other.to_owned()),
        }
    }

    /// A value that a plugin or WordPress keeps beside the item.
    pub(super) fn meta(&self, key: &str) -> Option<&str> {
        self.metas().find(|it| it.0 == key && !it.1.is_empty()).map(|it| it.1)
    }

    /// All of these values with their keys. A key may have several.
    pub(super) fn metas(&self) -> impl Iterator<Item = (&str, &str)> {
        let metas = self.raw.children.iter().filter(|it| it.name == "wp:postmeta");
        metas.map(|it| (it.get("wp:meta_key"), it.get("wp:meta_value")))
    }

    /// What it is filed under.
    pub(super) fn terms(&self) -> impl Iterator<Item = Term<'_>> {
        self.raw.children.iter().filter(|it| it.name == "category").map(|it| Term {
            domain: it.attribute("domain"),
            nicename: it.attribute("nicename"),
            name: it.text.trim(),
        })
    }

    /// Its comments, as they stand.
    pub(super) fn comments(&self) -> impl Iterator<Item = &Raw> {
        self.raw.children.iter().filter(|it| it.name == "wp:comment")
    }

    /// Its dates; `path` is the path of its address.
    pub(super) fn dates<'a>(&'a self, path: &'a str) -> Dates<'a> {
        Dates {
            local: self.get("wp:post_date"),
            gmt: self.get("wp:post_date_gmt"),
            published: self.get("pubDate"),
            modified: self.get("wp:post_modified"),
            modified_gmt: self.get("wp:post_modified_gmt"),
            path,
        }
    }

    /// How a report names it.
    pub(super) fn name(&self) -> String {
        let number = if self.id.is_empty() { format!("line {}", self.line) } else { format!("post {}", self.id) };
        match self.title.is_empty() {
            true => format!("{number}, without a title"),
            false => format!("“{}” ({number})", self.title),
        }
    }
}
