//! The place in an article: the paragraph at the top of the window, which stays the same on another screen or in another size.

use super::store::Library;
use crate::browser::sight::{self, Line, Watch};
use crate::browser::{document, time};
use crate::components::library::Opened;
use leptos::prelude::*;

/// The paragraphs of an article.
pub const PARAGRAPHS: &str = ".prose > *";
const TEXT: &str = ".prose";
/// The line at which one reads, from the top of the window.
const LINE: f64 = 0.12;
/// Milliseconds at one place after which it is kept.
const REST: u32 = 600;
/// Milliseconds after which it is kept though somebody goes on: each time costs a phone a frame.
const LONGEST: f64 = 3000.0;
/// Paragraphs from the top that are no place to come back to.
const TOP: u32 = 2;

/// The place of the article that is open.
#[derive(Clone, Copy)]
pub struct Place {
    /// Hundredths that are read.
    pub share: RwSignal<u8>,
    /// The paragraph of an earlier visit, as long as it is offered.
    pub before: RwSignal<Option<u32>>,
}

/// Follows the reader through an article, for as long as its view is there.
pub fn follow(library: Library, opened: &Opened) -> Place {
    let place = Place { share: RwSignal::new(0), before: RwSignal::new(None) };
    let (permalink, title, minutes) = (opened.permalink.as_str().to_owned(), opened.title.clone(), opened.minutes);
    let is_whole = opened.is_whole;
    let watches = StoredValue::new_local(None::<(Option<Line>, Option<Watch>)>);
    let begin = {
        let permalink = permalink.clone();
        move || {
            let known = library.readings_now().of(&permalink).filter(|it| it.is_begun()).map(|it| it.paragraph);
            // Who comes back in the history is there already.
            place.before.set(known.filter(|it| *it > TOP && document::scroll_position() < 200.0));
            let (permalink, title) = (permalink.clone(), title.clone());
            library.change(vec![permalink.clone()], move |all| {
                all.change(&permalink, |it| {
                    (it.title, it.minutes, it.at) = (title.clone(), minutes, time::now() as u64);
                });
            });
        }
    };
    let keeper = Keeper { library, permalink, place, waits: StoredValue::new(None) };
    Effect::new(move |begun: Option<bool>| {
        if begun == Some(true) || !library.is_open() {
            return begun == Some(true);
        }
        begin();
        let reading = keeper.clone();
        let line = sight::follow(TEXT, LINE, move |at, count| reading.reach(at, count));
        let reading = keeper.clone();
        let end = sight::watch(".prose > :last-child", "0px", move |_, seen| {
            if seen && is_whole {
                reading.finish();
            }
        });
        watches.set_value(Some((line, end)));
        true
    });
    place
}

/// Keeps the place, no more often than it has to.
#[derive(Clone)]
struct Keeper {
    library: Library,
    permalink: String,
    place: Place,
    /// What is to be kept.
    waits: StoredValue<Option<Waiting>>,
}

/// A place that is not kept yet.
#[derive(Clone, Copy)]
struct Waiting {
    paragraph: u32,
    share: u8,
    /// When the first place was reached of those that are not kept, in milliseconds.
    since: f64,
    /// Whether it was reached after somebody last looked.
    is_new: bool,
}

impl Keeper {
    fn reach(&self, paragraph: u32, count: u32) {
        let share = (paragraph * 100 / count.max(1)).min(100) as u8;
        if self.place.share.try_update(|it| *it = share).is_none() {
            return;
        }
        // Who goes up to the head of an article is not beginning it again.
        if paragraph <= TOP {
            return;
        }
        if self.place.before.get_untracked().is_some() {
            self.place.before.set(None);
        }
        let earlier = self.waits.get_value();
        if earlier.is_none() {
            self.look_soon();
        }
        let since = earlier.map_or_else(time::now, |it| it.since);
        self.waits.set_value(Some(Waiting { paragraph, share, since, is_new: earlier.is_some() }));
    }

    fn look_soon(&self) {
        let keeper = self.clone();
        time::after(REST, move || keeper.look());
    }

    /// Keeps the place, unless the reader is on the way to another.
    fn look(&self) {
        let Some(Some(place)) = self.waits.try_get_value() else { return };
        if place.is_new && time::now() - place.since < LONGEST {
            self.waits.set_value(Some(Waiting { is_new: false, ..place }));
            return self.look_soon();
        }
        self.waits.set_value(None);
        let permalink = self.permalink.clone();
        self.library.change(vec![permalink.clone()], move |all| {
            all.change(&permalink, |it| {
                (it.paragraph, it.share, it.at) = (place.paragraph, place.share, time::now() as u64)
            });
        });
    }

    fn finish(&self) {
        // A short article ends where it begins: who is to be brought back has not read it again.
        if self.place.before.try_get_untracked().is_none_or(|it| it.is_some()) {
            return;
        }
        self.place.share.set(100);
        let permalink = self.permalink.clone();
        self.library.change(vec![permalink.clone()], move |all| {
            all.change(&permalink, |it| (it.done, it.share, it.at) = (true, 100, time::now() as u64));
        });
    }
}
