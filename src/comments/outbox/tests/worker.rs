//! The service worker as `crates/press/src/app/outbox.js` has it, in a world where everything fails.

use super::world::Tab;
use crate::comments::outbox::{Door, Entry, Kept, Stage};
use jumpline_article::CommentId;
use jumpline_article::commenting::{Act, Method, Request};
use jumpline_article::error::read_json;
use serde::Deserialize;

#[derive(Deserialize)]
struct Plan {
    list: String,
    method: String,
    url: String,
    body: String,
    cookies: bool,
}

fn next(kept: &Kept) -> Option<(CommentId, String)> {
    let is_post = |it: &Entry| matches!(it.act, Act::Post(_));
    let can_be_sent = |(at, it): &(usize, &Entry)| {
        let is_before = |one: &Entry| one.stage != Stage::Waiting && !is_post(one) && one.target() == it.target();
        let is_ready = it.stage == Stage::Waiting && !it.plan.is_empty();
        is_ready && (is_post(it) || !kept.outbox[..*at].iter().any(is_before))
    };
    let (_, entry) = kept.outbox.iter().enumerate().find(can_be_sent)?;
    Some((entry.id.clone(), entry.plan.clone()))
}

/// Sends what waits, until nothing is left or something fails.
pub(super) async fn work(door: &Tab<'_>) -> Result<(), ()> {
    loop {
        let mut found = None;
        door.change(&mut |kept| found = next(kept)).await?;
        let Some((id, plan)) = found else { return Ok(()) };
        let Plan { list, method, url, body, cookies } = read_json(&plan).map_err(drop)?;
        let (status, before) = door.ask(&Request::get(list)).await.map_err(drop)?;
        if status != 200 {
            return Ok(());
        }
        let (now, mut is_taken) = (door.now(), false);
        door.change(&mut |kept| {
            let entry = kept.outbox.iter_mut().find(|it| it.id == id && it.plan == plan && it.stage == Stage::Waiting);
            is_taken = entry.is_some();
            if let Some(entry) = entry {
                entry.stage = Stage::Handed { before: before.clone(), tried: now, answer: None };
            }
        })
        .await?;
        if !is_taken {
            continue;
        }
        let methods = [Method::Get, Method::Post, Method::Put, Method::Delete];
        let method = methods.into_iter().find(|it| it.name() == method).ok_or(())?;
        let heard = door.ask(&Request { method, url, body, cookies }).await.map_err(drop)?;
        door.change(&mut |kept| {
            for entry in kept.outbox.iter_mut().filter(|it| it.id == id) {
                if let Stage::Handed { answer, .. } = &mut entry.stage {
                    *answer = Some(heard.clone());
                }
            }
        })
        .await?;
    }
}
