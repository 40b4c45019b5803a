//! What stands around the list of a thread.

use super::board::{Board, Listed};
use super::draw::{FORM, HOME};
use super::fold::Order;
use super::form::ReplyForm;
use super::letterbox::Letterbox;
use super::mailbox::Mailbox;
use super::view;
use crate::fixed::{Fix, text};
use crate::messages::Key;
use crate::site::Site;
use jumpline_article::commenting::CommentProvider;
use leptos::prelude::*;

/// What stands above the list: the order, and what is to be said of the whole thread.
#[component]
pub fn Above(
    /// The thread.
    board: Board,
    /// How many comments there are.
    lines: RwSignal<u32>,
    /// Whether the comment that the address names is not among them.
    is_missing: RwSignal<bool>,
) -> impl IntoView {
    let site = Site::current();
    let label = site.text(Key::CommentsOrder);
    let options = Order::ALL.map(|it| {
        let key = match it {
            Order::Oldest => Key::OrderOldest,
            Order::Newest => Key::OrderNewest,
            Order::Liked => Key::OrderLiked,
        };
        let selected = move || board.state.with(|state| state.fold.order == it);
        view! { <option value=it.name() selected=selected>{site.text(key)}</option> }.late()
    });
    let choose = move |event: leptos::ev::Event| board.order(&event_target_value(&event));
    let silent = {
        let site = site.clone();
        text(move || {
            let (is_silent, taken) = board.state.with(|it| {
                let taken = it.snapshot.as_ref().and_then(|it| it.as_ref().ok()?.taken.clone());
                (it.listed == Listed::Silent, taken)
            });
            match taken {
                _ if !is_silent => String::new(),
                Some(date) => site.messages.fill(Key::CommentsSilent, &[("date", &site.messages.date(&date))]),
                None => site.text(Key::CommentsSilentUndated).to_owned(),
            }
        })
    };
    let gone = site.text(Key::CommentMissing);
    let gone = text(move || if is_missing.get() { gone.to_owned() } else { String::new() });
    let said = text(move || board.state.with(|it| it.said.clone()));
    view! {
        <p class="comments-silent" role="status">{silent}</p>
        <p class="comments-silent" role="status">{gone}</p>
        <p class="visually-hidden" role="status">{said}</p>
        <p class="comments-order" hidden=move || { lines.get() < 2 }>
            <label>{label}" "<select on:change=choose>{options.into_iter().collect::<Vec<_>>()}</select></label>
        </p>
    }
    .late()
}

/// What stands below the list: what failed, the form, the outbox.
#[component]
pub fn Below(
    /// The thread.
    board: Board,
) -> impl IntoView {
    let (site, mailbox) = (Site::current(), Mailbox::current());
    let provider = &site.publication().comments.provider;
    let where_to = match provider {
        CommentProvider::None => String::new(),
        CommentProvider::Local => site.text(Key::CommentsHere).to_owned(),
        CommentProvider::Isso(_) | CommentProvider::Wordpress(_) => {
            site.messages.fill(Key::CommentsHost, &[("host", &view::host(&site))])
        }
    };
    let is_here = site.publication().comments.is_local();
    let lost = site.text(if is_here { Key::CommentsNotKeptHere } else { Key::CommentsNotKept });
    let where_to = text(move || if mailbox.lasts() { where_to.clone() } else { lost.to_owned() });
    let failed = {
        let site = site.clone();
        move || {
            let error = board.state.with(|it| it.snapshot.as_ref().and_then(|it| it.as_ref().err().cloned()))?;
            let again = site.clone();
            Some(view! {
                <p role="alert">{site.text(Key::CommentsFailed)}" "{error.sentence(&site)}</p>
                <p><button class="button" type="button" on:click=move |_| board.load_snapshot(&again)>{site.text(Key::TryAgain)}</button></p>
            }
            .late())
        }
    };
    let form = board.is_open.then(|| {
        view! {
            <div class="reply-home" id=HOME>
                <div class="reply" id=FORM>
                    <ReplyForm board where_to />
                </div>
            </div>
        }
        .late()
    });
    view! {
        {failed}
        {form}
        <Letterbox board />
    }
    .late()
}
