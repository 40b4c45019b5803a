//! What became of what this reader wrote, for who does not see it: it is sent while one reads on.

use super::board::Board;
use super::mailbox::Mailbox;
use super::merge::Pending;
use super::outbox::{Entry, Kept, Own, Stage};
use super::view;
use crate::messages::Key;
use crate::site::Site;
use jumpline_article::comment::Status;
use jumpline_article::{CommentId, Permalink};
use leptos::prelude::*;

/// A comment, or something else that was sent, and what became of it.
type News = Vec<(CommentId, String)>;

/// Says it whenever something of this article was refused, is in doubt, or has become a comment.
pub fn tell(board: Board, mailbox: Mailbox, site: &Site) {
    // On this device it is there at once, and has the focus.
    if site.publication().comments.is_local() {
        return;
    }
    let site = site.clone();
    Effect::new(move |before: Option<Option<News>>| {
        if !mailbox.is_open() {
            return None;
        }
        let now = news(&site, &mailbox.kept(), &board.permalink());
        if let Some(before) = before.flatten() {
            let new: Vec<&str> = now.iter().filter(|it| !before.contains(it)).map(|it| it.1.as_str()).collect();
            if !new.is_empty() {
                board.say(new.join(" "));
            }
        }
        Some(now)
    });
}

fn news(site: &Site, kept: &Kept, permalink: &Permalink) -> News {
    let decided = |it: &&Entry| it.permalink == *permalink && matches!(it.stage, Stage::Unsure | Stage::Refused(_));
    let entries = kept.outbox.iter().filter(decided);
    let entries = entries.filter_map(|it| Some((it.id.clone(), view::said(site, &Pending::of(it))?)));
    let own = kept.own.iter().filter(|it| it.permalink == *permalink).map(|it| {
        let Own { comment, .. } = it;
        let key = if comment.status == Status::Held { Key::CommentHeld } else { Key::CommentPublished };
        (comment.id.clone(), site.text(key).to_owned())
    });
    entries.chain(own).collect()
}
