//! Files of `content/media/`: found, measured, and known again in the next build.

mod exif;
mod jpeg;
mod kinds;
mod measure;
mod photo;
mod place;
mod published;
mod tiff;
mod torn;

pub(crate) use kinds::is_picture;
pub use measure::MediaError;
pub(crate) use measure::check_svg;
pub(crate) use published::Published;

use crate::site::spellings::composed;
use anyhow::Context as _;
use jumpline_article::Pictures;
use jumpline_article::pictures::copy_of;
use photo::Sizes;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::UNIX_EPOCH;

/// What was learned of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Bytes and time of the last change (nanoseconds since 1970): while both stay, the file is taken for unchanged.
    stamp: Stamp,
    /// BLAKE3 of its bytes, in hex.
    hash: String,
    /// Width and height in CSS pixels, when it is an image that can be measured.
    size: Option<(u32, u32)>,
    /// Whether it is a picture whose end is missing.
    torn: bool,
    /// Whether it is a photograph, which is published in several sizes.
    is_photo: bool,
}

/// What is known of a file as it is published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MediaFile {
    /// BLAKE3 of all that it is made of, in hex.
    pub hash: String,
    /// Width and height in CSS pixels, when it is an image that can be measured.
    pub size: Option<(u32, u32)>,
    /// Bytes; nothing of a photograph that is made smaller, since that turns out once it is made.
    pub bytes: Option<u64>,
    /// Whether it is a picture whose end is missing.
    pub torn: bool,
    /// Pixels that the copies for narrower windows are wide, the narrowest first.
    pub copies: Vec<u32>,
}

/// Size and time of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Bytes.
    pub len: u64,
    /// Nanoseconds since 1970.
    pub modified: u64,
}

impl Stamp {
    /// The stamp of a regular file.
    pub fn of(path: &Path) -> Option<Self> {
        let data = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
        let modified = u64::try_from(data.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_nanos()).ok()?;
        Some(Self { len: data.len(), modified })
    }
}

/// The media folder. Shared by all threads of a build.
#[derive(Debug)]
pub struct Media {
    content: PathBuf,
    pictures: Pictures,
    known: Mutex<BTreeMap<String, Seen>>,
}

impl Media {
    /// The media of a publication, with what an earlier build learned.
    pub fn open(content: &Path, pictures: &Pictures, known: BTreeMap<String, Seen>) -> Self {
        Self { content: content.to_owned(), pictures: pictures.clone(), known: Mutex::new(known) }
    }

    /// Looks at a file, such as `media/ferry.jpg`.
    ///
    /// # Errors
    /// When it is missing, cannot be read, or must not be published.
    pub fn look(&self, path: &str) -> Result<MediaFile, MediaError> {
        let Seen { stamp, hash, size, torn, is_photo } = self.see(path)?;
        let mut sizes = size.filter(|_| is_photo).map(|it| Sizes::of(&self.pictures, it)).unwrap_or_default();
        // A file of the publisher's that is called so is none of ours.
        sizes.copies.retain(|it| !self.path(&copy_of(path, *it)).exists());
        let hash = if sizes == Sizes::default() { hash } else { sizes.key(&hash) };
        let bytes = sizes.own.is_none().then_some(stamp.len);
        Ok(MediaFile { hash, size: sizes.own.or(size), bytes, torn, copies: sizes.copies })
    }

    fn see(&self, path: &str) -> Result<Seen, MediaError> {
        let disk = self.path(path);
        let stamp = Stamp::of(&disk).ok_or_else(|| self.missing(path))?;
        if let Some(known) = self.lock().get(path).filter(|it| it.stamp == stamp) {
            return Ok(known.clone());
        }
        let bytes = fs::read(&disk).map_err(|error| MediaError::Unreadable(error.to_string()))?;
        let size = measure::measure(path, &bytes)?;
        let torn = torn::is_torn(&bytes);
        let is_photo = !torn && photo::is_named(path) && photo::is_one(&bytes);
        let hash = blake3::hash(&bytes).to_hex().to_string();
        let seen = Seen { stamp, hash, size, torn, is_photo };
        self.lock().insert(path.to_owned(), seen.clone());
        Ok(seen)
    }

    /// Where a file is on the disk. A name may be written with other characters there that are the same text (UAX #15): a Mac
    /// decomposes `ä`, and keyboards compose it.
    pub fn path(&self, path: &str) -> PathBuf {
        let exact = self.content.join(path);
        if path.is_ascii() || exact.exists() {
            return exact;
        }
        path.split('/').try_fold(self.content.clone(), |folder, name| equivalent(&folder, name)).unwrap_or(exact)
    }

    /// A file and its copies, to be published.
    ///
    /// # Errors
    /// When it is missing, or must not be published.
    pub(crate) fn published(&self, path: &str) -> anyhow::Result<Published<'_>> {
        let file = self.look(path).with_context(|| format!("{path} was there a moment ago"))?;
        Ok(Published::new(self, path, file))
    }

    /// What is known now, for the next build.
    pub fn known(&self) -> BTreeMap<String, Seen> {
        self.lock().clone()
    }

    fn missing(&self, path: &str) -> MediaError {
        let disk = self.path(path);
        let beside = disk.parent().and_then(|it| fs::read_dir(it).ok());
        let names: Vec<String> = beside
            .into_iter()
            .flatten()
            .filter_map(|it| it.ok().map(|it| it.file_name().to_string_lossy().into_owned()))
            .collect();
        let wanted = disk.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
        let meant = crate::source::nearest::nearest(&wanted, names.iter().map(String::as_str));
        MediaError::Missing { disk: disk.display().to_string(), meant: meant.map(ToOwned::to_owned) }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Seen>> {
        self.known.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// What in a folder is called so; of several spellings of one name the exact one, or else always the same.
fn equivalent(folder: &Path, name: &str) -> Option<PathBuf> {
    let exact = folder.join(name);
    if exact.exists() {
        return Some(exact);
    }
    let wanted = composed(name);
    let names = fs::read_dir(folder).ok()?.filter_map(|it| it.ok()?.file_name().into_string().ok());
    names.filter(|it| composed(it) == wanted).min().map(|it| folder.join(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMPOSED: &str = "media/stra\u{df}en/bild-\u{e4}.txt";
    const DECOMPOSED: &str = "media/stra\u{df}en/bild-a\u{308}.txt";

    fn looked(files: &[(&str, &str)], path: &str) -> Result<String, MediaError> {
        let folder = tempfile::tempdir().expect("has a temporary folder");
        fs::create_dir_all(folder.path().join("media/stra\u{df}en")).expect("is writable");
        for (name, text) in files {
            fs::write(folder.path().join(name), text).expect("is writable");
        }
        let media = Media::open(folder.path(), &Pictures::default(), BTreeMap::new());
        media.look(path).map(|_| fs::read_to_string(media.path(path)).expect("is there"))
    }

    #[test]
    fn a_name_is_the_same_however_its_letters_are_made() {
        assert_eq!(looked(&[(DECOMPOSED, "one")], COMPOSED), Ok("one".to_owned()));
        assert_eq!(looked(&[(COMPOSED, "one")], DECOMPOSED), Ok("one".to_owned()));
        let both = [(COMPOSED, "composed"), (DECOMPOSED, "decomposed")];
        assert_eq!(looked(&both, COMPOSED), Ok("composed".to_owned()));
        assert_eq!(looked(&both, DECOMPOSED), Ok("decomposed".to_owned()));
        assert!(matches!(
            looked(&[(DECOMPOSED, "one")], "media/stra\u{df}en/bild-a.txt"),
            Err(MediaError::Missing { .. })
        ));
        assert!(matches!(
            looked(&[(DECOMPOSED, "one")], "media/strassen/bild-\u{e4}.txt"),
            Err(MediaError::Missing { .. })
        ));
    }
}
