//! What the buttons of a thread do.

use super::board::{Board, Target, link};
use super::draft::Drafts;
use super::draw::FORM;
use super::form::TEXT;
use super::mailbox::Mailbox;
use super::merge::{Line, What};
use crate::browser::{clipboard, document, field, list, time};
use crate::components::comments::named;
use crate::messages::Key;
use crate::site::Site;
use jumpline_article::CommentId;
use jumpline_article::commenting::Act;
use leptos::prelude::*;
use leptos::task::{spawn_local, tick};

/// Does what a button in the thread asks for.
pub fn answer(site: &Site, board: Board, mailbox: Mailbox, shown: StoredValue<Vec<Line>>, act: &str, item: &str) {
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
            mailbox.again(site, entry);
            document::focus(item);
        }
        "take-back" => {
            let Some(entry) = line.pending.map(|it| it.entry) else { return };
            take_back(site, board, mailbox, &entry);
        }
        _ => {}
    }
}

/// Takes something back from the outbox, unless it is being sent. Its words go back to where they were written, before they go here.
pub fn take_back(site: &Site, board: Board, mailbox: Mailbox, id: &CommentId) {
    let kept = mailbox.kept_now();
    let Some(entry) = kept.outbox.iter().find(|it| it.id == *id && it.is_at_hand()) else { return };
    let (site, id) = (site.clone(), id.clone());
    let written = match &entry.act {
        Act::Post(it) => {
            Some((it.parent.clone().map_or(Target::New, Target::Reply), Target::Mend(id.clone()), &it.text))
        }
        Act::Edit { comment, text } => Some((Target::Edit(comment.clone()), Target::Edit(comment.clone()), text)),
        Act::Delete { .. } | Act::Like { .. } => None,
    };
    let Some((target, changed, words)) = written else {
        return spawn_local(async move {
            mailbox.take_back(&site, id).await;
        });
    };
    let (drafts, is_here) = (Drafts::new(&site, &entry.permalink), entry.permalink == board.permalink());
    // It may be that it is being changed: what was typed last counts.
    let is_open = is_here && untrack(|| board.target()) == changed;
    let typed = if is_open { field::value(TEXT) } else { drafts.read(&changed) };
    let words = if typed.trim().is_empty() { words.clone() } else { typed };
    let before = drafts.read(&target);
    // What is being changed itself stands there already.
    let above = if changed == target { "" } else { before.trim_end() };
    let words = [above, &words].join("\n\n").trim_start().to_owned();
    let is_kept = drafts.keep(&target, &words);
    spawn_local(async move {
        if !mailbox.take_back(&site, id).await {
            drafts.keep(&target, &before);
            return;
        }
        if changed != target {
            drafts.keep(&changed, "");
        }
        if is_here && !board.is_left() {
            board.set(|it| (it.asking, it.target, it.turn) = (None, target, it.turn + 1));
            // Where nothing is kept the form does not find them by itself.
            show_form((!is_kept).then_some(words));
        }
    });
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
    let [copied, label] = [Key::Copied, Key::CommentCopy].map(|it| site.text(it));
    spawn_local(async move {
        if clipboard::copy(&url).await {
            let show = move |words: &str| {
                if let Some(item) = list::element(&id.anchor()) {
                    list::set_text(&item, "[data-act=copy]", words);
                }
            };
            // The eye is told where it looks, the ear by the word alone: a button that is made anew would be read out.
            board.say(copied.to_owned());
            show(copied);
            time::after(clipboard::SAID, move || show(label));
        } else {
            // The link stands in the date, from where every browser copies it.
            document::focus(&id.anchor());
        }
    });
}
