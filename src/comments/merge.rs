//! One thread out of several: what came with the page, what the server shows now, and what this reader did.

use super::outbox::{Entry, Kept, Stage};
use super::rows::{Row, rows};
use jumpline_article::comment::Status;
use jumpline_article::commenting::{Act, Service};
use jumpline_article::{Comment, CommentFile, CommentId, FORMAT_VERSION, Permalink, markup};
use std::collections::{HashMap, HashSet};

/// What a thread is made of.
#[derive(Clone, Copy)]
pub struct Parts<'a> {
    /// The article.
    pub permalink: &'a Permalink,
    /// What the press published.
    pub snapshot: &'a [Comment],
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
    fn of(entry: &Entry) -> Self {
        let stage = match &entry.stage {
            Stage::Sent { .. } => Stage::Sent { since: 0, tried: 0 },
            stage => stage.clone(),
        };
        Self { entry: entry.id.clone(), what: What::from(&entry.act), stage }
    }
}

/// The thread in the order of reading.
pub fn lines(parts: Parts<'_>) -> Vec<Line> {
    let here = |permalink: &Permalink| permalink == parts.permalink;
    let entries: Vec<&Entry> = parts.kept.outbox.iter().filter(|it| here(&it.permalink)).collect();
    let likes: HashSet<&CommentId> =
        parts.kept.likes.iter().filter(|it| here(&it.permalink)).map(|it| &it.comment).collect();
    let mut comments = published(parts);
    let mut places: HashMap<CommentId, usize> =
        comments.iter().enumerate().map(|(at, it)| (it.id.clone(), at)).collect();
    let (mut mine, mut held) = (HashSet::new(), HashSet::new());
    for own in parts.kept.own.iter().filter(|it| here(&it.permalink)) {
        let comment = own.comment.clone();
        mine.insert(comment.id.clone());
        if comment.status == Status::Held {
            held.insert(comment.id.clone());
        }
        match places.get(&comment.id) {
            // What this device has is newer than the page.
            Some(at) if parts.listed.is_none() => comments[*at] = Comment { by_author: comments[*at].by_author, ..comment },
            Some(_) => {}
            None => {
                places.insert(comment.id.clone(), comments.len());
                comments.push(comment);
            }
        }
    }
    let mut pending: HashMap<CommentId, Pending> = HashMap::new();
    let mut liking: HashMap<&CommentId, bool> = HashMap::new();
    for entry in entries {
        match &entry.act {
            Act::Post(_) => comments.extend(entry.comment()),
            Act::Edit { comment, text } => {
                if let Some(at) = places.get(comment) {
                    comments[*at].content_html = markup::to_html(text);
                }
            }
            Act::Delete { .. } => {}
            Act::Like { comment, liked } => {
                liking.insert(comment, *liked);
                if !matches!(entry.stage, Stage::Refused(_)) {
                    continue;
                }
            }
        }
        let about = if matches!(entry.act, Act::Post(_)) { Some(&entry.id) } else { entry.target() };
        if let Some(about) = about {
            pending.insert(about.clone(), Pending::of(entry));
        }
    }
    // A held comment stands where it will stand.
    for comment in comments.iter_mut().filter(|it| it.status == Status::Held) {
        comment.status = Status::Published;
    }
    comments.sort_by_key(|it| it.date.unix());
    let file = CommentFile { version: FORMAT_VERSION, taken: None, comments }.published();
    let line = |mut row: Row| {
        let id = row.comment.id.clone();
        let was_liked = likes.contains(&id);
        let liked = liking.get(&id).copied().unwrap_or(was_liked);
        // A server counts a like once it has it; on this device nobody else counts.
        let counted = was_liked && parts.service.is_some();
        row.comment.likes = match (liked, counted) {
            (true, false) => row.comment.likes.saturating_add(1),
            (false, true) => row.comment.likes.saturating_sub(1),
            _ => row.comment.likes,
        };
        let is_pending = pending.get(&id).is_some_and(|it| it.what == What::Post);
        Line {
            row,
            mine: is_pending || mine.contains(&id),
            liked,
            held: held.contains(&id),
            pending: pending.remove(&id),
        }
    };
    rows(file.comments).into_iter().map(line).collect()
}

/// What everybody sees: the server's own comments as it shows them now, the others as the press published them, and what a moderator
/// hid stays hidden.
fn published(parts: Parts<'_>) -> Vec<Comment> {
    let (Some(listed), Some(service)) = (parts.listed, parts.service) else { return parts.snapshot.to_vec() };
    let known: HashMap<&CommentId, &Comment> = parts.snapshot.iter().map(|it| (&it.id, it)).collect();
    let mut comments: Vec<Comment> = parts.snapshot.iter().filter(|it| !service.has_named(&it.id)).cloned().collect();
    comments.extend(listed.iter().map(|it| match known.get(&it.id) {
        Some(hidden) if hidden.status == Status::Hidden => (*hidden).clone(),
        Some(known) => Comment { by_author: known.by_author, ..it.clone() },
        None => it.clone(),
    }));
    comments
}

#[cfg(test)]
mod tests;
