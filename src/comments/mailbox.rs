//! The outbox as the views see it: what is kept, and sending it whenever there is a way.

mod sending;

use super::desk::Desk;
use super::outbox::{Door, Entry, Kept, Stage};
use crate::browser::storage::{self, Blocked};
use crate::browser::{post, random, time, worker};
use crate::components::comments::{marker, may_wait};
use crate::keyed::Keyed;
use crate::site::Site;
use jumpline_article::commenting::{Act, Asked, Can, CommentProvider, Letter, Place, Service};
use jumpline_article::{Comment, CommentId, Permalink};
use leptos::prelude::*;
use leptos::task::spawn_local;
use sending::Sending;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

/// What the service worker is woken for (`crates/press/src/app/outbox.js`).
const OUTBOX: &str = "outbox";

/// A change of what is kept. It is made twice: at once for the eye, and then where it is kept.
pub type Change = Rc<dyn Fn(&mut Kept)>;

/// What is known of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Contents {
    kept: Arc<Kept>,
    /// Whether the browser keeps nothing beyond this page.
    is_memory: bool,
    is_open: bool,
}

/// What is kept, and whether it is being sent; one for the whole reader.
#[derive(Clone, Copy)]
pub struct Mailbox {
    contents: RwSignal<Contents>,
    sending: StoredValue<Sending>,
    /// What the provider calls the articles whose threads were open.
    names: StoredValue<Keyed<Permalink, String>>,
}

impl Mailbox {
    /// The mailbox of a publication, which sends whenever there may be a network again, and follows other tabs.
    pub fn of(site: &Site) -> Self {
        let mailbox = Self {
            contents: RwSignal::default(),
            sending: StoredValue::default(),
            names: StoredValue::new(Keyed::EMPTY),
        };
        let again = site.clone();
        let wake = move || {
            if may_wait(&again) {
                mailbox.send(&again);
            }
        };
        post::on_online(wake.clone());
        post::on_return(wake);
        let marker = marker(site);
        let site = site.clone();
        storage::on_change(marker, move || {
            if mailbox.contents.with_untracked(|it| it.is_open) {
                mailbox.refresh(&site);
            }
        });
        mailbox
    }

    /// The mailbox of the current view.
    pub fn current() -> Self {
        expect_context()
    }

    /// What is kept.
    pub fn kept(self) -> Arc<Kept> {
        self.contents.with(|it| Arc::clone(&it.kept))
    }

    /// As [`Self::kept`], where nothing follows later changes.
    pub fn kept_now(self) -> Arc<Kept> {
        self.contents.with_untracked(|it| Arc::clone(&it.kept))
    }

    /// Whether it stays when the page is closed.
    pub fn lasts(self) -> bool {
        self.contents.with(|it| !it.is_memory)
    }

    /// Whether somebody has looked what is kept.
    pub fn is_open(self) -> bool {
        self.contents.with(|it| it.is_open)
    }

    /// Looks what is kept.
    pub fn refresh(self, site: &Site) {
        let desk = Desk::new(site.clone());
        spawn_local(async move {
            self.look(&desk).await;
            if !self.contents.with_untracked(|it| it.is_open) {
                self.contents.update(|it| it.is_open = true);
            }
        });
    }

    fn show(self, kept: Kept, lasts: bool) {
        if self.contents.with_untracked(|it| *it.kept != kept || it.is_memory == lasts) {
            self.contents.update(|it| (it.kept, it.is_memory) = (Arc::new(kept), !lasts));
        }
    }

    /// Does something: it is shown at once, kept, and then sent.
    ///
    /// # Errors
    /// When it cannot be kept; then all is as before.
    pub async fn act(self, site: &Site, permalink: Permalink, title: String, act: Act) -> Result<CommentId, Blocked> {
        let entry = entry(permalink, title, act)?;
        let id = entry.id.clone();
        self.change(site, Rc::new(move |kept| kept.add(entry.clone()))).await?;
        Ok(id)
    }

    /// Gives a comment of this reader other words, see [`Kept::reword`].
    ///
    /// # Errors
    /// When it cannot be kept; then all is as before.
    pub async fn reword(
        self,
        site: &Site,
        (permalink, title): (Permalink, String),
        comment: CommentId,
        letter: Letter,
        may_edit: bool,
    ) -> Result<Option<CommentId>, Blocked> {
        let change = entry(permalink, title, Act::Edit { comment, text: letter.text.clone() })?;
        let called = Rc::new(RefCell::new(None));
        let told = Rc::clone(&called);
        // What counts is what became of it where it is kept, which comes last.
        let change = move |kept: &mut Kept| *told.borrow_mut() = kept.reword(change.clone(), &letter, may_edit);
        self.change(site, Rc::new(change)).await?;
        Ok(called.take())
    }

    /// Changes what is kept: shown at once, kept, and then sent.
    ///
    /// # Errors
    /// When it cannot be kept; then all is as before.
    pub async fn change(self, site: &Site, change: Change) -> Result<(), Blocked> {
        let is_here = site.publication().comments.is_local();
        let desk = Desk::new(site.clone());
        let service = site.publication().comments.provider.service();
        let mut change = |kept: &mut Kept| {
            change(kept);
            match service.as_deref() {
                Some(service) => kept.plan(service, &|it| self.place(&desk, service, it)),
                None if is_here => kept.settle_here(time::now() as u64),
                None => {}
            }
        };
        let before = self.kept_now();
        let mut soon = Kept::clone(&before);
        change(&mut soon);
        self.contents.update(|it| it.kept = Arc::new(soon));
        let done = desk.change(&mut change).await;
        if !self.look(&desk).await && done.is_err() {
            self.contents.update(|it| it.kept = before);
        }
        if done.is_ok() && !is_here {
            if !post::is_online() {
                worker::wake_later(OUTBOX).await;
            }
            self.send_now(site);
        }
        done
    }

    /// Where something belongs; `None` where the provider would have to be asked for the name of the article.
    fn place(self, desk: &Desk, service: &dyn Service, entry: &Entry) -> Option<Place> {
        let Entry { permalink, title, .. } = entry;
        let name = if service.find(permalink).is_some() { self.name_of(permalink)? } else { String::new() };
        Some(Place { path: desk.path(permalink), permalink: permalink.clone(), title: title.clone(), name })
    }

    /// What the provider calls an article, where it was asked.
    pub fn name_of(self, permalink: &Permalink) -> Option<String> {
        self.names.with_value(|it| it.get(permalink))
    }

    /// Takes note of what the provider calls an article.
    pub fn learn(self, permalink: &Permalink, name: &str) {
        self.names.update_value(|it| it.put(permalink.clone(), name.to_owned()));
    }

    /// As [`Self::change`], where nobody waits for it and nothing is said: what cannot be kept is as before.
    pub fn start(self, site: &Site, change: Change) {
        let site = site.clone();
        spawn_local(async move {
            let _ = self.change(&site, change).await;
        });
    }

    /// Sends an entry again.
    pub fn again(self, site: &Site, entry: CommentId) {
        self.start(site, Rc::new(move |kept| kept.again(&entry)));
    }

    /// Takes an entry back. `false` where it is being sent, or was.
    pub async fn take_back(self, site: &Site, entry: CommentId) -> bool {
        let taken = Rc::new(Cell::new(false));
        let told = Rc::clone(&taken);
        // What counts is what became of it where it is kept, which comes last.
        let change = Rc::new(move |kept: &mut Kept| told.set(kept.take_back(&entry)));
        self.change(site, change).await.is_ok() && taken.get()
    }

    /// Shows what is kept. `false` where it cannot be read.
    async fn look(self, desk: &Desk) -> bool {
        let looked = desk.look().await.map(|(kept, lasts)| self.show(kept, lasts));
        looked.is_ok()
    }

    /// Takes note of what the server shows.
    pub async fn see(self, site: &Site, permalink: Permalink, shown: Arc<Vec<Comment>>, asked: u64) {
        if !self.kept_now().own.iter().any(|it| it.permalink == permalink) {
            return;
        }
        let Some(service) = site.publication().comments.provider.service() else { return };
        let desk = Desk::new(site.clone());
        let _ = desk.change(&mut |kept| kept.see(&*service, &permalink, &shown, asked)).await;
        self.look(&desk).await;
    }
}

/// Something that nobody has sent yet.
fn entry(permalink: Permalink, title: String, act: Act) -> Result<Entry, Blocked> {
    let id = random::id("o-").and_then(|it| CommentId::new(&it).ok()).ok_or(Blocked)?;
    let (at, stage, plan) = (time::now() as u64, Stage::Waiting, String::new());
    Ok(Entry { id, at, permalink, title, act, stage, plan })
}

/// What can be done in the threads of a provider.
pub fn can(provider: &CommentProvider) -> Can {
    match provider.service() {
        Some(service) => service.can(),
        None => Can {
            edit: true,
            like: true,
            unlike: true,
            name: Asked::Maybe,
            email: Asked::No,
            website: Asked::No,
            shortest: 1,
            longest: 65_535,
        },
    }
}
