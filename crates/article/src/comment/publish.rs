//! What of a thread everybody may see, in the order of reading.

use super::{Comment, CommentFile, Places, Status, Withheld};

impl CommentFile {
    /// What of the thread everybody may see: what is published, and an empty placeholder of what was hidden or deleted where published
    /// ones hang on. What answers a held comment or spam hangs on the comment above that. Older ones stand first, whatever the order of
    /// the file, which a person may have changed.
    pub fn published(mut self) -> Self {
        // A date is read anew each time it is asked.
        self.comments.sort_by_cached_key(|it| it.date.unix());
        let (all, places) = (&self.comments, Places::new(&self.comments));
        let parents: Vec<Option<usize>> = all.iter().map(|it| places.find(it.parent.as_ref()?)).collect();
        let is_public = |at: usize| all[at].status.is_published();
        let stays = |at: usize| matches!(all[at].status, Status::Published | Status::Hidden | Status::Deleted);
        // No chain is longer than the list, so a loop ends too.
        let above = |at: usize| {
            let mut at = parents[at];
            for _ in 0..all.len() {
                match at {
                    Some(parent) if !stays(parent) => at = parents[parent],
                    found => return found,
                }
            }
            None
        };
        let mut carried = vec![false; all.len()];
        for at in (0..all.len()).filter(|it| is_public(*it)) {
            let mut next = above(at);
            while let Some(at) = next {
                next = if std::mem::replace(&mut carried[at], true) { None } else { above(at) };
            }
        }
        let shown = |at: usize| is_public(at) || (stays(at) && carried[at]);
        let answered = |at: usize| above(at).map(|it| all[it].id.clone());
        let shown: Vec<_> = (0..all.len()).map(|it| shown(it).then(|| answered(it))).collect();
        let mut withheld = Vec::new();
        let comments = self.comments.into_iter().zip(shown).filter_map(|(comment, shown)| {
            let Some(parent) = shown else {
                if comment.status != Status::Deleted {
                    withheld.push(Withheld { id: comment.id, date: comment.date });
                }
                return None;
            };
            if comment.status.is_published() {
                return Some(Comment { parent, ..comment });
            }
            Some(Comment { parent, status: comment.status, ..Comment::empty(comment.id, comment.date) })
        });
        let comments = in_reading_order(comments.collect());
        Self { version: self.version, taken: self.taken, comments, withheld }
    }
}

/// Each reply below what it answers, older ones first. Of two comments with one id the first stays; a comment that answers itself, by
/// whatever detour, begins a conversation.
fn in_reading_order(comments: Vec<Comment>) -> Vec<Comment> {
    let places = Places::new(&comments);
    let parents: Vec<Option<usize>> = comments.iter().map(|it| places.find(it.parent.as_ref()?)).collect();
    let doubles: Vec<bool> = comments.iter().enumerate().map(|(at, it)| places.find(&it.id) != Some(at)).collect();
    let mut replies: Vec<Vec<usize>> = vec![Vec::new(); comments.len()];
    for (place, parent) in parents.iter().enumerate() {
        if let Some(parent) = parent {
            replies[*parent].push(place);
        }
    }
    let first = (0..comments.len()).filter(|it| parents[*it].is_none());
    // What no first comment leads to hangs in a loop: it is broken at its oldest.
    let starts: Vec<usize> = first.chain(0..comments.len()).collect();
    let mut waiting: Vec<Option<Comment>> =
        comments.into_iter().zip(doubles).map(|(it, is_double)| (!is_double).then_some(it)).collect();
    let mut ordered = Vec::new();
    for start in starts {
        if let Some(comment) = &mut waiting[start] {
            comment.parent = None;
        }
        // A stack and no recursion: a chain may be as long as a thread.
        let mut open = vec![start];
        while let Some(place) = open.pop() {
            if let Some(comment) = waiting[place].take() {
                ordered.push(comment);
                open.extend(replies[place].iter().rev());
            }
        }
    }
    ordered
}
