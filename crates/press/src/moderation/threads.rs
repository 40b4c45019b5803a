//! Comment files, read so that nothing in them is lost when they are written again.

use super::short;
use crate::fault::{Fault, Faults};
use crate::import::disk;
use crate::source;
use anyhow::Context as _;
use jumpline_article::comment::Status;
use jumpline_article::{Comment, Date, FORMAT_VERSION};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};

/// One comment, and what else stands with it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Kept {
    /// The comment.
    #[serde(flatten)]
    pub comment: Comment,
    /// Whether a person approved it, so that no word list holds it back again. Never published.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub approved: bool,
    /// Whether it counts as deleted because its server does not show it any more. Never published.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub gone: bool,
    /// What another program wrote there.
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

/// The comment file of an article.
#[derive(Clone, Debug)]
pub struct Thread {
    /// The file.
    pub file: PathBuf,
    /// The article, as `press comments` names it.
    pub article: String,
    /// Its comments, in the file's order.
    pub comments: Vec<Kept>,
    version: u32,
    rest: Map<String, Value>,
}

/// All comment files of a content folder, in the order of their articles.
///
/// # Errors
/// With every file that cannot be read.
pub fn threads(content: &Path) -> anyhow::Result<Vec<Thread>> {
    let (mut threads, mut faults) = (Vec::new(), Vec::new());
    for article in source::files(content)? {
        let file = source::comment_file(&article.path);
        match Thread::read(content, file) {
            Ok(thread) => threads.extend(thread),
            Err(fault) => faults.push(fault),
        }
    }
    Faults::check(faults, true)?;
    // An article may stand there twice, as draft.md and draft.html: its comments are one file.
    threads.dedup_by(|a, b| a.file == b.file);
    Ok(threads)
}

impl Thread {
    /// The file of an article that nobody has answered yet.
    pub(super) fn empty(content: &Path, file: PathBuf) -> Self {
        let article = short(content, &file);
        Self { file, article, comments: Vec::new(), version: FORMAT_VERSION, rest: Map::new() }
    }

    pub(super) fn read(content: &Path, file: PathBuf) -> Result<Option<Self>, Fault> {
        let name = file.display().to_string();
        // It is read twice: what follows keeps all that stands there, and knows no lines.
        let Some((text, _)) = source::comment_text(&file)? else { return Ok(None) };
        let broken = |error: serde_json::Error| Fault::line(&name, error.line(), error.to_string());
        let Document { version, comments, rest } = serde_json::from_str(&text).map_err(broken)?;
        let article = short(content, &file);
        Ok(Some(Self { file, article, comments, version, rest }))
    }

    /// Whether the article is called so: its file's path or the end of it, with or without extensions.
    pub fn is_called(&self, name: &str) -> bool {
        let name = name.trim_matches('/').trim_start_matches("./");
        let name =
            [".comments.json", ".md", ".html", ".json"].iter().find_map(|it| name.strip_suffix(it)).unwrap_or(name);
        let whole = self.file.to_string_lossy().replace('\\', "/");
        let whole = whole.strip_suffix(".comments.json").unwrap_or(&whole).trim_start_matches("./");
        whole == name || whole.ends_with(&format!("/{name}")) && !name.is_empty()
    }

    /// What [`super::Name`] calls one of its comments.
    pub fn name_of(&self, comment: usize) -> String {
        format!("{}#{}", self.article, self.comments[comment].comment.id)
    }

    /// Notes when its server was asked, in seconds since 1970. An export may be older than that.
    pub(super) fn set_taken(&mut self, seconds: i64) {
        let before = self.rest.get("taken").and_then(|it| Date::parse(it.as_str()?));
        let is_later = before.is_none_or(|it| it.unix() < seconds);
        if let Some(date) = Date::from_unix(seconds).filter(|_| is_later) {
            self.rest.insert("taken".to_owned(), Value::String(date.as_str().to_owned()));
        }
    }

    /// Writes the file; a crash leaves the old one or the new one.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn save(&self) -> anyhow::Result<()> {
        let document = Document { version: self.version, comments: &self.comments, rest: &self.rest };
        let name = || format!("{}: cannot be written", self.file.display());
        let mut text = serde_json::to_string_pretty(&document).with_context(name)?;
        text.push('\n');
        disk::write(&self.file, text.as_bytes())
    }
}

/// A comment file with all that stands in it.
#[derive(Serialize, Deserialize)]
struct Document<C, R> {
    version: u32,
    comments: C,
    #[serde(flatten)]
    rest: R,
}

impl Kept {
    /// A comment that nobody has looked at.
    pub(super) fn new(comment: Comment) -> Self {
        Self { comment, approved: false, gone: false, rest: Map::new() }
    }

    /// Gives it another status. `false` when nothing changed.
    pub(super) fn mark(&mut self, status: Status) -> bool {
        let before = (self.comment.status, self.approved, self.gone);
        let after = (status, status == Status::Published, false);
        (self.comment.status, self.approved, self.gone) = after;
        before != after
    }
}
