//! Sending what waits: in order, one at a time, and each thing once.

use super::look::{Doubt, Seen, look};
use super::{Entry, Kept, Stage};
use jumpline_article::commenting::{Answer, CANNOT, Outcome, Place, Refusal, Request, Service, Trouble};
use jumpline_article::{CommentId, Permalink};

/// Milliseconds after which whoever was sending something has given up: longer than a request is waited for.
const BUSY: u64 = 30_000;

/// An article whose server has answered.
pub(super) struct Known {
    permalink: Permalink,
    /// What the server calls it.
    name: String,
    /// Milliseconds since 1970 of its newest comment by the server's own clock; 0 where it has none, or did not say.
    newest: u64,
}

/// No answer came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lost;

/// What the outbox stands between: what this device keeps, and the network.
#[expect(async_fn_in_trait, reason = "nothing here is sent to another thread")]
pub trait Door {
    /// Why nothing can be kept.
    type Blocked;

    /// Changes what is kept, in one transaction: as a whole or not at all.
    ///
    /// # Errors
    /// When nothing can be kept.
    async fn change(&self, change: &mut dyn FnMut(&mut Kept)) -> Result<(), Self::Blocked>;

    /// Asks a server.
    ///
    /// # Errors
    /// When no answer came. The question may have arrived all the same.
    async fn ask(&self, request: &Request) -> Result<(u16, String), Lost>;

    /// The path of an article's page, base path included.
    fn path(&self, permalink: &Permalink) -> String;

    /// Milliseconds since 1970.
    fn now(&self) -> u64;
}

/// How a round of sending ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flushed {
    /// Nothing is left that can be sent.
    Idle,
    /// The server does not answer, or it is not known yet what arrived: to be tried again later.
    Later,
}

/// What is to be done next.
enum Step {
    /// To ask whether the server is there, and what it calls the article.
    Knock(Permalink),
    /// To send this; it is noted as sent already.
    Send(Entry),
    /// To take what the service worker heard: status and text.
    Hear(Entry, (u16, String)),
    /// To find out whether this arrived, first sent at that time.
    Look(Entry, Doubt),
    Idle,
}

/// Sends what waits.
///
/// # Errors
/// When nothing can be kept: then nothing is sent either, since nobody would know.
pub async fn flush<D: Door>(door: &D, service: &dyn Service) -> Result<Flushed, D::Blocked> {
    let mut known: Vec<Known> = Vec::new();
    // Articles of which something is still on its way: what follows there waits, and nothing else does.
    let mut resting: Vec<Permalink> = Vec::new();
    loop {
        let (now, mut next) = (door.now(), Step::Idle);
        door.change(&mut |kept| next = step(kept, service, &known, &mut resting, now)).await?;
        let entry = match next {
            Step::Idle if resting.is_empty() => return Ok(Flushed::Idle),
            Step::Idle => return Ok(Flushed::Later),
            Step::Knock(permalink) => {
                match knock(door, service, &permalink).await {
                    Ok((name, newest)) => known.push(Known { permalink, name, newest }),
                    Err(Trouble::Missing) => {
                        door.change(&mut |kept| kept.refuse_all(&permalink)).await?;
                    }
                    // Also the page of somebody's wireless network.
                    Err(Trouble::Status(_) | Trouble::Broken) => return Ok(Flushed::Later),
                }
                continue;
            }
            Step::Hear(entry, (status, text)) => {
                let outcome = service.sent(&entry.act, Answer { status, text: &text });
                let now = door.now();
                door.change(&mut |kept| match outcome {
                    Outcome::Unclear => kept.forget_answer(&entry.id),
                    _ => kept.settle(&entry.id, outcome.clone(), now),
                })
                .await?;
                continue;
            }
            Step::Look(entry, doubt) => match look(door, service, &entry, doubt, &known).await? {
                Seen::Settled => continue,
                Seen::Unknown => return Ok(Flushed::Later),
                Seen::Absent if !doubt.is_over => {
                    resting.push(entry.permalink);
                    continue;
                }
                Seen::Absent => {
                    let (now, mut is_there) = (door.now(), false);
                    door.change(&mut |kept| is_there = kept.resend(&entry.id, now)).await?;
                    match is_there {
                        true => entry,
                        false => continue,
                    }
                }
            },
            Step::Send(entry) => entry,
        };
        let place = place(door, &entry.permalink, &entry.title, &known);
        let outcome = match service.send(&place, &entry.act) {
            None => CANNOT,
            Some(request) => match door.ask(&request).await {
                Ok((status, text)) => service.sent(&entry.act, Answer { status, text: &text }),
                Err(Lost) => return Ok(Flushed::Later),
            },
        };
        if outcome == Outcome::Unclear {
            return Ok(Flushed::Later);
        }
        let now = door.now();
        door.change(&mut |kept| kept.settle(&entry.id, outcome.clone(), now)).await?;
    }
}

/// Where something belongs, as far as its server has said.
pub(super) fn place<D: Door>(door: &D, permalink: &Permalink, title: &str, known: &[Known]) -> Place {
    Place {
        path: door.path(permalink),
        permalink: permalink.clone(),
        title: title.to_owned(),
        name: known.iter().find(|it| it.permalink == *permalink).map(|it| it.name.clone()).unwrap_or_default(),
    }
}

/// Asks whether the server is there: what it calls an article, and the newest comment that it shows.
async fn knock<D: Door>(door: &D, service: &dyn Service, permalink: &Permalink) -> Result<(String, u64), Trouble> {
    const LOST: Trouble = Trouble::Status(0);
    let mut place = place(door, permalink, "", &[]);
    if let Some(question) = service.find(permalink) {
        let (status, text) = door.ask(&question).await.map_err(|_| LOST)?;
        place.name = service.found(Answer { status, text: &text })?;
    }
    let (status, text) = door.ask(&service.list(&place, 1)).await.map_err(|_| LOST)?;
    Ok((place.name, newest(service, Answer { status, text: &text })?))
}

/// When the newest comment of a list was written, in milliseconds since 1970; 0 where there is none.
fn newest(service: &dyn Service, list: Answer<'_>) -> Result<u64, Trouble> {
    let comments = match service.listed(list) {
        // A thread that it does not know yet is an empty one.
        Err(Trouble::Missing) => Vec::new(),
        listed => listed?.comments,
    };
    let newest = comments.iter().map(|it| it.date.unix()).max().unwrap_or(0);
    Ok(u64::try_from(newest).unwrap_or(0) * 1000)
}

/// What is next, noted as begun where something is sent.
fn step(kept: &mut Kept, service: &dyn Service, known: &[Known], resting: &mut Vec<Permalink>, now: u64) -> Step {
    let ids: Vec<_> = kept.outbox.iter().map(|it| it.id.clone()).collect();
    for entry in &mut kept.outbox {
        if resting.contains(&entry.permalink) {
            continue;
        }
        let since = match &entry.stage {
            Stage::Unsure | Stage::Refused(_) => continue,
            // It hangs on something that has no name at the server yet.
            Stage::Waiting if entry.target().is_some_and(|it| ids.contains(it)) => continue,
            Stage::Waiting => None,
            Stage::Handed { answer: Some(answer), .. } => return Step::Hear(entry.clone(), answer.clone()),
            Stage::Handed { tried, .. } if now.abs_diff(*tried) < BUSY => {
                resting.push(entry.permalink.clone());
                continue;
            }
            Stage::Sent { since, .. } => Some(*since),
            // What cannot be read says nothing of what was there.
            Stage::Handed { before, .. } => Some(newest(service, Answer { status: 200, text: before }).unwrap_or(0)),
        };
        let Some(known) = known.iter().find(|it| it.permalink == entry.permalink) else {
            return Step::Knock(entry.permalink.clone());
        };
        // Whose request has failed need not wait to see whether it arrived all the same.
        if let Stage::Sent { since, tried } = entry.stage
            && now.abs_diff(tried) < BUSY
        {
            return Step::Look(entry.clone(), Doubt { since, is_over: false });
        }
        // Whatever arrives is newer than what was there, and no clock but the server's has a say in it.
        entry.stage = Stage::Sent { since: since.unwrap_or(known.newest), tried: now };
        return match since {
            None => Step::Send(entry.clone()),
            Some(since) => Step::Look(entry.clone(), Doubt { since, is_over: true }),
        };
    }
    Step::Idle
}

impl Kept {
    /// Nobody can make anything of the answer: what became of it is to be found out.
    fn forget_answer(&mut self, id: &CommentId) {
        let entry = self.outbox.iter_mut().find(|it| it.id == *id);
        if let Some(Stage::Handed { answer, tried, .. }) = entry.map(|it| &mut it.stage) {
            (*answer, *tried) = (None, 0);
        }
    }

    /// Notes that something is being sent again; `false` when it is not there any more.
    fn resend(&mut self, id: &CommentId, now: u64) -> bool {
        let entry = self.outbox.iter_mut().find(|it| it.id == *id);
        match entry.map(|it| &mut it.stage) {
            Some(Stage::Sent { tried, .. }) => {
                *tried = now;
                true
            }
            _ => false,
        }
    }

    /// The server knows no such article. What may have arrived before was not refused for that.
    pub(super) fn refuse_all(&mut self, permalink: &Permalink) {
        for entry in self.outbox.iter_mut().filter(|it| it.permalink == *permalink) {
            match &entry.stage {
                Stage::Waiting => entry.stage = Stage::Refused(Refusal::Closed),
                Stage::Sent { .. } | Stage::Handed { answer: None, .. } => entry.stage = Stage::Unsure,
                Stage::Handed { .. } | Stage::Unsure | Stage::Refused(_) => {}
            }
        }
    }
}
