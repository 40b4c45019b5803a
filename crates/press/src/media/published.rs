//! What is published of a file: itself, without the place that it was taken at, and copies for narrower windows.

use super::photo::Photo;
use super::{Media, MediaFile, place};
use anyhow::Context as _;
use std::cell::OnceCell;
use std::fs;

/// A file that is published. A photograph is read once for all its sizes, and not at all while they stand there.
pub(crate) struct Published<'a> {
    media: &'a Media,
    path: String,
    file: MediaFile,
    read: OnceCell<Read>,
}

/// What was read of it.
struct Read {
    photo: Option<Photo>,
    own: Vec<u8>,
}

impl<'a> Published<'a> {
    pub(super) fn new(media: &'a Media, path: &str, file: MediaFile) -> Self {
        Self { media, path: path.to_owned(), file, read: OnceCell::new() }
    }

    /// Pixels that the copies are wide.
    pub(crate) fn copies(&self) -> &[u32] {
        &self.file.copies
    }

    /// Hash of all that it is made of.
    pub(crate) fn hash(&self) -> &str {
        &self.file.hash
    }

    /// Changes with what is published.
    pub(crate) fn key(&self) -> String {
        place::key(&self.path, &self.file.hash)
    }

    /// What is published under the file's own name.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(crate) fn own(&self) -> anyhow::Result<Vec<u8>> {
        Ok(self.read()?.own.clone())
    }

    /// The copy of this width: the file itself where none can be made, or none with fewer bytes.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(crate) fn copy(&self, width: u32) -> anyhow::Result<Vec<u8>> {
        let Read { photo, own } = self.read()?;
        let copy = photo.as_ref().and_then(|it| it.copy(width)).map(|it| place::without_place(&self.path, it));
        Ok(copy.filter(|it| it.len() < own.len()).unwrap_or_else(|| own.clone()))
    }

    fn read(&self) -> anyhow::Result<&Read> {
        if let Some(read) = self.read.get() {
            return Ok(read);
        }
        let disk = self.media.path(&self.path);
        let whole = fs::read(&disk).with_context(|| format!("{}: cannot be read", disk.display()))?;
        let is_smaller = self.file.bytes.is_none();
        let photo = if is_smaller || !self.file.copies.is_empty() { Photo::read(&whole) } else { None };
        let made = self.file.size.filter(|_| is_smaller).and_then(|it| photo.as_ref()?.at(it));
        // What was coarse already does not become less by becoming smaller.
        let own = place::without_place(&self.path, made.filter(|it| it.len() < whole.len()).unwrap_or(whole));
        Ok(self.read.get_or_init(|| Read { photo, own }))
    }
}
