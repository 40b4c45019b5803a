//! The jump line: where a page breaks off or ends, and how to go on.

use crate::messages::Key;
use crate::paths::Route;
use crate::site::Site;
use jumpline_article::Visibility;
use leptos::prelude::*;

/// Where a gated article breaks off. The rest is not in the page.
#[component]
pub fn Gate(
    /// Who may read on.
    visibility: Visibility,
) -> impl IntoView {
    let site = Site::current();
    let (kicker, text) = match visibility {
        Visibility::Public => return None,
        Visibility::Members => (Key::GateMembers, Key::GateMembersText),
        Visibility::Paid => (Key::GatePaid, Key::GatePaidText),
    };
    Some(view! {
        <section class="jump paywall" aria-labelledby="gate-title">
            <p class="kicker">{site.text(kicker)}</p>
            <h2 id="gate-title">{site.named(Key::DiscoverMore)}</h2>
            <p>{site.named(text)}</p>
            <p><a class="button main" href=site.href(&Route::Subscribe)>{site.text(Key::SubscribeNow)}</a></p>
        </section>
    })
}

/// The invitation at the end of an article.
#[component]
pub fn SubscribeCall() -> impl IntoView {
    let site = Site::current();
    view! {
        <section class="jump" aria-labelledby="call-title">
            <h2 id="call-title">{site.named(Key::DiscoverMore)}</h2>
            <p>{site.text(Key::SubscribeInvite)}</p>
            <p><a class="button main" href=site.href(&Route::Subscribe)>{site.text(Key::SubscribeNow)}</a></p>
        </section>
    }
}
