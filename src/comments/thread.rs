//! A thread that lives: the list as it is now.

use super::acts::answer;
use super::board::Board;
use super::draft::Drafts;
use super::draw::Drawing;
use super::mailbox::Mailbox;
use super::merge::Line;
use super::news;
use super::surround::{Above, Below};
use crate::browser::{history, list, time};
use crate::components::comments::{Live, SECTION, Thread, let_go, named};
use crate::fixed::Fix;
use crate::parts;
use crate::site::Site;
use leptos::ev::MouseEvent;
use leptos::html::Ol;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::Cell;
use std::rc::Rc;

/// Milliseconds that the database has to say what is kept.
const PATIENCE: u32 = 3_000;
/// Milliseconds between two looks at the clock.
const MINUTE: u32 = 60_000;

thread_local! {
    /// The thread that was brought to life last.
    static SHOWN: Cell<Option<Board>> = const { Cell::new(None) };
}

/// Shows a folded comment whenever its address is gone to, from wherever.
fn follow_addresses(board: Board) {
    if SHOWN.replace(Some(board)).is_some() {
        return;
    }
    history::on_part(|fragment| {
        if let (Some(id), Some(board)) = (named(fragment), SHOWN.get()) {
            history::await_part(id.anchor());
            board.reveal(id);
        }
    });
}

/// Brings a thread to life.
pub fn live(thread: Thread) -> Live {
    let Thread { site, permalink, headline, summary, list, count, asked } = thread;
    let mailbox = parts::once(|| Mailbox::of(&site));
    let drafts = Drafts::new(&site, &permalink);
    let board = Board::new(&site, permalink, headline, summary);
    let is_missing = RwSignal::new(false);
    if let Some(id) = asked {
        board.reveal(id.clone());
        board.set(|it| it.asked = Some(id));
    }
    let shown = StoredValue::new(Vec::<Line>::new());
    follow_addresses(board);
    board.load(&site, mailbox, drafts.target());
    draw(list, board, mailbox, shown, (count, is_missing), &site);
    news::tell(board, mailbox, &site);
    let click = move |event: &MouseEvent| {
        if let Some((act, item)) = list::act_of(event) {
            answer(&site, board, mailbox, shown, &act, &item);
        }
    };
    Live {
        above: Rc::new(move || view! { <Above board lines=count is_missing /> }.late()),
        below: Rc::new(move || view! { <Below board /> }.late()),
        click: Rc::new(click),
    }
}

/// Keeps the list up to date.
fn draw(
    thread: NodeRef<Ol>,
    board: Board,
    mailbox: Mailbox,
    shown: StoredValue<Vec<Line>>,
    (count, is_missing): (RwSignal<u32>, RwSignal<bool>),
    site: &Site,
) {
    let site = site.clone();
    ask_again(board, mailbox, &site);
    let minute = RwSignal::new(0_u32);
    tell_time(minute);
    // Without what this device keeps the thread would say that nothing waits. A database that never answers hurts nobody.
    let is_late = RwSignal::new(false);
    time::after(PATIENCE, move || {
        let _ = is_late.try_update(|it| *it = true);
    });
    on_cleanup(move || board.keep_fold());
    let canvas = Canvas { board, mailbox, shown, drawing: StoredValue::new_local(Drawing::default()) };
    let is_drawing = StoredValue::new(false);
    Effect::new(move || {
        minute.track();
        let is_known = mailbox.is_open() || is_late.get();
        let Some(thread) = thread.get() else { return };
        let (is_here, has_failed) = board.state.with(|it| {
            let snapshot = it.snapshot.as_ref();
            (snapshot.is_some_and(Result::is_ok), snapshot.is_some_and(Result::is_err))
        });
        if has_failed {
            let_go(&thread);
        }
        if !is_known || !is_here {
            return;
        }
        let lines = board.lines(&site, mailbox);
        let published = lines.iter().filter(|it| it.row.comment.status.is_published() && !it.held).count();
        let lacks = board.lacks_asked(&site, mailbox, &lines);
        shown.set_value(lines);
        let is_whole = canvas.draw(&thread, &site);
        let published = u32::try_from(published).unwrap_or(u32::MAX);
        if count.get_untracked() != published {
            count.set(published);
        }
        if is_missing.get_untracked() != lacks {
            is_missing.set(lacks);
        }
        if is_whole && lacks {
            history::settle_for(SECTION);
        }
        if is_whole || is_drawing.get_value() {
            return;
        }
        is_drawing.set_value(true);
        let site = site.clone();
        spawn_local(async move {
            loop {
                time::pause().await;
                // The article may have been left meanwhile.
                if is_drawing.is_disposed() {
                    return;
                }
                if canvas.draw(&thread, &site) {
                    is_drawing.set_value(false);
                    if is_missing.try_get_untracked() == Some(true) {
                        history::settle_for(SECTION);
                    }
                    return;
                }
            }
        });
    });
}

/// Where a thread is drawn.
#[derive(Clone, Copy)]
struct Canvas {
    board: Board,
    mailbox: Mailbox,
    shown: StoredValue<Vec<Line>>,
    drawing: StoredValue<Drawing, LocalStorage>,
}

impl Canvas {
    /// Brings the list up to date, as far as nobody waits for it; `true` once it is.
    fn draw(self, thread: &list::Element, site: &Site) -> bool {
        if list::is_pressed(thread) {
            return false;
        }
        let mut is_whole = true;
        self.drawing.update_value(|it| {
            list::hold_row(thread, || {
                list::hold_focus(|| {
                    is_whole = untrack(|| {
                        self.shown.with_value(|lines| it.draw(thread, site, self.board, self.mailbox, lines))
                    });
                    it.place_form();
                });
            });
        });
        let is_new = is_whole && !thread.class_list().contains("is-live");
        if is_new {
            let _ = thread.class_list().add_1("is-live");
            let_go(thread);
        }
        history::settle(is_whole);
        is_whole
    }
}

/// Asks the server for its list whenever it has taken something of this reader.
fn ask_again(board: Board, mailbox: Mailbox, site: &Site) {
    let site = site.clone();
    Effect::new(move |before: Option<usize>| {
        if !mailbox.is_open() {
            return usize::MAX;
        }
        let kept = mailbox.kept();
        let count = kept.own.len() + kept.likes.len();
        if before.is_some_and(|it| it != count && it != usize::MAX) {
            board.load_list(&site, mailbox);
        }
        count
    });
}

/// Counts the minutes for as long as the thread is there.
fn tell_time(minute: RwSignal<u32>) {
    time::after(MINUTE, move || {
        if minute.try_update(|it| *it += 1).is_some() {
            tell_time(minute);
        }
    });
}
