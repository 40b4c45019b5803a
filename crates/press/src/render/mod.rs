//! A manuscript becomes an item: sanitised, canonical HTML with everything the page needs to lay it out.

mod blocks;
mod body;
pub(crate) mod comments;
mod dropped;
mod headings;
mod highlight;
pub mod html;
mod labels;
mod links;
pub(crate) mod markdown;
mod marker;
pub(crate) mod sanitise;
mod teaser;
pub mod tree;
pub(crate) mod words;

pub use labels::Labels;
pub(crate) use links::SOURCE;
pub use links::{Link, Target};

use crate::fault::Fault;
use crate::media::Media;
use crate::site::address::{self, Address};
use crate::source::{Format, Head, HeadImage, Manuscript, SourceFile};
use crate::wall::Gated;
use jumpline_article::{
    Attachment, Author, Comment, CommentFile, CommentSummary, Date, Extension, FORMAT_VERSION, Image, Item, ItemKind,
    Publication, Slug, Visibility,
};
use links::Context;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashSet};
use tree::Node;

/// Characters of a summary that is taken from the text.
const SUMMARY: usize = 220;

/// An article or page as it is published, without its neighbours.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Rendered {
    /// The file that it came from, as a person would type its name.
    pub file: String,
    /// The item. In a gated article its content is the teaser and nothing else.
    pub item: Item,
    /// Media that the published part needs: `media/ferry.jpg`.
    pub media: BTreeSet<String>,
    /// Its comments as everybody may see them.
    pub comments: Vec<Comment>,
    /// When they were last fetched from the server that takes them.
    pub taken: Option<Date>,
    /// What follows the teaser of a gated article.
    pub gated: Option<Gated>,
    /// Links to places of the site and to other files of the content.
    pub links: Vec<Link>,
    /// What was changed, for the publisher to know.
    pub warnings: Vec<Fault>,
}

/// What every article of a publication is rendered with.
pub struct Renderer<'a> {
    /// The publication.
    pub publication: &'a Publication,
    /// Its media.
    pub media: &'a Media,
    /// Words in its language.
    pub labels: &'a Labels,
}

impl Renderer<'_> {
    /// Renders a manuscript with the comments that lie beside it.
    ///
    /// # Errors
    /// With everything that is wrong in it: missing pictures, a gate that contradicts itself, markup without end.
    pub fn render(
        &self,
        source: &SourceFile,
        manuscript: Manuscript,
        comments: &CommentFile,
    ) -> Result<Rendered, Vec<Fault>> {
        let file = source.name();
        let Manuscript { head, format, body, body_line, warnings } = manuscript;
        let body_html = match format {
            Format::Markdown => markdown::to_html(&body, self.labels),
            Format::Html => body.clone(),
        };
        let too_deep = |error: html::TooDeep| vec![Fault::line(&file, body_line, error.to_string())];
        html::check_depth(&body_html).map_err(too_deep)?;
        let written = body::Body { file: &file, text: &body, line: body_line, format };
        let dropped = dropped::look(&written, &body_html).map_err(|fault| vec![fault])?;
        let mut nodes = html::parse(&sanitise::clean(&body_html)).map_err(too_deep)?;
        let words = words::count(&tree::text(&nodes));
        let visibility = marker::visibility(&head, marker::find(&nodes))
            .map_err(|message| vec![Fault::line(&file, written.line_of("members-only"), message)])?;
        if let Some(gate) = marker::misspelt(&nodes, visibility != Visibility::Public) {
            return Err(vec![Fault::line(&file, written.line_of(&gate), marker::not_a_marker(&gate))]);
        }
        headings::shift(&mut nodes);
        let parts = (visibility != Visibility::Public).then(|| teaser::part(std::mem::take(&mut nodes)));
        let (nodes, rest) = match parts {
            Some(teaser::Parts { shown, rest, hidden }) => (shown, Some((rest, hidden))),
            None => (nodes, None),
        };
        let context = Context {
            publication: self.publication,
            media: self.media,
            labels: self.labels,
            folder: &source.folder,
            file: &file,
            text: (&body, body_line),
        };
        let eager = usize::from(head.image.is_none());
        let (mut nodes, mut found) = links::resolve(blocks::shape(nodes, self.labels), eager, &context);
        headings::identify(&mut nodes);
        let image = head.image.as_ref().and_then(|it| self.main_image(it, &context, &mut found));
        let (gated, attachments) = match rest {
            None => (None, attachments(&head.attachments, &context, &mut found)),
            Some((rest, hidden)) => {
                let (gated, hidden) = self.gated(rest, hidden, &head, teaser::lasting_ids(&nodes), &context);
                found.faults.extend(hidden.faults);
                found.warnings.extend(hidden.warnings);
                found.links.extend(hidden.links);
                found.warnings.dedup();
                if head.date.is_none() {
                    let message =
                        "is gated and has no date; add `date: 2025-02-18`, for the month decides which passes open it";
                    found.faults.push(Fault::line(&file, 1, message));
                }
                (Some(gated.map_err(too_deep)?), Vec::new())
            }
        };
        if !found.faults.is_empty() {
            return Err(found.faults);
        }
        let content = html::write(&nodes).map_err(too_deep)?;
        let taken = comments.taken.clone();
        let published = comments::publish(comments);
        for id in comments::hidden_doubles(comments, &published) {
            let message = format!(
                "more than one comment has the id `{id}`, and readers see only the first; give each an id of its own"
            );
            found.warnings.push(Fault::file(crate::source::comment_file(&source.path).display().to_string(), message));
        }
        let comments = published;
        let extension = Extension {
            version: FORMAT_VERSION,
            permalink: head.permalink.clone(),
            kind: source.kind,
            standfirst: head.standfirst.clone(),
            section: head.section.clone(),
            visibility,
            tiers: head.tiers.clone(),
            reading_time: words.minutes(),
            words: words.total(),
            comments: CommentSummary {
                count: comments::count(&comments),
                open: head.comments_open && self.publication.comments.is_open(),
            },
            image,
            contents: headings::contents(&nodes),
            previous: None,
            next: None,
            related: Vec::new(),
            envelope: None,
        };
        let item = Item { attachments, ..self.item(head, content, summary_of(&nodes), extension) };
        Ok(Rendered {
            file,
            item,
            media: found.media,
            comments,
            taken,
            gated,
            links: found.links,
            warnings: [warnings, dropped, found.warnings].concat(),
        })
    }

    /// What follows the teaser, by the same rules; `taken` are ids of the teaser.
    fn gated(
        &self,
        rest: Vec<Node>,
        text: String,
        head: &Head,
        taken: HashSet<String>,
        context: &Context<'_>,
    ) -> (Result<Gated, html::TooDeep>, links::Found) {
        let (mut nodes, mut found) = links::resolve(blocks::shape(rest, self.labels), 0, context);
        headings::identify_below(&mut nodes, taken);
        let attachments = attachments(&head.attachments, context, &mut found);
        let contents = headings::contents(&nodes);
        let media = std::mem::take(&mut found.media);
        let gated = html::write(&nodes).map(|content_html| Gated { content_html, contents, media, attachments, text });
        (gated, found)
    }

    fn item(&self, head: Head, content: String, excerpt: Option<String>, extension: Extension) -> Item {
        let image = extension.image.as_ref().map(|it| self.absolute_image(&it.src));
        let author = |name: String| Author {
            url: Some(address::absolute(&format!("/author/{}/", Slug::from_name(&name)), self.publication)),
            name: Some(name),
            avatar: None,
        };
        Item {
            id: head.id,
            url: Some(address::absolute(head.permalink.as_str(), self.publication)),
            external_url: head.external_url,
            title: head.title,
            summary: head.summary.or(head.standfirst).or(excerpt),
            content_html: Some(content),
            image,
            date_published: head.date,
            date_modified: head.updated,
            authors: head.authors.into_iter().map(author).collect(),
            tags: head.tags,
            language: head.language.filter(|it| it != self.publication.language.tag()),
            jumpline: Some(extension),
            ..Item::default()
        }
    }

    fn absolute_image(&self, src: &str) -> String {
        // `src` is percent-encoded already.
        if src.starts_with('/') { address::absolute_encoded(src, self.publication) } else { src.to_owned() }
    }

    /// The main image, measured.
    fn main_image(&self, image: &HeadImage, context: &Context<'_>, found: &mut links::Found) -> Option<Image> {
        let mut fault = |message: String| found.faults.push(Fault::line(context.file, image.line, message));
        let described = Image { alt: image.alt.clone(), caption: image.caption.clone(), ..Image::default() };
        match address::of(&image.src, context.folder, self.publication) {
            Address::Media(path) => match self.media.look(&path) {
                Ok(file) => {
                    let Some((width, height)) = file.size else {
                        fault(format!("the image `{}` has no name of an image", image.src));
                        return None;
                    };
                    let src = format!("/{}", address::encode(&path));
                    found.media.insert(path);
                    Some(Image { src, width, height, ..described })
                }
                Err(error) => {
                    fault(format!("the image `{}` {error}", image.src));
                    None
                }
            },
            Address::Remote(url) if address::is_media_host(&url, self.publication) => {
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
}

/// Files that go with an article; ours are looked up and measured, and copied like pictures.
fn attachments(stated: &[Attachment], context: &Context<'_>, found: &mut links::Found) -> Vec<Attachment> {
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

/// The first paragraphs of the published part, shortened.
fn summary_of(nodes: &[Node]) -> Option<String> {
    let mut text = String::new();
    for element in nodes.iter().filter_map(Node::element).filter(|it| it.name == "p") {
        text.push_str(&element.text());
        text.push(' ');
        if text.len() > SUMMARY * 4 {
            break;
        }
    }
    Some(words::excerpt(&text, SUMMARY)).filter(|it| !it.is_empty())
}

/// Whether an item stands in listings.
pub fn is_article(item: &Item) -> bool {
    item.jumpline.as_ref().is_some_and(|it| it.kind == ItemKind::Article)
}

#[cfg(test)]
pub(crate) mod tests;
