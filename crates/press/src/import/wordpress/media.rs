//! Uploads: which file an address means, the original instead of a shrunken copy.

use super::item::Item;
use super::text;
use crate::import::media::{Media, has_extension, host, safe};
use crate::media::is_picture;
use std::collections::{HashMap, HashSet};
use url::Url;

/// Where an upload may lie in the folder that the person named.
pub(super) const PLACES: &[(&str, &str)] = &[("", ""), ("uploads", ""), ("wp-content/uploads", "")];

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

/// The file that a picture of this site has which is no upload.
pub(super) fn picture(url: &Url) -> Option<String> {
    let path = text::percent_decode(url.path());
    is_picture(&path).then(|| safe(path.trim_start_matches('/'))).flatten()
}

/// The files of an export.
#[derive(Debug, Default)]
pub(super) struct Uploads {
    /// Files of attachments by address, without scheme, query and fragment.
    by_url: HashMap<String, String>,
    files: HashSet<String>,
}

impl Uploads {
    pub(super) fn new<'a>(attachments: impl Iterator<Item = &'a Attachment>) -> Self {
        let mut uploads = Self::default();
        for it in attachments.filter(|it| !it.file.is_empty()) {
            uploads.files.insert(it.file.clone());
            uploads.by_url.extend(Url::parse(&it.url).ok().map(|url| (bare(&url), it.file.clone())));
        }
        uploads
    }

    /// The file that an address means: an upload of this site, the original where there is one. `own` says whether the
    /// address is of this site.
    pub(super) fn file(&self, url: &Url, own: bool, media: &Media) -> Option<String> {
        // Jetpack's picture server: `https://i0.wp.com/<host>/<path>`.
        if url.host_str().is_some_and(|it| matches!(it, "i0.wp.com" | "i1.wp.com" | "i2.wp.com" | "i3.wp.com")) {
            let inner = Url::parse(&format!("https:/{}", url.path())).ok()?;
            let known = self.by_url.get(&bare(&inner)).cloned().or_else(|| below_uploads(&inner));
            return known.map(|it| self.original(&it, media));
        }
        if let Some(file) = self.by_url.get(&bare(url)) {
            return Some(file.clone());
        }
        let files_host = url.host_str().is_some_and(|it| it.ends_with(".files.wordpress.com"));
        let file = below_uploads(url).filter(|_| own || files_host)?;
        has_extension(&file).then(|| self.original(&file, media))
    }

    /// `ferry-300x200.jpg` is a copy of `ferry.jpg` that WordPress made; the original is shown instead.
    fn original(&self, file: &str, media: &Media) -> String {
        let known = |it: &String| self.files.contains(it) || media.source(it).is_some();
        let Some((stem, extension)) = file.rsplit_once('.') else { return file.to_owned() };
        let size = stem.rsplit_once('-').filter(|it| is_size(it.1));
        let Some((stem, _)) = size.filter(|_| !self.files.contains(file)) else { return file.to_owned() };
        let candidates = [format!("{stem}.{extension}"), format!("{stem}-scaled.{extension}")];
        candidates.into_iter().find(known).unwrap_or_else(|| file.to_owned())
    }
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
        Uploads::new(list.iter())
    }

    #[test]
    fn the_original_is_found() {
        let media = Media::default();
        let file = |url: &str| uploads().file(&Url::parse(url).expect("is one"), url.contains("paper.example"), &media);
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
}
