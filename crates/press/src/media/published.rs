//! What is published of a file: itself, without the place that it was taken at, and copies for narrower windows.

use super::photo::Photo;
use super::{Media, MediaFile, place};
use anyhow::Context as _;
use std::cell::OnceCell;
use std::fs;

/// A file that is published. A photograph is read once for all its sizes, and not at all while they stand there.
pub(crate) struct Published<'a> {
    pub(super) media: &'a Media,
    pub(super) path: String,
    pub(super) file: MediaFile,
    pub(super) photo: OnceCell<Option<Photo>>,
}

impl Published<'_> {
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
        let is_smaller = self.file.bytes.is_none();
        let smaller =
            self.file.size.filter(|_| is_smaller).map(|it| self.made(|photo| photo.at(it))).transpose()?.flatten();
        let bytes = smaller.map_or_else(|| self.read(), Ok)?;
        Ok(place::without_place(&self.path, bytes))
    }

    /// The copy of this width: the file itself where none can be made.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(crate) fn copy(&self, width: u32) -> anyhow::Result<Vec<u8>> {
        self.made(|photo| photo.copy(width))?.map_or_else(|| self.own(), Ok)
    }

    fn made(&self, make: impl Fn(&Photo) -> Option<Vec<u8>>) -> anyhow::Result<Option<Vec<u8>>> {
        if self.photo.get().is_none() {
            let photo = Photo::read(&self.read()?);
            let _ = self.photo.set(photo);
        }
        Ok(self.photo.get().and_then(Option::as_ref).and_then(make))
    }

    fn read(&self) -> anyhow::Result<Vec<u8>> {
        let disk = self.media.path(&self.path);
        fs::read(&disk).with_context(|| format!("{}: cannot be read", disk.display()))
    }
}
