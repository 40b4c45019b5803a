//! The doors into this part of the reader: nothing else in it is called from outside (see [`crate::parts`]).

use super::{account, archive, settings, sign_up, subscribe};
use crate::fixed::{Fix, Fixed};
use jumpline_article::Feed;
use leptos::prelude::*;

/// The pass page.
#[inline(never)]
pub fn account() -> Fixed {
    view! { <account::Account /> }.fix()
}

/// One page of the archive.
#[inline(never)]
pub fn archive(feed: Feed) -> Fixed {
    view! { <archive::Archive feed /> }.fix()
}

/// The subscribe page.
#[inline(never)]
pub fn subscribe() -> Fixed {
    view! { <subscribe::Subscribe /> }.fix()
}

/// What the invitation holds, under its title.
#[inline(never)]
pub fn sign_up() -> Fixed {
    view! { <sign_up::SignUp id="invitation-email" /> }.late()
}

/// The reader's choices, in their panel.
#[inline(never)]
pub fn settings() -> Fixed {
    view! { <settings::Settings /> }.late()
}
