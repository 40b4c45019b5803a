//! One thread out of several: what came with the page, what the server shows now, and what this reader did.

use super::outbox::{Entry, Kept, Own, Stage};
use super::rows::{Row, rows};
use jumpline_article::comment::{Places, Status, Withheld};
use jumpline_article::commenting::{Act, Service};
use jumpline_article::{Comment, CommentFile, CommentId, Date, FORMAT_VERSION, Permalink, markup};

/// What a thread is made of.
#[derive(Clone, Copy)]
pub struct Parts<'a> {
    /// The article.
    pub permalink: &'a Permalink,
    /// What the press published.
    pub snapshot: &'a [Comment],
    /// What the press withheld.
    pub withheld: &'a [Withheld],
    /// What the server shows now; `None` as long as it has not answered.
    pub listed: Option<&'a [Comment]>,
    /// How the server is spoken to; `None` where this device has the comments.
    pub service: Option<&'a dyn Service>,
    /// What this reader did.
    pub kept: &'a Kept,
}

/// A comment as this reader sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The comment and where it stands.
    pub row: Row,
    /// Whether this reader wrote it.
    pub mine: bool,
    /// Whether this reader likes it.
    pub liked: bool,
    /// Whether it waits for a moderator's approval.
    pub held: bool,
    /// What this reader did to it that the provider does not have yet.
    pub pending: Option<Pending>,
}

/// Something that waits in the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// The entry.
    pub entry: CommentId,
    /// What it does.
    pub what: What,
    /// How far it got; times left out, since nobody sees them.
    pub stage: Stage,
}

/// What an entry does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// It posts the comment.
    Post,
    /// It changes its words.
    Edit,
    /// It deletes it.
    Delete,
    /// It likes it, or no longer.
    Like,
}

impl From<&Act> for What {
    fn from(act: &Act) -> Self {
        match act {
            Act::Post(_) => Self::Post,
            Act::Edit { .. } => Self::Edit,
            Act::Delete { .. } => Self::Delete,
            Act::Like { .. } => Self::Like,
        }
    }
}

impl Pending {
    /// What it is of an entry.
    pub fn of(entry: &Entry) -> Self {
        let stage = match &entry.stage {
            Stage::Sent { .. } | Stage::Handed { .. } => Stage::Sent { since: 0, tried: 0 },
            stage => stage.clone(),
        };
        Self { entry: entry.id.clone(), what: What::from(&entry.act), stage }
    }
}

/// The thread in the order of reading.
pub fn lines(parts: Parts<'_>) -> Vec<Line> {
    let (own, entries): (Vec<&Own>, Vec<&Entry>) = (
        parts.kept.own.iter().filter(|it| it.permalink == *parts.permalink).collect(),
        parts.kept.outbox.iter().filter(|it| it.permalink == *parts.permalink).collect(),
    );
    let mut comments = published(parts);
    for own in &own {
        let mut comment = own.comment.clone();
        // A held comment stands where it will stand.
        if comment.status == Status::Held {
            comment.status = Status::Published;
        }
        match comments.iter_mut().find(|it| it.id == comment.id) {
            // What this device has is newer than the page, and a change that was just taken is newer than the list.
            Some(it) if parts.listed.is_none() || edited(&comment) > edited(it) => {
                *it = Comment { by_author: it.by_author, likes: it.likes, ..comment };
            }
            Some(_) => {}
            None => comments.push(comment),
        }
    }
    for entry in &entries {
        match &entry.act {
            // What may have arrived stands there once.
            Act::Post(_) if entry.has_arrived(parts.listed.unwrap_or_default(), &own) => {}
            Act::Post(_) => comments.extend(entry.comment()),
            Act::Edit { comment, text } => {
                if let Some(it) = comments.iter_mut().find(|it| it.id == *comment) {
                    it.content_html = markup::to_html(text);
                }
            }
            Act::Delete { .. } | Act::Like { .. } => {}
        }
    }
    let file = CommentFile { version: FORMAT_VERSION, comments, ..CommentFile::default() }.published();
    let likes = &parts.kept.likes;
    let line = |mut row: Row| {
        let id = row.comment.id.clone();
        let was_liked = likes.iter().any(|it| it.comment == id && it.permalink == *parts.permalink);
        let (mut liked, mut pending) = (was_liked, None);
        for entry in &entries {
            let is_about = if matches!(entry.act, Act::Post(_)) { entry.id == id } else { entry.target() == Some(&id) };
            if !is_about {
                continue;
            }
            let is_refused = matches!(entry.stage, Stage::Refused(_));
            match entry.act {
                Act::Like { liked: now, .. } if !is_refused => liked = now,
                _ => pending = Some(Pending::of(entry)),
            }
        }
        // A server counts a like once it has it; on this device nobody else counts.
        let is_counted = was_liked && parts.service.is_some();
        let likes = &mut row.comment.likes;
        *likes = likes.saturating_add(u32::from(liked && !is_counted)).saturating_sub(u32::from(!liked && is_counted));
        let mine = own.iter().find(|it| it.comment.id == id);
        let is_posted = pending.as_ref().is_some_and(|it| it.what == What::Post);
        Line {
            mine: is_posted || mine.is_some(),
            liked,
            held: mine.is_some_and(|it| it.comment.status == Status::Held),
            pending,
            row,
        }
    };
    rows(file.comments).into_iter().map(line).collect()
}

fn edited(comment: &Comment) -> Option<i64> {
    comment.edited.as_ref().map(Date::unix)
}

/// What everybody sees: the server's own comments as it shows them now, the others as the press published them, and what a moderator
/// hid, or holds, stays out of sight.
fn published(parts: Parts<'_>) -> Vec<Comment> {
    let (Some(listed), Some(service)) = (parts.listed, parts.service) else { return parts.snapshot.to_vec() };
    let known = Places::new(parts.snapshot);
    let mut comments: Vec<Comment> = parts.snapshot.iter().filter(|it| !service.has_named(&it.id)).cloned().collect();
    let is_withheld = |it: &Comment| parts.withheld.iter().any(|no| no.id == it.id && no.date.unix() == it.date.unix());
    for it in listed.iter().filter(|it| !is_withheld(it)) {
        comments.push(match known.find(&it.id).map(|at| &parts.snapshot[at]) {
            Some(hidden) if hidden.status == Status::Hidden => hidden.clone(),
            Some(known) => Comment { by_author: known.by_author, ..it.clone() },
            None => it.clone(),
        });
    }
    comments
}

#[cfg(test)]
mod tests;
