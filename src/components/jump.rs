//! The jump line: where a page breaks off or ends, and how to go on.

use crate::browser::fetch::FetchError;
use crate::fixed::{Fix, flag, text};
use crate::messages::Key;
use crate::paths::Route;
use crate::paywall::wall::{By, Closed, Failure, Wall};
use crate::paywall::{Meter, Pass, Room, Subscription};
use crate::site::Site;
use crate::wall::door;
use jumpline_article::wall::LinkError;
use jumpline_article::{Tier, Visibility};
use leptos::prelude::*;

/// Where a gated article breaks off. The rest is not in the page until a key of this reader opened it.
#[component]
pub fn Gate(
    /// Who may read on.
    visibility: Visibility,
    /// Names of the tiers that open it; all of them when it is empty.
    tiers: Vec<String>,
    /// Its wall.
    room: Room,
) -> impl IntoView {
    let site = Site::current();
    let (kicker, words) = match visibility {
        Visibility::Public => return None,
        Visibility::Members => (Key::GateMembers, Key::GateMembersText),
        Visibility::Paid => (Key::GatePaid, Key::GatePaidText),
    };
    let (pass, subscription) = (Pass::current(), Subscription::current());
    let meter = Meter::current();
    room.watch(site.clone(), pass, subscription, meter);
    let is_paid = visibility == Visibility::Paid;
    let names = titles(&site.publication().tiers, &tiers).filter(|_| is_paid);
    let names = names.map(
        |it| view! { <p>{site.messages.fill(Key::GateTiers, &[("tiers", &it.join(site.text(Key::ListJoin)))])}</p> },
    );
    let have_pass = is_paid.then(|| {
        let (yours, have) = (site.text(Key::AccountTitle), site.text(Key::HavePass));
        let label = text(move || if pass.is_held() { yours } else { have }.to_owned());
        view! { <a class="button" href=site.href(&Route::Account)>{label}</a> }
    });
    let subscribe = {
        let site = site.clone();
        text(move || {
            let ended = room.wall().with(|it| matches!(it, Wall::Closed(Closed::Lapsed(_) | Closed::Revoked)));
            site.text(if ended { Key::Renew } else { Key::SubscribeNow }).to_owned()
        })
    };
    let again = {
        let site = site.clone();
        move |_| room.retry(&site, pass, subscription, meter)
    };
    let cannot_retry = flag(move || {
        // Also while it is tried, since who has pressed it stands there.
        let is_passing = |it: &Wall| {
            matches!(
                it,
                Wall::Opening
                    | Wall::Failed(Failure::Fetch(_) | Failure::Part(_) | Failure::Storage)
                    | Wall::Closed(Closed::NotYet)
            )
        };
        !room.wall().with(is_passing)
    });
    let said = {
        let site = site.clone();
        text(move || room.wall().with(|it| sentence(&site, it)))
    };
    let opened = {
        let site = site.clone();
        text(move || if room.is_open() { site.text(Key::WallOpened).to_owned() } else { String::new() })
    };
    let may_give = is_paid && site.publication().paywall.gifts;
    // What opened the wall draws this, too.
    let gift = move || (may_give && room.is_open_by(By::Pass)).then(|| door::give_away(room));
    Some(view! {
        <section class="jump paywall" aria-labelledby="gate-title" hidden=flag(move || room.is_open())>
            <p class="kicker">{site.text(kicker)}</p>
            <h2 id="gate-title">{site.named(Key::DiscoverMore)}</h2>
            <p>{site.named(words)}</p>
            {names}
            <p class="wall-said" role="status">{said}</p>
            <p class="actions">
                <button class="button main" type="button" hidden=cannot_retry on:click=again>{site.text(Key::TryAgain)}</button>
                <a class="button main" href=site.href(&Route::Subscribe)>{subscribe}</a>
                {have_pass}
            </p>
        </section>
        <p class="visually-hidden" role="status">{opened}</p>
        {gift}
    }.fix())
}

/// What readers call the tiers that open an article; `None` when every tier does.
fn titles(all: &[Tier], names: &[String]) -> Option<Vec<String>> {
    let titles: Vec<String> =
        all.iter().filter(|it| names.iter().any(|name| name == it.name.as_str())).map(|it| it.title.clone()).collect();
    (!titles.is_empty() && titles.len() < all.len()).then_some(titles)
}

/// How a wall stands, in a sentence; empty when there is nothing to say that the wall does not say itself.
fn sentence(site: &Site, wall: &Wall) -> String {
    let key = match wall {
        Wall::Closed(Closed::NoKey) | Wall::Open(_) => return String::new(),
        Wall::Closed(Closed::Lapsed(until)) => {
            return site.messages.fill(Key::WallLapsed, &[("date", &site.day(until))]);
        }
        Wall::Failed(Failure::Fetch(FetchError::Missing)) => Key::WallDamaged,
        Wall::Failed(Failure::Fetch(error)) => return site.fetch_error(error),
        Wall::Failed(Failure::Part(error)) => return error.sentence(site),
        Wall::Closed(Closed::Revoked) => Key::WallRevoked,
        Wall::Closed(Closed::OtherTier) => Key::WallOtherTier,
        Wall::Closed(Closed::NotYet) => Key::WallNotYet,
        Wall::Opening => Key::WallOpening,
        Wall::Failed(Failure::Damaged) => Key::WallDamaged,
        Wall::Failed(Failure::Storage) => Key::WallStorage,
        Wall::Failed(Failure::UnknownLock) => Key::WallUnknown,
        Wall::Failed(Failure::Insecure) => Key::PassInsecure,
        Wall::Failed(Failure::Gift(LinkError::Truncated)) => Key::GiftTruncated,
        Wall::Failed(Failure::Gift(_)) => Key::GiftDamaged,
        Wall::Failed(Failure::GiftsOff) => Key::GiftOff,
    };
    site.named(key)
}

/// Above an article that was a gift: who made it possible, and how to subscribe.
#[component]
pub fn GiftNote(
    /// The article's wall.
    room: Room,
) -> impl IntoView {
    let site = Site::current();
    view! {
        <p class="gift-note" hidden=flag(move || !room.is_open_by(By::Gift))>
            {site.named(Key::GiftReceived)}" "
            <a href=site.href(&Route::Subscribe)>{site.named(Key::SubscribeTitle)}</a>
        </p>
    }
}

/// The invitation at the end of an article.
#[component]
pub fn SubscribeCall() -> impl IntoView {
    let site = Site::current();
    view! {
        <section class="jump" aria-labelledby="call-title">
            <h2 id="call-title">{site.named(Key::DiscoverMore)}</h2>
            <p>{site.invitation()}</p>
            <p><a class="button main" href=site.href(&Route::Subscribe)>{site.text(Key::SubscribeNow)}</a></p>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jumpline_article::Slug;

    #[test]
    fn tiers_are_named_where_they_matter() {
        let tier = |name: &str, title: &str| Tier {
            name: Slug::from_name(name),
            title: title.to_owned(),
            price: String::new(),
            period: String::new(),
            benefits: Vec::new(),
            url: None,
        };
        let all = [tier("paid", "Reader"), tier("patron", "Patron")];
        let names = |names: &[&str]| titles(&all, &names.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>());
        assert_eq!(names(&[]), None);
        assert_eq!(names(&["patron"]), Some(vec!["Patron".to_owned()]));
        assert_eq!(names(&["paid", "patron"]), None);
    }
}
