//! What readers wrote on a comment server comes into the files beside the articles, and no decision made there is undone.

use super::newer::says_the_same;
use super::suspicions;
use super::threads::{Kept, Thread};
use super::wire::{Wire, spoken};
use crate::fault::Faults;
use crate::progress::Progress;
use crate::render::comments::tame;
use crate::source::{self, SourceFile};
use anyhow::{Context as _, bail};
use jumpline_article::comment::Status;
use jumpline_article::commenting::{Answer, Moderation, Place, Service, Trouble};
use jumpline_article::{Comment, CommentId, Publication};
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::fs;
use std::path::Path;

/// What came in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pulled {
    /// Articles that were asked for.
    pub articles: usize,
    /// Comments that were not there before.
    pub new: usize,
    /// Those of them that look suspicious and wait.
    pub held: usize,
    /// Comments that had changed.
    pub changed: usize,
    /// Comments that were published before, look suspicious now and wait.
    pub held_again: usize,
    /// Comments that the server does not show any more.
    pub gone: usize,
    /// Articles that the server does not know.
    pub unknown: usize,
}

impl fmt::Display for Pulled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { articles, new, held, changed, held_again, gone, unknown } = self;
        write!(f, "{articles} articles: {new} new comments ({held} held), {changed} changed, {gone} gone")?;
        if *held_again > 0 {
            write!(f, "; {held_again} that everybody saw are held, for what they say now")?;
        }
        if *unknown > 0 { write!(f, "; {unknown} articles that the server does not know") } else { Ok(()) }
    }
}

/// Fetches the comments of every article. Each file is written as soon as its thread is there.
///
/// # Errors
/// When the publication names no server that this program speaks to, an article or a file is broken, or the server fails: what was
/// fetched until then stays.
pub fn pull(content: &Path, publication: &Publication, quiet: bool) -> anyhow::Result<Pulled> {
    let Some(service) = publication.comments.provider.service() else {
        bail!(
            "{}: names no server to fetch comments from; add `[comments.provider.isso]` or `[comments.provider.wordpress]` with `url = \"https://…\"`",
            content.join("publication.toml").display()
        )
    };
    let wire = Wire::default();
    let places = places(content, publication)?;
    let progress = Progress::start("asking", places.len(), quiet);
    let mut pulled = Pulled::default();
    let taken = jiff::Timestamp::now().as_second();
    for (source, mut place) in places {
        progress.step();
        if let Some(name) = name(&*service, &wire, &place)? {
            place.name = name;
        } else {
            pulled.unknown += 1;
            continue;
        }
        let Some(fresh) = thread(&*service, &wire, &place)? else {
            pulled.unknown += 1;
            continue;
        };
        let file = source::comment_file(&source.path);
        let before = Thread::read(content, file.clone())?;
        let mut thread = before.unwrap_or_else(|| Thread::empty(content, file));
        let is_changed = merge(&*service, &mut thread, fresh, &publication.comments.moderation, &mut pulled);
        if is_changed || !thread.comments.is_empty() {
            thread.set_taken(taken);
            thread.save()?;
        }
        pulled.articles += 1;
    }
    Ok(pulled)
}

/// The articles and pages that are no drafts, and how a server finds their threads.
fn places(content: &Path, publication: &Publication) -> anyhow::Result<Vec<(SourceFile, Place)>> {
    let (mut places, mut faults) = (Vec::new(), Vec::new());
    for file in source::files(content)? {
        let name = file.name();
        let bytes = fs::read(&file.path).with_context(|| format!("{name}: cannot be read"))?;
        let text = source::text(&name, &bytes).map_err(|fault| vec![fault]);
        match text.and_then(|it| source::read(&file, it, publication)) {
            Ok(Some(it)) => {
                let permalink = it.head.permalink;
                let path = publication.base.join(permalink.as_str());
                let title = it.head.title.unwrap_or_default();
                places.push((file, Place { permalink, path, title, name: String::new() }));
            }
            Ok(None) => {}
            Err(more) => faults.extend(more),
        }
    }
    Faults::check(faults, true)?;
    Ok(places)
}

/// What the server calls an article: empty where it goes by its path, `None` when it does not know it.
fn name(service: &dyn Service, wire: &Wire, place: &Place) -> anyhow::Result<Option<String>> {
    let Some(request) = service.find(&place.permalink) else { return Ok(Some(String::new())) };
    let (status, text) = wire.ask(&request)?;
    match service.found(Answer { status, text: &text }) {
        Ok(name) => Ok(Some(name)),
        Err(Trouble::Missing) if status < 300 => Ok(None),
        Err(it) => bail!(spoken(&request.url, &it)),
    }
}

/// Its comments; `None` where a server that knows the article shows them to nobody, as WordPress does behind a password.
fn thread(service: &dyn Service, wire: &Wire, place: &Place) -> anyhow::Result<Option<Vec<Comment>>> {
    let mut comments = Vec::new();
    for page in 1.. {
        let request = service.list(place, page);
        let (status, text) = wire.ask(&request)?;
        let batch = match service.listed(Answer { status, text: &text }) {
            Err(Trouble::Missing) if !place.name.is_empty() => return Ok(None),
            batch => batch.map_err(|it| anyhow::anyhow!(spoken(&request.url, &it)))?,
        };
        if !batch.add_to(&mut comments, page) {
            break;
        }
    }
    Ok(Some(comments))
}

/// Brings a thread up to what the server shows. `false` when nothing changed.
///
/// Whatever a person decided here stands: hidden stays hidden, approved stays approved. The server's words replace older ones, and
/// are looked at as those of a new comment are: whoever was approved for a greeting may have edited it into something else.
fn merge(
    service: &dyn Service,
    thread: &mut Thread,
    fresh: Vec<Comment>,
    rules: &Moderation,
    pulled: &mut Pulled,
) -> bool {
    let before = *pulled;
    let shown: HashSet<CommentId> = fresh.iter().map(|it| it.id.clone()).collect();
    let places: HashMap<CommentId, usize> =
        thread.comments.iter().enumerate().map(|(at, it)| (it.comment.id.clone(), at)).collect();
    for comment in fresh.into_iter().map(received) {
        let kept = places.get(&comment.id).map(|at| &mut thread.comments[*at]);
        match kept {
            Some(kept) if kept.comment.date == comment.date => {
                let is_new = !kept.approved && kept.gone || !says_the_same(&kept.comment, &comment);
                let mut changed = up_to_date(kept, comment);
                if is_new && changed.status.is_published() && !suspicions(&changed, rules).is_empty() {
                    (changed.status, kept.approved) = (Status::Held, false);
                    pulled.held_again += 1;
                }
                pulled.changed += usize::from(changed != kept.comment);
                (kept.comment, kept.gone) = (changed, false);
            }
            kept => {
                // Isso gives the number of a deleted comment to the next one.
                kept.into_iter().for_each(make_room);
                let is_suspicious = comment.status.is_published() && !suspicions(&comment, rules).is_empty();
                let status = if is_suspicious { Status::Held } else { comment.status };
                pulled.new += 1;
                pulled.held += usize::from(status == Status::Held);
                thread.comments.push(Kept::new(Comment { status, ..comment }));
            }
        }
    }
    for kept in &mut thread.comments {
        let id = &kept.comment.id;
        // Comments of an import are none of this server's.
        if service.has_named(id) && !shown.contains(id) && kept.comment.status.is_published() {
            (kept.comment.status, kept.gone) = (Status::Deleted, true);
            pulled.gone += 1;
        }
    }
    *pulled != before
}

/// A comment as its server has it now, with the status that was decided here.
fn up_to_date(kept: &Kept, fresh: Comment) -> Comment {
    let is_decided_here = fresh.status.is_published() && !kept.gone;
    let status = if is_decided_here { kept.comment.status } else { fresh.status };
    // A placeholder says nothing; what it said stays in the file.
    let fresh = if fresh.status == Status::Deleted { kept.comment.clone() } else { fresh };
    Comment { status, by_author: kept.comment.by_author, ..fresh }
}

/// Leaves the id of a comment that is gone to another one. Nothing answers it: then it would have stayed.
fn make_room(kept: &mut Kept) {
    if let Ok(id) = CommentId::new(&format!("{}-{}", kept.comment.id, kept.comment.date.unix())) {
        (kept.comment.id, kept.comment.status, kept.gone) = (id, Status::Deleted, true);
    }
}

/// What a stranger's server sends is as little trusted as what a stranger writes.
fn received(comment: Comment) -> Comment {
    let comment = tame(comment);
    let content_html = comment.content_html.trim().to_owned();
    Comment { content_html, ..comment }
}
