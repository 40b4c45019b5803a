//! One article or page as its file has it: a head that has been checked, and a body that has not been touched.

use super::front_matter::{self, Commenting, FrontMatter};
use super::nearest::nearest;
use super::{SourceFile, json};
use crate::fault::Fault;
use crate::site::spellings::composed;
use jumpline_article::{Attachment, Date, Permalink, Publication, Slug, Visibility};
use serde_saphyr::{Location, Spanned};
use std::path::Path;

/// How a body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// CommonMark with tables, footnotes, strikethrough and task lists.
    Markdown,
    /// HTML, not yet sanitised.
    Html,
}

/// An article or a page, read but not rendered.
#[derive(Debug)]
pub struct Manuscript {
    /// What is said about it.
    pub head: Head,
    /// How the body is written.
    pub format: Format,
    /// The body as the file has it.
    pub body: String,
    /// The line of the file that the body begins at.
    pub body_line: usize,
    /// What its head says and may not mean.
    pub warnings: Vec<Fault>,
}

/// What is said about an article.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "docs/content.md explains every key")]
pub struct Head {
    pub id: String,
    pub permalink: Permalink,
    pub aliases: Vec<Permalink>,
    pub title: Option<String>,
    pub date: Option<Date>,
    pub updated: Option<Date>,
    pub standfirst: Option<String>,
    pub summary: Option<String>,
    pub section: Option<Slug>,
    pub authors: Vec<String>,
    pub tags: Vec<String>,
    pub image: Option<HeadImage>,
    /// `None` when nothing is said: public, unless a marker gates it.
    pub visibility: Option<Visibility>,
    pub tiers: Vec<String>,
    pub comments_open: bool,
    pub language: Option<String>,
    pub external_url: Option<String>,
    pub attachments: Vec<Attachment>,
}

/// The main image as the head names it.
#[derive(Clone, Debug, Default)]
pub struct HeadImage {
    /// As it was written: `/media/x.jpg`, a path relative to the file, or a URL.
    pub src: String,
    /// Line of the file, from 1.
    pub line: usize,
    /// Text for who cannot see it.
    pub alt: String,
    /// Plain text below it.
    pub caption: Option<String>,
}

/// Reads one file; `None` for a draft, which may be as unfinished as it likes.
///
/// # Errors
/// With everything that is wrong with its head.
pub fn read(source: &SourceFile, text: &str, publication: &Publication) -> Result<Option<Manuscript>, Vec<Fault>> {
    let (manuscript, faults) = read_on(source, text, publication);
    if faults.is_empty() { Ok(manuscript) } else { Err(faults) }
}

/// Reads one file past what is wrong with its head, as far as that can be: who looks for all faults of an article wants those of its text
/// too. With faults it is no article that may be published. Nothing at all is a draft.
pub fn read_on(source: &SourceFile, text: &str, publication: &Publication) -> (Option<Manuscript>, Vec<Fault>) {
    let file = source.name();
    let extension = source.path.extension().and_then(|it| it.to_str()).unwrap_or_default().to_ascii_lowercase();
    if extension == "json" {
        return json::read(source, text, publication).map_or_else(|it| (None, it), |it| (it, Vec::new()));
    }
    let parts = match front_matter::split(&file, text) {
        Ok(parts) => parts,
        Err(fault) => return (None, vec![fault]),
    };
    let (mut front, mut faults) = front_matter::read_on(&file, parts.yaml);
    if front.draft {
        return (None, faults);
    }
    let is_known = faults.is_empty();
    if !is_known {
        front.tiers = front.tiers.filter(|_| front.visibility.is_some());
    }
    let warnings = [front.tags.warning(&file, "tags"), front.authors.warning(&file, "authors")];
    let (head, found) = check(source, &file, front, publication);
    // What is missing may be what was misspelt.
    faults.extend(found.into_iter().filter(|it| is_known || it.line > 1));
    let manuscript = head.map(|head| Manuscript {
        head,
        format: if matches!(extension.as_str(), "html" | "htm") { Format::Html } else { Format::Markdown },
        body: parts.body.to_owned(),
        body_line: parts.body_line,
        warnings: warnings.into_iter().flatten().collect(),
    });
    (manuscript, faults)
}

/// Where a draft would stand; `None` for what is none, and for JSON.
pub fn draft(source: &SourceFile, text: &str) -> Option<Permalink> {
    let front = front_matter::read("", front_matter::split("", text).ok()?.yaml).ok().filter(|it| it.draft)?;
    permalink(source, &front).ok()
}

/// The permalink of a file that names none: the slug of its name, or of its folder when it is called `index`.
pub(super) fn default_permalink(path: &Path) -> Result<Permalink, String> {
    let stem = |path: &Path| path.file_stem().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    let name = match stem(path) {
        name if name == "index" => {
            path.parent().and_then(Path::file_name).map_or(name, |it| it.to_string_lossy().into_owned())
        }
        name => name,
    };
    // A Mac writes accents apart in the names of files, and nobody types them so in an address.
    Permalink::new(Slug::from_name(&composed(&name)).as_str())
}

/// What is wrong with a section that the publication does not have.
pub(super) fn unknown_section(section: &str, publication: &Publication) -> String {
    let known: Vec<&str> = publication.sections.iter().map(|it| it.slug.as_str()).collect();
    match nearest(section, known.iter().copied()) {
        Some(meant) => format!("section `{section}` is not in publication.toml; did you mean `{meant}`?"),
        None if known.is_empty() => {
            format!("section `{section}` is not in publication.toml; add `[[sections]]` with `slug = \"{section}\"`")
        }
        None => format!("section `{section}` is not in publication.toml; known are {}", known.join(", ")),
    }
}

/// What is wrong with tiers of an article that everybody, or every member, may read: who wrote them meant to sell it.
pub(super) const TIERS_UNPAID: &str =
    "`tiers` say who may open a paid article, and this one is not paid; write `visibility: paid` or remove them";

/// What is wrong with tiers that the publication does not have.
pub(super) fn unknown_tiers(tiers: &[String], publication: &Publication) -> Vec<String> {
    let known = crate::wall::tiers(publication);
    let is_unknown = |it: &&String| !known.contains(&Slug::from_name(it));
    let problem = |tier: &String| match nearest(tier, known.iter().map(Slug::as_str)) {
        Some(meant) => format!("tier `{tier}` is not in publication.toml; did you mean `{meant}`?"),
        None => {
            let known: Vec<&str> = known.iter().map(Slug::as_str).collect();
            format!(
                "tier `{tier}` is not in publication.toml; add `[[tiers]]` with `name = \"{tier}\"`, or write {}",
                known.join(" or ")
            )
        }
    };
    tiers.iter().filter(is_unknown).map(problem).collect()
}

/// What is wrong with a change before the publication. A day alone may be that of the publication.
pub(super) fn updated_before(date: &Date, updated: &Date, written: &str) -> Option<String> {
    let is_day = written.trim().len() == 10;
    let is_wrong = updated.unix() < date.unix() && !(is_day && updated.civil() == date.civil());
    is_wrong.then(|| {
        format!("`{}` is before the day of publication, {}; correct one of them", written.trim(), date.as_str())
    })
}

/// Whether it has the form of a BCP 47 tag: what browsers and search engines do with another is anybody's guess.
pub(super) fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let first =
        parts.next().is_some_and(|it| (2..=8).contains(&it.len()) && it.chars().all(|it| it.is_ascii_alphabetic()));
    first && parts.all(|it| (1..=8).contains(&it.len()) && it.chars().all(|it| it.is_ascii_alphanumeric()))
}

/// What is wrong with a language that is none.
pub(super) fn unknown_language(text: &str) -> String {
    format!("`{text}` is not a language; write its tag, such as en, de-AT or pt-BR")
}

/// The head, unless it has no place, and all that is wrong with it.
fn check(source: &SourceFile, file: &str, front: FrontMatter, publication: &Publication) -> (Option<Head>, Vec<Fault>) {
    let mut faults = Vec::new();
    let mut keep = |result: Result<Date, Fault>| result.map_err(|fault| faults.push(fault)).ok();
    let date = front.date.as_ref().and_then(|it| keep(front_matter::date(file, "date", it)));
    let updated = front.updated.as_ref().and_then(|it| keep(front_matter::date(file, "updated", it)));
    if let (Some(date), Some(updated), Some(written)) = (&date, &updated, &front.updated)
        && let Some(message) = updated_before(date, updated, &written.value)
    {
        faults.push(front_matter::fault_at(file, &written.referenced, message));
    }
    if let Some(language) = front.language.as_ref().filter(|it| !is_language(it.value.trim())) {
        faults.push(front_matter::fault_at(file, &language.referenced, unknown_language(&language.value)));
    }
    if front.title.as_ref().is_none_or(|it| it.value.trim().is_empty()) {
        let line = front.title.as_ref().map_or(1, |it| it.referenced.line() as usize + 1);
        faults.push(Fault::line(file, line, "has no title; add `title: …` to the front matter"));
    }
    if source.kind.is_article() && front.date.is_none() {
        faults.push(Fault::line(file, 1, "has no date; add `date: 2025-02-18` to the front matter"));
    }
    if let Some(section) = &front.section
        && !publication.sections.iter().any(|it| it.slug.as_str() == section.value)
    {
        faults.push(front_matter::fault_at(file, &section.referenced, unknown_section(&section.value, publication)));
    }
    let visibility = front.visibility.as_ref().and_then(|it| it.value);
    if let Some(empty) = front.visibility.as_ref().filter(|it| it.value.is_none()) {
        let message = "`visibility` says nothing; write `public`, `members` or `paid`, or remove the line";
        faults.push(front_matter::fault_at(file, &empty.referenced, message));
    }
    if let Some(tiers) = front.tiers.as_ref().filter(|it| it.value.0.is_empty() && visibility == Some(Visibility::Paid))
    {
        let message = "`tiers` names none, and all would open it; name those that may, or remove the line when all may";
        faults.push(front_matter::fault_at(file, &tiers.referenced, message));
    }
    if let Some(tiers) = front.tiers.as_ref().filter(|it| !it.value.0.is_empty()) {
        if visibility != Some(Visibility::Paid) {
            faults.push(front_matter::fault_at(file, &tiers.referenced, TIERS_UNPAID.to_owned()));
        }
        let unknown = unknown_tiers(&tiers.value.0, publication);
        faults.extend(unknown.into_iter().map(|it| front_matter::fault_at(file, &tiers.referenced, it)));
    }
    faults.extend(front.tags.faults(file, "tag").into_iter().chain(front.authors.faults(file, "author")));
    let aliases = match aliases(&front) {
        Ok(aliases) => aliases,
        Err((place, message)) => {
            faults.push(front_matter::fault_at(file, &place, message));
            Vec::new()
        }
    };
    let permalink = match permalink(source, &front) {
        Ok(permalink) => permalink,
        Err((place, message)) => {
            faults.push(place.map_or_else(
                || Fault::file(file, &message),
                |it| front_matter::fault_at(file, &it.referenced, &message),
            ));
            return (None, faults);
        }
    };
    let text = |it: Option<String>| it.map(|it| it.trim().to_owned()).filter(|it| !it.is_empty());
    let head = Head {
        id: text(front.id).unwrap_or_else(|| permalink.as_str().to_owned()),
        permalink,
        aliases,
        title: text(front.title.map(|it| it.value)),
        date,
        updated,
        standfirst: text(front.standfirst),
        summary: text(front.summary),
        section: front.section.map(|it| Slug::from_name(&it.value)),
        authors: front.authors.0,
        tags: front.tags.0,
        image: front.image.map(|it| HeadImage {
            line: it.referenced.line() as usize + 1,
            src: it.value,
            alt: text(front.image_alt).unwrap_or_default(),
            caption: text(front.image_caption),
        }),
        visibility,
        tiers: front.tiers.map(|it| it.value.0).unwrap_or_default(),
        comments_open: front.comments.map_or(source.kind.is_article(), |it| it == Commenting::Open),
        language: text(front.language.map(|it| it.value)),
        external_url: None,
        attachments: Vec::new(),
    };
    (Some(head), faults)
}

/// The paths under which it stood before.
fn aliases(front: &FrontMatter) -> Result<Vec<Permalink>, (Location, String)> {
    let Some(aliases) = &front.aliases else { return Ok(Vec::new()) };
    let at = |error: String| (aliases.referenced, format!("`aliases`: {error}"));
    aliases.value.0.iter().map(|it| Permalink::new(it)).collect::<Result<_, _>>().map_err(at)
}

type Misplaced<'a> = (Option<&'a Spanned<String>>, String);

fn permalink<'a>(source: &SourceFile, front: &'a FrontMatter) -> Result<Permalink, Misplaced<'a>> {
    match (&front.permalink, &front.slug) {
        (Some(permalink), Some(_)) => {
            Err((Some(permalink), "`permalink` and `slug` both name the path; keep one".to_owned()))
        }
        (Some(permalink), None) => Permalink::new(&permalink.value).map_err(|error| (Some(permalink), error)),
        (None, Some(slug)) if slug.value.contains('/') => {
            Err((Some(slug), format!("slug `{}` has a slash; write `permalink: {}`", slug.value, slug.value)))
        }
        (None, Some(slug)) => Permalink::new(&slug.value).map_err(|error| (Some(slug), error)),
        (None, None) => default_permalink(&source.path).map_err(|error| (None, error)),
    }
}
