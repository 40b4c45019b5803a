//! Files that stand beside an article's text: its main image and its attachments.

use super::links::{self, Context, Found};
use crate::fault::Fault;
use crate::media::MediaFile;
use crate::site::address::{self, Address};
use crate::source::HeadImage;
use jumpline_article::{Attachment, Image};

/// Pixels that fill a phone's window; a main image that is not drawn of lines has at least as many.
const WIDE: u32 = 600;

/// Pixels from side to side beyond which nobody sees more.
const LARGE: u32 = 4000;

/// Bytes of a picture that a phone loads in a while, and no more.
const HEAVY: u64 = 1_000_000;

/// What is wrong with a picture of many bytes that nobody can choose a smaller one of.
pub(super) fn heavy(src: &str, file: &MediaFile) -> Option<String> {
    let bytes = file.bytes.filter(|it| *it > HEAVY && file.copies.is_empty())?;
    let size = if bytes < 10 * HEAVY {
        format!("{}.{} MB", bytes / HEAVY, bytes % HEAVY * 10 / HEAVY)
    } else {
        format!("{} MB", bytes / HEAVY)
    };
    Some(format!(
        "the image `{src}` is {size}, and readers on phones load all of it; make it smaller, about 1600 pixels wide"
    ))
}

fn large(src: &str, path: &str, side: u32) -> Option<String> {
    let is_drawn = path.to_ascii_lowercase().ends_with(".svg");
    (side > LARGE && !is_drawn).then(|| {
        format!("the image `{src}` is {side} pixels long, and phones run short of memory for it; make it smaller, about 1600 pixels wide")
    })
}

/// The main image, measured.
pub(super) fn main_image(image: &HeadImage, context: &Context<'_>, found: &mut Found) -> Option<Image> {
    let mut fault = |message: String| found.faults.push(Fault::line(context.file, image.line, message));
    let described = Image { alt: image.alt.clone(), caption: image.caption.clone(), ..Image::default() };
    match address::of(&image.src, context.folder, context.publication) {
        Address::Media(path) => match context.media.look(&path) {
            Ok(file) => {
                let Some((width, height)) = file.size else {
                    fault(links::no_image(&image.src));
                    return None;
                };
                if file.torn {
                    found.warnings.push(Fault::line(context.file, image.line, links::torn(&image.src)));
                }
                if width < WIDE && !path.to_ascii_lowercase().ends_with(".svg") {
                    let mend =
                        format!("choose one of {WIDE} or more: it is not enlarged, and a card would show it coarse");
                    let message = format!("the image `{}` is {width} pixels wide; {mend}", image.src);
                    found.warnings.push(Fault::line(context.file, image.line, message));
                }
                if let Some(message) = heavy(&image.src, &file).or_else(|| large(&image.src, &path, width.max(height)))
                {
                    found.warnings.push(Fault::line(context.file, image.line, message));
                }
                let src = format!("/{}", address::encode(&path));
                found.media.insert(path);
                Some(Image { src, width, height, widths: file.copies, ..described })
            }
            Err(error) => {
                fault(format!("the image `{}` {error}", image.src));
                None
            }
        },
        Address::Remote(url) if address::is_media_host(&url, context.publication) => {
            Some(Image { src: url.to_string(), ..described })
        }
        Address::Remote(url) => {
            let mend = "copy it into content/media/ or name its host in `media_hosts`";
            found.warnings.push(Fault::line(
                context.file,
                image.line,
                format!("the image {url} lies elsewhere and was left out; {mend}"),
            ));
            None
        }
        Address::Path(_) | Address::Other => {
            fault(format!("the image `{}` is not found; write /media/name.jpg", image.src));
            None
        }
    }
}

/// Files that go with an article; ours are looked up and measured, and copied like pictures.
pub(super) fn attachments(stated: &[Attachment], context: &Context<'_>, found: &mut Found) -> Vec<Attachment> {
    let resolve = |it: &Attachment| match address::of(&it.url, context.folder, context.publication) {
        Address::Media(path) => {
            // Where it stands below the text it is said what is wrong with it.
            let size_in_bytes = context.media.look(&path).ok()?.bytes;
            found.media.insert(path.clone());
            let url = address::absolute(&format!("/{path}"), context.publication);
            Some(Attachment { url, size_in_bytes, ..it.clone() })
        }
        Address::Remote(_) => Some(it.clone()),
        Address::Path(_) | Address::Other => {
            let message = format!("the attachment `{}` is not found; write /media/name.mp3", it.url);
            found.faults.push(context.fault(&it.url, message));
            None
        }
    };
    stated.iter().filter_map(resolve).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_that_phones_load_for_long_is_named() {
        let file = |bytes| MediaFile { bytes: Some(bytes), ..MediaFile::default() };
        assert_eq!(heavy("a.jpg", &file(1_000_000)), None);
        for (bytes, size) in [(1_250_000, "is 1.2 MB,"), (33_400_000, "is 33 MB,")] {
            assert!(heavy("a.jpg", &file(bytes)).is_some_and(|it| it.contains(size)), "{size}");
        }
        assert_eq!(heavy("a.jpg", &MediaFile { copies: vec![480], ..file(33_400_000) }), None);
        assert!(large("a.jpg", "a.jpg", 4001).is_some_and(|it| it.contains("is 4001 pixels long")));
        assert!(large("a.jpg", "a.jpg", 4000).is_none() && large("a.svg", "a.SVG", 9000).is_none());
    }
}
