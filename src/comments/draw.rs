//! The list of a thread as it stands on the page: drawn anew where something changed, left alone where nothing did.

use super::board::Board;
use super::fold::{Piece, fold};
use super::mailbox::Mailbox;
use super::merge::{Line, What};
use super::outbox::Stage;
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

/// What stands in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Drawn {
    Comment(Box<Seen>),
    More(String),
    Form,
}

/// What is drawn of one thread.
#[derive(Debug, Default)]
pub struct Drawing {
    all: Vec<(String, Drawn, Element)>,
    /// The form, which may stand in an item that goes.
    form: Option<Element>,
    /// The minute that the dates are seen from.
    minute: f64,
}

impl Drawing {
    /// Brings the list up to date.
    pub fn draw(&mut self, thread: &Element, site: &Site, board: Board, mailbox: Mailbox, lines: &[Line]) {
        let (mut folded, place) = (board.state.with(|it| it.fold.clone()), board.place(mailbox));
        folded.must.extend(place.clone());
        let now = time::now();
        // Within a minute dates stay as they are, and cost nothing.
        let minute = (now / 60_000.0).floor();
        let is_minute = std::mem::replace(&mut self.minute, minute) == minute;
        let mut children = Vec::new();
        let mut before = std::mem::take(&mut self.all);
        list::hold(ANCHORS, || {
            for piece in fold(lines, &folded) {
                let (key, drawn) = match piece {
                    Piece::Line(line) => {
                        let key = line.row.comment.id.anchor();
                        let when = before.iter().find(|it| is_minute && it.0 == key).and_then(|it| it.1.when());
                        let when = when.unwrap_or_else(|| When::of(site, line, now));
                        (key, Drawn::Comment(Box::new(seen(site, board, line, when))))
                    }
                    Piece::MoreReplies(of, count) => (format!("more-{of}"), more(site, Key::MoreReplies, count)),
                    Piece::MoreConversations(count) => ("more".to_owned(), more(site, Key::MoreConversations, count)),
                };
                children.extend(self.element(&mut before, site, key, drawn));
                if let Piece::Line(line) = piece
                    && place.as_ref() == Some(&line.row.comment.id)
                {
                    children.extend(self.element(&mut before, site, PLACE.to_owned(), Drawn::Form));
                }
            }
            list::arrange(thread, &children);
        });
    }

    /// Moves the form to where it belongs: below the comment that is answered, else below the thread.
    pub fn place_form(&mut self) {
        self.form = self.form.take().or_else(|| list::element(FORM));
        let place = list::element(PLACE).or_else(|| list::element(HOME));
        if let (Some(form), Some(place)) = (&self.form, place) {
            list::put_into(&place, form);
        }
    }

    /// The element for something: as it is, or made anew in its place.
    fn element(
        &mut self,
        before: &mut Vec<(String, Drawn, Element)>,
        site: &Site,
        key: String,
        drawn: Drawn,
    ) -> Option<Element> {
        // Most stand where they stood, so this ends at once.
        let old = before.iter().position(|it| it.0 == key).map(|at| before.remove(at));
        let element = match old {
            Some((_, same, element)) if same == drawn => element,
            old => {
                let made = make(site, &key, &drawn)?;
                if let Some((_, _, old)) = old {
                    list::replace(&old, &made);
                }
                made
            }
        };
        self.all.push((key, drawn, element.clone()));
        Some(element)
    }
}

fn make(site: &Site, key: &str, drawn: &Drawn) -> Option<Element> {
    match drawn {
        Drawn::Comment(seen) => built(view::live(site, Seen::clone(seen))),
        Drawn::Form => list::item(key),
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

impl Drawn {
    fn when(&self) -> Option<When> {
        if let Self::Comment(it) = self { Some(it.when.clone()) } else { None }
    }
}

impl When {
    fn of(site: &Site, line: &Line, now: f64) -> Self {
        let (at, language) = (line.row.comment.date.unix() as f64, site.messages.language());
        let ago = intl::relative(language, (now / 1000.0 - at).max(0.0));
        Self { ago, exact: intl::moment(language, at * 1000.0) }
    }
}

fn seen(site: &Site, board: Board, line: &Line, when: When) -> Seen {
    let copied = board.state.with_untracked(|it| it.copied.as_ref() == Some(&line.row.comment.id));
    Seen { when, acts: acts(site, board, line), copied, line: line.clone() }
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
    if board.is_open {
        acts.push(Act::Reply);
    }
    if can.like && (board.is_open || line.liked) {
        acts.push(Act::Like);
    }
    acts.push(Act::Copy);
    let is_here = site.publication().comments.is_local();
    let may = line.mine && can.edit && line.pending.is_none();
    if may && (is_here || board.state.with_untracked(|it| it.changeable.contains(&comment.id))) {
        acts.push(Act::Edit);
        // Who presses twice in the same place keeps it.
        acts.extend(if is_asked { &[Act::Keep, Act::DeleteReally][..] } else { &[Act::Delete] });
    }
    acts
}
