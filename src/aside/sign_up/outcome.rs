//! What became of subscribing, and what can be done about it.

use super::host;
use crate::browser::{document, download, time};
use crate::fixed::{Fix, Fixed};
use crate::messages::Key;
use crate::paywall::provider::{self, Outcome, Why};
use crate::paywall::subscription::{Subscription, SubscriptionState};
use crate::site::Site;
use jumpline_article::Provider;
use leptos::prelude::*;

/// What became of it, in a sentence.
pub(super) fn said(site: &Site, subscription: Subscription) -> String {
    let outcome = subscription.outcome().get();
    let is_ghost = matches!(site.publication().subscribe.provider, Provider::Ghost(_));
    let (key, email, status) = subscription.state().with(|it| match it {
        SubscriptionState::Unknown | SubscriptionState::Absent => (None, String::new(), 0),
        SubscriptionState::Pending(it) => {
            let (key, status) = match it.why {
                Why::Offline => (Key::WaitingOffline, 0),
                Why::Unreachable => (Key::WaitingUnreachable, 0),
                Why::TimedOut => (Key::WaitingSlow, 0),
                Why::Status(status) => (Key::WaitingServer, status),
            };
            (Some(key), it.email.clone(), status)
        }
        SubscriptionState::Subscribed { email, .. } => {
            let key = match outcome {
                Some(Outcome::Kept) => Key::SaidKept,
                Some(Outcome::AlreadySubscribed) => Key::SaidAlready,
                Some(Outcome::Sent) if is_ghost => Key::SaidLink,
                Some(Outcome::Sent) => Key::SaidSent,
                _ => Key::SubscribedAs,
            };
            (Some(key), email.clone(), 0)
        }
    });
    let Some(key) = key else { return String::new() };
    let status = site.messages.number(status.into());
    let sentence = site.messages.fill(key, &[("email", &email), ("host", &host(site)), ("status", &status)]);
    let lost = if subscription.kept().get() { "" } else { site.text(Key::SubscriptionLost) };
    [&sentence, " ", lost].concat().trim_end().to_owned()
}

/// What can be done about a subscription that is there.
pub(super) fn actions(site: &Site, subscription: Subscription, state: &SubscriptionState, id: &'static str) -> Fixed {
    let forget = move |_| {
        subscription.forget();
        document::focus_soon(id);
    };
    match state {
        SubscriptionState::Unknown | SubscriptionState::Absent => ().fix(),
        SubscriptionState::Pending(_) => view! {
            <div class="actions">
                <button class="button" type="button" on:click={
                    let site = site.clone();
                    move |_| subscription.send_waiting(site.clone())
                }>{site.text(Key::TryAgain)}</button>
                <button class="button" type="button" on:click=forget>{site.text(Key::Remove)}</button>
            </div>
        }
        .late(),
        SubscriptionState::Subscribed { email, since } => {
            let is_local = site.publication().subscribe.provider == Provider::Local;
            let export = is_local.then(|| {
                let file = export(site, email, *since);
                let save = move |_| download::json("subscription.json", &file);
                view! { <button class="button" type="button" on:click=save>{site.text(Key::ExportSubscription)}</button> }
            });
            let leave = (!is_local).then(|| view! { <p class="sign-up-note">{site.text(Key::LeaveText)}</p> });
            view! {
                {leave}
                <div class="actions">
                    {export}
                    <button class="button" type="button" on:click=forget>{site.text(Key::LeaveSubscription)}</button>
                </div>
            }
            .late()
        }
    }
}

fn export(site: &Site, email: &str, since: u64) -> String {
    let publication = site.publication();
    provider::to_json(&[
        ("publication", &publication.title),
        ("url", &publication.absolute("/")),
        ("email", email),
        ("since", &time::iso(since as f64)),
    ])
}
