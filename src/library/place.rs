//! The place in an article: the paragraph at the top of the window, which stays the same on another screen or in another size.

use super::reading::Reading;
use super::store::Library;
use crate::browser::sight::{self, Line};
use crate::browser::{document, jump, time};
use crate::components::library::Opened;
use leptos::prelude::*;

/// The paragraphs of an article: what stands in its text, what stands in a box there, and the items of a list of nine and more, which may be
/// longer than any window.
pub const PARAGRAPHS: &str = ".prose > *, \
    .prose > :is(div, section, article):not(.footnotes, .table-scroll) > *, \
    .prose > :is(ul, ol) > li:nth-last-child(n+9), .prose > :is(ul, ol) > li:nth-last-child(n+9) ~ li";
const TEXT: &str = ".prose";
/// What a browser has to know in which style alone lets the bar grow (`style/library.css`).
const GROWS: &str = "(timeline-scope: --text)";
/// The line at which one reads, from the top of the window.
const LINE: f64 = 0.12;
/// Milliseconds at one place after which it is kept.
const REST: u32 = 600;
/// Milliseconds after which it is kept though somebody goes on: each time costs a phone a frame.
const LONGEST: f64 = 3000.0;
/// Milliseconds for which the beginning may be looked at before the place of an earlier visit is given up.
const LOOKS: f64 = 60_000.0;
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
    let is_whole = opened.is_whole;
    let line = StoredValue::new_local(None::<Line>);
    let (waits, landed, looked) = (StoredValue::new(None), StoredValue::new(0), StoredValue::new(None));
    let keeper = Keeper { library, opened: opened.clone(), era: library.era(), place, waits, landed, looked };
    // Who was sent to the comments, or to a note, has not read what lies before.
    jump::begin(document::fragment().is_some());
    Effect::new(move |begun: Option<bool>| {
        if begun == Some(true) || !library.is_open() {
            return begun == Some(true);
        }
        keeper.begin();
        let reading = keeper.clone();
        // Nobody else is in a hurry to know.
        let is_patient = document::knows_style(GROWS);
        let moved = move |at: sight::Place| {
            reading.reach(at.paragraph, at.count);
            // The end of a gated article comes with the rest of it, and is no end before.
            if at.is_end && is_whole.try_get_untracked() == Some(true) {
                reading.finish();
            }
        };
        line.set_value(sight::follow(TEXT, PARAGRAPHS, LINE, is_patient, moved));
        true
    });
    Effect::new(move || {
        if is_whole.get() {
            line.with_value(|it| it.as_ref().map(Line::look_again));
        }
    });
    place
}

/// Keeps the place, no more often than it has to.
#[derive(Clone)]
struct Keeper {
    library: Library,
    opened: Opened,
    /// Of the library when the article was opened.
    era: u32,
    place: Place,
    /// What is to be kept.
    waits: StoredValue<Option<Waiting>>,
    /// The paragraph that a link within the page led to.
    landed: StoredValue<u32>,
    /// When the reader began to look at what lies before the place that is offered.
    looked: StoredValue<Option<f64>>,
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
    fn begin(&self) {
        let is_offered = |it: &&Reading| it.is_begun() || (it.done && it.share < 100);
        let known =
            self.library.readings_now().of(self.opened.permalink.as_str()).filter(is_offered).map(|it| it.paragraph);
        // Who comes back in the history is there already.
        self.place.before.set(known.filter(|it| *it > TOP && document::scroll_position() < 200.0));
        self.keep(|_| {});
    }

    /// Keeps something of this article, as read now. Another tab may have removed it, so its title is kept along each time; where all was
    /// deleted nothing begins anew by itself.
    fn keep(&self, change: impl Fn(&mut Reading) + 'static) {
        if self.era != self.library.era() {
            return;
        }
        let opened = self.opened.clone();
        self.library.change(vec![opened.permalink.as_str().to_owned()], move |all| {
            all.change(opened.permalink.as_str(), |it| {
                (it.title, it.language) = (opened.title.clone(), opened.language.clone());
                (it.minutes, it.at) = (opened.minutes, time::now() as u64);
                change(it);
            });
        });
    }

    /// Whether a link within the page led here, and nobody reads on yet.
    fn is_elsewhere(&self, paragraph: u32) -> bool {
        if jump::is_flying() {
            self.landed.set_value(paragraph);
        }
        if jump::has_jumped() && paragraph != self.landed.get_value() {
            jump::begin(false);
        }
        jump::has_jumped()
    }

    fn reach(&self, paragraph: u32, count: u32) {
        let share = (paragraph * 100 / count.max(1)).min(100) as u8;
        if self.place.share.try_update(|it| *it = share).is_none() {
            return;
        }
        // Who goes up to the head of an article is not beginning it again.
        if paragraph <= TOP || self.is_elsewhere(paragraph) {
            return;
        }
        if let Some(old) = self.place.before.get_untracked() {
            // Who looks at the beginning again has not left the place that is offered.
            let since = self.looked.try_update_value(|it| *it.get_or_insert_with(time::now));
            if paragraph < old && since.is_some_and(|it| time::now() - it < LOOKS) {
                return;
            }
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
        self.keep(move |it| (it.paragraph, it.share) = (place.paragraph, place.share));
    }

    fn finish(&self) {
        // A short article ends where it begins: who is to be brought back has not read it again.
        if self.place.before.try_get_untracked().is_none_or(|it| it.is_some()) || jump::has_jumped() {
            return;
        }
        self.place.share.set(100);
        // What was on its way to be kept is no later word.
        self.waits.set_value(None);
        self.keep(|it| (it.done, it.share) = (true, 100));
    }
}
