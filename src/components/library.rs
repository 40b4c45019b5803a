//! Where the library shows on other pages: the tools of an article, the shelf of the home page, the marks of cards.

// A door that is handed on as a value carries its part's name into code of this file, which would then be missing before the part is here.
#![allow(clippy::redundant_closure)]

use crate::browser::storage::{self, Shelf};
use crate::browser::{keyboard, names, time};
use crate::fixed::{Fix, Fixed};
use crate::library::door;
use crate::messages::Key;
use crate::parts::{self, Part, Root, Wanted};
use crate::site::Site;
use jumpline_article::Permalink;
use leptos::prelude::*;
use std::sync::Arc;

/// Milliseconds that the page has for itself before the library is loaded.
const LATER: u32 = 500;

/// How far an article got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It was begun.
    Begun,
    /// It was read to its end.
    Read,
}

/// Permalinks of what was opened; `None` until somebody looked, or where nothing was.
type Known = Option<Arc<Vec<(String, Mark)>>>;

/// How far each article got; provided once, at the root.
#[derive(Clone, Copy)]
pub struct Marks(RwSignal<Known>);

impl Marks {
    /// Nobody has looked yet.
    pub fn new() -> Self {
        Self(RwSignal::new(None))
    }

    /// Shows these.
    pub fn show(self, known: Vec<(String, Mark)>) {
        self.0.set((!known.is_empty()).then(|| Arc::new(known)));
    }
}

impl Default for Marks {
    fn default() -> Self {
        Self::new()
    }
}

/// What is kept of an article that is open.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The article.
    pub permalink: Permalink,
    /// Its title.
    pub title: String,
    /// The language of that, where it is not the publication's; else empty.
    pub language: String,
    /// Minutes that reading it takes.
    pub minutes: u32,
    /// Whether all of it stands in the page: what is behind a wall comes later, if ever.
    pub is_whole: Signal<bool>,
}

/// Key in `localStorage`: `<articles that were begun> <time of the last change>`; `index.html` reads it too.
pub fn marker(site: &Site) -> String {
    ["jumpline:library:", site.publication().base.as_str()].concat()
}

/// Whether anything was ever kept, as far as can be told without opening the database.
pub fn was_here(site: &Site) -> bool {
    storage::read(Shelf::Device, &marker(site)).ok().flatten().is_some()
}

/// Whether single keys act.
pub fn has_keys() -> bool {
    storage::read(Shelf::Device, names::KEYS).ok().flatten().as_deref() != Some("off")
}

/// Looks what was read, where anything was, and says what the keys do to who asks. After the page has mounted.
pub fn look(site: &Site) {
    let root = Root::current();
    keyboard::on_key(move |key| {
        let is_asked = key == "?" && has_keys();
        if is_asked {
            root.with(|| parts::begin(Part::Library, || door::name_keys()));
        }
        is_asked
    });
    if was_here(site) {
        let site = site.clone();
        parts::begin(Part::Library, move || door::begin(&site));
    }
}

/// What a part draws once it is here; before, nothing, or that it is on its way.
fn drawn(draw: impl Fn() -> Fixed + Send + Sync + 'static, wait: u32, is_said: bool) -> impl Fn() -> Option<Fixed> {
    let library = Wanted::new(Part::Library);
    Effect::new(move || time::after(wait, move || library.load()));
    move || match library.loaded() {
        None => is_said.then(|| {
            let loading = Site::current().text(Key::Loading);
            view! { <p class="needs-script" role="status">{loading}</p> }.fix()
        }),
        Some(Ok(())) => Some(draw()),
        Some(Err(error)) => {
            let site = Site::current();
            // The page reads without it.
            (wait == 0).then(|| {
                view! {
                    <p role="alert">{error.sentence(&site)}</p>
                    <p><button class="button" type="button" on:click=move |_| library.load()>{site.text(Key::TryAgain)}</button></p>
                }
                .late()
            })
        }
    }
}

/// The tools of an article: its place, and saving it.
#[component]
pub fn ArticleTools(
    /// The article.
    opened: Opened,
) -> impl IntoView {
    let tools = drawn(move || door::tools(opened.clone()), LATER, false);
    view! { <div class="article-tools">{tools}</div> }
}

/// The shelf of what can be continued. `index.html` makes room for it before the first paint.
#[component]
pub fn ContinueShelf() -> impl IntoView {
    let site = Site::current();
    let (is_wanted, marks) = (RwSignal::new(false), expect_context::<Marks>());
    // Where nothing is kept the library may still know what this page has seen.
    Effect::new(move || is_wanted.set(was_here(&site) || marks.0.with_untracked(Option::is_some)));
    let shelf = move || {
        is_wanted.get().then(|| {
            let shelf = drawn(|| door::shelf(), 0, false);
            view! { {shelf} }.late()
        })
    };
    view! { <div class="continue-place">{shelf}</div> }
}

/// All of the library.
#[component]
pub fn WholeLibrary() -> impl IntoView {
    let library = drawn(|| door::library(), 0, true);
    view! { <div class="library">{library}</div> }
}

/// What is on this device, where what was asked for is not.
#[component]
pub fn AtHand() -> impl IntoView {
    let at_hand = drawn(|| door::at_hand(), 0, false);
    view! { <div class="notice-page">{at_hand}</div> }
}

/// Whether an article was read, before its title.
#[component]
pub fn CardMark(
    /// The article; `None` where the item is none of ours.
    permalink: Option<Permalink>,
) -> impl IntoView {
    let marks: Marks = expect_context();
    let permalink = permalink.map(|it| it.as_str().to_owned());
    move || {
        let known = marks.0.get()?;
        let permalink = permalink.as_ref()?;
        let (name, key) = match known.iter().find(|it| it.0 == *permalink).map(|it| it.1) {
            None => ("unread", Key::MarkUnread),
            Some(Mark::Begun) => ("begun", Key::MarkBegun),
            Some(Mark::Read) => return None,
        };
        let label = Site::current().text(key);
        Some(view! { <span class="card-mark" data-mark=name role="img" aria-label=label title=label></span> }.late())
    }
}
