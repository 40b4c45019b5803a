//! What happens in the reply form: drafts, checks, sending, and the way back out of it.

use super::mistake::{Mistake, is_website, website};
use super::{EMAIL, GO_ON, HONEYPOT, NAME, REMEMBER, TEXT, WEBSITE};
use crate::browser::{document, field, time};
use crate::comments::board::{Board, Target};
use crate::comments::draft::{self, Drafts, Me};
use crate::comments::mailbox::Mailbox;
use crate::site::Site;
use jumpline_article::commenting::{Act, Asked, Letter};
use jumpline_article::{CommentId, is_email};
use leptos::prelude::*;
use leptos::task::{spawn_local, tick};

/// Milliseconds that nobody is faster than.
const FASTEST: f64 = 3000.0;

/// How the form stands; the words themselves stand in its fields.
#[derive(Clone, Debug, Default)]
pub(super) struct State {
    pub(super) mistake: Option<Mistake>,
    /// Characters.
    pub(super) length: usize,
    pub(super) preview: Option<String>,
    /// Whether it is asked if what was written is to be lost.
    pub(super) asks: bool,
    /// Whether a draft came back.
    pub(super) is_draft: bool,
}

/// What nobody sees.
#[derive(Clone, Debug, Default)]
struct Notes {
    /// What stood in the field when the form was opened, without the draft.
    begun: String,
    /// Whether what stands in the field is kept as a draft.
    is_kept: bool,
    /// When the form was there first.
    since: f64,
    is_busy: bool,
}

/// The form of a thread.
#[derive(Clone, Copy)]
pub(super) struct Writing {
    board: Board,
    mailbox: Mailbox,
    pub(super) state: RwSignal<State>,
    notes: StoredValue<Notes>,
}

impl Writing {
    /// A form that nothing was typed into yet.
    pub(super) fn new(board: Board, mailbox: Mailbox) -> Self {
        let notes = Notes { since: time::now(), ..Notes::default() };
        Self { board, mailbox, state: RwSignal::default(), notes: StoredValue::new(notes) }
    }

    fn drafts(self, site: &Site) -> Drafts {
        Drafts::new(site, &self.board.permalink())
    }

    /// Fills the field for what the form is open for.
    pub(super) fn begin(self, site: &Site, target: &Target) {
        let drafts = self.drafts(site);
        drafts.keep_target(target);
        let (begun, mut draft) = (self.words(target), drafts.read(target));
        if self.is_sent(&draft) {
            // The page was left between the two.
            drafts.keep(target, "");
            draft.clear();
        }
        let is_draft = !draft.is_empty() && draft != begun;
        let words = if is_draft { draft } else { begun.clone() };
        field::set_value(TEXT, &words);
        self.notes.update_value(|it| {
            (it.begun, it.is_kept) = (begun, is_draft);
            if is_draft {
                // It was not written just now.
                it.since = 0.0;
            }
        });
        self.state.set(State { length: words.trim().chars().count(), is_draft, ..State::default() });
    }

    /// What a comment says already that is to be changed.
    fn words(self, target: &Target) -> String {
        let kept = self.mailbox.kept_now();
        let found = match target {
            Target::New | Target::Reply(_) => None,
            Target::Edit(id) | Target::Mend(id) => {
                let id = kept.called(id);
                let waits = kept.outbox.iter().rev().find_map(|it| match &it.act {
                    Act::Post(letter) if it.id == id => Some(letter.text.clone()),
                    Act::Edit { comment, text } if *comment == id => Some(text.clone()),
                    _ => None,
                });
                let own = || kept.own.iter().find(|it| it.comment.id == id).map(|it| it.letter.text.clone());
                waits.or_else(own)
            }
        };
        found.unwrap_or_default()
    }

    /// Keeps what is written as a draft.
    pub(super) fn typed(self, site: &Site) {
        let words = field::value(TEXT);
        let drafts = self.drafts(site);
        let is_begun = self.notes.with_value(|it| it.begun == words);
        let is_kept = self.board.state.with_untracked(|it| drafts.keep(&it.target, if is_begun { "" } else { &words }));
        self.notes.update_value(|it| it.is_kept = is_kept);
        let length = words.trim().chars().count();
        self.state.update(|it| (it.length, it.mistake, it.is_draft) = (length, None, false));
    }

    fn is_sent(self, text: &str) -> bool {
        draft::is_sent(&self.mailbox.kept_now(), &self.board.permalink(), text)
    }

    /// What is kept has changed: keeps once more what is being written here, after another tab has sent something else in its place, and
    /// takes away a draft that turns out to be sent.
    pub(super) fn look_again(self, site: &Site) {
        let (words, target) = (field::value(TEXT), untrack(|| self.board.target()));
        if !self.notes.with_value(|it| it.is_kept && it.begun != words) {
            return;
        }
        match self.is_sent(&words) {
            true if self.state.with_untracked(|it| it.is_draft) => self.begin(site, &target),
            false if self.is_gone(site) => drop(self.drafts(site).keep(&target, &words)),
            _ => {}
        }
    }

    /// Closes the form that is open for something, and forgets what was written in it.
    fn leave(self, site: &Site, target: &Target, text: &str) {
        self.drafts(site).settle(target, text);
        if untrack(|| self.board.target()) != *target {
            // Somebody answers another comment by now.
            return;
        }
        self.notes.update_value(|it| it.is_kept = false);
        self.state.update(|it| it.preview = None);
        self.board.set(|it| it.target = Target::New);
        if *target == Target::New {
            self.begin(site, &Target::New);
        }
    }

    /// Closes the form, and asks first where something was written.
    pub(super) fn cancel(self, site: &Site) {
        if self.notes.with_value(|it| it.begun.trim() == field::value(TEXT).trim()) {
            self.go_back(site);
        } else {
            self.state.update(|it| it.asks = true);
            document::focus_soon(GO_ON);
        }
    }

    /// Closes the form, and goes back to the comment below which it stood.
    pub(super) fn go_back(self, site: &Site) {
        let back = untrack(|| self.board.place(self.mailbox));
        self.leave(site, &untrack(|| self.board.target()), &field::value(TEXT));
        let comment = back.map(|it| it.anchor());
        // It may be gone by now.
        document::focus_first_soon(comment.into_iter().chain([TEXT.to_owned()]).collect());
    }

    /// Goes on with what is written.
    pub(super) fn go_on(self) {
        self.state.update(|it| (it.asks, it.preview) = (false, None));
        document::focus_soon(TEXT);
    }

    /// Whether another tab has sent, or thrown away, the draft that stands in the field.
    fn is_gone(self, site: &Site) -> bool {
        let target = untrack(|| self.board.target());
        self.notes.with_value(|it| it.is_kept) && self.drafts(site).read(&target).is_empty()
    }

    fn check(self) -> Result<Letter, Mistake> {
        let can = self.board.about.with_value(|it| it.can);
        let of = |id: &str, asked: Asked| {
            if asked == Asked::No { String::new() } else { field::value(id).trim().to_owned() }
        };
        let letter = Letter {
            parent: None,
            text: field::value(TEXT).trim().to_owned(),
            author: of(NAME, can.name),
            email: of(EMAIL, can.email),
            website: website(&of(WEBSITE, can.website)),
        };
        let length = letter.text.chars().count();
        let is_signed = self.board.state.with_untracked(|it| !matches!(it.target, Target::Edit(_)));
        if !field::value(HONEYPOT).is_empty() {
            field::set_value(HONEYPOT, "");
            return Err(Mistake::Honeypot);
        }
        let mistake = match () {
            () if length < can.shortest => Mistake::Short,
            () if length > can.longest => Mistake::Long(length - can.longest),
            () if !is_signed => return Ok(letter),
            () if can.name == Asked::Yes && letter.author.is_empty() => Mistake::Name,
            () if can.email == Asked::Yes && letter.email.is_empty() => Mistake::EmailMissing,
            () if !letter.email.is_empty() && !is_email(&letter.email) => Mistake::EmailWrong,
            () if !letter.website.is_empty() && !is_website(&letter.website) => Mistake::Website,
            () if time::now() - self.notes.with_value(|it| it.since) < FASTEST => Mistake::Fast,
            () => return Ok(letter),
        };
        Err(mistake)
    }

    /// Sends it, where nothing is wrong with it.
    pub(super) fn submit(self, site: &Site) {
        if self.notes.with_value(|it| it.is_busy) {
            return;
        }
        let checked = self.check().and_then(|it| if self.is_gone(site) { Err(Mistake::Elsewhere) } else { Ok(it) });
        let letter = match checked {
            Ok(it) => it,
            Err(mistake) => {
                // Who says so once more means it.
                match mistake {
                    Mistake::Fast => self.notes.update_value(|it| it.since = 0.0),
                    Mistake::Elsewhere => self.notes.update_value(|it| it.is_kept = false),
                    _ => {}
                }
                self.state.update(|it| (it.preview, it.mistake, it.is_draft) = (None, Some(mistake), false));
                // A preview hides the field until then.
                return document::focus_soon(mistake.field());
            }
        };
        let me = Me { name: letter.author.clone(), email: letter.email.clone(), website: letter.website.clone() };
        let target = untrack(|| self.board.target());
        if !matches!(target, Target::Edit(_)) {
            me.keep(site, field::is_checked(REMEMBER));
        }
        self.notes.update_value(|it| it.is_busy = true);
        let site = site.clone();
        spawn_local(async move {
            let (drafts, text) = (self.drafts(&site), letter.text.clone());
            let sent = self.send(&site, &target, letter).await;
            if self.state.is_disposed() {
                // The article was left meanwhile. What was sent is no draft any more.
                if sent.is_ok() {
                    drafts.settle(&target, &text);
                }
                return;
            }
            self.notes.update_value(|it| it.is_busy = false);
            match sent {
                Ok(comment) => {
                    self.board.reveal(comment.clone());
                    self.leave(&site, &target, &text);
                    tick().await;
                    document::bring(&comment.anchor(), &comment.anchor());
                }
                Err(mistake) => self.state.update(|it| it.mistake = Some(mistake)),
            }
        });
    }

    async fn send(self, site: &Site, target: &Target, letter: Letter) -> Result<CommentId, Mistake> {
        let about = self.board.about.get_value();
        let place = (about.permalink, about.headline);
        let act = match target {
            Target::New => Act::Post(letter),
            Target::Reply(parent) => Act::Post(Letter { parent: Some(parent.clone()), ..letter }),
            Target::Edit(comment) | Target::Mend(comment) => {
                let reworded = self.mailbox.reword(site, place, comment.clone(), letter, about.can.edit);
                return reworded.await.map_err(|_| Mistake::NotKept)?.ok_or(Mistake::Gone);
            }
        };
        self.mailbox.act(site, place.0, place.1, act).await.map_err(|_| Mistake::NotKept)
    }
}
