//! What builders of pages keep within the brackets of their shortcodes: pictures, titles, buttons. WPBakery, Divi, Shortcodes Ultimate.

use super::export::Export;
use super::figures::figure;
use super::shortcode::Call;
use super::text;
use crate::import::remarks::Remarks;
use crate::import::report::Topic;
use crate::render::html::{escape_attribute, escape_text};

/// Arrange what is between them, and say nothing themselves.
const FRAMES: &[&str] = &[
    "vc_section",
    "vc_row",
    "vc_row_inner",
    "vc_column",
    "vc_column_inner",
    "vc_column_text",
    "vc_empty_space",
    "vc_separator",
    "vc_tta_tabs",
    "vc_tta_tour",
    "vc_tta_accordion",
    "et_pb_section",
    "et_pb_row",
    "et_pb_row_inner",
    "et_pb_column",
    "et_pb_column_inner",
    "et_pb_text",
    "et_pb_divider",
    "et_pb_tabs",
    "et_pb_accordion",
    "et_pb_slider",
    "su_tabs",
    "su_accordion",
    "su_row",
    "su_column",
];

/// Attributes of a shortcode, by what is in them.
#[derive(Default)]
struct Parts {
    /// Numbers of attachments, or addresses.
    pictures: &'static [&'static str],
    titles: &'static [&'static str],
    /// Address and words.
    button: Option<(&'static str, &'static str)>,
}

fn parts(name: &str) -> Option<Parts> {
    Some(match name {
        "vc_single_image" | "vc_gallery" | "vc_images_carousel" => {
            Parts { pictures: &["image", "images", "custom_src"], ..Parts::default() }
        }
        "vc_custom_heading" => Parts { titles: &["text"], ..Parts::default() },
        "vc_btn" | "vc_button" => Parts { button: Some(("link", "title")), ..Parts::default() },
        "et_pb_image" => Parts { pictures: &["src"], ..Parts::default() },
        "et_pb_gallery" => Parts { pictures: &["gallery_ids"], ..Parts::default() },
        "et_pb_button" => Parts { button: Some(("button_url", "button_text")), ..Parts::default() },
        "et_pb_blurb" | "et_pb_slide" | "et_pb_cta" => {
            Parts { pictures: &["image"], titles: &["title", "heading"], button: Some(("button_url", "button_text")) }
        }
        "vc_tta_section"
        | "vc_toggle"
        | "et_pb_tab"
        | "et_pb_accordion_item"
        | "et_pb_toggle"
        | "et_pb_heading"
        | "su_tab"
        | "su_spoiler"
        | "su_box" => Parts { titles: &["title"], ..Parts::default() },
        _ => return None,
    })
}

/// What one says; `None` where nobody here knows it.
pub(super) fn html(call: &Call, export: &Export, remarks: &mut Remarks) -> Option<String> {
    if FRAMES.contains(&call.name.as_str()) {
        return Some("\n\n".to_owned());
    }
    let Parts { pictures, titles, button } = parts(&call.name)?;
    let mut html = String::from("\n\n");
    if let Some(title) = titles.iter().find_map(|it| call.get(it)) {
        html.push_str(&format!("<h3>{}</h3>\n\n", escape_text(&text::plain(title))));
    }
    for picture in pictures.iter().find_map(|it| call.get(it)).into_iter().flat_map(|it| it.split(',')) {
        html.push_str(&image(picture.trim(), call, export, remarks));
    }
    if let Some((address, words)) = button.and_then(|it| Some((call.get(it.0)?, call.get(it.1)?))) {
        let (address, words) = (escape_attribute(&address_of(address)), escape_text(&text::plain(words)));
        html.push_str(&format!("<p><a href=\"{address}\">{words}</a></p>\n\n"));
    }
    Some(html)
}

fn image(picture: &str, call: &Call, export: &Export, remarks: &mut Remarks) -> String {
    let known = export.attachments.get(picture);
    let is_number = picture.bytes().all(|it| it.is_ascii_digit());
    let (url, alt, caption) = match known {
        Some(it) => (it.url.as_str(), it.alt.as_str(), it.caption.trim()),
        None if is_number => {
            let text = "shows a picture of the library that is not in the export";
            remarks.detail(Topic::Check, text, &format!("attachment {picture}"));
            return String::new();
        }
        None => (picture, "", ""),
    };
    let alt = call.get("alt").unwrap_or(alt);
    figure(&format!("<img src=\"{}\" alt=\"{}\">", escape_attribute(url), escape_attribute(alt)), caption)
}

/// WPBakery writes `url:https%3A%2F%2Fa.example|title:A|`.
fn address_of(link: &str) -> String {
    let packed = link.split('|').find_map(|it| it.strip_prefix("url:"));
    packed.map_or_else(|| link.to_owned(), text::percent_decode)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::wordpress::shortcode::Tag;

    fn made(shortcode: &str) -> Option<String> {
        let call = Tag::read(shortcode).expect("is one").call;
        html(&call, &Export::default(), &mut Remarks::default()).map(|it| it.split("\n\n").collect::<Vec<_>>().concat())
    }

    #[test]
    fn pictures_titles_and_buttons_are_kept() {
        for (shortcode, expected) in [
            ("[vc_row el_class=\"x\"]", ""),
            ("[vc_custom_heading text=\"Tide & time\"]", "<h3>Tide &amp; time</h3>"),
            (
                "[et_pb_image src=\"https://a.example/p.jpg\" alt=\"A pier\"]",
                "<figure><img src=\"https://a.example/p.jpg\" alt=\"A pier\"></figure>",
            ),
            (
                "[et_pb_blurb title=\"One\" image=\"/p.jpg\"]",
                "<h3>One</h3><figure><img src=\"/p.jpg\" alt=\"\"></figure>",
            ),
            ("[et_pb_button button_url=\"/b/\" button_text=\"Go\"]", "<p><a href=\"/b/\">Go</a></p>"),
            (
                "[vc_btn title=\"Go\" link=\"url:https%3A%2F%2Fa.example%2Fb|title:x|\"]",
                "<p><a href=\"https://a.example/b\">Go</a></p>",
            ),
            ("[su_tab title=\"Second\"]", "<h3>Second</h3>"),
        ] {
            assert_eq!(made(shortcode).as_deref(), Some(expected), "{shortcode}");
        }
        assert_eq!(made("[somebodys_own title=\"x\"]"), None);
    }
}
