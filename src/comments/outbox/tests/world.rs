//! A server like Isso, a device and a network between them, each of which fails where chance says so.

use crate::comments::outbox::{Door, Entry, Kept, Lost, Stage};
use jumpline_article::commenting::{Act, Method, Request};
use jumpline_article::{CommentId, Permalink};
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use std::task::Poll;

/// A comment on the server.
struct There {
    id: u64,
    parent: Option<u64>,
    text: String,
    created: u64,
    mode: u64,
    likes: u64,
}

/// What a request meets on its way.
#[derive(Clone, Copy)]
enum Fate {
    Fine,
    Dropped,
    AnswerLost,
    Late,
    Fails,
    FailsHavingDone,
    Truncated,
    CrashBefore,
    CrashAfter,
}

const FATES: [Fate; 9] = [
    Fate::Fine,
    Fate::Dropped,
    Fate::AnswerLost,
    Fate::Late,
    Fate::Fails,
    Fate::FailsHavingDone,
    Fate::Truncated,
    Fate::CrashBefore,
    Fate::CrashAfter,
];

pub(super) struct World {
    chance: Cell<u64>,
    clock: Cell<u64>,
    fails: Cell<bool>,
    /// How far the server's clock is behind, in seconds: hours, or ahead.
    behind: i64,
    holds: bool,
    disk: RefCell<Kept>,
    there: RefCell<Vec<There>>,
    next: Cell<u64>,
    /// Requests that are still on their way, and when they arrive.
    late: RefCell<Vec<(u64, Request)>>,
    /// What was sent, and the name that it had on this device.
    said: RefCell<Vec<(String, String)>>,
    /// Every name that a comment of this device got on the server.
    names: RefCell<Vec<(String, u64)>>,
}

pub(super) struct Tab<'a> {
    world: &'a World,
    crashed: Cell<bool>,
}

impl World {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            chance: Cell::new(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1),
            clock: Cell::new(1_800_000_000_000),
            fails: Cell::new(true),
            behind: (seed % 7) as i64 * 3000 - 9000,
            holds: seed.is_multiple_of(4),
            disk: RefCell::default(),
            there: RefCell::default(),
            next: Cell::new(1),
            late: RefCell::default(),
            said: RefCell::default(),
            names: RefCell::default(),
        }
    }

    /// A number below a limit.
    pub(super) fn below(&self, limit: usize) -> usize {
        let mut it = self.chance.get();
        it ^= it << 13;
        it ^= it >> 7;
        it ^= it << 17;
        self.chance.set(it);
        (it >> 11) as usize % limit
    }

    pub(super) fn now(&self) -> u64 {
        self.clock.get()
    }

    pub(super) fn pass(&self, milliseconds: u64) {
        self.clock.set(self.now() + milliseconds);
        let due: Vec<Request> = {
            let mut late = self.late.borrow_mut();
            let (due, still) = late.drain(..).partition(|it| it.0 <= self.now());
            *late = still;
            due.into_iter().map(|it: (u64, Request)| it.1).collect()
        };
        for request in due {
            self.serve(&request);
        }
    }

    /// Nothing fails from now on.
    pub(super) fn mend(&self) {
        self.fails.set(false);
    }

    pub(super) fn kept<T>(&self, change: impl FnOnce(&mut Kept) -> T) -> T {
        change(&mut self.disk.borrow_mut())
    }

    pub(super) fn tab(&self) -> Tab<'_> {
        Tab { world: self, crashed: Cell::new(false) }
    }

    /// What a comment that was written as `name` is called where the reader may change it; `None` while it is being sent.
    pub(super) fn called(&self, name: &str) -> Option<CommentId> {
        let disk = self.disk.borrow();
        if let Some(entry) = disk.outbox.iter().find(|it| it.id.as_str() == name) {
            // What may have arrived is for the reader to decide, who may well send it twice.
            let is_clear = entry.is_at_hand() && entry.stage != Stage::Unsure;
            return is_clear.then(|| entry.id.clone());
        }
        let id = self.names.borrow().iter().rev().find(|it| it.0 == name).map(|it| it.1)?;
        let id = CommentId::new(&format!("isso-{id}")).ok()?;
        disk.own.iter().any(|it| it.comment.id == id).then_some(id)
    }

    /// What the server has of a comment that was written as `name`.
    pub(super) fn made_of(&self, name: &str) -> Vec<String> {
        let there = self.there.borrow();
        let names = self.names.borrow();
        let ids = names.iter().filter(|it| it.0 == name).map(|it| it.1);
        let found = ids.filter_map(|id| there.iter().find(|it| it.id == id && it.mode != 4));
        found.map(|it| it.text.clone()).collect()
    }

    /// What was sent as `name` arrives.
    pub(super) fn arrives(&self, text: &str, name: &str) {
        self.said.borrow_mut().push((text.to_owned(), name.to_owned()));
        let body = json!({ "text": text }).to_string();
        let url = "https://isso.example/new?uri=%2Fferry%2F".to_owned();
        self.serve(&Request { method: Method::Post, url, body, cookies: true });
    }

    fn serve(&self, request: &Request) -> (u16, String) {
        let mut there = self.there.borrow_mut();
        let path = request.url.trim_start_matches("https://isso.example");
        let body: Value = serde_json::from_str(&request.body).unwrap_or_default();
        let id = path.strip_prefix("/id/").and_then(|it| it.split('/').next()).and_then(|it| it.parse::<u64>().ok());
        let at = id.and_then(|id| there.iter().position(|it| it.id == id));
        match (request.method, id, at) {
            (Method::Get, None, _) => {
                let shown = there.iter().filter(|it| it.mode != 2);
                (200, json!({ "replies": shown.map(written).collect::<Vec<_>>() }).to_string())
            }
            (Method::Post, None, _) => {
                let id = self.next.replace(self.next.get() + 1);
                let (text, mode) =
                    (body["text"].as_str().unwrap_or_default().to_owned(), if self.holds { 2 } else { 1 });
                let parent = body["parent"].as_u64();
                let made = There {
                    id,
                    parent,
                    text,
                    created: (self.now() as i64 / 1000 - self.behind) as u64,
                    mode,
                    likes: 0,
                };
                let name = self.name_of(&made.text);
                self.names.borrow_mut().push((name, id));
                let answer = written(&made).to_string();
                there.push(made);
                (if self.holds { 202 } else { 201 }, answer)
            }
            (_, Some(_), None) => (404, "gone".to_owned()),
            (Method::Get, _, Some(at)) => (200, written(&there[at]).to_string()),
            (Method::Put, _, Some(at)) => {
                there[at].text = body["text"].as_str().unwrap_or_default().to_owned();
                (200, written(&there[at]).to_string())
            }
            (Method::Delete, Some(id), Some(at)) => {
                if there.iter().any(|it| it.parent == Some(id)) {
                    there[at].mode = 4;
                    (200, written(&there[at]).to_string())
                } else {
                    there.remove(at);
                    (200, "null".to_owned())
                }
            }
            (Method::Post, _, Some(at)) => {
                there[at].likes = 1;
                (200, json!({ "likes": there[at].likes, "dislikes": 0 }).to_string())
            }
            (_, None, Some(_)) | (Method::Put | Method::Delete, None, None) => (404, String::new()),
        }
    }

    /// The name on this device of the comment that says this: words are never said twice.
    fn name_of(&self, text: &str) -> String {
        let said = self.said.borrow();
        said.iter().find(|it| it.0 == text).map_or_else(|| panic!("nobody wrote {text:?}"), |it| it.1.clone())
    }

    fn note_what_is_said(&self) {
        let posted = |it: &Entry| match &it.act {
            Act::Post(letter) => Some((letter.text.clone(), it.id.to_string())),
            _ => None,
        };
        self.said.borrow_mut().extend(self.disk.borrow().outbox.iter().filter_map(posted));
    }
}

fn written(it: &There) -> Value {
    let text = if it.mode == 4 { String::new() } else { format!("<p>{}</p>", it.text) };
    json!({ "id": it.id, "parent": it.parent, "created": it.created as f64, "mode": it.mode, "text": text, "author": "Ada", "likes": it.likes })
}

impl Tab<'_> {
    pub(super) fn has_crashed(&self) -> bool {
        self.crashed.get()
    }

    async fn crash<T>(&self) -> T {
        self.crashed.set(true);
        std::future::pending().await
    }

    fn is_struck(&self, one_in: usize) -> bool {
        self.world.fails.get() && self.world.below(one_in) == 0
    }
}

/// Lets another tab go on.
async fn turn() {
    let mut was = false;
    std::future::poll_fn(|_| if std::mem::replace(&mut was, true) { Poll::Ready(()) } else { Poll::Pending }).await;
}

impl Door for Tab<'_> {
    type Blocked = ();

    async fn change(&self, change: &mut dyn FnMut(&mut Kept)) -> Result<(), ()> {
        turn().await;
        if self.is_struck(25) {
            return self.crash().await;
        }
        self.world.kept(|it| change(it));
        if self.is_struck(25) {
            return self.crash().await;
        }
        Ok(())
    }

    async fn ask(&self, request: &Request) -> Result<(u16, String), Lost> {
        turn().await;
        let world = self.world;
        world.note_what_is_said();
        let fate = if self.is_struck(2) { FATES[world.below(FATES.len())] } else { Fate::Fine };
        let done = match fate {
            Fate::Dropped | Fate::Fails | Fate::CrashBefore | Fate::Late => None,
            _ => Some(world.serve(request)),
        };
        turn().await;
        match (fate, done) {
            (Fate::CrashBefore | Fate::CrashAfter, _) => self.crash().await,
            (Fate::Late, _) => {
                let at = world.now() + world.below(25_000) as u64;
                world.late.borrow_mut().push((at, request.clone()));
                Err(Lost)
            }
            (Fate::Fails | Fate::FailsHavingDone, _) => Ok((500, "<h1>Internal Server Error</h1>".to_owned())),
            (Fate::Truncated, Some((status, text))) => Ok((status, text[..text.len() / 2].to_owned())),
            (Fate::Fine, Some(answer)) => Ok(answer),
            _ => Err(Lost),
        }
    }

    fn path(&self, permalink: &Permalink) -> String {
        permalink.as_str().to_owned()
    }

    fn now(&self) -> u64 {
        self.world.now()
    }
}
