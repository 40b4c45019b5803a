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
use crate::import::clean::{Cleaner, targets};
use crate::import::front::Front;
use crate::import::gates::{self, Break, Gate};
use crate::import::home::media_path;
use crate::import::media::Media;
use crate::import::prose::{Prose, Writer};
use crate::import::remarks::Remarks;
use crate::import::report::Topic;
use crate::import::writing::Article;
use crate::import::{anchors, tame, text};
use crate::render::tree::Node;
use crate::render::{html, words};
use jumpline_article::{Slug, Visibility};

/// Characters of a title that is taken from the text.
const TITLE: usize = 60;

/// What articles are made with.
pub(super) struct Maker<'a> {
    pub(super) export: &'a Export,
    pub(super) uploads: Uploads,
    pub(super) media: Media,
    pub(super) writer: Writer,
    /// The language to name in each article, when it is not the publication's.
    pub(super) language: Option<String>,
}

struct Body {
    prose: Prose,
    gate: Gate,
    /// Plain text of the part that everybody may read.
    open: String,
}

impl Maker<'_> {
    /// Makes an article of an item.
    pub(super) fn make(&mut self, item: &mut Item, planned: &Planned, remarks: &mut Remarks) -> Article {
        let body = self.body(item, remarks);
        let mut front = Front::default();
        front.text("title", &self.title(item, planned, &body, remarks));
        front.word("date", planned.date.as_str());
        if let Some(updated) = dates::updated(item.dates(""), &planned.date) {
            front.word("updated", updated.as_str());
        }
        front.text("id", &planned.id);
        front.text("permalink", planned.permalink.as_str());
        front.text("standfirst", &text::visible(item.get("excerpt:encoded")));
        let described =
            ["_yoast_wpseo_metadesc", "rank_math_description", "_aioseo_description", "advanced_seo_description"];
        let summary = described.iter().find_map(|it| item.meta(it)).filter(|it| !it.contains(['%', '#']));
        front.text("summary", &summary.map(text::plain).unwrap_or_default());
        front.text("section", planned.section.as_ref().map_or("", Slug::as_str));
        front.list("authors", &self.authors(item, remarks));
        front.list("tags", &self.tags(item, planned));
        self.image(item, &mut front, remarks);
        match body.gate.visibility {
            Visibility::Public => {}
            Visibility::Members => front.word("visibility", "members"),
            Visibility::Paid => front.word("visibility", "paid"),
        }
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
        let comments = comments::file(item, remarks);
        if comments.is_some() && body.gate.visibility != Visibility::Public {
            let text = "has comments that Jetpack hid together with the text; they lie beside the article";
            remarks.remark(Topic::Check, text);
        }
        let (extension, text) = match body.prose {
            Prose::Markdown(text) => ("md", front.with_body(&text)),
            Prose::Html(text) => {
                remarks.remark(Topic::Changed, "was kept as HTML, since Markdown would have changed it");
                ("html", front.with_body(&text))
            }
        };
        Article { extension, text, comments, visibility: body.gate.visibility }
    }

    fn body(&mut self, item: &mut Item, remarks: &mut Remarks) -> Body {
        let content = item.take("content:encoded").replace("\r\n", "\n").replace('\r', "\n");
        let tamed = tame::tame(&content);
        if tamed.flattened {
            remarks.remark(Topic::Changed, "nested its markup absurdly deep and was flattened");
        }
        if tamed.drawings {
            remarks.remark(Topic::LeftOut, "drawings inside the text (SVG, MathML)");
        }
        let notes = item.meta("footnotes").map(ToOwned::to_owned);
        let Expanded { html, left } = blocks::html(&tamed.html, &item.id, notes.as_deref(), self.export, remarks);
        if html.contains("<!--nextpage-->") {
            remarks.remark(Topic::Changed, "had several pages, which are one now");
        }
        let gate = access::decide(item, &html, block_gates::named_in(&content), &left, remarks);
        let mut nodes = html::parse(&html).unwrap_or_else(|error| {
            remarks.detail(Topic::Check, "was reduced to its bare text", &error.to_string());
            vec![Node::Text(text::visible(&html))]
        });
        anchors::name(&mut nodes);
        anchors::refer(&mut nodes);
        let targets = targets(&nodes);
        let (before, after) = gates::divide(nodes, gate.at);
        let name = item.name();
        let public = gate.visibility == Visibility::Public;
        let mut cleaner = Cleaner {
            home: &Old { export: self.export, uploads: &self.uploads },
            media: &mut self.media,
            remarks,
            name: &name,
            in_clear: true,
            targets: &targets,
        };
        let before = cleaner.clean(before);
        cleaner.in_clear = public;
        let after = cleaner.clean(after);
        let marker = match gate.at {
            Break::None => None,
            Break::More => Some("<!--more-->"),
            Break::Gate | Break::Start => Some("<!--members-only-->"),
        };
        // A marker at the very end or with nothing before it in a public article says nothing.
        let marker = marker.filter(|_| !public || !before.is_empty() && !after.is_empty());
        let open = if public { [before.as_slice(), after.as_slice()].concat() } else { before.clone() };
        Body { prose: self.writer.write(&before, marker, &after), gate, open: text::tidy(&text::spaced(&open)) }
    }

    /// WordPress' title; an aside has none and gets the beginning of its text, or its date when that is not for everybody.
    fn title(&self, item: &Item, planned: &Planned, body: &Body, remarks: &mut Remarks) -> String {
        if !item.title.is_empty() {
            return item.title.clone();
        }
        let beginning = words::excerpt(&body.open, TITLE);
        let title = if beginning.is_empty() { planned.date.as_str()[..10].to_owned() } else { beginning };
        remarks.detail(Topic::Changed, "had no title and got one of its text or date", &format!("“{title}”"));
        title
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
        let mut tags: Vec<String> = Vec::new();
        let own = item.terms().filter(|it| it.domain == "post_tag").map(|it| text::plain(it.name));
        for tag in own.chain(planned.tags.iter().cloned()) {
            let slug = Slug::from_name(&tag);
            if !tag.is_empty() && !tags.iter().any(|it| Slug::from_name(it) == slug) {
                tags.push(tag);
            }
        }
        tags
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
