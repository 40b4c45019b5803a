//! The section below an article: how many comments there are, the thread, and how to answer.

use super::board::{Board, Listed, Target, link};
use super::draft::Drafts;
use super::draw::{Drawing, FORM, HOME};
use super::fold::Order;
use super::form::ReplyForm;
use super::letterbox::Letterbox;
use super::mailbox::Mailbox;
use super::merge::{Line, What};
use super::outbox::Stage;
use super::view;
use crate::browser::{clipboard, document, list, sight, time};
use crate::encode::percent_encode;
use crate::fixed::{Fix, text};
use crate::messages::Key;
use crate::site::Site;
use jumpline_article::commenting::{Act, CommentProvider};
use jumpline_article::{CommentId, CommentSummary, Permalink};
use leptos::ev::MouseEvent;
use leptos::html::Ol;
use leptos::prelude::*;
use leptos::task::{spawn_local, tick};

/// Milliseconds between two looks at the clock.
const MINUTE: u32 = 60_000;
/// How near the thread has to be before it comes to life.
const NEAR: &str = "800px 0px";

/// The comments of an article.
#[component]
pub fn Comments(
    /// The article.
    permalink: Permalink,
    /// What is known at publish time.
    summary: CommentSummary,
    /// The article's title.
    headline: String,
) -> impl IntoView {
    let (site, mailbox) = (Site::current(), Mailbox::current());
    let said = match summary {
        CommentSummary { open: false, .. } => Some(Key::CommentsClosed),
        CommentSummary { count: 0, .. } => Some(Key::CommentsInvite),
        CommentSummary { .. } => None,
    };
    let reply = site.publication().email.as_ref().filter(|_| summary.open).map(|email| {
        let subject = site.messages.fill(Key::ReplySubject, &[("title", &headline)]);
        let href = format!("mailto:{email}?subject={}", percent_encode(&subject));
        view! { <p class="without-script"><a class="button" href=href>{site.text(Key::LeaveReply)}</a></p> }
    });
    let board = Board::new(&site, permalink, headline, summary);
    let thread = NodeRef::<Ol>::new();
    let lives = RwSignal::new(false);
    let shown = StoredValue::new(Vec::<Line>::new());
    let count = RwSignal::new(summary.count);
    wake(thread, board, lives, &site);
    draw(thread, board, lives, shown, count, &site);
    let said = said.map(|it| {
        let hidden = move || it == Key::CommentsInvite && count.get() > 0;
        view! { <p hidden=hidden>{site.text(it)}</p> }
    });
    let title = {
        let site = site.clone();
        text(move || site.messages.count(Key::Comments, count.get()))
    };
    let click = {
        let site = site.clone();
        move |event: MouseEvent| {
            if let Some(id) = list::fragment_of(&event).and_then(|it| named(&it)) {
                board.reveal(id);
            }
            if let Some((act, item)) = list::act_of(&event) {
                answer(&site, board, mailbox, shown, &act, &item);
            }
        }
    };
    // The browser's view declares no children, so hydration walks past them.
    #[cfg(not(target_arch = "wasm32"))]
    let written = drawn(&site, super::Snapshot::current().0);
    #[cfg(target_arch = "wasm32")]
    let written = ();
    let below = move || lives.get().then(|| view! { <Below board /> }.late());
    let above = move || lives.get().then(|| view! { <Above board lines=count /> }.late());
    view! {
        <section class="comments" id="comments" aria-labelledby="comments-title">
            <h2 id="comments-title">{title}</h2>
            {said}
            {above}
            <ol class="thread" id="thread" node_ref=thread on:click=click>{written}</ol>
            {below}
            {reply}
        </section>
    }
}

/// Brings the thread to life once it is near, or asked for by name.
fn wake(thread: NodeRef<Ol>, board: Board, lives: RwSignal<bool>, site: &Site) {
    let (site, mailbox) = (site.clone(), Mailbox::current());
    let (watch, count) = (StoredValue::new_local(None), board.about.with_value(|it| it.count));
    let start = move |site: &Site| {
        if !lives.try_get_untracked().unwrap_or(true) {
            lives.set(true);
            let path = site.publication().base.join(board.permalink().as_str());
            board.load(site, mailbox, Drafts::new(path).target());
        }
    };
    Effect::new(move || {
        let Some(list) = thread.get() else { return };
        let asked = document::fragment().and_then(|it| named(&it));
        if let Some(id) = asked.clone() {
            board.reveal(id);
        }
        // A thread that did not come with the page is waited for.
        if asked.is_some() || (count > 0 && list.child_element_count() == 0) {
            return start(&site);
        }
        let site = site.clone();
        watch.set_value(sight::watch("#comments", NEAR, move |_, near| {
            if near {
                start(&site);
            }
        }));
    });
}

/// Keeps the list up to date.
fn draw(
    thread: NodeRef<Ol>,
    board: Board,
    lives: RwSignal<bool>,
    shown: StoredValue<Vec<Line>>,
    count: RwSignal<u32>,
    site: &Site,
) {
    let (site, mailbox) = (site.clone(), Mailbox::current());
    let drawing = StoredValue::new_local(Drawing::default());
    ask_again(board, &site);
    let minute = RwSignal::new(0_u32);
    tell_time(minute);
    Effect::new(move |asked: Option<bool>| {
        minute.track();
        let is_ready = board.state.with(|it| matches!(it.snapshot, Some(Ok(_))));
        let Some(list) = thread.get().filter(|_| lives.get() && is_ready) else { return false };
        let lines = board.lines(&site, mailbox);
        drawing.update_value(|it| {
            it.draw(&list, &site, board, &lines);
            it.place_form();
        });
        let _ = list.class_list().add_1("is-live");
        let published = lines.iter().filter(|it| it.row.comment.status.is_published()).count();
        shown.set_value(lines);
        let published = u32::try_from(published).unwrap_or(u32::MAX);
        if count.get_untracked() != published {
            count.set(published);
        }
        if asked != Some(true)
            && let Some(fragment) = document::fragment().filter(|it| named(it).is_some())
        {
            document::scroll_to_fragment(&fragment);
        }
        true
    });
}

/// Asks the server for its list whenever it has taken something of this reader.
fn ask_again(board: Board, site: &Site) {
    let (site, mailbox) = (site.clone(), Mailbox::current());
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

/// The comment that a fragment names.
fn named(fragment: &str) -> Option<CommentId> {
    CommentId::new(fragment.strip_prefix("comment-")?).ok()
}

/// What stands above the list: the order, and what is to be said of the whole thread.
#[component]
fn Above(board: Board, lines: RwSignal<u32>) -> impl IntoView {
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
    view! {
        <p class="comments-silent" role="status">{silent}</p>
        <p class="comments-order" hidden=move || { lines.get() < 2 }>
            <label>{label}" "<select on:change=choose>{options.into_iter().collect::<Vec<_>>()}</select></label>
        </p>
    }
    .late()
}

/// What stands below the list: what failed, the form, the outbox.
#[component]
fn Below(board: Board) -> impl IntoView {
    let (site, mailbox) = (Site::current(), Mailbox::current());
    let provider = &site.publication().comments.provider;
    let note = match provider {
        CommentProvider::None => String::new(),
        CommentProvider::Local => site.text(Key::CommentsHere).to_owned(),
        CommentProvider::Isso(_) | CommentProvider::Wordpress(_) => {
            site.messages.fill(Key::CommentsHost, &[("host", &view::host(&site))])
        }
    };
    let lost = site.text(Key::CommentsNotKept);
    let note = text(move || if mailbox.lasts() { note.clone() } else { lost.to_owned() });
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
                    <ReplyForm board />
                    <p class="reply-note">{note}</p>
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

/// Does what a button in the thread asks for.
fn answer(site: &Site, board: Board, mailbox: Mailbox, shown: StoredValue<Vec<Line>>, act: &str, item: &str) {
    if act == "more" {
        let of = item.strip_prefix("more-").and_then(|it| CommentId::new(it).ok());
        return board.set(|it| match of {
            Some(id) => it.fold.opened.push(id),
            None => it.fold.pages += 1,
        });
    }
    let Some(id) = named(item) else { return };
    let Some(line) = shown.with_value(|it| it.iter().find(|it| it.row.comment.id == id).cloned()) else { return };
    let is_posted = line.pending.as_ref().is_some_and(|it| it.what == What::Post);
    let open = |target: Target| {
        board.set(|it| (it.asking, it.target) = (None, target));
        spawn_local(async {
            tick().await;
            document::bring("reply-text", FORM);
        });
    };
    match act {
        "reply" => open(Target::Reply(id)),
        "edit" | "mend" if is_posted => open(Target::Mend(id)),
        "edit" | "mend" => open(Target::Edit(id)),
        "delete" => board.set(|it| it.asking = Some(id)),
        "keep" => board.set(|it| it.asking = None),
        "copy" => copy(site, board, id),
        "like" => run(site, board, mailbox, Act::Like { comment: id, liked: !line.liked }),
        "delete-really" => {
            board.set(|it| it.asking = None);
            run(site, board, mailbox, Act::Delete { comment: id });
        }
        "again" | "take-back" => {
            let Some(entry) = line.pending.map(|it| it.entry) else { return };
            mailbox.decide(site, entry, act == "again");
        }
        _ => {}
    }
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
    let mut likes = kept.outbox.iter().filter(|it| !matches!(it.stage, Stage::Sent { .. }));
    likes.any(|it| matches!(&it.act, Act::Like { comment: it, .. } if it == comment))
}

fn copy(site: &Site, board: Board, id: CommentId) {
    let url = link(site, &board.permalink(), &id);
    spawn_local(async move {
        if clipboard::copy(&url).await {
            board.set(|it| it.copied = Some(id));
        } else {
            // The link stands in the date, from where every browser copies it.
            document::focus(&id.anchor());
        }
    });
}

#[cfg(not(target_arch = "wasm32"))]
fn drawn(site: &Site, comments: Vec<jumpline_article::Comment>) -> Vec<crate::fixed::Fixed> {
    super::rows::rows(comments).into_iter().map(|it| view::comment(site, it)).collect()
}
