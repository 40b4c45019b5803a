//! Shell and routes: the table of contents of the whole reader.

use crate::aside::door;
use crate::browser::time;
use crate::components::comments::send_what_waits;
use crate::components::invitation::InvitationDialog;
use crate::components::library::{Marks, look};
use crate::components::notices::{Notices, NoticesPlace};
use crate::components::{foot::Foot, masthead::Masthead, preferences::Choices, progress::Progress};
use crate::fixed::{Fix, Fixed, once_alive};
use crate::messages::Key;
use crate::navigation::{Navigation, Place};
use crate::parts::Root;
use crate::paths::Route;
use crate::paywall::{Invitation, Meter, Pass, Subscription};
use crate::site::Site;
use crate::views::{article, failed, home, library, listing, not_found};
use jumpline_article::{ListingKind, Page};
use leptos::prelude::*;

/// Milliseconds after which a page that came to life looks for what else there is to do.
const SOON: u32 = 100;

/// The whole page: masthead, what stands at the address, foot.
#[component]
pub fn App(
    /// The publication and its words.
    site: Site,
    /// The address that was opened.
    route: Route,
    /// What stands there.
    page: Page,
) -> impl IntoView {
    let navigation = Navigation::new(route, page);
    provide_context(Root::new());
    provide_context(site.clone());
    provide_context(navigation);
    let choices = Choices::new();
    provide_context(choices);
    let (subscription, pass) = (Subscription::new(&site), Pass::new());
    provide_context(subscription);
    provide_context(pass);
    let (meter, invitation) = (Meter::new(&site), Invitation::new());
    provide_context(meter);
    provide_context(invitation);
    provide_context(Marks::new());
    let notices = Notices::new();
    provide_context(notices);
    once_alive({
        let site = site.clone();
        move || {
            navigation.begin(&site);
            // What nobody sees yet is a task of its own: a tap is answered between the two.
            let root = Root::current();
            time::after(SOON, move || {
                root.with(|| {
                    invitation.load(&site, navigation, subscription, pass);
                    send_what_waits(&site);
                    notices.load(&site);
                    look(&site);
                });
            });
        }
    });
    // The last piece: what these find changes the page, and only once all of it is alive.
    once_alive({
        let site = site.clone();
        move || {
            choices.load();
            subscription.load(&site);
            meter.load();
            pass.load(&site);
        }
    });
    let place = navigation.place();
    let loading = navigation.loading();
    view! {
        <a class="skip-link" href="#main">{site.text(Key::SkipLink)}</a>
        <Progress />
        <div class="sheet" id="top">
            {view! { <Masthead /> }.soon()}
            {view! {
                <main id="main" tabindex="-1" aria-busy=move || loading.get().then_some("true")>
                    {move || view_of(place.get())}
                </main>
            }.soon()}
            {view! { <Foot /> }.soon()}
        </div>
        <NoticesPlace />
        <InvitationDialog />
    }
}

fn view_of(place: Place) -> Fixed {
    let page = match place.shown {
        Ok(page) => page,
        Err(error) => return view! { <failed::Failed error /> }.late(),
    };
    match &*page {
        Page::Article(item) => view! { <article::Article item=(**item).clone() /> }.fix(),
        Page::Listing(feed) => match feed.listing.as_ref().map(|it| it.kind) {
            Some(ListingKind::Home) => view! { <home::Home feed=(**feed).clone() /> }.fix(),
            Some(ListingKind::Archive) => door::archive((**feed).clone()),
            Some(_) => view! { <listing::Listing feed=(**feed).clone() /> }.fix(),
            None => view! { <not_found::NotFound /> }.fix(),
        },
        Page::Subscribe => door::subscribe(),
        Page::Account => door::account(),
        Page::Library => view! { <library::Library /> }.fix(),
        Page::NotFound => view! { <not_found::NotFound /> }.fix(),
        Page::Unfilled => view! { <div class="unfilled"><not_found::NotFound /></div> }.fix(),
    }
}
