//! The thread below an article as this reader sees it: what it is made of, how far it is unfolded, which form is open.

use super::ask;
use super::fold::{Fold, Order};
use super::mailbox::{Mailbox, can};
use super::merge::{Line, Parts, lines};
use crate::browser::storage::{self, Shelf};
use crate::browser::{clipboard, fetch, names, time};
use crate::encode::percent_encode;
use crate::keyed::Keyed;
use crate::navigation::LoadError;
use crate::paths;
use crate::site::Site;
use jumpline_article::commenting::Can;
use jumpline_article::tree::Parsed;
use jumpline_article::{Comment, CommentFile, CommentId, CommentSummary, Permalink};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::RefCell;
use std::sync::Arc;

thread_local! {
    /// How far threads were unfolded that were left.
    static FOLDS: RefCell<Keyed<Permalink, Fold>> = const { RefCell::new(Keyed::EMPTY) };
}

/// What the form is for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Target {
    /// A new conversation.
    #[default]
    New,
    /// An answer.
    Reply(CommentId),
    /// Other words for a comment that the provider has.
    Edit(CommentId),
    /// Other words for one that waits in the outbox.
    Mend(CommentId),
}

impl Target {
    /// The comment below which the form stands.
    pub fn comment(&self) -> Option<&CommentId> {
        match self {
            Self::New => None,
            Self::Reply(it) | Self::Edit(it) | Self::Mend(it) => Some(it),
        }
    }
}

/// What is known of the server's own list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Listed {
    /// It was not asked for yet, or there is no server.
    #[default]
    Unknown,
    /// It does not answer.
    Silent,
    /// It shows these.
    Here(Arc<Vec<Comment>>),
}

/// What a thread is about.
#[derive(Clone, Debug)]
pub struct About {
    /// The article.
    pub permalink: Permalink,
    /// Its title.
    pub headline: String,
    /// What can be done here.
    pub can: Can,
    /// Whether the press published anything about its comments.
    pub has_snapshot: bool,
}

/// How a thread stands.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// What the press published; `None` until it was loaded.
    pub snapshot: Option<Result<Arc<CommentFile>, LoadError>>,
    /// What the server shows.
    pub listed: Listed,
    /// How far the thread is unfolded.
    pub fold: Fold,
    /// What the form is for.
    pub target: Target,
    /// Changes when the form is opened anew for what it was open for.
    pub turn: u32,
    /// The comment of which it is asked whether it is to be deleted.
    pub asking: Option<CommentId>,
    /// What is said for a while to who does not see it.
    pub said: String,
    /// The comment that the address names.
    pub asked: Option<CommentId>,
    /// Comments that the server lets this browser change.
    pub changeable: Vec<CommentId>,
}

/// The thread of one article.
#[derive(Clone, Copy)]
pub struct Board {
    /// What it is about.
    pub about: StoredValue<About>,
    /// How it stands. One signal for all: each kind of signal is code of its own.
    pub state: RwSignal<State>,
    /// Whether new comments are taken.
    pub is_open: bool,
}

impl Board {
    /// A board of which nothing is loaded yet.
    pub fn new(site: &Site, permalink: Permalink, headline: String, summary: CommentSummary) -> Self {
        let can = can(&site.publication().comments.provider);
        Self {
            about: StoredValue::new(About {
                permalink,
                headline,
                can,
                has_snapshot: summary.count + summary.withheld > 0,
            }),
            state: RwSignal::default(),
            is_open: summary.open,
        }
    }

    /// Changes how it stands. The article may have been left meanwhile.
    pub fn set(self, change: impl FnOnce(&mut State)) {
        let _ = self.state.try_update(change);
    }

    /// Says something for a while to who does not see it.
    pub fn say(self, words: String) {
        self.set(|it| it.said.clone_from(&words));
        time::after(clipboard::SAID, move || {
            if self.state.try_with_untracked(|it| it.said == words) == Some(true) {
                self.set(|it| it.said.clear());
            }
        });
    }

    /// Whether the article was left.
    pub fn is_left(self) -> bool {
        self.state.is_disposed()
    }

    /// The article.
    pub fn permalink(self) -> Permalink {
        self.about.with_value(|it| it.permalink.clone())
    }

    /// What the form is for.
    pub fn target(self) -> Target {
        self.state.with(|it| it.target.clone())
    }

    /// The comment below which the form stands, as it is called now: it may be sent while it is being changed.
    pub fn place(self, mailbox: Mailbox) -> Option<CommentId> {
        self.target().comment().map(|it| mailbox.kept().called(it))
    }

    /// Loads all that the thread is made of, and opens the form for what it was open for.
    pub fn load(self, site: &Site, mailbox: Mailbox, target: Target) {
        let kept = storage::read(Shelf::Device, names::COMMENT_ORDER).ok().flatten();
        let order = Order::ALL.into_iter().find(|it| Some(it.name()) == kept.as_deref());
        let fold = FOLDS.with_borrow(|it| it.get(&self.permalink()));
        self.set(|it| {
            if let Some(Fold { pages, opened, .. }) = fold {
                (it.fold.pages, it.fold.opened) = (pages, opened);
            }
            (it.fold.order, it.target) = (order.unwrap_or_default(), target);
        });
        mailbox.refresh(site);
        self.load_snapshot(site);
        self.load_list(site, mailbox);
    }

    /// Keeps how far the thread is unfolded, for who comes back to it.
    pub fn keep_fold(self) {
        let (permalink, fold) = (self.permalink(), self.state.with_untracked(|it| it.fold.clone()));
        FOLDS.with_borrow_mut(|it| it.put(permalink, fold));
    }

    /// Loads what the press published.
    pub fn load_snapshot(self, site: &Site) {
        let (url, is_there) = self.about.with_value(|it| (site.file(&paths::comments(&it.permalink)), it.has_snapshot));
        if !is_there {
            return self.set(|it| it.snapshot = Some(Ok(Arc::default())));
        }
        self.set(|it| it.snapshot = None);
        spawn_local(async move {
            let json = fetch::text(&url).await.map_err(LoadError::Fetch);
            // A thousand comments take their time to arrive, to be parsed, to be read, and to be sorted.
            time::pause().await;
            let parsed = json.and_then(|it| Parsed::new(&it).map_err(|_| LoadError::Broken));
            time::pause().await;
            let file = parsed.and_then(|it| CommentFile::from_parsed(it).map_err(|_| LoadError::Broken));
            time::pause().await;
            self.set(|it| it.snapshot = Some(file.map(Arc::new)));
        });
    }

    /// Asks the server what it shows now.
    pub fn load_list(self, site: &Site, mailbox: Mailbox) {
        let Some(service) = site.publication().comments.provider.service() else { return };
        let (site, permalink, asked) = (site.clone(), self.permalink(), time::now() as u64);
        spawn_local(async move {
            match ask::list(&site, &*service, mailbox, permalink.clone()).await {
                Ok(comments) => {
                    let comments = Arc::new(comments);
                    mailbox.see(&site, permalink.clone(), Arc::clone(&comments), asked).await;
                    self.set(|it| it.listed = Listed::Here(comments));
                    self.probe(&*service, mailbox, &permalink).await;
                }
                Err(()) => self.set(|it| it.listed = Listed::Silent),
            }
        });
    }

    /// The comments in the order of reading.
    pub fn lines(self, site: &Site, mailbox: Mailbox) -> Vec<Line> {
        let (permalink, kept) = (self.permalink(), mailbox.kept());
        let service = site.publication().comments.provider.service();
        self.state.with(|it| {
            let snapshot = it.snapshot.as_ref().and_then(|it| it.as_ref().ok());
            lines(Parts {
                permalink: &permalink,
                snapshot: snapshot.map_or(&[], |it| &it.comments),
                withheld: snapshot.map_or(&[], |it| &it.withheld),
                listed: if let Listed::Here(it) = &it.listed { Some(it) } else { None },
                service: service.as_deref(),
                kept: &kept,
            })
        })
    }

    /// Whether the comment that the address names is in no list, and nobody is left who could bring it.
    pub fn lacks_asked(self, site: &Site, mailbox: Mailbox, lines: &[Line]) -> bool {
        let (asked, is_listed) = self.state.with(|it| (it.asked.clone(), it.listed != Listed::Unknown));
        let Some(asked) = asked.map(|it| mailbox.kept().called(&it)) else { return false };
        let has_server = site.publication().comments.provider.service().is_some();
        (is_listed || !has_server) && !lines.iter().any(|it| it.row.comment.id == asked)
    }

    /// The name of a comment's author.
    pub fn author(self, site: &Site, mailbox: Mailbox, comment: &CommentId) -> String {
        let lines = self.lines(site, mailbox);
        lines.into_iter().find(|it| it.row.comment.id == *comment).map_or_else(String::new, |it| it.row.comment.author)
    }

    /// Puts conversations into another order, and keeps it.
    pub fn order(self, name: &str) {
        let Some(order) = Order::ALL.into_iter().find(|it| it.name() == name) else { return };
        self.set(|it| it.fold.order = order);
        // Without storage the order lasts as long as the page.
        let _ = storage::write(Shelf::Device, names::COMMENT_ORDER, name);
    }

    /// Shows a comment wherever it stands.
    pub fn reveal(self, comment: CommentId) {
        self.set(|it| it.fold.must.push(comment));
    }
}

/// The address of a comment, to be passed on.
pub fn link(site: &Site, permalink: &Permalink, comment: &CommentId) -> String {
    let page = site.publication().absolute(permalink.as_str());
    format!("{page}#{}", percent_encode(&comment.anchor()))
}
