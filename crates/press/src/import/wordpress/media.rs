//! Uploads: which file an address means, the original instead of a shrunken copy, and copying what articles show.

use super::item::Item;
use super::text;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use url::Url;

/// Files that a site may serve from its own origin; a web page or a script among the uploads is no picture.
const EXTENSIONS: &[&str] = &[
    "jpg", "jpeg", "png", "gif", "webp", "avif", "svg", "mp3", "m4a", "ogg", "oga", "opus", "wav", "flac", "mp4",
    "m4v", "webm", "mov", "ogv", "pdf", "epub", "zip", "txt", "csv", "xlsx", "docx", "pptx", "ods", "odt", "vtt",
    "gpx", "json", "doc", "xls", "ppt", "rtf", "odp", "key", "gz", "tar", "7z", "ics", "kml", "heic", "bmp", "tif",
    "tiff", "ico", "srt", "md",
];

/// An attachment of the export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Attachment {
    /// Its address.
    pub(super) url: String,
    /// Its file below the uploads; empty when the export does not tell.
    pub(super) file: String,
    pub(super) title: String,
    /// Text for who cannot see it.
    pub(super) alt: String,
    /// HTML.
    pub(super) caption: String,
    /// The path of its own page, without slashes at the ends.
    pub(super) page: String,
}

impl Attachment {
    pub(super) fn read(item: &Item) -> Self {
        let url = match item.get("wp:attachment_url") {
            "" => item.get("guid"),
            url => url,
        };
        let file = item.meta("_wp_attached_file").filter(|it| !it.contains("://")).and_then(safe);
        let page =
            Url::parse(item.get("link")).map_or(String::new(), |it| text::percent_decode(it.path().trim_matches('/')));
        Self {
            file: file.or_else(|| Url::parse(url).ok().and_then(|it| below_uploads(&it))).unwrap_or_default(),
            url: url.to_owned(),
            title: item.title.clone(),
            alt: text::plain(item.meta("_wp_attachment_image_alt").unwrap_or_default()),
            caption: item.get("excerpt:encoded").to_owned(),
            page,
        }
    }
}

/// A host with its port, without `www.`, so that both spellings are one.
pub(super) fn host(url: &Url) -> Option<String> {
    let host = url.host_str()?.trim_start_matches("www.");
    Some(url.port().map_or(host.to_owned(), |port| format!("{host}:{port}")))
}

/// The file below the uploads that an address of this site means.
fn below_uploads(url: &Url) -> Option<String> {
    let path = text::percent_decode(url.path());
    if let Some((_, file)) = path.split_once("/wp-content/uploads/") {
        return safe(file);
    }
    // WordPress.com serves uploads from a host of their own, and multisites from `/files/`.
    let own_host = url.host_str().is_some_and(|it| it.ends_with(".files.wordpress.com"));
    let file = if own_host { path.trim_start_matches('/') } else { path.strip_prefix("/files/")? };
    safe(file)
}

/// A relative path that leads nowhere else.
fn safe(path: &str) -> Option<String> {
    let bad = |it: &str| matches!(it, "" | "." | "..") || it.starts_with('.') || it.contains(['\\', '\0', ':']);
    let path = path.trim_start_matches('/');
    (!path.split('/').any(bad)).then(|| path.to_owned())
}

/// The files of an export, and what articles need of them.
#[derive(Debug, Default)]
pub(super) struct Uploads {
    /// Files of attachments by address, without scheme, query and fragment.
    by_url: HashMap<String, String>,
    files: HashSet<String>,
    /// Where the uploads lie, when the person said so.
    folder: Option<PathBuf>,
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

impl Uploads {
    pub(super) fn new<'a>(attachments: impl Iterator<Item = &'a Attachment>, folder: Option<&Path>) -> Self {
        let mut uploads = Self { folder: folder.map(ToOwned::to_owned), ..Self::default() };
        for it in attachments.filter(|it| !it.file.is_empty()) {
            uploads.files.insert(it.file.clone());
            uploads.by_url.extend(Url::parse(&it.url).ok().map(|url| (bare(&url), it.file.clone())));
        }
        uploads
    }

    /// The file that an address means: an upload of this site, the original where there is one. `own` says whether the
    /// address is of this site.
    pub(super) fn file(&self, url: &Url, own: bool) -> Option<String> {
        // Jetpack's picture server: `https://i0.wp.com/<host>/<path>`.
        if url.host_str().is_some_and(|it| matches!(it, "i0.wp.com" | "i1.wp.com" | "i2.wp.com" | "i3.wp.com")) {
            let inner = Url::parse(&format!("https:/{}", url.path())).ok()?;
            let known = self.by_url.get(&bare(&inner)).cloned().or_else(|| below_uploads(&inner));
            return known.map(|it| self.original(&it));
        }
        if let Some(file) = self.by_url.get(&bare(url)) {
            return Some(file.clone());
        }
        let files_host = url.host_str().is_some_and(|it| it.ends_with(".files.wordpress.com"));
        let file = below_uploads(url).filter(|_| own || files_host)?;
        has_extension(&file).then(|| self.original(&file))
    }

    /// `ferry-300x200.jpg` is a copy of `ferry.jpg` that WordPress made; the original is shown instead.
    fn original(&self, file: &str) -> String {
        let known = |it: &String| self.files.contains(it) || self.source(it).is_some();
        let Some((stem, extension)) = file.rsplit_once('.') else { return file.to_owned() };
        let size = stem.rsplit_once('-').filter(|it| is_size(it.1));
        let Some((stem, _)) = size.filter(|_| !self.files.contains(file)) else { return file.to_owned() };
        let candidates = [format!("{stem}.{extension}"), format!("{stem}-scaled.{extension}")];
        candidates.into_iter().find(known).unwrap_or_else(|| file.to_owned())
    }

    /// Where a file lies in the folder that the person named.
    pub(super) fn source(&self, file: &str) -> Option<PathBuf> {
        let folder = self.folder.as_ref()?;
        let places = ["", "uploads", "wp-content/uploads"];
        places.iter().map(|it| folder.join(it).join(file)).find(|it| it.is_file())
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

/// Whether an SVG runs code when it is opened by itself.
pub(super) fn is_active_svg(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes).to_ascii_lowercase();
    let handler = text.split(|it: char| it.is_ascii_whitespace() || matches!(it, '"' | '\'' | '/')).any(|it| {
        it.starts_with("on")
            && it.split_once('=').is_some_and(|(name, _)| name.bytes().all(|it| it.is_ascii_alphabetic()))
    });
    handler || ["<script", "javascript:", "<foreignobject", "<!entity", "<iframe"].iter().any(|it| text.contains(it))
}

fn bare(url: &Url) -> String {
    format!("{}{}", host(url).unwrap_or_default(), text::percent_decode(url.path()))
}

fn is_size(text: &str) -> bool {
    let number = |it: &str| (1..=5).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_digit());
    text.split_once('x').is_some_and(|(width, height)| number(width) && number(height))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uploads() -> Uploads {
        let attachment = |file: &str| Attachment {
            url: format!("https://paper.example/wp-content/uploads/{file}"),
            file: file.to_owned(),
            ..Attachment::default()
        };
        let list = [
            attachment("2026/11/ferry.jpg"),
            attachment("2026/11/big-scaled.jpg"),
            attachment("2026/11/map-10x10.png"),
        ];
        Uploads::new(list.iter(), None)
    }

    #[test]
    fn the_original_is_found() {
        let file = |url: &str| uploads().file(&Url::parse(url).expect("is one"), url.contains("paper.example"));
        for (url, expected) in [
            ("https://paper.example/wp-content/uploads/2026/11/ferry-300x200.jpg", Some("2026/11/ferry.jpg")),
            ("https://www.paper.example/wp-content/uploads/2026/11/ferry.jpg?ver=2", Some("2026/11/ferry.jpg")),
            ("https://paper.example/wp-content/uploads/2026/11/big-1024x683.jpg", Some("2026/11/big-scaled.jpg")),
            ("https://paper.example/wp-content/uploads/2026/11/map-10x10.png", Some("2026/11/map-10x10.png")),
            ("https://paper.example/wp-content/uploads/2026/11/other-300x200.jpg", Some("2026/11/other-300x200.jpg")),
            (
                "https://i0.wp.com/paper.example/wp-content/uploads/2026/11/ferry-300x200.jpg?w=5",
                Some("2026/11/ferry.jpg"),
            ),
            ("https://paper.files.wordpress.com/2026/11/x.jpg", Some("2026/11/x.jpg")),
            ("https://other.example/wp-content/uploads/x.jpg", None),
            ("https://paper.example/wp-content/uploads/%2e%2e/%2e%2e/wp-config.txt", None),
            ("https://paper.example/wp-content/uploads/x/page.html", None),
            ("https://paper.example/about/", None),
        ] {
            assert_eq!(file(url).as_deref(), expected, "{url}");
        }
    }

    #[test]
    fn pictures_that_run_code_are_known() {
        assert!(is_active_svg(b"<svg onload=alert(1)>"));
        assert!(is_active_svg(b"<svg><script>x</script></svg>"));
        assert!(!is_active_svg(b"<svg><path d='M0'/><text>on time</text></svg>"));
    }
}
