//! One manuscript, from its text to the item, step by step.

use super::links::{self, Context};
use super::tree::{self, Node};
use super::{
    Rendered, Renderer, attached, blanks, blocks, body, comments, dropped, files, fragments, headings, html, item,
    markdown, marker, notes, sanitise, teaser, unsaid, words,
};
use crate::fault::Fault;
use crate::site::address::{self, Address};
use crate::source::{Format, Head, Manuscript, SourceFile, comment_file};
use crate::wall::Gated;
use jumpline_article::{Comment, CommentFile, Extension, FORMAT_VERSION, Item, Visibility};
use std::collections::HashSet;

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
        let labels = self.labels.of(head.language.as_deref());
        let body_html = match format {
            Format::Markdown => markdown::to_html(&body, labels),
            Format::Html => body.clone(),
        };
        let too_deep = |error: html::TooDeep| vec![Fault::line(&file, body_line, error.to_string())];
        html::check_depth(&body_html).map_err(too_deep)?;
        let written = body::Body { file: &file, text: &body, line: body_line, format };
        let mut dropped = dropped::look(&written, &body_html).map_err(|fault| vec![fault])?;
        dropped.extend(notes::look(&written));
        dropped.extend(blanks::look(&written));
        let mut nodes = sanitise::parse(&body_html).map_err(too_deep)?;
        let words = words::count(&tree::text(&nodes));
        if words.total() == 0 && head.attachments.is_empty() && head.external_url.is_none() && !shows_anything(&nodes) {
            let message =
                "has nothing below its head, so readers find a title alone; write something, or say `draft: true`";
            dropped.push(Fault::line(&file, body_line, message));
        }
        let visibility = marker::visibility(&head, marker::find(&nodes))
            .map_err(|message| vec![Fault::line(&file, written.line_of("members-only"), message)])?;
        if let Some(gate) = marker::misspelt(&nodes, visibility != Visibility::Public) {
            let gate = marker::as_written(&gate, &body);
            return Err(vec![Fault::line(&file, written.line_of(&gate), marker::not_a_marker(&gate))]);
        }
        if visibility != Visibility::Public
            && let Some(fault) = notes::gate(&written, teaser::notes_below(&nodes))
        {
            return Err(vec![fault]);
        }
        headings::shift(&mut nodes);
        let context = Context {
            publication: self.publication,
            media: self.media,
            labels,
            folder: &source.folder,
            file: &file,
            text: (&body, body_line),
        };
        let attached = attached::shown(&head, &nodes, &context);
        let is_file = |href: &str| matches!(address::of(href, context.folder, self.publication), Address::Media(_));
        let parts = (visibility != Visibility::Public).then(|| teaser::part(std::mem::take(&mut nodes), &is_file));
        let hides_nothing = parts.as_ref().is_some_and(|it| it.hides_nothing && head.attachments.is_empty());
        let (nodes, rest) = match parts {
            Some(teaser::Parts { shown, mut rest, hidden, .. }) => {
                rest.extend(attached);
                (shown, Some((rest, hidden)))
            }
            None => ([nodes, attached].concat(), None),
        };
        let eager = usize::from(head.image.is_none());
        let (mut nodes, mut found) = links::resolve(blocks::shape(nodes, labels), eager, &context);
        headings::identify(&mut nodes);
        let image = head.image.as_ref().and_then(|it| files::main_image(it, &context, &mut found));
        let (gated, attachments) = match rest {
            None => (None, files::attachments(&head.attachments, &context, &mut found)),
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
        if hides_nothing {
            let message = "is gated and hides nothing, since nothing follows the teaser; put `<!--more-->` before what is to be locked";
            found.warnings.push(Fault::line(&file, body_line, message));
        }
        if !found.faults.is_empty() {
            return Err(found.faults);
        }
        let content = html::write(&nodes).map_err(too_deep)?;
        let taken = comments.taken.clone();
        let service = self.publication.comments.provider.service();
        let (published, withheld) = comments::publish(comments, service.as_deref());
        found.warnings.extend(doubles(comments, &published, source));
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
            comments: comments::summary(
                &comments,
                &withheld,
                head.comments_open && self.publication.comments.is_open(),
            ),
            image,
            contents: headings::contents(&nodes),
            previous: None,
            next: None,
            related: Vec::new(),
            envelope: None,
        };
        let aliases = head.aliases.clone();
        let item = Item { attachments, ..self.item(head, content, item::summary_of(&nodes), extension) };
        let mut rendered = Rendered {
            file: file.clone(),
            aliases,
            item,
            media: found.media,
            comments,
            withheld,
            taken,
            gated,
            links: found.links,
            warnings: [warnings, dropped, found.warnings].concat(),
        };
        let dead = fragments::dead(&rendered, |it| context.line(it));
        rendered.warnings.extend(dead);
        Ok(rendered)
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
        let said = unsaid::attributes(&rest);
        let (mut nodes, mut found) = links::resolve(blocks::shape(rest, context.labels), 0, context);
        headings::identify_below(&mut nodes, taken);
        let attachments = files::attachments(&head.attachments, context, &mut found);
        let contents = headings::contents(&nodes);
        let media = std::mem::take(&mut found.media);
        let tracks = unsaid::tracks(&media, context);
        let gated = html::write(&nodes).map(|content_html| Gated {
            content_html,
            contents,
            media,
            attachments,
            text,
            said,
            tracks,
        });
        (gated, found)
    }
}

/// Whether a body without words has something all the same.
fn shows_anything(nodes: &[Node]) -> bool {
    let mut shows = false;
    tree::walk(nodes, &mut |node| shows |= node.element().is_some_and(|it| it.is(&["img", "video", "audio"])));
    shows
}

/// Comments that no reader sees, since another one has their id.
fn doubles(comments: &CommentFile, published: &[Comment], source: &SourceFile) -> Vec<Fault> {
    let file = || comment_file(&source.path).display().to_string();
    let told = |id| {
        format!("more than one comment has the id `{id}`, and readers see only the first; give each an id of its own")
    };
    comments::hidden_doubles(comments, published).into_iter().map(|id| Fault::file(file(), told(id))).collect()
}
