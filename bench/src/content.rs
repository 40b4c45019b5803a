//! The beginning of a publication that is written to be measured.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Writes `publication.toml`, and gives back the folder that the articles go into.
///
/// # Errors
/// When the folder cannot be written.
pub fn begin(folder: &Path, settings: &str) -> Result<PathBuf> {
    let articles = folder.join("articles");
    fs::create_dir_all(&articles).with_context(|| format!("cannot make {}", articles.display()))?;
    fs::write(folder.join("publication.toml"), settings)?;
    Ok(articles)
}
