//! Giving an article away: a link with the key of this one article, for whoever holds a pass that opened it.

use crate::browser::{clipboard, crypto, share};
use crate::fixed::{flag, text};
use crate::messages::Key;
use crate::paywall::Room;
use crate::site::Site;
use jumpline_article::wall::{Bytes, GiftLink};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The link that gives an article away; `None` when it cannot be made.
async fn link_of(room: Room, site: &Site) -> Option<String> {
    // Before anything that takes its time: the article may be left meanwhile.
    let (gated, (wrapping, wrapped)) = (room.gated.get_value(), room.wrapped.with_value(Clone::clone)?);
    let key = crypto::unwrap_bytes(&wrapping, &wrapped).await.ok()?;
    let fragment = GiftLink(Bytes(key)).fragment(&gated.id);
    Some(format!("{}#{fragment}", site.publication().absolute(gated.permalink.as_str())))
}

/// *Gift this article*, for who holds a pass that opened it.
#[component]
pub fn GiveAway(
    /// The article's wall.
    room: Room,
) -> impl IntoView {
    let site = Site::current();
    let link = RwSignal::new(String::new());
    let said = RwSignal::new(None::<Key>);
    let give = {
        let site = site.clone();
        move |_| {
            let site = site.clone();
            spawn_local(async move {
                let Some(made) = link_of(room, &site).await else { return said.set(Some(Key::GiftFailed)) };
                link.set(made.clone());
                said.set(clipboard::copy(&made).await.then_some(Key::Copied));
            });
        }
    };
    let pass_on = {
        let site = site.clone();
        move |_| {
            let (title, link) = (site.publication().title.clone(), link.get_untracked());
            spawn_local(async move { share::page(&title, &link).await });
        }
    };
    let cannot_share = flag(move || link.with(String::is_empty) || !share::is_there());
    let words = {
        let site = site.clone();
        text(move || said.get().map_or_else(String::new, |it| site.text(it).to_owned()))
    };
    view! {
        <section class="gift" aria-label=site.text(Key::GiftButton)>
            <button class="button" type="button" on:click=give>{site.text(Key::GiftButton)}</button>
            <p class="gift-text">{site.text(Key::GiftText)}</p>
            <input class="field" readonly aria-label=site.text(Key::GiftLink) prop:value=link hidden=flag(move || link.with(String::is_empty)) />
            <button class="button" type="button" hidden=cannot_share on:click=pass_on>{site.text(Key::ShareSystem)}</button>
            <p class="gift-text" role="status">{words}</p>
        </section>
    }
}
