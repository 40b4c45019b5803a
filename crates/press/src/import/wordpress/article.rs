//! One item becomes one file: its head, its body, and the comments beside it.

use super::access;
use super::block_gates;
use super::blocks::{self, Expanded};
use super::export::Export;
use super::item::{Item, Kind};
use super::media::Uploads;
use super::places::Old;
use super::plan::Planned;
use super::{comments, dates};
use crate::import::body::{self, Body, Shown};
use crate::import::front::Front;
use crate::import::home::media_path;
use crate::import::media::Media;
use crate::import::prose::Writer;
use crate::import::remarks::Remarks;
use crate::import::report::Topic;
use crate::import::writing::Article;
use crate::import::{tame, text};
use jumpline_article::{Slug, Visibility};

/// What articles are made with.
pub(super) struct Maker<'a> {
    pub(super) export: &'a Export,
    pub(super) uploads: Uploads,
    pub(super) media: Media,
    pub(super) writer: Writer,
    /// The language to name in each article, when it is not the publication's.
    pub(super) language: Option<String>,
}

impl Maker<'_> {
    /// Makes an article of an item.
    pub(super) fn make(&mut self, item: &mut Item, planned: &Planned, remarks: &mut Remarks) -> Article {
        let body = self.body(item, remarks);
        let mut front = Front::default();
        front.text("title", &body::title(&item.title, &body.open, &planned.date, remarks));
        front.word("date", planned.date.as_str());
        if let Some(updated) = dates::updated(item.dates(""), &planned.date) {
            front.word("updated", updated.as_str());
        }
        front.text("id", &planned.id);
        front.text("permalink", planned.permalink.as_str());
        front.list("aliases", &planned.aliases.iter().map(ToString::to_string).collect::<Vec<_>>());
        front.text("standfirst", &text::visible(item.get("excerpt:encoded")));
        let described =
            ["_yoast_wpseo_metadesc", "rank_math_description", "_aioseo_description", "advanced_seo_description"];
        let summary = described.iter().find_map(|it| item.meta(it)).filter(|it| !it.contains(['%', '#']));
        front.text("summary", &summary.map(text::plain).unwrap_or_default());
        front.text("section", planned.section.as_ref().map_or("", Slug::as_str));
        front.list("authors", &self.authors(item, remarks));
        front.list("tags", &self.tags(item, planned));
        self.image(item, &mut front, remarks);
        front.visibility(body.gate.visibility);
        let open = item.get("wp:comment_status") != "closed";
        match (&item.kind, open) {
            (Kind::Post, false) => front.word("comments", "closed"),
            (Kind::Page, true) => front.word("comments", "open"),
            _ => {}
        }
        front.text("language", self.language.as_deref().unwrap_or_default());
        if planned.draft {
            front.word("draft", "true");
        }
        let comments = comments::file(item, self.export.exported.as_ref(), remarks);
        if comments.is_some() && body.gate.visibility != Visibility::Public {
            let text = "has comments that Jetpack hid together with the text; they lie beside the article";
            remarks.remark(Topic::Check, text);
        }
        let article = Article::new(&front, body.prose, body.gate.visibility, remarks);
        Article { comments, ..article }
    }

    fn body(&mut self, item: &mut Item, remarks: &mut Remarks) -> Body {
        let content = item.take("content:encoded").replace("\r\n", "\n").replace('\r', "\n");
        let tamed = tame::tame(&content);
        tamed.remark(remarks);
        let notes = item.meta("footnotes").map(ToOwned::to_owned);
        let Expanded { html, left } = blocks::expand(&tamed.html, &item.id, notes.as_deref(), self.export, remarks);
        if html.contains("<!--nextpage-->") {
            remarks.remark(Topic::Changed, "had several pages, which are one now");
        }
        let gate = access::decide(item, &html, block_gates::named_in(&content), &left, remarks);
        let at = self.export.url.as_ref().and_then(|it| it.join(item.get("link")).ok());
        let home = Old { export: self.export, uploads: &self.uploads, at };
        let name = item.name();
        let Self { media, writer, .. } = self;
        let shown = Shown { home: &home, media, remarks, name: &name, linked: &self.export.linked };
        body::write(&html, gate, writer, shown, |nodes| nodes)
    }

    fn authors(&self, item: &Item, remarks: &mut Remarks) -> Vec<String> {
        let name = |login: &str| self.export.authors.get(login).filter(|it| !it.is_empty()).cloned();
        // Co-Authors Plus files an article under its authors.
        let several: Vec<String> = item
            .terms()
            .filter(|it| it.domain == "author")
            .map(|it| name(it.nicename.trim_start_matches("cap-")).unwrap_or_else(|| text::name(it.name)))
            .collect();
        if !several.is_empty() {
            return several;
        }
        let login = text::plain(item.get("dc:creator"));
        if login.is_empty() {
            return Vec::new();
        }
        vec![name(&login).unwrap_or_else(|| {
            remarks.detail(
                Topic::Check,
                "has an author whom the export does not describe; the login name was taken",
                &login,
            );
            text::name(&login)
        })]
    }

    fn tags(&self, item: &Item, planned: &Planned) -> Vec<String> {
        let own = item.terms().filter(|it| it.domain == "post_tag").map(|it| text::plain(it.name));
        body::distinct(own.chain(planned.tags.iter().cloned()))
    }

    fn image(&mut self, item: &Item, front: &mut Front, remarks: &mut Remarks) {
        let Some(id) = item.meta("_thumbnail_id") else { return };
        let Some(attachment) = self.export.attachments.get(id) else {
            remarks.detail(Topic::Check, "has a main image that is not in the export", &format!("attachment {id}"));
            return;
        };
        if attachment.file.is_empty() {
            remarks.detail(
                Topic::Check,
                "has a main image whose file the export does not name",
                &format!("attachment {id}"),
            );
            return;
        }
        self.media.want(&attachment.file, &item.name(), true);
        front.text("image", &media_path(&attachment.file));
        front.text("image_alt", &attachment.alt);
        front.text("image_caption", &text::visible(&attachment.caption));
    }
}
