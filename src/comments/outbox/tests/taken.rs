//! What a file brings in.

use super::super::{Entry, Kept, Stage, comment};
use super::{entry, id, letter, run, world::World};
use jumpline_article::commenting::{Act, Isso, Letter, Outcome, Place, Refusal};

fn answer(name: &str, parent: &str) -> Entry {
    entry(name, 2, Act::Post(Letter { parent: Some(id(parent)), ..letter("An answer") }))
}

fn unsure(entry: Entry) -> Entry {
    Entry { stage: Stage::Unsure, ..entry }
}

#[test]
fn what_waited_comes_back_and_is_not_sent_by_itself() {
    let isso = Isso::new("https://isso.example");
    let mut file = Kept::default();
    file.add(Entry { plan: "{}".to_owned(), ..entry("o-1", 1, Act::Post(letter("It waits"))) });
    file.add(answer("o-2", "o-1"));
    file.add(Entry { stage: Stage::Refused(Refusal::Flood), ..entry("o-3", 3, Act::Post(letter("Refused"))) });
    file.add(entry("o-4", 4, Act::Delete { comment: id("isso-9") }));
    let mut kept = Kept::default();
    kept.take_in(file.clone());
    let wanted = [
        entry("o-1", 1, Act::Post(letter("It waits"))),
        answer("o-2", "o-1"),
        entry("o-3", 3, Act::Post(letter("Refused"))),
    ];
    assert_eq!(kept.outbox, wanted.map(unsure));
    let before = kept.clone();
    let place = |it: &Entry| {
        let (path, permalink) = (it.permalink.as_str().to_owned(), it.permalink.clone());
        Some(Place { path, permalink, title: it.title.clone(), name: String::new() })
    };
    kept.plan(&isso, &place);
    assert_eq!(kept, before, "the service worker would send it");
    let world = World::new(1);
    world.kept(|it| *it = kept.clone());
    run(&world, 1);
    world.kept(|it| assert_eq!(*it, before, "it was sent"));
    // The same file once more.
    kept.take_in(file);
    assert_eq!(kept, before);
    kept.again(&id("o-1"));
    assert_eq!(kept.outbox[0].stage, Stage::Waiting);
}

#[test]
fn what_was_sent_since_does_not_come_back() {
    let mut kept = Kept::default();
    kept.add(entry("o-1", 1, Act::Post(letter("First"))));
    kept.add(answer("o-2", "o-1"));
    let file = kept.clone();
    kept.settle(&id("o-1"), Outcome::Done(Some(comment(id("isso-5"), 1000, &letter("First")))), 2);
    kept.take_back(&id("o-2"));
    kept.take_in(file);
    assert_eq!(kept.outbox, [unsure(answer("o-2", "isso-5"))]);
}
