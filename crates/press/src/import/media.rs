//! Files of the old site: what articles show of them, and where they lie.

use crate::media::{MediaError, check_svg};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use url::Url;

/// Files that a site may serve from its own origin; a web page or a script among the uploads is no picture.
const EXTENSIONS: &[&str] = &[
    "jpg", "jpeg", "png", "gif", "webp", "avif", "svg", "mp3", "m4a", "ogg", "oga", "opus", "wav", "flac", "mp4",
    "m4v", "webm", "mov", "ogv", "pdf", "epub", "zip", "txt", "csv", "xlsx", "docx", "pptx", "ods", "odt", "vtt",
    "gpx", "json", "doc", "xls", "ppt", "rtf", "odp", "key", "gz", "tar", "7z", "ics", "kml", "heic", "bmp", "tif",
    "tiff", "ico", "srt", "md",
];

/// What articles need of the old site's files.
#[derive(Debug, Default)]
pub(super) struct Media {
    /// Where the files lie, when the person said so.
    folder: Option<PathBuf>,
    /// Where in a folder of that kind a file may lie: what is put before its path, and what is taken off it first.
    places: &'static [(&'static str, &'static str)],
    /// What articles show or link to.
    pub(super) wanted: BTreeMap<String, Wanted>,
}

/// Who wants a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wanted {
    /// The first article that does.
    pub(super) by: String,
    /// Whether everybody may see it.
    pub(super) in_clear: bool,
}

impl Media {
    pub(super) fn new(folder: Option<&Path>, places: &'static [(&'static str, &'static str)]) -> Self {
        Self { folder: folder.map(ToOwned::to_owned), places, wanted: BTreeMap::new() }
    }

    /// Where a file lies in the folder that the person named.
    pub(super) fn source(&self, file: &str) -> Option<PathBuf> {
        self.found(file).into_iter().find(|it| self.is_below(it))
    }

    /// Whether there is only a link to a file that lies elsewhere: an archive of strangers must not bring in what is none of it.
    pub(super) fn is_elsewhere(&self, file: &str) -> bool {
        let found = self.found(file);
        !found.is_empty() && !found.iter().any(|it| self.is_below(it))
    }

    fn found(&self, file: &str) -> Vec<PathBuf> {
        let Some(folder) = &self.folder else { return Vec::new() };
        let places = self.places.iter().filter_map(|(add, off)| Some(folder.join(add).join(file.strip_prefix(off)?)));
        places.filter(|it| it.is_file()).collect()
    }

    fn is_below(&self, path: &Path) -> bool {
        let real = self.folder.as_ref().and_then(|it| fs::canonicalize(it).ok());
        real.is_some_and(|folder| fs::canonicalize(path).is_ok_and(|it| it.starts_with(folder)))
    }

    /// Whether a folder was named.
    pub(super) fn has_folder(&self) -> bool {
        self.folder.is_some()
    }

    /// Notes that an article needs a file.
    pub(super) fn want(&mut self, file: &str, by: &str, in_clear: bool) {
        let wanted =
            self.wanted.entry(file.to_owned()).or_insert_with(|| Wanted { by: by.to_owned(), in_clear: false });
        wanted.in_clear |= in_clear;
    }
}

/// Whether a file is of a kind that may be served.
pub(super) fn has_extension(file: &str) -> bool {
    file.rsplit_once('.').is_some_and(|(_, it)| EXTENSIONS.contains(&it.to_ascii_lowercase().as_str()))
}

/// A relative path that leads nowhere else.
pub(super) fn safe(path: &str) -> Option<String> {
    let bad = |it: &str| matches!(it, "" | "." | "..") || it.starts_with('.') || it.contains(['\\', '\0', ':']);
    let path = path.trim_start_matches('/');
    (!path.split('/').any(bad)).then(|| path.to_owned())
}

/// A host with its port, without `www.`, so that both spellings are one.
pub(super) fn host(url: &Url) -> Option<String> {
    let host = url.host_str()?.trim_start_matches("www.");
    Some(url.port().map_or(host.to_owned(), |port| format!("{host}:{port}")))
}

/// Whether an SVG runs code when it is opened by itself.
pub(super) fn is_active_svg(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes).to_ascii_lowercase();
    let handler = text.split(|it: char| it.is_ascii_whitespace() || matches!(it, '"' | '\'' | '/')).any(|it| {
        it.starts_with("on")
            && it.split_once('=').is_some_and(|(name, _)| name.bytes().all(|it| it.is_ascii_alphabetic()))
    });
    // What the build would refuse.
    let is_refused = matches!(check_svg(bytes), Err(MediaError::Active(_) | MediaError::Encoding(_)));
    let words = ["<script", "javascript:", "<foreignobject", "<!entity", "<iframe"];
    handler || is_refused || words.iter().any(|it| text.contains(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_that_run_code_are_known() {
        assert!(is_active_svg(b"<svg onload=alert(1)>"));
        assert!(is_active_svg(b"<svg><script>x</script></svg>"));
        assert!(is_active_svg(b"<?xml-stylesheet type='text/xsl' href='a'?><svg/>"));
        assert!(!is_active_svg(b"<svg><path d='M0'/><text>on time</text></svg>"));
    }

    #[test]
    #[cfg(unix)]
    fn a_link_brings_nothing_in_from_elsewhere() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().expect("has a temporary folder");
        let (real, uploads) = (folder.path().join("real"), folder.path().join("uploads"));
        fs::create_dir(&real).expect("is writable");
        for path in [folder.path().join("secret.jpg"), real.join("a.jpg")] {
            fs::write(path, "x").expect("is writable");
        }
        for (link, to) in [("link.jpg", "../secret.jpg"), ("b.jpg", "a.jpg"), ("out", "..")] {
            symlink(to, real.join(link)).expect("is writable");
        }
        symlink(&real, &uploads).expect("is writable");
        let media = Media::new(Some(&uploads), &[("", "")]);
        for (file, is_there, is_elsewhere) in [
            ("a.jpg", true, false),
            ("b.jpg", true, false),
            ("link.jpg", false, true),
            ("out/secret.jpg", false, true),
            ("c.jpg", false, false),
        ] {
            assert_eq!((media.source(file).is_some(), media.is_elsewhere(file)), (is_there, is_elsewhere), "{file}");
        }
    }
}
