//! What stands in `content/`: the publication and its manuscripts, read and checked but not yet rendered.

mod broken_yaml;
mod folder;
mod forms;
pub mod front_matter;
mod json;
mod json_keys;
mod manuscript;
mod names;
pub mod nearest;
pub(crate) mod place;
pub(crate) mod publication;
mod settings;
mod strays;
mod swallowed;
mod wrong_values;

pub(crate) use folder::{ARTICLES, is_hidden};
pub use folder::{Folder, SourceFile, folder};
pub use manuscript::{Format, Head, HeadImage, Manuscript, draft, read, read_on};
pub use publication::publication;

use crate::fault::Fault;
use jumpline_article::CommentFile;
use std::fs;
use std::path::{Path, PathBuf};

/// The files that hold articles and pages, in the order of their names.
///
/// # Errors
/// When a folder cannot be read.
pub fn files(content: &Path) -> anyhow::Result<Vec<SourceFile>> {
    Ok(folder(content)?.files)
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
