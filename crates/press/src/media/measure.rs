//! How large an image is, so that nothing jumps; and whether a file may be published at all.

use super::exif;
use super::kinds::Kind;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeSet;

/// Why a media file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MediaError {
    /// There is no such file.
    #[error("is missing; put it at {disk} or correct the link{}", did_you_mean(.meant.as_deref()))]
    Missing {
        /// Where it is expected.
        disk: String,
        /// A file beside it whose name is nearly the same.
        meant: Option<String>,
    },
    /// It cannot be read.
    #[error("cannot be read: {0}")]
    Unreadable(String),
    /// It is called an image and is none.
    #[error("is not an image that browsers show; export it as JPEG, PNG, WebP, AVIF, GIF or SVG")]
    NoImage,
    /// An SVG that would run code for whoever opens it by itself.
    #[error(
        "carries active content (`{0}`); remove it in an editor, since whoever opens the picture by itself would run it"
    )]
    Active(String),
    /// A file that a browser would open as a page of this site, without this site's protections.
    #[error("is a page or a script, not media; pages belong in content/pages/")]
    Page,
    /// A file of a kind that nothing is known of.
    #[error("{}, which a host may run or a browser open as a page; put it into a ZIP", unknown(.0))]
    Kind(String),
    /// An SVG that browsers would read with other letters than this check does.
    #[error("says that it is written in `{0}`; save it as UTF-8, since nobody can tell what it holds")]
    Encoding(String),
}

fn did_you_mean(meant: Option<&str>) -> String {
    meant.map(|it| format!("; did you mean {it}?")).unwrap_or_default()
}

fn unknown(extension: &str) -> String {
    if extension.is_empty() { "has no kind at the end of its name".to_owned() } else { format!("is a .{extension}") }
}

/// Width and height of an image in CSS pixels; `None` for other files.
///
/// # Errors
/// When it is no image although its name says so, or must not be published.
pub(super) fn measure(path: &str, bytes: &[u8]) -> Result<Option<(u32, u32)>, MediaError> {
    let extension = path.rsplit_once('.').map(|it| it.1.to_ascii_lowercase()).unwrap_or_default();
    match Kind::of(&extension) {
        Kind::Svg => check_svg(bytes).map(Some),
        Kind::Xml => check_markup(bytes, |_| true).map(|_| None),
        Kind::Picture => {
            let size = imagesize::blob_size(bytes).map_err(|_| MediaError::NoImage)?;
            let (width, height) = (pixels(size.width), pixels(size.height));
            Ok(Some(if exif::is_turned(bytes) { (height, width) } else { (width, height) }))
        }
        Kind::Plain => Ok(None),
        Kind::Page => Err(MediaError::Page),
        Kind::Other => Err(MediaError::Kind(extension)),
    }
}

fn pixels(size: usize) -> u32 {
    u32::try_from(size).unwrap_or(u32::MAX)
}

/// The size of an SVG by `width` and `height`, or else by `viewBox`; 300 × 150 where neither says (CSS 2, 10.3.2).
///
/// # Errors
/// When it is none, or would run code.
pub(crate) fn check_svg(bytes: &[u8]) -> Result<(u32, u32), MediaError> {
    check_markup(bytes, |root| root == "svg")
}

fn check_markup(bytes: &[u8], may_be: impl Fn(&str) -> bool) -> Result<(u32, u32), MediaError> {
    let text = std::str::from_utf8(bytes).map_err(|_| MediaError::NoImage)?;
    let mut reader = quick_xml::Reader::from_str(text);
    let mut size = None;
    let mut of_pages = BTreeSet::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(element) | Event::Empty(element)) => {
                let name = element.local_name().as_ref().to_owned();
                let prefix = element.name().prefix().map(|it| it.as_ref().to_owned()).unwrap_or_default();
                note_prefixes(&element, &mut of_pages)?;
                if of_pages.contains(&prefix) {
                    return Err(MediaError::Active(format!("<{name}> of HTML")));
                }
                let attributes: Vec<(String, String)> = element
                    .attributes()
                    .flatten()
                    .map(|it| (it.key.local_name().as_ref().to_owned(), it.value.clone().into_owned()))
                    .collect();
                refuse_active(&name, &attributes)?;
                if size.is_none() {
                    if !may_be(&name) {
                        return Err(MediaError::NoImage);
                    }
                    size = Some(root_size(&attributes));
                }
            }
            // An internal subset can define entities, and entities can hide anything from this check.
            Ok(Event::DocType(doctype)) if doctype.contains('[') => {
                return Err(MediaError::Active("<!DOCTYPE … [".to_owned()));
            }
            // Browsers read every letter that markup is made of alike in these.
            Ok(Event::Decl(declaration)) => match declaration.encoding() {
                Some(Ok(it)) if !ENCODINGS.contains(&it.to_ascii_lowercase().as_str()) => {
                    return Err(MediaError::Encoding(it.into_owned()));
                }
                Some(Err(_)) => return Err(MediaError::NoImage),
                _ => {}
            },
            // A style sheet may be a program that writes another page. Adobe's packets are its metadata.
            Ok(Event::PI(instruction)) if instruction.target() != "xpacket" => {
                return Err(MediaError::Active(format!("<?{}", instruction.target())));
            }
            Ok(Event::Eof) => return size.ok_or(MediaError::NoImage),
            Err(_) => return Err(MediaError::NoImage),
            Ok(_) => {}
        }
    }
}

const ENCODINGS: &[&str] = &["utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "windows-1252"];

/// Notes which prefixes stand for the elements of pages (Namespaces in XML, 3).
fn note_prefixes(element: &BytesStart<'_>, of_pages: &mut BTreeSet<String>) -> Result<(), MediaError> {
    for attribute in element.attributes().flatten() {
        let prefix = match attribute.key.as_ref().split_once(':') {
            Some(("xmlns", prefix)) => prefix,
            None if attribute.key.as_ref() == "xmlns" => "",
            _ => continue,
        };
        if attribute.value.contains('&') {
            return Err(MediaError::Active("xmlns=".to_owned()));
        }
        if attribute.value.trim() == "http://www.w3.org/1999/xhtml" {
            of_pages.insert(prefix.to_owned());
        }
    }
    Ok(())
}

fn refuse_active(name: &str, attributes: &[(String, String)]) -> Result<(), MediaError> {
    const ACTIVE: &[&str] = &["script", "foreignobject", "iframe", "object", "embed", "handler", "listener"];
    if ACTIVE.contains(&name.to_ascii_lowercase().as_str()) {
        return Err(MediaError::Active(format!("<{name}>")));
    }
    for (key, value) in attributes {
        let key = key.to_ascii_lowercase();
        let value: String = value.chars().filter(|it| *it > ' ').collect::<String>().to_ascii_lowercase();
        let is_code = |it: &str| it.starts_with("javascript:") || it.starts_with("data:text/html");
        let runs = value.split(';').any(is_code) || value.contains('&');
        if key.starts_with("on") || (matches!(key.as_str(), "href" | "to" | "from" | "values" | "by") && runs) {
            return Err(MediaError::Active(format!("{key}=")));
        }
    }
    Ok(())
}

fn root_size(attributes: &[(String, String)]) -> (u32, u32) {
    let get = |name: &str| attributes.iter().find(|it| it.0 == name).map(|it| it.1.trim());
    let view: Vec<f64> = get("viewBox")
        .map(|it| it.split([' ', ',', '\n', '\t']).filter_map(|it| it.parse().ok()).collect())
        .unwrap_or_default();
    let view = match view[..] {
        [_, _, width, height] if width > 0.0 && height > 0.0 => Some((width, height)),
        _ => None,
    };
    let (width, height) = match (get("width").and_then(length), get("height").and_then(length), view) {
        (Some(width), Some(height), _) => (width, height),
        (Some(width), None, Some(view)) => (width, width * view.1 / view.0),
        (None, Some(height), Some(view)) => (height * view.0 / view.1, height),
        (None, None, Some(view)) => view,
        (width, height, None) => (width.unwrap_or(300.0), height.unwrap_or(150.0)),
    };
    ((width.round() as u32).max(1), (height.round() as u32).max(1))
}

/// A length in CSS pixels; percentages and font sizes say nothing here.
fn length(text: &str) -> Option<f64> {
    let digits = text.find(|it: char| !it.is_ascii_digit() && it != '.').unwrap_or(text.len());
    let number: f64 = text[..digits].parse().ok()?;
    let factor = match text[digits..].trim() {
        "" | "px" => 1.0,
        "pt" => 4.0 / 3.0,
        "in" => 96.0,
        "mm" => 96.0 / 25.4,
        "cm" => 96.0 / 2.54,
        _ => return None,
    };
    (number > 0.0).then_some(number * factor)
}

#[cfg(test)]
mod tests;
