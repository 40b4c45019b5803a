//! What stands in `content/`: the publication and its manuscripts, read and checked but not yet rendered.

pub mod front_matter;
mod json;
mod manuscript;
pub mod nearest;
pub(crate) mod place;
mod settings;

pub use manuscript::{Format, Head, HeadImage, Manuscript, read};

use crate::fault::{Fault, Faults};
use anyhow::Context as _;
use jumpline_article::{CommentFile, ItemKind, Publication};
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// A file of the content that may hold an article.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Where it is on the disk.
    pub path: PathBuf,
    /// Its folder below the content, with slashes: `articles/2025`.
    pub folder: String,
    /// An article or a page.
    pub kind: ItemKind,
}

impl SourceFile {
    /// The file's name, as a person would type it.
    pub fn name(&self) -> String {
        self.path.display().to_string()
    }
}

/// Reads `publication.toml`; `base` overrides the path that it names.
///
/// # Errors
/// When it cannot be read, or is not what its format says.
pub fn publication(content: &Path, base: Option<&str>) -> anyhow::Result<Publication> {
    let path = content.join("publication.toml");
    let text = fs::read_to_string(&path)
        .with_context(|| format!("{}: cannot be read; a publication begins with this file", path.display()))?;
    let mut publication =
        Publication::from_toml(&text).map_err(|error| Fault::format(path.display().to_string(), 0, &error))?;
    Faults::check(settings::check(&path, &text, &publication), true)?;
    if let Some(base) = base {
        publication.base = settings::base(base).map_err(|message| anyhow::anyhow!("--base {message}"))?;
    }
    Ok(publication)
}

/// The files that hold articles and pages, in the order of their names. Hidden files and folders are passed over.
///
/// # Errors
/// When a folder cannot be read.
pub fn files(content: &Path) -> anyhow::Result<Vec<SourceFile>> {
    let mut found = Vec::new();
    for (folder, kind) in [("articles", ItemKind::Article), ("pages", ItemKind::Page)] {
        let root = content.join(folder);
        if !root.is_dir() {
            continue;
        }
        let visible = |name: &str| !name.starts_with('.');
        let walk = WalkDir::new(&root).sort_by_file_name().into_iter();
        for entry in walk.filter_entry(|it| it.depth() == 0 || it.file_name().to_str().is_some_and(visible)) {
            let entry = entry.with_context(|| format!("{}: cannot be read", root.display()))?;
            let name = entry.file_name().to_string_lossy();
            let article = [".md", ".html", ".json"].iter().any(|it| name.ends_with(it));
            if !entry.file_type().is_file() || !article || name.ends_with(".comments.json") {
                continue;
            }
            let inside = entry.path().parent().and_then(|it| it.strip_prefix(content).ok());
            let steps = inside.into_iter().flat_map(Path::components).map(|it| it.as_os_str().to_string_lossy());
            let folder = steps.collect::<Vec<_>>().join("/");
            found.push(SourceFile { path: entry.into_path(), folder, kind });
        }
    }
    Ok(found)
}

/// The text of a source.
///
/// # Errors
/// With its line, when it is not UTF-8.
pub fn text<'a>(name: &str, bytes: &'a [u8]) -> Result<&'a str, Fault> {
    std::str::from_utf8(bytes).map_err(|error| {
        let line = bytes[..error.valid_up_to()].iter().filter(|it| **it == b'\n').count() + 1;
        Fault::line(name, line, "is not UTF-8 here; save the file as UTF-8")
    })
}

/// The comments that lie beside an article. None when there is no such file.
///
/// # Errors
/// When the file cannot be read or is broken.
pub fn comments(article: &Path) -> Result<CommentFile, Fault> {
    Ok(comment_text(&comment_file(article))?.map(|it| it.1).unwrap_or_default())
}

/// A comment file as it stands there, and what it says. `None` when there is no such file.
///
/// # Errors
/// When the file cannot be read or is broken.
pub fn comment_text(path: &Path) -> Result<Option<(String, CommentFile)>, Fault> {
    let name = path.display().to_string();
    match fs::read_to_string(path) {
        Ok(text) => match CommentFile::from_json(&text) {
            Ok(file) => Ok(Some((text, file))),
            Err(error) => Err(Fault::format(name, 0, &error)),
        },
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Fault::file(name, format!("cannot be read: {error}"))),
    }
}

/// `<article>.comments.json` beside an article.
pub fn comment_file(article: &Path) -> PathBuf {
    article.with_extension("comments.json")
}
