//! How the outbox is written: flat, one shape for everything, since each shape that is read is code of its own.

use super::{Entry, Like, Own, Stage};
use jumpline_article::comment::Status;
use jumpline_article::commenting::{Act, Letter, Refusal};
use jumpline_article::{Comment, CommentId, Date, Permalink};
use serde::{Deserialize, Serialize};

/// An entry, a comment or a like, as it is kept and as it is saved to a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Record {
    /// What it is: an act (`post`, `edit`, `delete`, `like`, `unlike`) in the outbox, `own` or `liked`.
    #[serde(skip_serializing_if = "String::is_empty")]
    kind: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    id: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    permalink: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    title: String,
    at: u64,
    /// What is answered, changed, deleted or liked.
    #[serde(skip_serializing_if = "String::is_empty")]
    comment: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    text: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    author: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    email: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    website: String,
    /// `sent`, `handed`, `unsure` or why it was refused; empty while it waits.
    #[serde(skip_serializing_if = "String::is_empty")]
    stage: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    plan: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    before: String,
    /// The status of the answer that the service worker got; 0 for none.
    #[serde(skip_serializing_if = "is_none")]
    answer: u16,
    /// Why it was refused in the provider's words, or the answer that the service worker got.
    #[serde(skip_serializing_if = "String::is_empty")]
    message: String,
    since: u64,
    tried: u64,
    at_once: bool,
    /// What a comment of this reader was called in the outbox; empty where it is called so still.
    #[serde(skip_serializing_if = "String::is_empty")]
    was: String,
    likes: u32,
    by_author: bool,
    #[serde(skip_serializing_if = "String::is_empty")]
    date: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    edited: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    status: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    shown_author: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    content_html: String,
}

/// Refusals without words of their own.
const REFUSALS: [(&str, Refusal); 8] = [
    ("closed", Refusal::Closed),
    ("too_short", Refusal::TooShort),
    ("too_long", Refusal::TooLong),
    ("flood", Refusal::Flood),
    ("spam", Refusal::Spam),
    ("sign_in", Refusal::SignIn),
    ("name_missing", Refusal::NameMissing),
    ("gone", Refusal::Gone),
];

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks like this")]
fn is_none(status: &u16) -> bool {
    *status == 0
}

impl From<&Entry> for Record {
    fn from(entry: &Entry) -> Self {
        let mut record = Self {
            id: entry.id.as_str().to_owned(),
            permalink: entry.permalink.as_str().to_owned(),
            title: entry.title.clone(),
            at: entry.at,
            plan: entry.plan.clone(),
            comment: entry.target().map(|it| it.as_str().to_owned()).unwrap_or_default(),
            ..Self::default()
        };
        record.kind = match &entry.act {
            Act::Post(letter) => {
                record.sign(letter);
                "post"
            }
            Act::Edit { text, .. } => {
                record.text.clone_from(text);
                "edit"
            }
            Act::Delete { .. } => "delete",
            Act::Like { liked: true, .. } => "like",
            Act::Like { liked: false, .. } => "unlike",
        }
        .to_owned();
        record.stage = match &entry.stage {
            Stage::Waiting => "",
            Stage::Sent { since, tried } => {
                (record.since, record.tried) = (*since, *tried);
                "sent"
            }
            Stage::Handed { before, tried, answer } => {
                record.before.clone_from(before);
                record.tried = *tried;
                if let Some((status, text)) = answer {
                    record.answer = *status;
                    record.message.clone_from(text);
                }
                "handed"
            }
            Stage::Unsure => "unsure",
            Stage::Refused(why) => {
                if let Refusal::Other(message) = why {
                    record.message.clone_from(message);
                }
                REFUSALS.iter().find(|it| it.1 == *why).map_or("refused", |it| it.0)
            }
        }
        .to_owned();
        record
    }
}

impl From<&Own> for Record {
    fn from(own: &Own) -> Self {
        let comment = &own.comment;
        let mut record = Self {
            kind: "own".to_owned(),
            id: comment.id.as_str().to_owned(),
            permalink: own.permalink.as_str().to_owned(),
            at: own.at,
            at_once: own.at_once,
            was: if own.was == comment.id { String::new() } else { own.was.as_str().to_owned() },
            comment: comment.parent.as_ref().map(|it| it.as_str().to_owned()).unwrap_or_default(),
            likes: comment.likes,
            by_author: comment.by_author,
            date: comment.date.as_str().to_owned(),
            edited: comment.edited.as_ref().map(|it| it.as_str().to_owned()).unwrap_or_default(),
            status: comment.status.name().to_owned(),
            shown_author: comment.author.clone(),
            content_html: comment.content_html.clone(),
            ..Self::default()
        };
        record.sign(&own.letter);
        record
    }
}

impl From<&Like> for Record {
    fn from(like: &Like) -> Self {
        Self {
            kind: "liked".to_owned(),
            permalink: like.permalink.as_str().to_owned(),
            comment: like.comment.as_str().to_owned(),
            ..Self::default()
        }
    }
}

impl Record {
    fn sign(&mut self, letter: &Letter) {
        self.text.clone_from(&letter.text);
        self.author.clone_from(&letter.author);
        self.email.clone_from(&letter.email);
        self.website.clone_from(&letter.website);
    }

    fn comment(&self) -> Option<CommentId> {
        CommentId::new(&self.comment).ok()
    }

    fn letter(&self) -> Letter {
        let Self { text, author, email, website, .. } = self.clone();
        Letter { parent: self.comment(), text, author, email, website }
    }

    /// What it is found by.
    pub fn name(&self) -> String {
        [self.permalink.as_str(), "#", &self.id, "#", if self.kind == "liked" { &self.comment } else { "" }].concat()
    }

    /// The entry that it is; `None` when it is none, or one that this reader does not know.
    pub fn entry(&self) -> Option<Entry> {
        let act = match self.kind.as_str() {
            "post" => Act::Post(self.letter()),
            "edit" => Act::Edit { comment: self.comment()?, text: self.text.clone() },
            "delete" => Act::Delete { comment: self.comment()? },
            "like" => Act::Like { comment: self.comment()?, liked: true },
            "unlike" => Act::Like { comment: self.comment()?, liked: false },
            _ => return None,
        };
        let stage = match self.stage.as_str() {
            "" => Stage::Waiting,
            "sent" => Stage::Sent { since: self.since, tried: self.tried },
            "handed" => Stage::Handed {
                before: self.before.clone(),
                tried: self.tried,
                answer: (self.answer > 0).then(|| (self.answer, self.message.clone())),
            },
            "unsure" => Stage::Unsure,
            why => {
                let known = REFUSALS.into_iter().find(|it| it.0 == why);
                Stage::Refused(known.map_or_else(|| Refusal::Other(self.message.clone()), |it| it.1))
            }
        };
        let (id, permalink) = (CommentId::new(&self.id).ok()?, Permalink::new(&self.permalink).ok()?);
        let (title, plan) = (self.title.clone(), self.plan.clone());
        Some(Entry { id, at: self.at, permalink, title, act, stage, plan })
    }

    /// The comment of this reader that it is; `None` when it is none.
    pub fn own(&self) -> Option<Own> {
        if self.kind != "own" {
            return None;
        }
        let comment = Comment {
            parent: self.comment(),
            author: self.shown_author.clone(),
            url: Some(self.website.clone()).filter(|it| !it.is_empty()),
            edited: Date::parse(&self.edited),
            likes: self.likes,
            by_author: self.by_author,
            status: Status::ALL.into_iter().find(|it| it.name() == self.status).unwrap_or_default(),
            content_html: self.content_html.clone(),
            ..Comment::empty(CommentId::new(&self.id).ok()?, Date::parse(&self.date)?)
        };
        let permalink = Permalink::new(&self.permalink).ok()?;
        let was = CommentId::new(&self.was).unwrap_or_else(|_| comment.id.clone());
        Some(Own { permalink, at: self.at, letter: self.letter(), comment, at_once: self.at_once, was })
    }

    /// The like that it is; `None` when it is none.
    pub fn like(&self) -> Option<Like> {
        let (permalink, comment) = (Permalink::new(&self.permalink).ok()?, self.comment()?);
        (self.kind == "liked").then_some(Like { permalink, comment })
    }
}

#[cfg(test)]
mod tests;
