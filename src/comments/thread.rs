//! A thread that lives: the list as it is now, and what its buttons do.

use super::board::{Board, Target, link};
use super::draft::Drafts;
use super::draw::{Drawing, FORM};
use super::form::TEXT;
use super::mailbox::Mailbox;
use super::merge::{Line, What};
use super::surround::{Above, Below};
use crate::browser::{clipboard, document, field, history, list, time};
use crate::components::comments::{Live, Thread, let_go, named};
use crate::fixed::Fix;
use crate::parts;
use crate::site::Site;
use jumpline_article::CommentId;
use jumpline_article::commenting::Act;
use leptos::ev::MouseEvent;
use leptos::html::Ol;
use leptos::prelude::*;
use leptos::task::{spawn_local, tick};
use std::rc::Rc;

/// Milliseconds that the database has to say what is kept.
const PATIENCE: u32 = 3_000;
/// Milliseconds between two looks at the clock.
const MINUTE: u32 = 60_000;

/// Brings a thread to life.
pub fn live(thread: Thread) -> Live {
    let Thread { site, permalink, headline, summary, list, count, asked } = thread;
    let mailbox = parts::once(|| Mailbox::of(&site));
    let drafts = Drafts::new(&site, &permalink);
    let board = Board::new(&site, permalink, headline, summary);
    if let Some(id) = asked {
        board.reveal(id);
    }
    let shown = StoredValue::new(Vec::<Line>::new());
    board.load(&site, mailbox, drafts.target());
    draw(list, board, mailbox, shown, count, &site);
    let click = move |event: &MouseEvent| {
        if let Some(id) = list::fragment_of(event).and_then(|it| named(&it)) {
            board.reveal(id);
        }
        if let Some((act, item)) = list::act_of(event) {
            answer(&site, board, mailbox, shown, &act, &item);
        }
    };
    Live {
        above: Rc::new(move || view! { <Above board lines=count /> }.late()),
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
    count: RwSignal<u32>,
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
        let published = lines.iter().filter(|it| it.row.comment.status.is_published()).count();
        shown.set_value(lines);
        let is_whole = canvas.draw(&thread, &site);
        let published = u32::try_from(published).unwrap_or(u32::MAX);
        if count.get_untracked() != published {
            count.set(published);
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
                if is_drawing.is_disposed() || canvas.draw(&thread, &site) {
                    let _ = is_drawing.try_set_value(false);
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
            list::hold_focus(|| {
                is_whole =
                    untrack(|| self.shown.with_value(|lines| it.draw(thread, site, self.board, self.mailbox, lines)));
                it.place_form();
            });
        });
        let is_new = is_whole && !thread.class_list().contains("is-live");
        if is_new {
            let _ = thread.class_list().add_1("is-live");
            let_go(thread);
        }
        history::settle(is_whole);
        if is_new && let Some(fragment) = document::fragment().filter(|it| named(it).is_some()) {
            document::scroll_to_fragment(&fragment);
        }
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

/// Does what a button in the thread asks for.
fn answer(site: &Site, board: Board, mailbox: Mailbox, shown: StoredValue<Vec<Line>>, act: &str, item: &str) {
    if act == "more" {
        let of = item.strip_prefix("more-").and_then(|it| CommentId::new(it).ok());
        let last = list::before(item);
        board.set(|it| match of {
            Some(id) => it.fold.opened.push(id),
            None => it.fold.pages += 1,
        });
        // The button goes, and one reads on with the first that came.
        spawn_local(async move {
            tick().await;
            if let Some(first) = last.and_then(|it| it.next_element_sibling()) {
                document::focus(&first.id());
            }
        });
        return;
    }
    let Some(id) = named(item) else { return };
    let Some(line) = shown.with_value(|it| it.iter().find(|it| it.row.comment.id == id).cloned()) else { return };
    let is_posted = line.pending.as_ref().is_some_and(|it| it.what == What::Post);
    let open = |target: Target| {
        board.set(|it| (it.asking, it.target) = (None, target));
        show_form(None);
    };
    // What was pressed is gone afterwards, and the focus goes to what comes next.
    let ask = |asking: Option<CommentId>, act: &'static str| {
        board.set(|it| it.asking = asking);
        let item = item.to_owned();
        spawn_local(async move {
            tick().await;
            list::focus(&item, act);
        });
    };
    match act {
        "reply" => open(Target::Reply(id)),
        "edit" | "mend" if is_posted => open(Target::Mend(id)),
        "edit" | "mend" => open(Target::Edit(id)),
        "delete" => ask(Some(id), "keep"),
        "keep" => ask(None, "delete"),
        "copy" => copy(site, board, id),
        "like" => run(site, board, mailbox, Act::Like { comment: id, liked: !line.liked }),
        "delete-really" => {
            board.set(|it| it.asking = None);
            run(site, board, mailbox, Act::Delete { comment: id });
            document::focus_soon("comments-title");
        }
        "again" => {
            let Some(entry) = line.pending.map(|it| it.entry) else { return };
            mailbox.decide(site, entry, true);
            document::focus(item);
        }
        "take-back" => {
            let Some(entry) = line.pending.map(|it| it.entry) else { return };
            take_back(site, board, mailbox, &entry);
        }
        _ => {}
    }
}

/// Takes something back from the outbox. Its words go back to where they were written.
pub fn take_back(site: &Site, board: Board, mailbox: Mailbox, id: &CommentId) {
    let kept = mailbox.kept_now();
    let Some(entry) = kept.outbox.iter().find(|it| it.id == *id) else { return };
    let written = match &entry.act {
        Act::Post(it) => {
            Some((it.parent.clone().map_or(Target::New, Target::Reply), Target::Mend(id.clone()), &it.text))
        }
        Act::Edit { comment, text } => Some((Target::Edit(comment.clone()), Target::Edit(comment.clone()), text)),
        Act::Delete { .. } | Act::Like { .. } => None,
    };
    if let Some((target, changed, words)) = written {
        let drafts = Drafts::new(site, &entry.permalink);
        // It may be that it is being changed: what was typed last counts.
        let is_open = entry.permalink == board.permalink() && untrack(|| board.target()) == changed;
        let typed = if is_open { field::value(TEXT) } else { drafts.read(&changed) };
        let words = if typed.trim().is_empty() { words.clone() } else { typed };
        drafts.keep(&changed, "");
        let words = [drafts.read(&target).trim_end(), &words].join("\n\n").trim_start().to_owned();
        let is_kept = drafts.keep(&target, &words);
        if entry.permalink == board.permalink() {
            board.set(|it| (it.asking, it.target, it.turn) = (None, target, it.turn + 1));
            // Where nothing is kept the form does not find them by itself.
            show_form((!is_kept).then_some(words));
        }
    }
    mailbox.decide(site, id.clone(), false);
}

fn show_form(words: Option<String>) {
    spawn_local(async move {
        tick().await;
        if let Some(words) = words {
            field::set_value(TEXT, &words);
        }
        document::bring(TEXT, FORM);
    });
}

fn run(site: &Site, board: Board, mailbox: Mailbox, act: Act) {
    let (permalink, title, can) = board.about.with_value(|it| (it.permalink.clone(), it.headline.clone(), it.can));
    if matches!(act, Act::Like { liked: false, .. }) && !can.unlike && !waits(mailbox, &act) {
        return;
    }
    let site = site.clone();
    spawn_local(async move {
        let _ = mailbox.act(&site, permalink, title, act).await;
    });
}

/// Whether the like that is to be taken back has not been sent yet.
fn waits(mailbox: Mailbox, act: &Act) -> bool {
    let Act::Like { comment, .. } = act else { return false };
    let kept = mailbox.kept_now();
    let mut likes = kept.outbox.iter().filter(|it| it.is_at_hand());
    likes.any(|it| matches!(&it.act, Act::Like { comment: it, .. } if it == comment))
}

fn copy(site: &Site, board: Board, id: CommentId) {
    let url = link(site, &board.permalink(), &id);
    spawn_local(async move {
        if clipboard::copy(&url).await {
            board.set(|it| it.copied = Some(id.clone()));
            time::after(clipboard::SAID, move || {
                board.set(|it| {
                    it.copied.take_if(|it| *it == id);
                });
            });
        } else {
            // The link stands in the date, from where every browser copies it.
            document::focus(&id.anchor());
        }
    });
}
