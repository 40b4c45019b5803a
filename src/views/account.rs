//! The reader's pass: how to bring it, and what it opens.

use crate::browser::field;
use crate::components::breadcrumb::Breadcrumb;
use crate::fixed::{Fix, flag, text};
use crate::messages::Key;
use crate::paths::Route;
use crate::paywall::Pass;
use crate::paywall::card::{Card, Months};
use crate::paywall::keyring::PassError;
use crate::paywall::pass::{Notice, PassState};
use crate::site::Site;
use jumpline_article::wall::{LinkError, Status};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Ids of the two fields that a pass is brought by.
const LINK: &str = "pass-link";
const FILE: &str = "pass-file";

/// The pass page. The links that unlock lead here.
#[component]
pub fn Account() -> impl IntoView {
    let site = Site::current();
    let pass = Pass::current();
    let said = {
        let site = site.clone();
        text(move || pass.notice().with(|it| it.as_ref().map_or_else(String::new, |it| sentence(&site, it))))
    };
    let memory = {
        let site = site.clone();
        text(move || if pass.is_kept() { String::new() } else { site.text(Key::PassMemory).to_owned() })
    };
    let clock = {
        let site = site.clone();
        text(move || match pass.clock_is_off() {
            Some(minutes) => site.messages.fill(Key::PassClock, &[("minutes", &site.messages.number(minutes))]),
            None => String::new(),
        })
    };
    let held = move || {
        let card = pass.state().with(|it| if let PassState::Held(card) = it { Some(card.clone()) } else { None });
        let (keys, gifts) = pass.key_counts();
        (card.is_some() || gifts > 0).then(|| view! { <Held card keys gifts /> }.late())
    };
    view! {
        <Breadcrumb here=site.text(Key::AccountTitle).to_owned() />
        <header class="listing-head">
            <h1 id="title" tabindex="-1">{site.text(Key::AccountTitle)}</h1>
            <p class="standfirst">{site.named(Key::PassIntro)}</p>
        </header>
        <div class="account">
            <div role="status">
                <p class="said">{said}</p>
                <p class="said">{memory}</p>
                <p class="said">{clock}</p>
            </div>
            {held}
            <Bring />
            <p class="without-script">{site.text(Key::PassNoScript)}</p>
        </div>
    }
}

/// What became of bringing a pass, in a sentence.
fn sentence(site: &Site, notice: &Notice) -> String {
    let key = match notice {
        Notice::Working => Key::PassWorking,
        Notice::Opened => Key::PassOpened,
        Notice::Forgotten => Key::PassForgotten,
        Notice::Failed(PassError::Fetch(error)) => return site.fetch_error(error),
        Notice::Failed(PassError::Link(LinkError::Absent)) => Key::PassNone,
        Notice::Failed(PassError::Link(LinkError::Truncated)) => Key::PassTruncated,
        Notice::Failed(PassError::Link(LinkError::Damaged)) => Key::PassDamaged,
        Notice::Failed(PassError::Elsewhere) => Key::PassElsewhere,
        Notice::Failed(PassError::NothingLocked) => Key::PassNothing,
        Notice::Failed(PassError::Unknown) => Key::PassUnknown,
        Notice::Failed(PassError::Broken) => Key::PassBroken,
        Notice::Failed(PassError::Insecure) => Key::PassInsecure,
    };
    site.named(key)
}

/// The pass of this device, what it opens, and how to be rid of it.
#[component]
fn Held(card: Option<Card>, keys: usize, gifts: usize) -> impl IntoView {
    let site = Site::current();
    let pass = Pass::current();
    let number = |it: usize| site.messages.number(u32::try_from(it).unwrap_or(u32::MAX));
    let row = |name: String, value: String| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    let stands = card.as_ref().map(|card| {
        let key = match card.status {
            Status::Live => Key::PassLive,
            Status::Lapsed => Key::PassLapsed,
            Status::Revoked => Key::PassRevoked,
        };
        let renew = (card.status != Status::Live).then(|| {
            view! { <p class="actions"><a class="button main" href=site.href(&Route::Subscribe)>{site.text(Key::Renew)}</a></p> }
        });
        view! { <p>{site.messages.fill(key, &[("date", &site.day(&card.until))])}</p>{renew} }
    });
    let tiers = card.iter().flat_map(|it| &it.months).map(|it| row(title(&site, it), months(&site, it))).collect_view();
    let asks = RwSignal::new(false);
    let forget = {
        let site = site.clone();
        move |_| pass.forget(&site)
    };
    view! {
        <section aria-labelledby="held-title">
            <h2 id="held-title">{site.text(Key::PassTitle)}</h2>
            {stands}
            <dl class="facts">
                {tiers}
                {row(site.text(Key::PassKeys).to_owned(), number(keys))}
                {(gifts > 0).then(|| row(site.text(Key::PassGifts).to_owned(), number(gifts)))}
            </dl>
            <p>{site.text(Key::PassOtherDevice)}</p>
            <p hidden=flag(move || asks.get())>
                <button class="button" type="button" on:click=move |_| asks.set(true)>{site.text(Key::PassForget)}</button>
            </p>
            <div hidden=flag(move || !asks.get()) role="alert">
                <p>{site.text(Key::PassForgetAsk)}</p>
                <p class="actions">
                    <button class="button main" type="button" on:click=forget>{site.text(Key::PassForgetYes)}</button>
                    <button class="button" type="button" on:click=move |_| asks.set(false)>{site.text(Key::PassForgetNo)}</button>
                </p>
            </div>
        </section>
    }
}

/// What readers call a tier.
fn title(site: &Site, months: &Months) -> String {
    let tier = site.publication().tiers.iter().find(|it| it.name == months.tier);
    tier.map_or_else(|| months.tier.to_string(), |it| it.title.clone())
}

fn months(site: &Site, months: &Months) -> String {
    let words = |(year, month)| site.messages.month(year, month);
    site.messages.fill(Key::PassMonths, &[("from", &words(months.first.civil())), ("to", &words(months.last.civil()))])
}

/// The fields that a pass is brought by.
#[component]
fn Bring() -> impl IntoView {
    let site = Site::current();
    let pass = Pass::current();
    let paste = {
        let site = site.clone();
        move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            pass.unlock(&site, field::take(LINK));
        }
    };
    let choose = {
        let site = site.clone();
        move |_| {
            let site = site.clone();
            spawn_local(async move {
                if let Some(text) = field::chosen_text(FILE).await {
                    pass.unlock(&site, text);
                }
            });
        }
    };
    view! {
        <section class="needs-script" aria-labelledby="bring-title">
            <h2 id="bring-title">{site.text(Key::PassBring)}</h2>
            <form class="form" on:submit=paste>
                <label for=LINK>{site.text(Key::PassLabel)}</label>
                <textarea class="field" id=LINK rows="3" spellcheck="false" autocomplete="off" autocapitalize="off" aria-describedby="pass-hint"></textarea>
                <p id="pass-hint" class="hint">{site.text(Key::PassHint)}</p>
                <p class="actions"><button class="button main" type="submit">{site.text(Key::PassOpen)}</button></p>
                <label for=FILE>{site.text(Key::PassFile)}</label>
                <input class="file" id=FILE type="file" accept="text/*,.eml,.txt,.csv,.html" on:change=choose />
            </form>
        </section>
    }
}
