//! A newer export of the site that comments were imported from: what it has more of is added, and nothing else is touched.

use super::threads::{Kept, Thread};
use crate::fault::Fault;
use jumpline_article::{Comment, CommentFile, CommentId};
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

/// What a newer export has otherwise than a comment file.
#[derive(Debug)]
pub struct Newer {
    /// The file, with the new comments in it; it is not written yet.
    pub thread: Thread,
    /// Comments that were not there before.
    pub added: usize,
    /// Comments that say something else in the file: that stands.
    pub differing: Vec<CommentId>,
}

/// Adds the comments that a file lacks, each where it stands by its date. What a person decided or edited stays, and so does a
/// comment that the export has no longer. `seen` came in before: of these, one that is not in the file was taken out by a person.
/// `None` when there is no file.
///
/// # Errors
/// When the file cannot be read.
pub fn add(
    content: &Path,
    file: PathBuf,
    fresh: &CommentFile,
    seen: &BTreeSet<String>,
) -> Result<Option<Newer>, Fault> {
    let Some(thread) = Thread::read(content, file)? else { return Ok(None) };
    let kept: HashMap<CommentId, Comment> =
        thread.comments.iter().map(|it| (it.comment.id.clone(), it.comment.clone())).collect();
    let mut newer = Newer { thread, added: 0, differing: Vec::new() };
    for comment in &fresh.comments {
        match kept.get(&comment.id) {
            Some(kept) => {
                if !says_the_same(kept, comment) {
                    newer.differing.push(comment.id.clone());
                }
            }
            None if seen.contains(comment.id.as_str()) => {}
            None => {
                let list = &mut newer.thread.comments;
                let at = list.iter().rposition(|it| it.comment.date <= comment.date).map_or(0, |it| it + 1);
                list.insert(at, Kept::new(comment.clone()));
                newer.added += 1;
            }
        }
    }
    if let Some(taken) = fresh.taken.as_ref().filter(|_| newer.added > 0) {
        newer.thread.set_taken(taken.unix());
    }
    Ok(Some(newer))
}

/// Whether two comments read the same; who sees them, and how many like them, are other questions.
pub(super) fn says_the_same(one: &Comment, other: &Comment) -> bool {
    (&one.author, &one.url, &one.content_html) == (&other.author, &other.url, &other.content_html)
}
