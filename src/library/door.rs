//! The doors into this part of the reader: nothing else in it is called from outside (see [`crate::parts`]).

use super::shelf::{AtHand, Begun};
use super::store::Library;
use super::tools::Tools;
use super::view::Whole;
use super::{journey, keys, place};
use crate::components::library::Opened;
use crate::fixed::{Fix, Fixed};
use crate::site::Site;
use leptos::prelude::*;

/// Looks what was read, and fetches what is new of an archive that is kept.
#[inline(never)]
pub fn begin(site: &Site) {
    let library = Library::of(site);
    journey::go_on(library, site);
}

/// Names the keys.
#[inline(never)]
pub fn name_keys() {
    keys::help();
}

/// The tools of an article that is open.
#[inline(never)]
pub fn tools(opened: Opened) -> Fixed {
    let site = Site::current();
    let library = Library::of(&site);
    let place = place::follow(library, &opened);
    view! { <Tools library opened place /> }.late()
}

/// What can be continued, for the home page.
#[inline(never)]
pub fn shelf() -> Fixed {
    let library = Library::of(&Site::current());
    view! { <Begun library /> }.late()
}

/// The articles that open without a network.
#[inline(never)]
pub fn at_hand() -> Fixed {
    let library = Library::of(&Site::current());
    view! { <AtHand library /> }.late()
}

/// The whole library.
#[inline(never)]
pub fn library() -> Fixed {
    let library = Library::of(&Site::current());
    view! { <Whole library /> }.late()
}
