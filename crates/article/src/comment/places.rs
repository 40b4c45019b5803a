//! Comments of a list by their ids.

use super::{Comment, CommentId};

/// Where comments stand in a list, by their ids. Small, and as fast as a table of hashes for any thread.
#[derive(Debug)]
pub struct Places<'a> {
    comments: &'a [Comment],
    sorted: Vec<usize>,
}

impl<'a> Places<'a> {
    /// The places in this list.
    pub fn new(comments: &'a [Comment]) -> Self {
        let mut sorted: Vec<usize> = (0..comments.len()).collect();
        sorted.sort_unstable_by(|a, b| comments[*a].id.as_str().cmp(comments[*b].id.as_str()).then(a.cmp(b)));
        Self { comments, sorted }
    }

    /// The place of a comment; of several with one id, that of the first.
    pub fn find(&self, id: &CommentId) -> Option<usize> {
        let at = self.sorted.partition_point(|it| self.comments[*it].id.as_str() < id.as_str());
        self.sorted.get(at).copied().filter(|it| self.comments[*it].id == *id)
    }
}
