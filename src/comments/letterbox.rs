//! The outbox as a reader sees it: what waits, what was refused, and everything that can be done about it.

use super::acts::take_back;
use super::board::Board;
use super::mailbox::Mailbox;
use super::merge::{Pending, What};
use super::outbox::{Entry, Kept, Record};
use super::view;
use crate::browser::{document, download, field, list};
use crate::fixed::{Fix, Fixed, flag, text};
use crate::messages::Key;
use crate::paths::Route;
use crate::site::Site;
use jumpline_article::CommentId;
use jumpline_article::commenting::Act;
use jumpline_article::error::read_json;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;

const FILE: &str = "outbox-file";
/// Ids of the buttons between which the focus goes.
const CLEAR: &str = "outbox-clear";
const KEEP: &str = "outbox-keep";

/// What is kept on this device, below the thread.
#[component]
pub fn Letterbox(
    /// The thread above it.
    board: Board,
) -> impl IntoView {
    let (site, mailbox) = (Site::current(), Mailbox::current());
    let is_here = site.publication().comments.is_local();
    let (asks, broken) = (RwSignal::new(false), RwSignal::new(false));
    let count = move || u32::try_from(mailbox.kept().outbox.len()).unwrap_or(u32::MAX);
    let is_there = flag(move || is_here && board.is_open || !mailbox.kept().outbox.is_empty());
    let is_full = flag(move || {
        let kept = mailbox.kept();
        !kept.outbox.is_empty() || (is_here && !kept.own.is_empty())
    });
    let title = {
        let site = site.clone();
        text(move || site.messages.count(Key::OutboxTitle, count()))
    };
    let entries = {
        let site = site.clone();
        move || mailbox.kept().outbox.iter().map(|it| entry(&site, it)).collect::<Vec<_>>()
    };
    let click = {
        let site = site.clone();
        move |event: leptos::ev::MouseEvent| {
            let Some((act, item)) = list::act_of(&event) else { return };
            let Some(id) = item.strip_prefix("outbox-").and_then(|it| CommentId::new(it).ok()) else { return };
            match act.as_str() {
                "again" => mailbox.again(&site, id),
                _ => take_back(&site, board, mailbox, &id),
            }
        }
    };
    let send = {
        let site = site.clone();
        move |_| mailbox.send_now(&site)
    };
    let save = move |_| {
        // Texts and numbers can always be written.
        let json = serde_json::to_string(&mailbox.kept_now().records().concat()).unwrap_or_default();
        download::json("comments.json", &json);
    };
    // What was pressed is gone afterwards, and the harmless choice is where it was: who presses twice deletes nothing.
    let ask = move |is_on: bool| {
        asks.set(is_on);
        document::focus_soon(if is_on { KEEP } else { CLEAR });
    };
    let clear = {
        let site = site.clone();
        move |_| {
            asks.set(false);
            document::focus_soon("comments-title");
            let change = move |kept: &mut Kept| {
                kept.clear();
                if is_here {
                    *kept = Kept::default();
                }
            };
            mailbox.start(&site, Rc::new(change));
        }
    };
    let bring = {
        let site = site.clone();
        move |_| {
            let site = site.clone();
            spawn_local(async move {
                let file = field::chosen_document(FILE).await.and_then(|it| read_json::<Vec<Record>>(&it).ok());
                let file = file.map(|it| Kept::from_records(&it)).filter(|it| *it != Kept::default());
                broken.set(file.is_none());
                let Some(file) = file else { return };
                let taken = mailbox.change(&site, Rc::new(move |kept| kept.take_in(file.clone()))).await;
                broken.set(taken.is_err());
            });
        }
    };
    let (is_asked, is_at_rest) = (flag(move || asks.get()), flag(move || !asks.get()));
    let question = site.text(if is_here { Key::OutboxClearAskLocal } else { Key::OutboxClearAsk });
    let bad = site.text(Key::OutboxImportBad);
    let said = text(move || if broken.get() { bad.to_owned() } else { String::new() });
    let import = is_here.then(|| {
        view! {
            <label class="button" for=FILE>{site.text(Key::OutboxImport)}</label>
            <input class="visually-hidden" type="file" id=FILE accept="application/json,.json" on:change=bring />
        }
        .late()
    });
    let send = (!is_here).then(|| {
        view! { <button class="button" type="button" on:click=send>{site.text(Key::OutboxSend)}</button> }.late()
    });
    let intro = site.text(if is_here { Key::OutboxLocal } else { Key::OutboxIntro });
    view! {
        <details class="outbox" id="outbox" hidden=move || !is_there.get() on:toggle=move |_| asks.set(false)>
            <summary>{title}</summary>
            <p>{intro}</p>
            <ul class="outbox-list" on:click=click>{entries}</ul>
            <div class="actions" hidden=move || !is_full.get()>
                {send}
                <button class="button" type="button" on:click=save>{site.text(Key::OutboxExport)}</button>
                <button class="button" type="button" id=CLEAR hidden=is_asked on:click=move |_| ask(true)>{site.text(Key::OutboxClear)}</button>
                <button class="button" type="button" id=KEEP hidden=is_at_rest on:click=move |_| ask(false)>{site.text(Key::DeleteKeep)}</button>
                <button class="button" type="button" hidden=is_at_rest on:click=clear>{site.text(Key::OutboxClearReally)}</button>
            </div>
            <p role="alert" hidden=is_at_rest>{question}</p>
            {import}
            <p class="reply-error" role="alert">{said}</p>
        </details>
    }
    .late()
}

fn entry(site: &Site, entry: &Entry) -> Fixed {
    let pending = Pending::of(entry);
    let key = match pending.what {
        What::Post => Key::OutboxPost,
        What::Edit => Key::OutboxEdit,
        What::Delete => Key::OutboxDelete,
        What::Like => Key::OutboxLike,
    };
    let words = match &entry.act {
        Act::Post(letter) => Some(letter.text.clone()),
        Act::Edit { text, .. } => Some(text.clone()),
        Act::Delete { .. } | Act::Like { .. } => None,
    };
    let words = words.map(|it| view! { <blockquote dir="auto">{it}</blockquote> });
    let said = view::said(site, &pending).unwrap_or_else(|| site.text(Key::CommentWaits).to_owned());
    let title = format!("outbox-{}-title", entry.id);
    // By what it does and by the title, each in its own language.
    let button = |act: &'static str, key: Key| {
        let id = format!("outbox-{}-{act}", entry.id);
        let label = [&id, " ", &title].concat();
        view! { <button type="button" class="button" id=id data-act=act aria-labelledby=label>{site.text(key)}</button> }
            .late()
    };
    let again = entry.stage.may_be_sent_again().then(|| button("again", Key::CommentAgain));
    let back = entry.is_at_hand().then(|| button("take-back", Key::Remove));
    let target = entry.target().unwrap_or(&entry.id);
    let target = if matches!(entry.act, Act::Post(_)) { &entry.id } else { target };
    let href = format!("{}#{}", site.href(&Route::Article(entry.permalink.clone())), target.anchor());
    view! {
        <li id=format!("outbox-{}", entry.id)>
            <p><b>{site.text(key)}</b>" · "<a id=title href=href dir="auto">{entry.title.clone()}</a></p>
            {words}
            <p class="comment-note">{said}</p>
            <div class="actions">{again}{back}</div>
        </li>
    }
    .late()
}
