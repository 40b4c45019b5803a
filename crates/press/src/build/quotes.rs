//! What readers wrote is held back where it holds what is locked: who quotes a paid article stops no build.

use crate::audit::{Auditor, Secret};
use crate::fault::Fault;
use crate::moderation;
use crate::render::{Rendered, comments};
use crate::site::Site;
use crate::source;
use jumpline_article::comment::Status;
use jumpline_article::{CommentFile, CommentSummary, FORMAT_VERSION};
use rayon::prelude::*;
use std::collections::HashMap;
use std::path::Path;

/// Takes such comments out of a site, as if their files said `held`. Names each one, and how that is settled.
pub(super) fn hold(site: &mut Site, auditor: &Auditor<'_>, content: &Path) -> Vec<Fault> {
    let all: Vec<&mut Rendered> = site.articles.iter_mut().chain(&mut site.pages).collect();
    let talked = all.into_par_iter().filter(|it| !it.comments.is_empty());
    let held: Vec<(String, u32, Vec<Fault>)> = talked.filter_map(|it| of(it, auditor, content)).collect();
    let counts: HashMap<&str, u32> = held.iter().map(|it| (it.0.as_str(), it.1)).collect();
    let cards = site.articles.iter_mut().filter_map(|it| it.item.jumpline.as_mut()).flat_map(|it| &mut it.related);
    for card in cards {
        if let (Some(count), Some(extension)) = (counts.get(card.id.as_str()), &mut card.jumpline) {
            extension.comments.count = *count;
        }
    }
    held.into_iter().flat_map(|it| it.2).collect()
}

/// The article's id, the comments that are left, and a warning for each that is not; `None` where all stay.
fn of(rendered: &mut Rendered, auditor: &Auditor<'_>, content: &Path) -> Option<(String, u32, Vec<Fault>)> {
    let file = source::comment_file(Path::new(&rendered.file));
    let article = moderation::short(content, &file);
    let mut warnings = Vec::new();
    for comment in rendered.comments.iter_mut().filter(|it| it.status.is_published()) {
        // As it will stand in `comments.json`.
        let written = serde_json::to_string(comment).unwrap_or_default();
        let Some(leak) = auditor.text(&article, &written).into_iter().next() else { continue };
        let what = match leak.secret {
            Secret::Text { article, .. } => format!("locked text of {article}"),
            Secret::Key(name) => format!("the key `{name}`"),
            Secret::Address { .. } => "the e-mail address of a reader".to_owned(),
        };
        let name = format!("{article}#{}", comment.id);
        let message = format!(
            "the comment `{name}` holds {what}, so it was left out as if it were held; `press comments hide {name}` settles it"
        );
        warnings.push(Fault::file(file.display().to_string(), message));
        comment.status = Status::Held;
    }
    if warnings.is_empty() {
        return None;
    }
    let comments = std::mem::take(&mut rendered.comments);
    let thread = CommentFile { version: FORMAT_VERSION, comments, ..CommentFile::default() }.published();
    rendered.comments = thread.comments;
    rendered.withheld.extend(thread.withheld);
    let left = comments::summary(&rendered.comments, &rendered.withheld, false);
    if let Some(extension) = &mut rendered.item.jumpline {
        extension.comments = CommentSummary { open: extension.comments.open, ..left };
    }
    Some((rendered.item.id.clone(), left.count, warnings))
}
