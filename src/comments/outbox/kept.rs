//! What a device keeps of a reader's comments, and how it changes. Pure: every change happens within one transaction.

use super::{Entry, Record, Stage, comment};
use jumpline_article::comment::Status;
use jumpline_article::commenting::{Act, Letter, Outcome};
use jumpline_article::{Comment, CommentId, Date, Permalink, markup};

/// All of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// What is still to be done, oldest first.
    pub outbox: Vec<Entry>,
    /// Comments of this reader that the provider has; with the provider `local`, all that there are.
    pub own: Vec<Own>,
    /// What this reader likes.
    pub likes: Vec<Like>,
}

/// A comment of this reader that the provider has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    /// The article.
    pub permalink: Permalink,
    /// When it was taken, in milliseconds since 1970.
    pub at: u64,
    /// As typed.
    pub letter: Letter,
    /// As the provider has it.
    pub comment: Comment,
    /// Whether the provider showed it without anybody's approval.
    pub at_once: bool,
    /// What it was called in the outbox.
    pub was: CommentId,
}

/// A comment that this reader likes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Like {
    /// The article.
    pub permalink: Permalink,
    /// The comment.
    pub comment: CommentId,
}

impl Kept {
    /// Takes what the reader did; it replaces what it makes needless.
    pub fn add(&mut self, entry: Entry) {
        let place = |it: &Entry| it.permalink == entry.permalink;
        match &entry.act {
            Act::Post(_) => {}
            Act::Edit { comment, text } => {
                if let Some(posted) = self.outbox.iter_mut().find(|it| it.id == *comment && it.is_at_hand()) {
                    return posted.say(text);
                }
                let earlier = self.outbox.iter_mut().find(|it| {
                    place(it) && it.is_at_hand() && matches!(&it.act, Act::Edit { comment: it, .. } if it == comment)
                });
                if let Some(earlier) = earlier {
                    return earlier.say(text);
                }
            }
            Act::Delete { comment } => {
                if self.take_back(comment) {
                    return;
                }
                let same = |it: &Act| matches!(it, Act::Edit { comment: it, .. } | Act::Delete { comment: it } if it == comment);
                self.outbox.retain(|it| !(place(it) && it.is_at_hand() && same(&it.act)));
            }
            Act::Like { comment, liked } => {
                let same = |it: &Entry| place(it) && matches!(&it.act, Act::Like { comment: it, .. } if it == comment);
                let before = self.outbox.len();
                self.outbox.retain(|it| !(same(it) && it.is_at_hand()));
                let is_liked = self.likes.iter().any(|it| it.permalink == entry.permalink && it.comment == *comment);
                if *liked == is_liked && (before > self.outbox.len() || !self.outbox.iter().any(same)) {
                    return;
                }
            }
        }
        self.outbox.push(entry);
    }

    /// As it is kept: the outbox, the comments, the likes.
    pub fn records(&self) -> [Vec<Record>; 3] {
        [
            self.outbox.iter().map(Record::from).collect(),
            self.own.iter().map(Record::from).collect(),
            self.likes.iter().map(Record::from).collect(),
        ]
    }

    /// Out of records; what this reader does not know is left out.
    pub fn from_records(records: &[Record]) -> Self {
        let mut outbox: Vec<Entry> = records.iter().filter_map(Record::entry).collect();
        outbox.sort_by(|a, b| a.at.cmp(&b.at).then_with(|| a.id.as_str().cmp(b.id.as_str())));
        let (own, likes) = (records.iter().filter_map(Record::own), records.iter().filter_map(Record::like));
        Self { outbox, own: own.collect(), likes: likes.collect() }
    }

    /// Takes in what a file of this kind holds and this device does not have. A comment that waited may have been sent meanwhile by the device
    /// that wrote the file: nobody sends it before the reader says so.
    pub fn take_in(&mut self, file: Self) {
        for own in file.own {
            if !self.own.iter().any(|it| it.permalink == own.permalink && it.comment.id == own.comment.id) {
                self.own.push(own);
            }
        }
        for like in file.likes {
            if !self.likes.contains(&like) {
                self.likes.push(like);
            }
        }
        for mut entry in file.outbox {
            let is_here = |it: &CommentId| {
                self.outbox.iter().any(|entry| entry.id == *it) || self.own.iter().any(|own| own.was == *it)
            };
            if is_here(&entry.id) {
                continue;
            }
            let Act::Post(letter) = &mut entry.act else { continue };
            // What it answers may have got another name here.
            if let Some(own) = self.own.iter().find(|it| letter.parent.as_ref() == Some(&it.was)) {
                letter.parent = Some(own.comment.id.clone());
            }
            self.outbox.push(Entry { stage: Stage::Unsure, plan: String::new(), ..entry });
        }
    }

    /// Forgets an entry, unless it is being sent: `false` then. What answers the comment that it would have posted answers what that
    /// answered.
    pub fn take_back(&mut self, id: &CommentId) -> bool {
        let Some(at) = self.outbox.iter().position(|it| it.id == *id && it.is_at_hand()) else { return false };
        let taken = self.outbox.remove(at);
        let above = taken.target().cloned();
        if matches!(taken.act, Act::Post(_)) {
            for entry in &mut self.outbox {
                if let Act::Post(letter) = &mut entry.act
                    && letter.parent.as_ref() == Some(id)
                {
                    letter.parent.clone_from(&above);
                }
            }
            // What was to be done to it is done with.
            self.outbox.retain(|it| matches!(it.act, Act::Post(_)) || it.target() != Some(id));
        }
        true
    }

    /// Forgets all that is not being sent.
    pub fn clear(&mut self) {
        self.outbox.retain(|it| !it.is_at_hand());
    }

    /// Sends an entry (again) that was refused or of which nobody knows whether it arrived.
    pub fn again(&mut self, id: &CommentId) {
        if let Some(entry) = self.outbox.iter_mut().find(|it| it.id == *id && it.is_at_hand()) {
            entry.stage = Stage::Waiting;
        }
    }

    /// Whether the provider has shown this author's comments at once: then what it does not show has not arrived.
    pub fn shows_at_once(&self, letter: &Letter) -> bool {
        let of_author = self.own.iter().filter(|it| it.letter.email == letter.email);
        of_author.max_by_key(|it| it.at).is_some_and(|it| it.at_once)
    }

    /// Takes what became of an entry that was being sent.
    pub fn settle(&mut self, id: &CommentId, outcome: Outcome, now: u64) {
        let Some(at) = self.outbox.iter().position(|it| it.id == *id) else { return };
        let comment = match outcome {
            Outcome::Unclear => return,
            Outcome::Refused(why) => return self.outbox[at].stage = Stage::Refused(why),
            Outcome::Liked(_) => None,
            Outcome::Done(comment) => comment,
        };
        let entry = self.outbox.remove(at);
        self.note(entry, comment, now);
    }

    /// The provider `local`: this device has everything as soon as it is done.
    pub fn settle_here(&mut self, now: u64) {
        for entry in std::mem::take(&mut self.outbox) {
            let made = entry.comment();
            self.note(entry, made, now);
        }
    }

    fn note(&mut self, entry: Entry, comment_there: Option<Comment>, now: u64) {
        let Entry { id, at, permalink, act, .. } = entry;
        match act {
            Act::Post(letter) => {
                let at_once = comment_there.as_ref().is_some_and(|it| it.status.is_published());
                // A server that had it already does not say what it called it, nor whether it waits for approval.
                let comment = comment_there
                    .unwrap_or_else(|| Comment { status: Status::Held, ..comment(id.clone(), at, &letter) });
                self.rename(&id, &comment.id);
                self.own.push(Own { permalink, at: now, letter, comment, at_once, was: id });
            }
            Act::Edit { comment, text } => {
                if let Some(own) = self.own_mut(&permalink, &comment) {
                    let content_html = comment_there.map(|it| it.content_html);
                    own.comment.content_html = content_html.unwrap_or_else(|| markup::to_html(&text));
                    own.comment.edited = i64::try_from(now / 1000).ok().and_then(Date::from_unix);
                    own.letter.text = text;
                }
            }
            Act::Delete { comment } => {
                let is_answered = self.own.iter().any(|it| it.comment.parent.as_ref() == Some(&comment));
                if is_answered && let Some(own) = self.own_mut(&permalink, &comment) {
                    let (id, date, parent) =
                        (own.comment.id.clone(), own.comment.date.clone(), own.comment.parent.take());
                    own.comment = Comment { status: Status::Deleted, parent, ..Comment::empty(id, date) };
                    own.letter = Letter::default();
                } else {
                    self.own.retain(|it| it.permalink != permalink || it.comment.id != comment);
                }
            }
            Act::Like { comment, liked } => {
                self.likes.retain(|it| it.permalink != permalink || it.comment != comment);
                if liked {
                    self.likes.push(Like { permalink, comment });
                }
            }
        }
    }

    fn own_mut(&mut self, permalink: &Permalink, comment: &CommentId) -> Option<&mut Own> {
        self.own.iter_mut().find(|it| it.permalink == *permalink && it.comment.id == *comment)
    }

    /// What was to be done to a comment of this device is to be done to the provider's.
    fn rename(&mut self, from: &CommentId, to: &CommentId) {
        for entry in &mut self.outbox {
            let target = match &mut entry.act {
                Act::Post(letter) => letter.parent.as_mut(),
                Act::Edit { comment, .. } | Act::Delete { comment } | Act::Like { comment, .. } => Some(comment),
            };
            if let Some(target) = target.filter(|it| *it == from) {
                target.clone_from(to);
            }
        }
        for own in &mut self.own {
            if own.comment.parent.as_ref() == Some(from) {
                own.comment.parent = Some(to.clone());
            }
        }
    }
}

impl Entry {
    fn say(&mut self, words: &str) {
        match &mut self.act {
            Act::Post(Letter { text, .. }) | Act::Edit { text, .. } => words.clone_into(text),
            Act::Delete { .. } | Act::Like { .. } => return,
        }
        self.stage = Stage::Waiting;
    }
}
