//! Imports from Ghost: what stood there comes in, and what was not for everybody stays closed.

mod again;
mod articles;
mod damaged;
mod gates;
mod golden;
mod settings;

use super::folder::Folder;
use super::imports;
use jumpline_press::import::ghost::{self, Options};
use jumpline_press::import::report::Report;
use serde_json::{Value, json};
use std::fs;
use std::ops::Deref;
use std::path::PathBuf;

/// A folder that something is imported into.
struct Import {
    folder: Folder,
    export: PathBuf,
    media: Option<PathBuf>,
    url: Option<&'static str>,
    drafts: bool,
}

impl Import {
    fn of(export: impl Into<PathBuf>) -> Self {
        Self { folder: Folder::new(), export: export.into(), media: None, url: None, drafts: false }
    }

    /// The hand-written export of `tests/imports/`, with Ghost's content folder.
    fn ferry() -> Self {
        let root = imports().join("ferry");
        Self {
            media: Some(root.join("content")),
            url: Some("https://ferry.example"),
            ..Self::of(root.join("export.json"))
        }
    }

    /// An export with these posts, written into the folder itself.
    fn posts(posts: &[Value]) -> Self {
        Self::bytes(export(posts).to_string().as_bytes())
    }

    fn bytes(bytes: &[u8]) -> Self {
        let mut import = Self::of("");
        import.export = import.folder.path().join("export.json");
        fs::write(&import.export, bytes).unwrap();
        import
    }

    /// Another export takes the place of the first.
    fn export_again(&self, posts: &[Value]) {
        fs::write(&self.export, export(posts).to_string()).unwrap();
    }

    fn try_run(&self) -> anyhow::Result<Report> {
        ghost::run(&Options {
            export: self.export.clone(),
            into: self.content(),
            media: self.media.clone(),
            url: self.url.map(ToOwned::to_owned),
            drafts: self.drafts,
            all: true,
        })
    }

    #[track_caller]
    fn run(&self) -> Report {
        self.try_run().unwrap_or_else(|error| panic!("{error:#}"))
    }

    #[track_caller]
    fn fail(&self) -> String {
        let error = format!("{:#}", self.try_run().unwrap_err());
        assert!(self.files().is_empty(), "something was written");
        error
    }
}

impl Deref for Import {
    type Target = Folder;

    fn deref(&self) -> &Folder {
        &self.folder
    }
}

/// An export with these posts.
fn export(posts: &[Value]) -> Value {
    json!({ "db": [{
        "meta": { "exported_on": 1_717_243_200_000_u64, "version": "5.82.2" },
        "data": { "posts": posts, "settings": [{ "key": "title", "value": "T" }] },
    }] })
}

/// A post of an export.
fn post(id: u32, slug: &str, html: &str) -> Value {
    json!({
        "id": format!("65f0000000000000000{id:05}"), "title": format!("Title {id}"), "slug": slug, "html": html,
        "status": "published", "type": "post", "visibility": "public", "published_at": "2025-02-18T10:00:00.000Z",
    })
}

/// The post with one field changed.
fn with(mut post: Value, key: &str, value: impl Into<Value>) -> Value {
    post[key] = value.into();
    post
}

/// The article that a body becomes, below its front matter, and the report.
#[track_caller]
fn imported(post: Value) -> (String, String) {
    let import = Import::posts(&[post]);
    let said = import.run().to_string();
    let path = import.files().into_keys().find(|it| it.starts_with("articles/")).unwrap_or_else(|| panic!("{said}"));
    (import.read(&path), said)
}
