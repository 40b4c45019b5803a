//! The pass of this device: how it stands, what it opens, and how to be rid of it.

use super::vault;
use crate::browser::document;
use crate::fixed::flag;
use crate::messages::Key;
use crate::paths::Route;
use crate::paywall::Pass;
use crate::paywall::card::{Card, Months};
use crate::site::Site;
use jumpline_article::wall::Status;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Ids of the buttons between which the focus goes.
const FORGET: &str = "pass-forget";
const KEEP: &str = "pass-keep";

/// The pass of this device, what it opens, and how to be rid of it.
#[component]
pub fn Held(
    /// What the device knows of it; `None` where only gifts are held.
    card: Option<Card>,
    /// How many keys of months are held.
    keys: usize,
    /// How many articles were given.
    gifts: usize,
) -> impl IntoView {
    let site = Site::current();
    let pass = Pass::current();
    let number = |it: usize| site.messages.number(u32::try_from(it).unwrap_or(u32::MAX));
    let row = |name: String, value: String| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    let of = site.clone();
    // It may have been extended, or have ended, since it was last asked for. Without a network what is known stays.
    spawn_local(async move { drop(vault::ask_again(pass, &of).await) });
    let stands = card.as_ref().map(|card| {
        let key = match card.status {
            Status::Live => Key::PassLive,
            Status::Lapsed if keys > 0 => Key::PassLapsed,
            Status::Lapsed => Key::PassLapsedBare,
            Status::Revoked if keys > 0 => Key::PassRevoked,
            Status::Revoked => Key::PassRevokedBare,
        };
        let renew = (card.status != Status::Live).then(|| {
            view! { <p class="actions"><a class="button main" href=site.href(&Route::Subscribe)>{site.text(Key::Renew)}</a></p> }
        });
        view! { <p>{site.messages.fill(key, &[("date", &site.day(&card.until))])}</p>{renew} }
    });
    let tiers = card.iter().flat_map(|it| &it.months).map(|it| row(title(&site, it), months(&site, it))).collect_view();
    let asks = RwSignal::new(false);
    // What was pressed is gone afterwards, and the focus must be somewhere.
    let ask = move |is_on: bool| {
        asks.set(is_on);
        document::focus_soon(if is_on { KEEP } else { FORGET });
    };
    let forget = {
        let site = site.clone();
        move |_| {
            pass.forget(&site);
            document::focus_soon("title");
        }
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
                <button class="button" type="button" id=FORGET on:click=move |_| ask(true)>{site.text(Key::PassForget)}</button>
            </p>
            <div hidden=flag(move || !asks.get()) role="alert">
                <p>{site.text(Key::PassForgetAsk)}</p>
                <p class="actions">
                    <button class="button main" type="button" on:click=forget>{site.text(Key::PassForgetYes)}</button>
                    <button class="button" type="button" id=KEEP on:click=move |_| ask(false)>{site.text(Key::PassForgetNo)}</button>
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
    if months.first == months.last {
        return words(months.first.civil());
    }
    site.messages.fill(Key::PassMonths, &[("from", &words(months.first.civil())), ("to", &words(months.last.civil()))])
}
