//! Other words for a comment that may have been sent, or deleted, while they were being written.

use super::{Entry, Kept, Stage};
use jumpline_article::CommentId;
use jumpline_article::comment::Status;
use jumpline_article::commenting::{Act, Letter};

impl Kept {
    /// What a comment is called now: the provider gives it another name than it had in the outbox.
    pub fn called(&self, id: &CommentId) -> CommentId {
        self.own.iter().find(|it| it.was == *id).map_or_else(|| id.clone(), |it| it.comment.id.clone())
    }

    /// Gives a comment of this reader other words, however far it got, and says what it is called now. `change` is what the provider is
    /// told where it has it already. `None` when it is gone, or the provider has it and takes no changes (`may_edit`): then nothing was
    /// done.
    pub fn reword(&mut self, change: Entry, letter: &Letter, may_edit: bool) -> Option<CommentId> {
        let Act::Edit { comment, text } = &change.act else { return None };
        let id = self.called(comment);
        let is_posted = |it: &&mut Entry| it.id == id && matches!(it.act, Act::Post(_));
        if let Some(posted) = self.outbox.iter_mut().find(is_posted).filter(|it| it.is_at_hand()) {
            let parent = posted.target().cloned();
            (posted.act, posted.stage) = (Act::Post(Letter { parent, ..letter.clone() }), Stage::Waiting);
            return Some(id);
        }
        if !may_edit || !self.has_to_change(&id) {
            return None;
        }
        let act = Act::Edit { comment: id.clone(), text: text.clone() };
        self.add(Entry { act, ..change });
        Some(id)
    }

    /// Whether a comment of this reader is there, or on its way, and is to stay.
    fn has_to_change(&self, id: &CommentId) -> bool {
        let is_to_go = |it: &Entry| {
            matches!(&it.act, Act::Delete { comment } if comment == id) && !matches!(it.stage, Stage::Refused(_))
        };
        let is_own = self.own.iter().any(|it| it.comment.id == *id && it.comment.status != Status::Deleted);
        (is_own || self.outbox.iter().any(|it| it.id == *id)) && !self.outbox.iter().any(is_to_go)
    }
}
