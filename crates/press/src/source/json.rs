//! An article written as a JSON Feed item, ours or anybody's.

use super::SourceFile;
use super::json_keys::Keys;
use super::manuscript::{
    Format, Head, HeadImage, Manuscript, TIERS_UNPAID, default_permalink, is_language, unknown_language,
    unknown_section, unknown_tiers, updated_before,
};
use super::names::too_long;
use crate::fault::Fault;
use jumpline_article::{Item, Permalink, Publication, Visibility};

/// Reads an article's JSON; `None` for a draft. Fields that JSON Feed does not know are passed over, unless they sound like a gate.
///
/// # Errors
/// When it is no JSON Feed item, a newer press wrote it, a key of ours is misspelt, or the publication has no such section.
pub(super) fn read(
    source: &SourceFile,
    text: &str,
    publication: &Publication,
) -> Result<Option<Manuscript>, Vec<Fault>> {
    let file = source.name();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let keys = Keys::of(text);
    let mut faults = keys.faults(&file);
    if keys.is_draft() && faults.is_empty() && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok() {
        return Ok(None);
    }
    let item = Item::from_json(text).map_err(|error| {
        let fault = Fault::format(&file, 0, &error);
        // What is wrong with a document that can be read has no place, and yet stands somewhere.
        let line = if fault.line > 0 { fault.line } else { keys.line(&error.field).unwrap_or_default() };
        vec![Fault { line, ..fault }]
    })?;
    let line = |needle: &str| text.find(needle).map_or(1, |at| text[..at].matches('\n').count() + 1);
    if source.kind.is_article() && item.date_published.is_none() {
        faults.push(Fault::line(&file, 1, "has no date; add `\"date_published\": \"2025-02-18T09:30:00Z\"`"));
    }
    if let (Some(date), Some(updated)) = (&item.date_published, &item.date_modified)
        && let Some(message) = updated_before(date, updated, updated.as_str())
    {
        faults.push(Fault::line(&file, line("\"date_modified\""), message));
    }
    if let Some(language) = item.language.as_ref().filter(|it| !is_language(it)) {
        faults.push(Fault::line(&file, line("\"language\""), unknown_language(language)));
    }
    if let Some(url) = item.external_url.as_ref().filter(|it| !is_web(it)) {
        let message = format!(
            "`{}` is no address of a page; write one that begins with https://, or remove `external_url`",
            short(url)
        );
        faults.push(Fault::line(&file, line("\"external_url\""), message));
    }
    if runs(&item.id) {
        let message = format!("the id `{}` would run in programs that follow it; write another", short(&item.id));
        faults.push(Fault::line(&file, line("\"id\""), message));
    }
    let extension = item.jumpline;
    let section = extension.as_ref().and_then(|it| it.section.clone());
    if let Some(section) = section.as_ref().filter(|it| publication.section(it).is_none()) {
        let message = unknown_section(section.as_str(), publication);
        faults.push(Fault::line(&file, line("\"section\""), message));
    }
    let tiers = extension.as_ref().map(|it| it.tiers.as_slice()).unwrap_or_default();
    if !tiers.is_empty() && extension.as_ref().is_none_or(|it| it.visibility != Visibility::Paid) {
        faults.push(Fault::line(&file, line("\"tiers\""), TIERS_UNPAID));
    }
    faults.extend(unknown_tiers(tiers, publication).into_iter().map(|it| Fault::line(&file, line("\"tiers\""), it)));
    let authors: Vec<String> = item.authors.into_iter().filter_map(|it| it.name).collect();
    for (key, what, names) in [("\"tags\"", "tag", &item.tags), ("\"author", "author", &authors)] {
        faults.extend(too_long(names, what).into_iter().map(|it| Fault::line(&file, line(key), it)));
    }
    let from_url = || item.url.as_deref().and_then(|it| url::Url::parse(it).ok()).and_then(|it| own_path(&it));
    let stated = extension.as_ref().map(|it| it.permalink.clone()).filter(|it| !it.is_missing());
    let permalink = match stated.or_else(from_url) {
        Some(permalink) => permalink,
        None => match default_permalink(&source.path) {
            Ok(permalink) => permalink,
            Err(error) => {
                faults.push(Fault::file(&file, error));
                return Err(faults);
            }
        },
    };
    if !faults.is_empty() {
        return Err(faults);
    }
    let image = extension.as_ref().and_then(|it| it.image.clone());
    let (alt, caption) = image.as_ref().map(|it| (it.alt.clone(), it.caption.clone())).unwrap_or_default();
    let src = image.map(|it| it.src).or(item.image);
    let body = item.content_html.unwrap_or_else(|| paragraphs(item.content_text.as_deref().unwrap_or_default()));
    let head = Head {
        id: item.id,
        permalink,
        aliases: Vec::new(),
        title: item.title.map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()),
        date: item.date_published,
        updated: item.date_modified,
        standfirst: extension.as_ref().and_then(|it| it.standfirst.clone()),
        summary: item.summary,
        section,
        authors,
        tags: item.tags,
        image: src.map(|src| HeadImage { line: line("\"image\""), src, alt, caption }),
        visibility: extension.as_ref().map(|it| it.visibility),
        tiers: extension.as_ref().map(|it| it.tiers.clone()).unwrap_or_default(),
        comments_open: extension.as_ref().map_or(source.kind.is_article(), |it| it.comments.open),
        language: item.language,
        external_url: item.external_url,
        attachments: item.attachments,
    };
    Ok(Some(Manuscript { head, format: Format::Html, body, body_line: line("\"content_"), warnings: Vec::new() }))
}

/// Whether a browser finds a page there.
fn is_web(url: &str) -> bool {
    url::Url::parse(url).is_ok_and(|it| matches!(it.scheme(), "http" | "https"))
}

/// Whether a browser would run it as a program: readers of feeds take an id for the address where there is no other.
fn runs(id: &str) -> bool {
    url::Url::parse(id).is_ok_and(|it| matches!(it.scheme(), "javascript" | "data" | "vbscript"))
}

/// The beginning of a text, as a message bears it.
fn short(text: &str) -> String {
    let text: String = text.chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// The path of an absolute URL, as a permalink of ours.
fn own_path(url: &url::Url) -> Option<Permalink> {
    let path = percent_encoding::percent_decode_str(url.path()).decode_utf8().ok()?;
    Permalink::new(&path).ok()
}

/// Plain text as paragraphs.
fn paragraphs(text: &str) -> String {
    let blocks = text.split("\n\n").map(str::trim).filter(|it| !it.is_empty());
    blocks.map(|it| format!("<p>{}</p>\n", crate::render::html::escape_text(it).replace('\n', "<br>"))).collect()
}
