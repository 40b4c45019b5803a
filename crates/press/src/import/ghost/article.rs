//! One post becomes one file: its head and its body.

use super::access::{self, Access};
use super::cards;
use super::export::Export;
use super::format::Post;
use super::gates;
use super::places::from_here;
use super::plan::Planned;
use super::zone;
use crate::import::body::{self, Body, Shown};
use crate::import::front::Front;
use crate::import::home::{Home as _, Place, media_path};
use crate::import::markup::{Piece, pieces};
use crate::import::media::Media;
use crate::import::prose::Writer;
use crate::import::remarks::Remarks;
use crate::import::report::Topic;
use crate::import::writing::Article;
use crate::import::{tame, text};
use jumpline_article::{Slug, Visibility};
use std::collections::HashSet;
use url::Url;

/// What articles are made with.
pub(super) struct Maker<'a> {
    pub(super) export: &'a Export,
    pub(super) media: Media,
    /// Ids that links of posts lead to in others.
    pub(super) linked: HashSet<String>,
    pub(super) writer: Writer,
    /// The language to name in each article, when it is not the publication's.
    pub(super) language: Option<String>,
}

impl Maker<'_> {
    /// Makes an article of a post.
    pub(super) fn make(&mut self, post: &Post, planned: &Planned, remarks: &mut Remarks) -> Article {
        let access = access::of(post, self.export);
        let body = self.body(post, &access, remarks);
        let meta = self.export.meta(&post.id);
        let mut front = Front::default();
        front.text("title", &body::title(&post.title(), &body.open, &planned.date, remarks));
        front.word("date", planned.date.as_str());
        if let Some(updated) = post.updated(&planned.date) {
            front.word("updated", zone::local(updated, &self.export.zone).as_str());
        }
        front.text("id", &planned.id);
        front.text("permalink", planned.permalink.as_str());
        front.list("aliases", &planned.aliases.iter().map(ToString::to_string).collect::<Vec<_>>());
        front.text("standfirst", &text::tidy(post.custom_excerpt.as_str()));
        let described = meta.and_then(|it| it.meta_description.get()).or(post.meta_description.get());
        front.text("summary", &described.map(text::tidy).unwrap_or_default());
        front.text("section", planned.section.as_ref().map_or("", Slug::as_str));
        front.list("authors", &self.authors(post, remarks));
        front.list("tags", &body::distinct(planned.tags.iter().cloned()));
        self.image(post, &mut front, remarks);
        front.visibility(body.gate.visibility);
        if let (Access::Tiers(tiers), Visibility::Paid) = (&access, body.gate.visibility) {
            front.list("tiers", &tiers.iter().map(ToString::to_string).collect::<Vec<_>>());
        }
        front.text("language", self.language.as_deref().unwrap_or_default());
        if planned.draft {
            front.word("draft", "true");
        }
        left_out(post, &self.export.url, remarks);
        Article::new(&front, body.prose, body.gate.visibility, remarks)
    }

    fn body(&mut self, post: &Post, access: &Access, remarks: &mut Remarks) -> Body {
        let content = post.html.as_str().replace("\r\n", "\n").replace('\r', "\n");
        let content = from_here(&content, &self.export.url);
        let (html, gate) = gates::decide(&content, access, remarks);
        let mut tamed = tame::tame(&html);
        tamed.drawings = tamed.drawings && !draws_only_signs(&html);
        tamed.remark(remarks);
        let name = post.name();
        let Self { export, media, writer, linked, .. } = self;
        let mut said = Remarks::default();
        let shown = Shown { home: *export, media, remarks, name: &name, linked };
        let body = body::write(&tamed.html, gate, writer, shown, |nodes| cards::shape(nodes, &mut said));
        remarks.extend(said);
        body
    }

    fn authors(&self, post: &Post, remarks: &mut Remarks) -> Vec<String> {
        let (users, missing) = self.export.authors(post);
        if missing > 0 {
            remarks.detail(
                Topic::Check,
                "has authors whom the export does not describe; they are missing in the byline",
                &missing.to_string(),
            );
        }
        body::distinct(users.into_iter().map(|it| text::name(it.name.as_str())))
    }

    fn image(&mut self, post: &Post, front: &mut Front, remarks: &mut Remarks) {
        let Some(address) = post.feature_image.get() else { return };
        let address = from_here(address, &self.export.url);
        let image = match self.export.place(&address, &self.media) {
            Place::Upload(file) => {
                self.media.want(&file, &post.name(), true);
                media_path(&file)
            }
            Place::Remote(url) => {
                let text = "has a main image on another host; copy it into media/, or name the host in `media_hosts`";
                remarks.detail(Topic::Check, text, &url);
                url
            }
            Place::Path(_) | Place::Lost(_) | Place::Other(_) | Place::Refused => {
                remarks.detail(Topic::LeftOut, "main images without a usable address", &address);
                return;
            }
        };
        front.text("image", &image);
        if let Some(meta) = self.export.meta(&post.id) {
            front.text("image_alt", &text::tidy(meta.feature_image_alt.as_str()));
            front.text("image_caption", &text::visible(meta.feature_image_caption.as_str()));
        }
    }
}

/// What a post has besides its text and an article has no place for.
fn left_out(post: &Post, site: &Url, remarks: &mut Remarks) {
    let injected = [&post.codeinjection_head, &post.codeinjection_foot];
    if injected.iter().any(|it| it.get().is_some()) {
        remarks.remark(Topic::LeftOut, "code that was injected into the page of one post (`codeinjection`)");
    }
    if let Some(url) = post.canonical_url.get() {
        let text = "names another page as the first place of its text (`canonical_url`), which an article here cannot";
        remarks.detail(Topic::LeftOut, text, &from_here(url, site));
    }
}

/// Whether every drawing is a sign on one of Ghost's buttons.
fn draws_only_signs(html: &str) -> bool {
    let mut button = false;
    for piece in pieces(html) {
        match piece {
            Piece::Open(tag) => button = tag.contains("kg-"),
            Piece::Opaque(_) if !button && matches!(piece.name().as_str(), "svg" | "math") => return false,
            _ => {}
        }
    }
    true
}
