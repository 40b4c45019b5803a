//! What is being written, kept as it is typed: it comes back after a reload, a crash or a closed tab.

use super::board::Target;
use super::outbox::Kept;
use crate::browser::names;
use crate::browser::storage::{self, Blocked, Shelf};
use crate::paywall::provider::to_json;
use crate::site::Site;
use jumpline_article::commenting::Act;
use jumpline_article::error::read_json;
use jumpline_article::{BasePath, CommentId, Permalink};
use serde::Deserialize;

/// The drafts of an article.
#[derive(Clone, Debug)]
pub struct Drafts {
    base: String,
    /// The path of its page, without the base, which may be another one where they are taken in.
    path: String,
}

impl Drafts {
    /// The drafts of an article.
    pub fn new(site: &Site, article: &Permalink) -> Self {
        Self { base: site.publication().base.as_str().to_owned(), path: article.as_str().to_owned() }
    }

    fn name(&self, target: &Target) -> String {
        [names::DRAFT, &self.path, "#", &written(target)].concat()
    }

    fn place(&self) -> String {
        [names::REPLY, &self.path].concat()
    }

    /// As earlier releases named it, which was with the base.
    fn old_name(&self, target: &Target) -> Option<String> {
        let before = Self { path: BasePath::new(&self.base).join(&self.path), ..self.clone() };
        Some(before.name(target)).filter(|_| before.path != self.path)
    }

    /// What was written for this; empty when nothing was.
    pub fn read(&self, target: &Target) -> String {
        let read = |name: String| storage::read_own(&self.base, &name).ok().flatten();
        read(self.name(target)).or_else(|| read(self.old_name(target)?)).unwrap_or_default()
    }

    /// Keeps what is written, and says whether anything is kept now. Without storage it lasts as long as the page.
    pub fn keep(&self, target: &Target, text: &str) -> bool {
        let key = storage::own(&self.base, &self.name(target));
        if let Some(old) = self.old_name(target) {
            let _ = storage::remove(Shelf::Device, &storage::own(&self.base, &old));
        }
        if text.trim().is_empty() {
            let _ = storage::remove(Shelf::Device, &key);
            return false;
        }
        storage::write(Shelf::Device, &key, text).is_ok()
    }

    /// Forgets what was written, where it is still this: another tab may have written something else since.
    pub fn settle(&self, target: &Target, text: &str) {
        if self.read(target).trim() == text.trim() {
            self.keep(target, "");
        }
    }

    /// What the form was open for when the page was left.
    pub fn target(&self) -> Target {
        let kept = storage::read_own(&self.base, &self.place()).ok().flatten().unwrap_or_default();
        read(&kept).filter(|it| !self.read(it).is_empty()).unwrap_or_default()
    }

    /// Keeps what the form is open for.
    pub fn keep_target(&self, target: &Target) {
        let key = storage::own(&self.base, &self.place());
        let _ = match target {
            Target::New => storage::remove(Shelf::Device, &key),
            _ => storage::write(Shelf::Device, &key, &written(target)),
        };
    }
}

fn written(target: &Target) -> String {
    let (kind, comment) = match target {
        Target::New => return String::new(),
        Target::Reply(it) => ("reply ", it),
        Target::Edit(it) => ("edit ", it),
        Target::Mend(it) => ("mend ", it),
    };
    [kind, comment.as_str()].concat()
}

fn read(text: &str) -> Option<Target> {
    let (kind, comment) = text.split_once(' ')?;
    let comment = CommentId::new(comment).ok()?;
    match kind {
        "reply" => Some(Target::Reply(comment)),
        "edit" => Some(Target::Edit(comment)),
        "mend" => Some(Target::Mend(comment)),
        _ => None,
    }
}

/// Whether the reader has said this below the article already, or is about to: a page may be left between sending it and forgetting the draft.
pub fn is_sent(kept: &Kept, article: &Permalink, text: &str) -> bool {
    let is_it = |said: &str| !said.is_empty() && said.trim() == text.trim();
    let waits = kept.outbox.iter().filter(|it| it.permalink == *article).any(|it| match &it.act {
        Act::Post(letter) => is_it(&letter.text),
        Act::Edit { text, .. } => is_it(text),
        Act::Delete { .. } | Act::Like { .. } => false,
    });
    waits || kept.own.iter().any(|it| it.permalink == *article && is_it(&it.letter.text))
}

/// Who signs comments on this device.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Me {
    /// The name.
    pub name: String,
    /// The address, which is never shown.
    pub email: String,
    /// The website.
    pub website: String,
}

impl Me {
    /// Who signs, or was about to, and whether to be remembered beyond this tab.
    pub fn read(site: &Site) -> (Self, bool) {
        let base = site.publication().base.as_str();
        let me = |kept: Result<Option<String>, Blocked>| kept.ok().flatten().and_then(|it| read_json(&it).ok());
        let remembered = me(storage::read_own(base, names::ME));
        let is_remembered = remembered.is_some();
        // What was typed in this tab is newer.
        let typed = me(storage::read(Shelf::Tab, &storage::own(base, names::ME)));
        (typed.or(remembered).unwrap_or_default(), is_remembered)
    }

    /// Keeps what is being typed until the tab is closed.
    pub fn note(&self, site: &Site) {
        // Without storage it lasts as long as the page.
        let _ = storage::write(Shelf::Tab, &storage::own(site.publication().base.as_str(), names::ME), &self.json());
    }

    fn json(&self) -> String {
        to_json(&[("name", &self.name), ("email", &self.email), ("website", &self.website)])
    }

    /// Keeps it: on this device, or until the tab is closed.
    pub fn keep(&self, site: &Site, remember: bool) {
        let (shelf, other) = if remember { (Shelf::Device, Shelf::Tab) } else { (Shelf::Tab, Shelf::Device) };
        let key = storage::own(site.publication().base.as_str(), names::ME);
        // Without storage the fields are filled in again next time.
        let _ = storage::write(shelf, &key, &self.json());
        let _ = storage::remove(other, &key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_read_as_it_was_written() {
        let comment = CommentId::new("isso-1").expect("is one");
        for target in [Target::Reply(comment.clone()), Target::Edit(comment.clone()), Target::Mend(comment)] {
            assert_eq!(read(&written(&target)), Some(target));
        }
        assert_eq!(read(""), None);
        assert_eq!(read("reply a b"), None);
    }
}
