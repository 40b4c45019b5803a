//! The section below an article. The thread in it comes to life when it is near: what that takes is a part of its own.

use crate::browser::storage::{self, Shelf};
use crate::browser::{document, history, list, sight};
use crate::comments::door;
use crate::encode::percent_encode;
use crate::fixed::{Fix, Fixed, words};
use crate::keyed::Keyed;
use crate::messages::Key;
use crate::navigation::LoadError;
use crate::parts::{self, Part};
use crate::site::Site;
use jumpline_article::{CommentId, CommentSummary, Permalink};
use leptos::ev::MouseEvent;
use leptos::html::Ol;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::RefCell;
use std::rc::Rc;

/// How near the thread has to be before it comes to life.
const NEAR: &str = "800px 0px";

/// Id of the section.
pub const SECTION: &str = "comments";

/// Class of a thread that is further away.
const FAR: &str = "is-far";

/// Rows that are laid out of a thread that is further away: as the style sheet says.
const NEAR_ROWS: u32 = 40;

/// What the thread is about and where it stands.
#[derive(Clone)]
pub struct Thread {
    /// The publication.
    pub site: Site,
    /// The article.
    pub permalink: Permalink,
    /// The article's title.
    pub headline: String,
    /// What is known at publish time.
    pub summary: CommentSummary,
    /// The list.
    pub list: NodeRef<Ol>,
    /// How many comments there are.
    pub count: RwSignal<u32>,
    /// The comment that was asked for by name.
    pub asked: Option<CommentId>,
}

/// A thread that lives.
#[derive(Clone)]
pub struct Live {
    /// What stands above the list.
    pub above: Rc<dyn Fn() -> Fixed>,
    /// What stands below it.
    pub below: Rc<dyn Fn() -> Fixed>,
    /// What a click in the list does.
    pub click: Rc<dyn Fn(&MouseEvent)>,
}

/// How far a thread has come to life.
#[derive(Clone, Default)]
enum Life {
    #[default]
    Asleep,
    Waking,
    Failed(LoadError),
    Awake(Live),
}

/// The comments of an article.
#[component]
pub fn Comments(
    /// The article.
    permalink: Permalink,
    /// What is known at publish time.
    summary: CommentSummary,
    /// The article's title.
    headline: String,
    /// How many comments there are.
    count: RwSignal<u32>,
) -> impl IntoView {
    let site = Site::current();
    let said = match summary {
        CommentSummary { open: false, .. } => Some(Key::CommentsClosed),
        CommentSummary { count: 0, .. } => Some(Key::CommentsInvite),
        CommentSummary { .. } => None,
    };
    let reply = summary.open.then(|| {
        let way = match site.publication().email.as_ref() {
            Some(email) => {
                let subject = site.messages.fill(Key::ReplySubject, &[("title", &headline)]);
                let href = format!("mailto:{email}?subject={}", percent_encode(&subject));
                view! { <a class="button" href=href>{site.text(Key::LeaveReply)}</a> }.fix()
            }
            None => view! { {site.text(Key::CommentsNoScript)} }.fix(),
        };
        view! { <p class="without-script">{way}</p> }
    });
    // With more than one, the choice of an order will stand above it.
    let class = if summary.count > 1 { "thread is-many" } else { "thread" };
    let list = NodeRef::<Ol>::new();
    let said = said.map(|it| {
        let hidden = move || it == Key::CommentsInvite && count.get() > 0;
        view! { <p hidden=hidden>{site.text(it)}</p> }
    });
    let messages = site.messages;
    let title = move || {
        let count = count.get();
        words(move || messages.count(Key::Comments, count))
    };
    // The browser's view declares no children, so hydration walks past them.
    #[cfg(not(target_arch = "wasm32"))]
    let written = crate::comments::Snapshot::current().rows(&site);
    #[cfg(target_arch = "wasm32")]
    let written = ();
    let life = RwSignal::new_local(Life::Asleep);
    // The thread lives as long as this view, whatever in it brings it to life.
    let owner = Owner::current().unwrap_or_default();
    let thread = Thread { site, permalink, headline, summary, list, count, asked: None };
    let awake = move || life.with(|it| if let Life::Awake(it) = it { Some(it.clone()) } else { None });
    let click = move |event: MouseEvent| {
        if let Some(live) = awake() {
            (live.click)(&event);
        }
    };
    let failed = {
        let (thread, owner) = (thread.clone(), owner.clone());
        move || match life.get() {
            Life::Failed(error) => Some(failure(error, thread.clone(), life, owner.clone())),
            _ => None,
        }
    };
    notice(thread, life, owner);
    view! {
        <section class="comments" id="comments" aria-labelledby="comments-title">
            <h2 id="comments-title" tabindex="-1">{title}</h2>
            {said}
            {move || awake().map(|it| (it.above)())}
            <ol class=class id="thread" node_ref=list on:click=click>{written}</ol>
            {move || awake().map(|it| (it.below)())}
            {failed}
            {reply}
        </section>
    }
}

type Lives = RwSignal<Life, LocalStorage>;

fn failure(error: LoadError, thread: Thread, life: Lives, owner: Owner) -> Fixed {
    let site = &thread.site;
    let said = [site.text(Key::CommentsFailed), " ", &error.sentence(site)].concat();
    let again = site.text(Key::TryAgain);
    let click = move |_| wake(thread.clone(), life, &owner);
    view! {
        <div>
            <p role="alert">{said}</p>
            <p><button class="button" type="button" on:click=click>{again}</button></p>
        </div>
    }
    .late()
}

/// Brings the thread to life once it is near, or asked for by name.
fn notice(thread: Thread, life: Lives, owner: Owner) {
    let watch = StoredValue::new_local(None);
    let permalink = thread.permalink.clone();
    on_cleanup(move || keep_room(permalink));
    Effect::new(move || {
        let (mut thread, owner) = (thread.clone(), owner.clone());
        let Some(list) = thread.list.get() else { return };
        thread.asked = document::fragment().and_then(|it| named(&it));
        // A thread that did not come with the page is waited for.
        let is_missing = thread.summary.count > 0 && list.child_element_count() == 0;
        let room = ROOMS.with_borrow(|it| it.get(&thread.permalink));
        if is_missing && room.is_some() {
            document::set_room(SECTION, room);
        }
        if let Some(asked) = &thread.asked {
            history::await_part(asked.anchor());
        }
        if thread.asked.is_some() || is_missing {
            return wake(thread, life, &owner);
        }
        watch.set_value(sight::watch("#comments", NEAR, move |_, near| {
            if near {
                wake(thread.clone(), life, &owner);
            } else if list.child_element_count() > NEAR_ROWS {
                let _ = list.class_list().add_1(FAR);
            }
        }));
    });
}

fn wake(thread: Thread, life: Lives, owner: &Owner) {
    if !life.try_with_untracked(|it| matches!(it, Life::Asleep | Life::Failed(_))).unwrap_or_default() {
        return;
    }
    life.set(Life::Waking);
    let owner = owner.clone();
    spawn_local(async move {
        let loaded = parts::load(Part::Comments).await;
        // The article may have been left meanwhile.
        if life.is_disposed() {
            return;
        }
        life.set(match loaded {
            Ok(()) => Life::Awake(owner.with(|| door::live(thread))),
            Err(error) => {
                if let Some(list) = thread.list.get_untracked() {
                    let_go(&list);
                }
                Life::Failed(error)
            }
        });
    });
}

/// Takes back what a thread was given until it lives: that it is laid out only at its beginning, or room for what is not there yet.
pub fn let_go(list: &list::Element) {
    let _ = list.class_list().remove_1(FAR);
    document::set_room(SECTION, None);
}

thread_local! {
    /// How high the threads were that were left, so that a page is as long at once when one comes back to it.
    static ROOMS: RefCell<Keyed<Permalink, u32>> = const { RefCell::new(Keyed::EMPTY) };
}

fn keep_room(permalink: Permalink) {
    if let Some(height) = document::height(SECTION) {
        ROOMS.with_borrow_mut(|it| it.put(permalink, height));
    }
}

/// The comment that a fragment names.
pub fn named(fragment: &str) -> Option<CommentId> {
    CommentId::new(fragment.strip_prefix("comment-")?).ok()
}

/// Key in `localStorage`: `<entries that wait> <time of the last change>`.
pub fn marker(site: &Site) -> String {
    ["jumpline:comments:", site.publication().base.as_str()].concat()
}

/// Whether something waits to be sent, as far as can be told without opening the database.
pub fn may_wait(site: &Site) -> bool {
    let marker = storage::read(Shelf::Device, &marker(site)).ok().flatten();
    marker.is_some_and(|it| !it.starts_with("0 "))
}

/// Sends what waits from an earlier visit. After the page has mounted.
pub fn send_what_waits(site: &Site) {
    if may_wait(site) {
        let site = site.clone();
        parts::begin(Part::Comments, move || door::send(&site));
    }
}
