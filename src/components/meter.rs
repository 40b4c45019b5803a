//! How many members' articles this month still offers.

use crate::fixed::Fix;
use crate::messages::Key;
use crate::paywall::{Meter, Pass, Subscription};
use crate::site::Site;
use leptos::prelude::*;

/// The count, once something was counted; nothing for members and those whose pass is live, and nothing where there is no meter.
#[component]
pub fn MeterNote() -> impl IntoView {
    let (site, meter) = (Site::current(), Meter::current());
    let (subscription, pass) = (Subscription::current(), Pass::current());
    let note = move || {
        let used = meter.used();
        let is_silent = used == 0 || subscription.is_member() || pass.is_live();
        (!is_silent).then(|| {
            let key = if meter.remaining() == 0 { Key::MeterEnd } else { Key::MeterCount };
            let number = |it| site.messages.number(it);
            let said = site.messages.fill(key, &[("used", &number(used)), ("limit", &number(meter.limit()))]);
            view! { <p class="meter-note">{said}</p> }.late()
        })
    };
    (meter.limit() > 0).then_some(note)
}
