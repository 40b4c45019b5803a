//! The thread below an article as this reader sees it: what it is made of, how far it is unfolded, which form is open.

use super::fold::{Fold, Order};
use super::mailbox::{Mailbox, can};
use super::merge::{Line, Parts, lines};
use crate::browser::fetch::{self, FetchError};
use crate::browser::storage::{self, Shelf};
use crate::browser::{post, time};
use crate::encode::percent_encode;
use crate::navigation::LoadError;
use crate::paths;
use crate::site::Site;
use jumpline_article::commenting::{Answer, Can, Place, Service};
use jumpline_article::{Comment, CommentFile, CommentId, Permalink};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::HashSet;
use std::sync::Arc;

/// Key in `localStorage`: the name of an [`Order`].
const ORDER: &str = "jumpline:comment-order";

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

/// The thread of one article.
#[derive(Clone, Copy)]
pub struct Board {
    /// The article.
    pub permalink: StoredValue<Permalink>,
    /// Its title.
    pub headline: StoredValue<String>,
    /// What the press published; `None` until it was loaded.
    pub snapshot: RwSignal<Option<Result<Arc<CommentFile>, LoadError>>>,
    /// What the server shows.
    pub listed: RwSignal<Listed>,
    /// How far the thread is unfolded.
    pub fold: RwSignal<Fold>,
    /// What the form is for.
    pub target: RwSignal<Target>,
    /// The comment of which it is asked whether it is to be deleted.
    pub asking: RwSignal<Option<CommentId>>,
    /// The comment whose link was copied last.
    pub copied: RwSignal<Option<CommentId>>,
    /// Comments that the server lets this browser change.
    pub changeable: RwSignal<HashSet<CommentId>>,
    /// What can be done here.
    pub can: StoredValue<Can>,
    /// Whether new comments are taken.
    pub is_open: bool,
}

impl Board {
    /// A board of which nothing is loaded yet.
    pub fn new(site: &Site, permalink: Permalink, headline: String, is_open: bool) -> Self {
        Self {
            permalink: StoredValue::new(permalink),
            headline: StoredValue::new(headline),
            snapshot: RwSignal::new(None),
            listed: RwSignal::default(),
            fold: RwSignal::default(),
            target: RwSignal::default(),
            asking: RwSignal::default(),
            copied: RwSignal::default(),
            changeable: RwSignal::default(),
            can: StoredValue::new(can(&site.publication().comments.provider)),
            is_open,
        }
    }

    /// Loads all that the thread is made of.
    pub fn load(self, site: &Site, mailbox: Mailbox, count: u32) {
        let kept = storage::read(Shelf::Device, ORDER).ok().flatten();
        if let Some(order) = Order::ALL.into_iter().find(|it| Some(it.name()) == kept.as_deref()) {
            self.fold.update(|it| it.order = order);
        }
        mailbox.refresh(site);
        self.load_snapshot(site, count);
        self.load_list(site, mailbox);
    }

    /// Loads what the press published.
    pub fn load_snapshot(self, site: &Site, count: u32) {
        if count == 0 {
            return self.snapshot.set(Some(Ok(Arc::default())));
        }
        let url = self.permalink.with_value(|it| site.file(&paths::comments(it)));
        self.snapshot.set(None);
        spawn_local(async move {
            let json = fetch::text(&url).await.map_err(LoadError::Fetch);
            let file = json.and_then(|it| CommentFile::from_json(&it).map_err(|_| LoadError::Broken));
            // The article may have been left meanwhile.
            let _ = self.snapshot.try_set(Some(file.map(Arc::new)));
        });
    }

    /// Asks the server what it shows now.
    pub fn load_list(self, site: &Site, mailbox: Mailbox) {
        let Some(service) = site.publication().comments.provider.service() else { return };
        let site = site.clone();
        spawn_local(async move {
            let Some(permalink) = self.permalink.try_get_value() else { return };
            let asked = time::now() as u64;
            match list(&site, &*service, permalink.clone()).await {
                Ok(comments) => {
                    let comments = Arc::new(comments);
                    mailbox.see(&site, permalink.clone(), Arc::clone(&comments), asked).await;
                    let _ = self.listed.try_set(Listed::Here(comments));
                    self.probe(&*service, mailbox, &permalink).await;
                }
                Err(()) => {
                    let _ = self.listed.try_set(Listed::Silent);
                }
            }
        });
    }

    /// Asks the server which comments of this reader it lets this browser change: where its cookie is refused, none.
    async fn probe(self, service: &dyn Service, mailbox: Mailbox, permalink: &Permalink) {
        let kept = mailbox.kept().get_untracked();
        let known = self.changeable.try_get_untracked().unwrap_or_default();
        let own = kept.own.iter().filter(|it| it.permalink == *permalink && !known.contains(&it.comment.id));
        for own in own.rev().take(5) {
            let Some(request) = service.probe(&own.comment.id) else { continue };
            if let Ok(answer) = post::ask_server(&request).await
                && service.may_change(Answer { status: answer.status, text: &answer.text })
            {
                let _ = self.changeable.try_update(|it| it.insert(own.comment.id.clone()));
            }
        }
    }

    /// The comments in the order of reading.
    pub fn lines(self, site: &Site, mailbox: Mailbox) -> Vec<Line> {
        let (snapshot, listed, kept) = (self.snapshot.get(), self.listed.get(), mailbox.kept().get());
        let snapshot = snapshot.and_then(Result::ok).unwrap_or_default();
        let service = site.publication().comments.provider.service();
        self.permalink.with_value(|permalink| {
            lines(Parts {
                permalink,
                snapshot: &snapshot.comments,
                listed: if let Listed::Here(it) = &listed { Some(it) } else { None },
                service: service.as_deref(),
                kept: &kept,
            })
        })
    }

    /// The name of a comment's author.
    pub fn author(self, site: &Site, mailbox: Mailbox, comment: &CommentId) -> String {
        let lines = self.lines(site, mailbox);
        lines.into_iter().find(|it| it.row.comment.id == *comment).map_or_else(String::new, |it| it.row.comment.author)
    }

    /// Puts conversations into another order, and keeps it.
    pub fn order(self, name: &str) {
        let Some(order) = Order::ALL.into_iter().find(|it| it.name() == name) else { return };
        self.fold.update(|it| it.order = order);
        // Without storage the order lasts as long as the page.
        let _ = storage::write(Shelf::Device, ORDER, name);
    }

    /// Shows a comment wherever it stands.
    pub fn reveal(self, comment: CommentId) {
        self.fold.update(|it| {
            it.must.insert(comment);
        });
    }
}

async fn list(site: &Site, service: &dyn Service, permalink: Permalink) -> Result<Vec<Comment>, ()> {
    let path = site.publication().base.join(permalink.as_str());
    let mut place = Place { path, permalink, title: String::new(), name: String::new() };
    if let Some(question) = service.find(&place.permalink) {
        let answer = post::ask_server(&question).await.map_err(drop::<FetchError>)?;
        place.name = service.found(Answer { status: answer.status, text: &answer.text }).map_err(drop)?;
    }
    let mut comments = Vec::new();
    for page in 1.. {
        let answer = post::ask_server(&service.list(&place, page)).await.map_err(drop::<FetchError>)?;
        let batch = service.listed(Answer { status: answer.status, text: &answer.text }).map_err(drop)?;
        comments.extend(batch.comments);
        if !batch.more {
            break;
        }
    }
    Ok(comments)
}

/// The address of a comment, to be passed on.
pub fn link(site: &Site, permalink: &Permalink, comment: &CommentId) -> String {
    let page = site.publication().absolute(permalink.as_str());
    format!("{page}#{}", percent_encode(&comment.anchor()))
}
