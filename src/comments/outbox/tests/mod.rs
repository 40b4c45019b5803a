//! Over a thousand random lives of an outbox: faults of the network and the device at every step, nothing lost, nothing twice.

mod reword;
mod taken;
mod worker;
mod world;

use super::{Entry, Flushed, Kept, Stage, flush};
use jumpline_article::commenting::{Act, Isso, Letter, Outcome, Place, Refusal};
use jumpline_article::{CommentId, Permalink};
use std::collections::HashMap;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use world::{Tab, World};

fn permalink() -> Permalink {
    Permalink::new("/ferry/").expect("is a permalink")
}

fn id(text: &str) -> CommentId {
    CommentId::new(text).expect("is an id")
}

fn letter(text: &str) -> Letter {
    Letter { text: text.to_owned(), author: "Ada".to_owned(), email: "ada@example.org".to_owned(), ..Letter::default() }
}

fn entry(name: &str, at: u64, act: Act) -> Entry {
    Entry {
        id: id(name),
        at,
        permalink: permalink(),
        title: "The ferry".to_owned(),
        act,
        stage: Stage::Waiting,
        plan: String::new(),
    }
}

/// Runs the outbox in so many tabs, in turns that chance decides, until each is done or crashed.
fn run(world: &World, tabs: usize) -> Vec<Option<Flushed>> {
    let isso = Isso::new("https://isso.example");
    let doors: Vec<Tab<'_>> = (0..tabs).map(|_| world.tab()).collect();
    let mut runs: Vec<_> = doors.iter().map(|door| Some(Box::pin(flush(door, &isso)))).collect();
    let mut ends = vec![None; tabs];
    while runs.iter().any(Option::is_some) {
        let turn = world.below(tabs);
        let Some(running) = runs[turn].as_mut() else { continue };
        match Pin::new(running).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(end) => (ends[turn], runs[turn]) = (end.ok(), None),
            Poll::Pending if doors[turn].has_crashed() => runs[turn] = None,
            Poll::Pending => {}
        }
    }
    ends
}

/// Runs the service worker, while no page is open.
fn wake(world: &World) {
    let door = world.tab();
    let mut work = Box::pin(worker::work(&door));
    while !door.has_crashed() {
        if Pin::new(&mut work).poll(&mut Context::from_waker(Waker::noop())).is_ready() {
            return;
        }
    }
}

/// Writes down what the service worker may send, as every change by the reader does.
fn plan(world: &World) {
    let isso = Isso::new("https://isso.example");
    let place = |it: &Entry| {
        let (permalink, title) = (it.permalink.clone(), it.title.clone());
        Some(Place { path: permalink.as_str().to_owned(), permalink, title, name: String::new() })
    };
    world.kept(|it| it.plan(&isso, &place));
}

/// What the reader did, to be compared with what the server has in the end.
#[derive(Default)]
struct Life {
    /// What each comment should say, by its name on this device; `None` when it was deleted.
    wanted: HashMap<String, Option<String>>,
    written: usize,
}

impl Life {
    fn act(&mut self, world: &World) {
        let now = world.now();
        let names: Vec<String> = self.wanted.iter().filter(|it| it.1.is_some()).map(|it| it.0.clone()).collect();
        let mut names: Vec<String> = names;
        names.sort();
        let known = (!names.is_empty()).then(|| names[world.below(names.len())].clone());
        self.written += 1;
        let new = format!("o-{}", self.written);
        let words = format!("words number {}", self.written);
        match (world.below(11), known) {
            (10, Some(name)) => {
                // Whatever is on its way stays; of the rest, what may have arrived is for the reader to decide.
                let (named, is_clear) = (id(&name), world.called(&name).is_some());
                let is_on_its_way = world.kept(|it| it.outbox.iter().any(|it| it.id == named && !it.is_at_hand()));
                if (is_clear || is_on_its_way) && world.kept(|it| it.take_back(&named)) {
                    self.wanted.insert(name, None);
                }
            }
            (0..=1, Some(name)) => {
                // Nobody may change what is being sent.
                if let Some(comment) = world.called(&name) {
                    world.kept(|it| it.add(entry(&new, now, Act::Edit { comment, text: words.clone() })));
                    self.wanted.insert(name, Some(words));
                }
            }
            (2, Some(name)) => {
                if let Some(comment) = world.called(&name) {
                    world.kept(|it| it.add(entry(&new, now, Act::Delete { comment })));
                    self.wanted.insert(name, None);
                }
            }
            (3, Some(name)) => {
                if let Some(comment) = world.called(&name) {
                    world.kept(|it| it.add(entry(&new, now, Act::Like { comment, liked: true })));
                }
            }
            (4..=6, Some(name)) => {
                let parent = world.called(&name);
                world.kept(|it| it.add(entry(&new, now, Act::Post(Letter { parent, ..letter(&words) }))));
                self.wanted.insert(new, Some(words));
            }
            _ => {
                world.kept(|it| it.add(entry(&new, now, Act::Post(letter(&words)))));
                self.wanted.insert(new, Some(words));
            }
        }
    }
}

fn live(seed: u64) {
    let world = World::new(seed);
    let mut life = Life::default();
    for _ in 0..12 {
        for _ in 0..world.below(3) {
            life.act(&world);
            plan(&world);
        }
        world.pass(world.below(40_000) as u64);
        if world.below(3) == 0 {
            wake(&world);
            world.pass(world.below(40_000) as u64);
        }
        run(&world, 1 + world.below(2));
    }
    world.mend();
    for _ in 0..60 {
        world.pass(31_000);
        run(&world, 1);
    }
    let left = world.kept(|it| it.outbox.clone());
    let unsettled = |it: &&Entry| (it.stage == Stage::Waiting || it.stage.is_on_its_way()) && !hangs(&left, it);
    assert_eq!(left.iter().find(unsettled), None, "seed {seed}: it waits for ever");
    for (name, wanted) in &life.wanted {
        let there = world.made_of(name);
        assert!(there.len() <= 1, "seed {seed}: {name} stands there {} times", there.len());
        let waits = left.iter().any(|it| it.id.as_str() == name);
        let changes =
            left.iter().any(|it| !matches!(it.act, Act::Post(_)) && it.target() == world.called(name).as_ref());
        match (wanted, there.first()) {
            (Some(words), Some(text)) => {
                assert!(waits || changes || text == words, "seed {seed}: {name} says {text:?} instead of {words:?}");
            }
            (Some(_), None) => assert!(waits, "seed {seed}: {name} is lost"),
            (None, Some(_)) => assert!(waits || changes, "seed {seed}: {name} is still there"),
            (None, None) => {}
        }
    }
}

/// Whether an entry hangs on one that the reader has to decide about first.
fn hangs(all: &[Entry], entry: &Entry) -> bool {
    entry.target().is_some_and(|target| all.iter().any(|it| it.id == *target))
}

#[test]
fn nothing_is_lost_and_nothing_is_posted_twice() {
    for seed in 0..1500 {
        live(seed);
    }
}

#[test]
fn what_is_on_its_way_keeps_no_other_article_waiting() {
    let world = World::new(1);
    world.mend();
    let sent = Stage::Sent { since: 0, tried: world.now() };
    let elsewhere = Permalink::new("/fog/").expect("is a permalink");
    world.kept(|it| {
        it.outbox.push(Entry { stage: sent.clone(), ..entry("o-1", 1, Act::Post(letter("On its way"))) });
        it.add(entry("o-2", 2, Act::Post(letter("After it"))));
        it.add(Entry { permalink: elsewhere, ..entry("o-3", 3, Act::Post(letter("Elsewhere"))) });
    });
    assert_eq!(run(&world, 1), [Some(Flushed::Later)]);
    let left = || world.kept(|it| it.outbox.iter().map(|it| it.id.to_string()).collect::<Vec<_>>());
    assert_eq!((left(), world.made_of("o-3").len()), (vec!["o-1".to_owned(), "o-2".to_owned()], 1));
    // It has arrived after all: nobody waits until whoever sent it must have given up.
    world.arrives("On its way", "o-1");
    assert_eq!(run(&world, 1), [Some(Flushed::Idle)]);
    assert_eq!((left(), world.made_of("o-1").len(), world.made_of("o-2").len()), (vec![], 1, 1));
}

#[test]
fn what_may_have_arrived_is_not_refused_with_the_article() {
    let world = World::new(1);
    world.kept(|it| {
        let sent = Stage::Sent { since: 0, tried: 0 };
        it.outbox.push(Entry { stage: sent, ..entry("o-1", 1, Act::Post(letter("Sent"))) });
        it.add(entry("o-2", 2, Act::Post(letter("Waits"))));
        it.refuse_all(&permalink());
        let stages: Vec<Stage> = it.outbox.iter().map(|it| it.stage.clone()).collect();
        assert_eq!(stages, [Stage::Unsure, Stage::Refused(Refusal::Closed)]);
    });
}

#[test]
fn an_edit_before_it_is_sent_changes_what_is_sent() {
    let mut kept = Kept::default();
    kept.add(entry("o-1", 1, Act::Post(letter("First"))));
    kept.add(entry("o-2", 2, Act::Edit { comment: id("o-1"), text: "Second".into() }));
    assert_eq!(kept.outbox, [entry("o-1", 1, Act::Post(letter("Second")))]);
    kept.add(entry("o-3", 3, Act::Post(Letter { parent: Some(id("o-1")), ..letter("Reply") })));
    kept.add(entry("o-4", 4, Act::Delete { comment: id("o-1") }));
    assert_eq!(kept.outbox, [entry("o-3", 3, Act::Post(letter("Reply")))]);
}

#[test]
fn a_like_is_taken_back_while_it_waits() {
    let like = |at, liked| entry(&format!("o-{at}"), at, Act::Like { comment: id("isso-1"), liked });
    let mut kept = Kept::default();
    kept.add(like(1, true));
    kept.add(like(2, true));
    assert_eq!(kept.outbox.len(), 1);
    kept.add(like(3, false));
    assert_eq!(kept.outbox, []);
}

#[test]
fn a_refusal_keeps_the_text() {
    let mut kept = Kept::default();
    kept.add(entry("o-1", 1, Act::Post(letter("Mine"))));
    kept.settle(&id("o-1"), Outcome::Refused(Refusal::Closed), 2);
    assert_eq!(kept.outbox[0].stage, Stage::Refused(Refusal::Closed));
    let change = Act::Edit { comment: id("o-1"), text: "Mine, better".into() };
    assert_eq!(kept.reword(entry("o-2", 3, change), &letter("Mine, better"), true), Some(id("o-1")));
    assert_eq!(kept.outbox, [entry("o-1", 1, Act::Post(letter("Mine, better")))]);
}

#[test]
fn a_device_alone_has_all_at_once() {
    let mut kept = Kept::default();
    kept.add(entry("o-1", 1000, Act::Post(letter("Mine"))));
    kept.add(entry("o-2", 2000, Act::Like { comment: id("o-1"), liked: true }));
    kept.settle_here(2000);
    assert_eq!((kept.outbox.len(), kept.own.len(), kept.likes.len()), (0, 1, 1));
    assert_eq!(kept.own[0].comment.content_html, "<p>Mine</p>");
    kept.add(entry("o-3", 3000, Act::Delete { comment: id("o-1") }));
    kept.settle_here(3000);
    assert_eq!(kept.own, []);
}
