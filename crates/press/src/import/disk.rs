//! Files on the disk: written all or not at all, and known by their BLAKE3.

use crate::source::{ARTICLES, is_hidden};
use anyhow::Context as _;
use indicatif::{ProgressBar, ProgressStyle};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Seek as _};
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// Opens an export; long ones have a bar that says how far it is.
pub(super) fn open(path: &Path, what: &'static str) -> io::Result<impl Read + use<>> {
    let mut file = File::open(path)?;
    let mut begin = [0; 4];
    let read = file.read(&mut begin)?;
    if begin[..read].starts_with(b"PK\x03\x04") || begin[..read].starts_with(&[0x1f, 0x8b]) {
        let kind = if begin[0] == b'P' { "a ZIP archive" } else { "packed by gzip" };
        let text = format!("it is {kind}; unpack it and name the file in it");
        return Err(io::Error::new(io::ErrorKind::InvalidData, text));
    }
    file.rewind()?;
    let length = file.metadata().map_or(0, |it| it.len());
    let bar = ProgressBar::new(length).with_message(what);
    if let Ok(style) = ProgressStyle::with_template("{msg} {bar:40} {bytes}/{total_bytes} {eta}") {
        bar.set_style(style);
    }
    // Short files are done before anybody could read it.
    Ok(if length > 8 << 20 { bar } else { ProgressBar::hidden() }.wrap_read(file))
}

/// BLAKE3 of bytes in hex.
pub(super) fn hash_of(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// BLAKE3 of a file in hex; `None` when there is none.
pub(super) fn hash(path: &Path) -> anyhow::Result<Option<String>> {
    let hashed = File::open(path).and_then(|file| {
        let mut hasher = blake3::Hasher::new();
        hasher.update_reader(file)?;
        Ok(hasher.finalize().to_hex().to_string())
    });
    match hashed {
        Ok(hash) => Ok(Some(hash)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("{}: cannot be read", path.display())),
    }
}

/// The files of articles and pages in a publication's folder; what cannot be walked is told by a build.
pub(super) fn articles(content: &Path) -> impl Iterator<Item = PathBuf> {
    let folders = ["articles", "pages"].map(|it| content.join(it));
    let walk = |it| WalkDir::new(it).follow_links(true).sort_by_file_name().into_iter();
    // Editors leave hidden copies beside what is open.
    let files = folders.into_iter().flat_map(move |it| walk(it).filter_entry(|it| !is_hidden(it.file_name())));
    files.filter_map(Result::ok).filter(|it| it.file_type().is_file()).map(DirEntry::into_path).filter(|it| {
        let name = it.to_string_lossy().to_ascii_lowercase();
        ARTICLES.iter().any(|it| name.ends_with(it))
    })
}

/// Writes a file. A crash leaves no half of it.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    replace(path, |half| fs::write(half, bytes))
}

/// Copies a file. A crash leaves no half of it.
pub(super) fn copy(source: &Path, path: &Path) -> anyhow::Result<()> {
    replace(path, |half| fs::copy(source, half).map(drop))
}

fn replace(path: &Path, fill: impl FnOnce(&Path) -> std::io::Result<()>) -> anyhow::Result<()> {
    let half = half(path)?;
    let written = fill(&half).and_then(|()| fs::rename(&half, path));
    if written.is_err() {
        // The error that matters is the first one.
        drop(fs::remove_file(&half));
    }
    written.with_context(|| format!("{}: cannot be written", path.display()))
}

/// Where a file grows until it is whole.
fn half(path: &Path) -> anyhow::Result<PathBuf> {
    let parent = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(parent).with_context(|| format!("{}: cannot be made", parent.display()))?;
    Ok(parent.join(format!(".import-{}.part", std::process::id())))
}
