//! A page that did not load.

use crate::browser::fetch::FetchError;
use crate::components::library::AtHand;
use crate::fixed::Fix;
use crate::messages::Key;
use crate::navigation::{LoadError, Navigation};
use crate::site::Site;
use leptos::prelude::*;

/// Says what went wrong and offers to try again.
#[component]
pub fn Failed(
    /// What went wrong.
    error: LoadError,
) -> impl IntoView {
    let site = Site::current();
    let navigation = Navigation::current();
    let reason = error.sentence(&site);
    let again = {
        let site = site.clone();
        move |_| navigation.retry(&site)
    };
    let is_offline = matches!(error, LoadError::Fetch(FetchError::Unreachable | FetchError::TimedOut));
    view! {
        <div class="notice-page" role="alert">
            <h1 id="title" tabindex="-1">{site.text(Key::LoadTitle)}</h1>
            <p>{reason}</p>
            <p class="actions"><button class="button main" type="button" on:click=again>{site.text(Key::TryAgain)}</button></p>
        </div>
        {is_offline.then(|| view! { <AtHand /> }.late())}
    }
}
