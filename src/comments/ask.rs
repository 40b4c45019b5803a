//! What a server is asked about a thread: what it shows, and what of this reader's it lets be changed.

use super::board::Board;
use super::mailbox::Mailbox;
use crate::browser::fetch::FetchError;
use crate::browser::{post, time};
use crate::site::Site;
use jumpline_article::commenting::{Answer, Place, Service};
use jumpline_article::{Comment, Permalink};
use leptos::prelude::*;

/// Comments of this reader whose cookie is asked for at a time, each by a request of its own.
const PROBED: usize = 5;
/// For so many milliseconds all are: servers let a comment be changed for minutes, or for an hour.
const RECENT: u64 = 60 * 60 * 1000;

impl Board {
    /// Asks the server which comments of this reader it lets this browser change: where its cookie is refused, none.
    pub async fn probe(self, service: &dyn Service, mailbox: Mailbox, permalink: &Permalink) {
        let Some(known) = self.state.try_with_untracked(|it| it.changeable.clone()) else { return };
        let kept = mailbox.kept_now();
        let own = kept.own.iter().filter(|it| it.permalink == *permalink && !known.contains(&it.comment.id));
        let from = (time::now() as u64).saturating_sub(RECENT);
        for (_, own) in own.rev().enumerate().take_while(|(at, own)| *at < PROBED || own.at > from) {
            let Some(request) = service.probe(&own.comment.id) else { continue };
            if let Ok(answer) = post::ask_server(&request).await
                && service.may_change(Answer { status: answer.status, text: &answer.text })
            {
                self.set(|it| it.changeable.push(own.comment.id.clone()));
            }
        }
    }
}

/// All that the server shows below an article.
pub(super) async fn list(
    site: &Site,
    service: &dyn Service,
    mailbox: Mailbox,
    permalink: Permalink,
) -> Result<Vec<Comment>, ()> {
    let path = site.publication().base.join(permalink.as_str());
    let mut place = Place { path, permalink, title: String::new(), name: String::new() };
    if let Some(question) = service.find(&place.permalink) {
        let answer = post::ask_server(&question).await.map_err(drop::<FetchError>)?;
        place.name = service.found(Answer { status: answer.status, text: &answer.text }).map_err(drop)?;
        mailbox.learn(&place.permalink, &place.name);
    }
    let mut comments = Vec::new();
    for page in 1.. {
        let answer = post::ask_server(&service.list(&place, page)).await.map_err(drop::<FetchError>)?;
        let batch = service.listed(Answer { status: answer.status, text: &answer.text }).map_err(drop)?;
        if !batch.add_to(&mut comments, page) {
            break;
        }
    }
    Ok(comments)
}
