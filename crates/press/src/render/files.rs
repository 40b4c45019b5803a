//! Files that stand beside an article's text: its main image and its attachments.

use super::links::{self, Context, Found};
use crate::fault::Fault;
use crate::site::address::{self, Address};
use crate::source::HeadImage;
use jumpline_article::{Attachment, Image};

/// Pixels that fill a phone's window; a main image that is not drawn of lines has at least as many.
const WIDE: u32 = 600;

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
                let src = format!("/{}", address::encode(&path));
                found.media.insert(path);
                Some(Image { src, width, height, ..described })
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
            let size = context.local(&path, &it.url, "attachment", found)?.stamp.len;
            let url = address::absolute(&format!("/{path}"), context.publication);
            Some(Attachment { url, size_in_bytes: Some(size), ..it.clone() })
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
