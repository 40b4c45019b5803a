//! Parts of the reader that are loaded when they are first needed.
//!
//! `xtask` takes the functions of a part out of the Wasm that every page loads, by their Rust paths, and puts them into a file of their
//! own (`xtask/src/split`). Until that file is here nothing in it may be called: a part is entered by the functions of its module `door`
//! alone, none of which is inlined, and only after [`load`]. Types of a part appear nowhere else, and its functions nowhere as values.

use crate::browser::fetch::{self, FetchError};
use crate::browser::{time, wasm};
use crate::coming::Coming;
use crate::navigation::LoadError;
use jumpline_article::{Feed, ListingKind, Page};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::RefCell;
use std::rc::Rc;

/// A part of the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What most visits never open: subscribe, the pass, the archive, the settings.
    Aside,
    /// The thread below an article, its form and the outbox.
    Comments,
    /// What the reader keeps on this device: places, history, saved articles.
    Library,
    /// What opens walls, and what sends the address of a subscriber.
    Wall,
}

impl Part {
    /// What a page is drawn with, besides what every page is.
    pub fn of(page: &Page) -> Option<Self> {
        let is_archive = |it: &Feed| it.listing.as_ref().is_some_and(|it| it.kind == ListingKind::Archive);
        match page {
            Page::Subscribe | Page::Account => Some(Self::Aside),
            Page::Listing(feed) if is_archive(feed) => Some(Self::Aside),
            _ => None,
        }
    }

    /// Its name, also in the name of its file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Aside => "aside",
            Self::Comments => "comments",
            Self::Library => "library",
            Self::Wall => "wall",
        }
    }
}

/// A part that was asked for, and everybody who waits for it.
type Asked = Rc<Coming<Result<(), LoadError>>>;

thread_local! {
    static HERE: RefCell<Vec<Part>> = const { RefCell::new(Vec::new()) };
    static COMING: RefCell<Vec<(Part, Asked)>> = const { RefCell::new(Vec::new()) };
}

/// Whether a part is here.
pub fn is_here(part: Part) -> bool {
    HERE.with_borrow(|it| it.contains(&part))
}

/// Loads a part, unless it is here; once, however many wait for it.
///
/// # Errors
/// When its file does not come, or not whole.
pub async fn load(part: Part) -> Result<(), LoadError> {
    if is_here(part) {
        return Ok(());
    }
    let asked = COMING.with_borrow(|all| all.iter().find(|it| it.0 == part).map(|it| it.1.clone()));
    if let Some(asked) = asked {
        return asked.wait().await;
    }
    let coming = Asked::default();
    COMING.with_borrow_mut(|all| all.push((part, coming.clone())));
    let came = bring(part).await;
    COMING.with_borrow_mut(|all| all.retain(|it| it.0 != part));
    coming.come(came.clone());
    came
}

async fn bring(part: Part) -> Result<(), LoadError> {
    let url = wasm::url(part.name()).ok_or(LoadError::Broken)?;
    let bytes = fetch::bytes(&url).await.map_err(|error| match error {
        // Another edition was put up meanwhile.
        FetchError::Missing => LoadError::Broken,
        error => LoadError::Fetch(error),
    })?;
    wasm::join(&bytes).await.map_err(|_| LoadError::Broken)?;
    // That has taken its time already.
    time::pause().await;
    HERE.with_borrow_mut(|it| it.push(part));
    Ok(())
}

/// Does something in a part, in the name of the root, once it is here. Where it does not come nothing is done: the page reads without it.
pub fn begin(part: Part, act: impl FnOnce() + 'static) {
    let root = Root::current();
    spawn_local(async move {
        if load(part).await.is_ok() {
            root.with(act);
        }
    });
}

/// A part that a view draws something with once somebody wants to see it.
#[derive(Clone, Copy)]
pub struct Wanted {
    part: Part,
    loaded: RwSignal<Option<Result<(), LoadError>>>,
}

impl Wanted {
    /// Nobody has asked for it.
    pub fn new(part: Part) -> Self {
        Self { part, loaded: RwSignal::new(None) }
    }

    /// Loads it, unless it is here.
    pub fn load(self) {
        // The view may have been left meanwhile.
        if self.loaded.try_with_untracked(|it| matches!(it, Some(Ok(())))) != Some(false) {
            return;
        }
        spawn_local(async move {
            let result = Some(load(self.part).await);
            // What is here already is not drawn anew.
            if self.loaded.try_with_untracked(|it| *it != result) == Some(true) {
                self.loaded.set(result);
            }
        });
    }

    /// Whether it came; `None` before.
    pub fn loaded(self) -> Option<Result<(), LoadError>> {
        self.loaded.get()
    }
}

/// The owner of all that lives as long as the reader; provided once, at the root.
#[derive(Clone)]
pub struct Root(Owner);

impl Root {
    /// The owner that is current now.
    pub fn new() -> Self {
        Self(Owner::current().unwrap_or_default())
    }

    /// The root of the current view.
    pub fn current() -> Self {
        expect_context()
    }

    /// Does something in its name.
    pub fn with<T>(&self, act: impl FnOnce() -> T) -> T {
        self.0.with(act)
    }
}

impl Default for Root {
    fn default() -> Self {
        Self::new()
    }
}

/// Something that lives as long as the reader, made when it is first asked for.
pub fn once<T: Clone + Send + Sync + 'static>(make: impl FnOnce() -> T) -> T {
    use_context().unwrap_or_else(|| {
        Root::current().with(|| {
            let made = make();
            provide_context(made.clone());
            made
        })
    })
}
