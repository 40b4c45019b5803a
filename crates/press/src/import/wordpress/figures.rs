//! WordPress' own shortcodes as HTML, and those by which membership plugins hide text.

use super::builders;
use super::export::Export;
use super::plugin_shortcodes;
use super::shortcode::Call;
use super::shortcodes::Becomes;
use crate::import::gates::PAID_GATE;
use crate::import::markup::{Piece, pieces};
use crate::import::remarks::Remarks;
use crate::import::report::Topic;
use crate::render::html::escape_attribute;

/// What is said of a shortcode that is not known here and is taken for a gate.
const SEEMS: &str = "encloses text in a shortcode that is not known here and sounds like a gate, so all from there on is for who has \
    paid; if it hid nothing, take `visibility` and `<!--members-only-->` out";

/// What a shortcode becomes in an article. `article` is WordPress' id of it.
pub(super) fn html(call: &Call, article: &str, export: &Export, remarks: &mut Remarks) -> Becomes {
    Becomes::Html(match call.name.as_str() {
        "caption" | "wp_caption" => caption(call),
        "gallery" => gallery(call, article, export, remarks),
        "audio" => player("audio", call, &["src", "mp3", "m4a", "ogg", "wav", "flac"]),
        "video" => player("video", call, &["src", "mp4", "m4v", "webm", "ogv", "mov"]),
        "playlist" => playlist(call, export),
        "embed" | "youtube" | "vimeo" | "soundcloud" | "tweet" | "instagram" => match address(call) {
            Some(url) => {
                format!("\n\n<figure class=\"wp-block-embed\"><div>{}</div></figure>\n\n", escape_attribute(url))
            }
            None => return Becomes::Unknown,
        },
        "code" | "sourcecode" => {
            let Some(code) = &call.inside else { return Becomes::Unknown };
            let language = call.get("language").or(call.get("lang")).unwrap_or_default();
            let class = if language.is_empty() {
                String::new()
            } else {
                format!(" class=\"language-{}\"", escape_attribute(language))
            };
            format!("\n\n<pre><code{class}>{}</code></pre>\n\n", code.trim_matches('\n').replace('<', "&lt;"))
        }
        name if plugin_shortcodes::hides(call) => {
            let text = "has a part that a membership plugin hid; all from there on is for who has paid";
            remarks.detail(Topic::Changed, text, &format!("[{name}]"));
            gate(&format!("[{name}]"), remarks)
        }
        _ => match plugin_shortcodes::seems_to_hide(call).filter(|_| call.encloses) {
            Some(what) => {
                remarks.detail(Topic::Check, SEEMS, &what);
                gate(&what, remarks)
            }
            None => match builders::html(call, export, remarks) {
                Some(html) => html,
                None => return Becomes::Unknown,
            },
        },
    })
}

fn gate(what: &str, remarks: &mut Remarks) -> String {
    remarks.gate(what);
    format!("\n\n{PAID_GATE}\n\n")
}

fn address(call: &Call) -> Option<&str> {
    let named = call.get("url").or(call.get("src")).or(call.values.first().map(String::as_str));
    let inside = call.inside.as_deref().map(str::trim);
    inside.or(named).filter(|it| it.starts_with("http://") || it.starts_with("https://"))
}

/// `[caption]<a><img></a> Words[/caption]`, and the older `[caption caption="Words"]<img>[/caption]`.
fn caption(call: &Call) -> String {
    let inside = call.inside.as_deref().unwrap_or_default();
    let mut end = 0;
    let (mut at, mut in_link, mut shown) = (0, false, false);
    for piece in pieces(inside) {
        at += piece.whole().len();
        match (piece, piece.name().as_str()) {
            (Piece::Open(_), "a") => in_link = !shown,
            (Piece::Open(_), "img" | "video" | "audio") | (Piece::Opaque(_), "iframe") => {
                shown = true;
                end = at;
            }
            (Piece::Close(_), "a") if in_link && shown => {
                end = at;
                break;
            }
            (Piece::Text(text), _) if shown && !in_link && !text.trim().is_empty() => break,
            _ => {}
        }
        if shown && !in_link {
            break;
        }
    }
    let (picture, words) = inside.split_at(end);
    let words = if words.trim().is_empty() { call.get("caption").unwrap_or_default() } else { words.trim() };
    figure(picture.trim(), words)
}

pub(super) fn figure(picture: &str, words: &str) -> String {
    match words.is_empty() {
        true => format!("\n\n<figure>{picture}</figure>\n\n"),
        false => format!("\n\n<figure>{picture}<figcaption>{words}</figcaption></figure>\n\n"),
    }
}

fn gallery(call: &Call, article: &str, export: &Export, remarks: &mut Remarks) -> String {
    let numbers = |name| call.get(name).map(|it| it.split(',').map(|it| it.trim().to_owned()).collect::<Vec<_>>());
    let excluded = numbers("exclude").unwrap_or_default();
    let of = call.get("id").unwrap_or(article);
    let ids = numbers("ids")
        .or_else(|| numbers("include"))
        .or_else(|| export.gallery_of.get(of).cloned())
        .unwrap_or_default();
    if ids.is_empty() {
        remarks.remark(Topic::Check, "has a [gallery] of pictures that the export does not name");
    }
    let mut html = String::new();
    for id in ids.iter().filter(|it| !it.is_empty() && !excluded.contains(it)) {
        match export.attachments.get(id) {
            Some(it) => {
                let (url, alt) = (escape_attribute(&it.url), escape_attribute(&it.alt));
                html.push_str(&figure(&format!("<img src=\"{url}\" alt=\"{alt}\">"), it.caption.trim()));
            }
            None => remarks.detail(
                Topic::Check,
                "shows a picture in a [gallery] that is not in the export",
                &format!("attachment {id}"),
            ),
        }
    }
    html
}

fn player(kind: &str, call: &Call, sources: &[&str]) -> String {
    let source =
        sources.iter().find_map(|it| call.get(it)).or(call.values.first().map(String::as_str)).unwrap_or_default();
    let poster = call.get("poster").map_or(String::new(), |it| format!(" poster=\"{}\"", escape_attribute(it)));
    format!("\n\n<figure><{kind} controls src=\"{}\"{poster}></{kind}></figure>\n\n", escape_attribute(source))
}

fn playlist(call: &Call, export: &Export) -> String {
    let kind = if call.get("type") == Some("video") { "video" } else { "audio" };
    let ids = call.get("ids").unwrap_or_default().split(',');
    let tracks = ids.filter_map(|it| export.attachments.get(it.trim()));
    tracks
        .map(|it| figure(&format!("<{kind} controls src=\"{}\"></{kind}>", escape_attribute(&it.url)), &it.title))
        .collect()
}
