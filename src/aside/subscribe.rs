//! How to subscribe: what one gets, by email, what can be paid for, and the feeds.

use super::sign_up::SignUp;
use crate::browser::clipboard;
use crate::components::breadcrumb::Breadcrumb;
use crate::messages::Key;
use crate::paths::Route;
use crate::site::Site;
use jumpline_article::Tier;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The subscribe page.
#[component]
pub fn Subscribe() -> impl IntoView {
    let site = Site::current();
    let publication = site.publication();
    let subscribe = &publication.subscribe;
    let invitation = if subscribe.invitation.is_empty() { &publication.description } else { &subscribe.invitation };
    let benefits = (!subscribe.benefits.is_empty()).then(|| {
        let lines = subscribe.benefits.iter().map(|it| view! { <li>{it.clone()}</li> }).collect_view();
        view! {
            <section aria-labelledby="benefits-title">
                <h2 id="benefits-title">{site.text(Key::WhatYouGet)}</h2>
                <ul class="benefits">{lines}</ul>
            </section>
        }
    });
    let sign_up = subscribe.url.as_ref().map(|url| {
        let host = url.split('/').nth(2).unwrap_or(url);
        let label = site.messages.fill(Key::SubscribeOn, &[("host", host)]);
        view! { <p><a class="button main" href=url.clone() rel="noopener">{label}</a></p> }
    });
    view! {
        <Breadcrumb here=site.text(Key::Subscribe).to_owned() />
        <header class="listing-head">
            <h1 id="title" tabindex="-1">{site.named(Key::SubscribeTitle)}</h1>
            <p class="standfirst">{invitation.clone()}</p>
            {sign_up}
        </header>
        <div class="subscribe">
            <section aria-labelledby="email-title">
                <h2 id="email-title">{site.text(Key::ByEmail)}</h2>
                <SignUp id="email" />
            </section>
            {benefits}
            <Tiers />
            <section aria-labelledby="feeds-title">
                <h2 id="feeds-title">{site.text(Key::FollowFeeds)}</h2>
                <p>{site.text(Key::FollowFeedsText)}</p>
                <FeedAddress name=site.text(Key::FeedRss) path="/feed.xml" />
                <FeedAddress name=site.text(Key::FeedJson) path="/feed.json" />
            </section>
        </div>
    }
}

/// What can be paid for, and the way in for who has paid.
#[component]
fn Tiers() -> impl IntoView {
    let site = Site::current();
    let publication = site.publication();
    let has_passes = !publication.tiers.is_empty() || publication.paywall.lock.is_some();
    if !has_passes {
        return None;
    }
    let pass = view! { <p><a href=site.href(&Route::Account)>{site.text(Key::HavePass)}</a></p> };
    // Passes may be given away where nothing is sold.
    let title = if publication.tiers.is_empty() { Key::AccountTitle } else { Key::TiersTitle };
    let tiers = publication.tiers.iter().map(|it| tier(&site, it)).collect_view();
    Some(view! {
        <section class="tiers" aria-labelledby="tiers-title">
            <h2 id="tiers-title">{site.text(title)}</h2>
            <div class="tier-list">{tiers}</div>
            {pass}
        </section>
    })
}

fn tier(site: &Site, tier: &Tier) -> impl IntoView + use<> {
    let price = (!tier.price.is_empty()).then(|| {
        view! { <p class="tier-price"><b>{tier.price.clone()}</b>" "<span>{tier.period.clone()}</span></p> }
    });
    let benefits = (!tier.benefits.is_empty()).then(|| {
        let lines = tier.benefits.iter().map(|it| view! { <li>{it.clone()}</li> }).collect_view();
        view! { <ul class="benefits">{lines}</ul> }
    });
    let pay = tier.url.as_ref().map(|url| {
        let host = url.split('/').nth(2).unwrap_or(url);
        let label = site.messages.fill(Key::TierPay, &[("name", &tier.title), ("host", host)]);
        view! { <p><a class="button" href=url.clone() rel="noopener">{label}</a></p> }
    });
    view! {
        <div class="tier">
            <h3><bdi>{tier.title.clone()}</bdi></h3>
            {price}
            {benefits}
            {pay}
        </div>
    }
}

/// What became of copying an address.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Copy {
    NotTried,
    Done,
    Refused,
}

/// A feed's address as a link, with a button that copies it.
#[component]
fn FeedAddress(name: &'static str, path: &'static str) -> impl IntoView {
    let site = Site::current();
    let url = site.publication().absolute(path);
    let outcome = RwSignal::new(Copy::NotTried);
    let copy = {
        let url = url.clone();
        move |_| {
            let url = url.clone();
            spawn_local(async move {
                outcome.set(if clipboard::copy(&url).await { Copy::Done } else { Copy::Refused });
            });
        }
    };
    let said = {
        let (url, site) = (url.clone(), site.clone());
        move || match outcome.get() {
            Copy::NotTried => String::new(),
            Copy::Done => site.text(Key::Copied).to_owned(),
            Copy::Refused => site.messages.fill(Key::CopyFailed, &[("url", &url)]),
        }
    };
    view! {
        <div class="feed-address">
            <p><b>{name}</b>" "<a href=site.file(path)>{url}</a></p>
            <button class="button needs-script" type="button" aria-label=format!("{}: {name}", site.text(Key::CopyAddress)) on:click=copy>
                {site.text(Key::CopyAddress)}
            </button>
            <p class="feed-said" role="status">{said}</p>
        </div>
    }
}
