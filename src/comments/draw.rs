//! The list of a thread as it stands on the page: drawn anew where something changed, left alone where nothing did.

use super::board::Board;
use super::fold::{Piece, fold};
use super::mailbox::Mailbox;
use super::merge::{Line, What};
use super::outbox::{Kept, Stage};
use super::view::{self, Act, Seen, When};
use crate::browser::list::{self, Element};
use crate::browser::{intl, time};
use crate::fixed::{Fix, Fixed};
use crate::messages::Key;
use crate::site::Site;
use jumpline_article::comment::Status;
use jumpline_article::commenting::Refusal;
use leptos::prelude::*;

/// Id of the list item that holds the form.
const PLACE: &str = "reply-place";
/// Id of the form with all that belongs to it, and of the place that it comes from.
pub const FORM: &str = "reply";
/// See [`FORM`].
pub const HOME: &str = "reply-home";
/// What stays where it is while the list changes: the comment that is being read, or what follows the thread.
const ANCHORS: &str = "#thread > .comment, #outbox, .foot";

/// Milliseconds of making things after which the browser comes first. An old phone is four times slower, and lays them out, too.
const PATIENCE: f64 = 9.0;

/// What may stand in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Drawn {
    Comment(Box<Seen>),
    More(String),
}

/// Something that stands in the list.
#[derive(Debug)]
struct Item {
    key: String,
    /// How it was drawn; `None` where the press wrote it, and for the place of the form.
    drawn: Option<Drawn>,
    /// The minute that its date is seen from.
    minute: f64,
    element: Element,
}

impl Item {
    fn when(&self) -> Option<When> {
        if let Some(Drawn::Comment(it)) = &self.drawn { Some(it.when.clone()) } else { None }
    }

    fn is_as_before(&self, now: &Seen) -> bool {
        matches!(&self.drawn, Some(Drawn::Comment(it)) if now.is_older(it))
    }

    /// Takes the name that its comment has now: what was posted is called otherwise by the provider.
    fn call(&mut self, kept: &Kept) {
        let Some(Drawn::Comment(it)) = &self.drawn else { return };
        if it.line.pending.as_ref().is_some_and(|it| it.what == What::Post) {
            self.key = kept.called(&it.line.row.comment.id).anchor();
        }
    }
}

/// What is drawn of one thread.
#[derive(Debug, Default)]
pub struct Drawing {
    all: Vec<Item>,
    /// The form, which may stand in an item that goes.
    form: Option<Element>,
}

impl Drawing {
    /// Brings the list up to date, as far as it can be done before anybody waits for it: `false` when something is left to do. Until then
    /// that stands as it stood before.
    pub fn draw(&mut self, thread: &Element, site: &Site, board: Board, mailbox: Mailbox, lines: &[Line]) -> bool {
        let (mut folded, place) = (board.state.with(|it| it.fold.clone()), board.place(mailbox));
        folded.must.extend(place.clone());
        let kept = mailbox.kept();
        self.all.iter_mut().for_each(|it| it.call(&kept));
        let now = time::now();
        // Within a minute dates stay as they are, and cost nothing.
        let minute = (now / 60_000.0).floor();
        let mut pass =
            Pass { thread, site, minute, before: std::mem::take(&mut self.all), until: None, is_whole: true };
        let mut children = Vec::new();
        list::hold(ANCHORS, || {
            for piece in fold(lines, &folded) {
                let item = match piece {
                    Piece::Line(line) => {
                        let draw = |when: Option<When>| {
                            let when = when.unwrap_or_else(|| When::of(site, line, now));
                            Drawn::Comment(Box::new(seen(site, board, mailbox, line, when)))
                        };
                        pass.item(line.row.comment.id.anchor(), &draw)
                    }
                    Piece::MoreReplies(of, count) => {
                        pass.item(format!("more-{of}"), &|_| more(site, Key::MoreReplies, count))
                    }
                    Piece::MoreConversations(count) => {
                        pass.item("more".to_owned(), &|_| more(site, Key::MoreConversations, count))
                    }
                };
                let is_there = item.is_some();
                children.extend(item);
                if let Piece::Line(line) = piece
                    && is_there
                    && place.as_ref() == Some(&line.row.comment.id)
                {
                    children.extend(pass.place());
                }
            }
            list::arrange(thread, children.iter().map(|it| &it.element));
        });
        self.all = children;
        pass.is_whole
    }

    /// Moves the form to where it belongs: below the comment that is answered, else below the thread.
    pub fn place_form(&mut self) {
        self.form = self.form.take().or_else(|| list::element(FORM));
        let place = list::element(PLACE).or_else(|| list::element(HOME));
        if let (Some(form), Some(place)) = (&self.form, place) {
            list::put_into(&place, form);
        }
    }
}

/// One look at the whole list.
struct Pass<'a> {
    thread: &'a Element,
    site: &'a Site,
    minute: f64,
    before: Vec<Item>,
    /// When nothing more is to be made; set by the first that is, so that each pass makes something.
    until: Option<f64>,
    is_whole: bool,
}

impl Pass<'_> {
    /// Something in the list: as it is, or made anew in its place. To say how it is drawn it may be given its date as it was worked out
    /// within this minute.
    fn item(&mut self, key: String, draw: &dyn Fn(Option<When>) -> Drawn) -> Option<Item> {
        let old = self.old(&key);
        // What it would look like takes its time, too.
        if !self.is_whole {
            return old;
        }
        let minute = self.minute;
        let when = old.as_ref().filter(|it| it.minute == minute).and_then(Item::when);
        let drawn = draw(when);
        if let Some(same) = old.as_ref().filter(|it| it.drawn.as_ref() == Some(&drawn)) {
            return Some(Item { key, drawn: Some(drawn), minute, element: same.element.clone() });
        }
        if let (Some(old), Drawn::Comment(seen)) = (&old, &drawn)
            && old.is_as_before(seen)
        {
            // Who is on it, or on a link in it, stays there.
            list::set_text(&old.element, "time", &seen.when.ago);
            return Some(Item { key, drawn: Some(drawn), minute, element: old.element.clone() });
        }
        let now = time::now();
        if now > *self.until.get_or_insert(now + PATIENCE) {
            self.is_whole = false;
            return old;
        }
        let element = make(self.site, &key, &drawn)?;
        let element = if let Some(old) = old { list::replace(&old.element, element) } else { element };
        Some(Item { key, drawn: Some(drawn), minute, element })
    }

    /// The item that holds the form. It takes no time, and somebody waits for it.
    fn place(&mut self) -> Option<Item> {
        let made = || Some(Item { key: PLACE.to_owned(), drawn: None, minute: 0.0, element: list::item(PLACE)? });
        self.old(PLACE).or_else(made)
    }

    /// What stands there so far: what was drawn, or a comment as the press wrote it.
    fn old(&mut self, key: &str) -> Option<Item> {
        // Most stand where they stood, so this ends at once.
        let drawn = self.before.iter().position(|it| it.key == key).map(|at| self.before.remove(at));
        drawn.or_else(|| {
            let element = list::element(key).filter(|it| it.parent_element().as_ref() == Some(self.thread))?;
            Some(Item { key: key.to_owned(), drawn: None, minute: 0.0, element })
        })
    }
}

fn make(site: &Site, key: &str, drawn: &Drawn) -> Option<Element> {
    match drawn {
        Drawn::Comment(seen) => built(view::live(site, Seen::clone(seen))),
        Drawn::More(text) => {
            let (key, text) = (key.to_owned(), text.clone());
            built(
                view! { <li class="thread-more" id=key><button class="button" type="button" data-act="more">{text}</button></li> }
                    .late(),
            )
        }
    }
}

/// The element of a view that never changes by itself.
fn built(view: Fixed) -> Option<Element> {
    let holder = list::item("")?;
    let mut drawn = view.build();
    drawn.mount(&holder, None);
    holder.first_element_child()
}

fn more(site: &Site, key: Key, count: usize) -> Drawn {
    Drawn::More(site.messages.count(key, u32::try_from(count).unwrap_or(u32::MAX)))
}

impl When {
    fn of(site: &Site, line: &Line, now: f64) -> Self {
        let (at, language) = (line.row.comment.date.unix() as f64, site.messages.language());
        let ago = intl::relative(language, (now / 1000.0 - at).max(0.0));
        Self { ago, exact: intl::moment(language, at * 1000.0) }
    }
}

fn seen(site: &Site, board: Board, mailbox: Mailbox, line: &Line, when: When) -> Seen {
    let needs_post = line.pending.as_ref().is_some_and(|it| it.stage == Stage::Refused(Refusal::SignIn));
    let post = || site.publication().comments.provider.post(mailbox.name_of(&board.permalink()).as_deref());
    Seen { when, acts: acts(site, board, line), post: needs_post.then(post).flatten(), line: line.clone() }
}

/// What can be done with a comment.
fn acts(site: &Site, board: Board, line: &Line) -> Vec<Act> {
    let comment = &line.row.comment;
    if comment.status != Status::Published {
        return Vec::new();
    }
    let mut acts = Vec::new();
    let is_asked = board.state.with_untracked(|it| it.asking.as_ref() == Some(&comment.id));
    if let Some(pending) = &line.pending {
        match (&pending.stage, pending.what) {
            (stage, _) if stage.is_on_its_way() => {}
            (Stage::Waiting, What::Post | What::Edit) => acts.extend([Act::Edit, Act::TakeBack]),
            (Stage::Waiting, _) => acts.push(Act::TakeBack),
            (stage, what) => {
                let has_words = matches!(what, What::Post | What::Edit);
                if has_words && matches!(stage, Stage::Refused(why) if *why != Refusal::Gone) {
                    acts.push(Act::Mend);
                }
                if stage.may_be_sent_again() {
                    acts.push(Act::Again);
                }
                acts.push(Act::TakeBack);
            }
        }
        if pending.what == What::Post {
            return acts;
        }
    }
    let can = board.about.with_value(|it| it.can);
    // What nobody else sees nobody can be led to.
    if !line.held {
        if board.is_open {
            acts.push(Act::Reply);
        }
        if can.like && (board.is_open || line.liked) {
            acts.push(Act::Like);
        }
        acts.push(Act::Copy);
    }
    let is_here = site.publication().comments.is_local();
    let may = line.mine && can.edit && line.pending.is_none();
    if may && (is_here || board.state.with_untracked(|it| it.changeable.contains(&comment.id))) {
        acts.push(Act::Edit);
        // Who presses twice in the same place keeps it.
        acts.extend(if is_asked { &[Act::Keep, Act::DeleteReally][..] } else { &[Act::Delete] });
    }
    acts
}
