//! Passing an article on: the system's own way where there is one, its address, a letter, and the networks that the publisher named.

use crate::browser::{clipboard, share, time};
use crate::components::panel::panel;
use crate::encode::percent_encode;
use crate::fixed::{Fix, text};
use crate::messages::Key;
use crate::site::Site;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Id of the menu.
const MENU: &str = "share";

/// The button *Share* and the menu that it opens.
#[component]
pub fn Share(
    /// The article's title.
    title: String,
    /// Its address, from anywhere.
    url: String,
) -> impl IntoView {
    let site = Site::current();
    let copied = RwSignal::new(None::<bool>);
    let copy = {
        let url = url.clone();
        move |_| {
            let url = url.clone();
            spawn_local(async move {
                let done = clipboard::copy(&url).await;
                let _ = copied.try_update(|it| *it = Some(done));
                if done {
                    time::after(clipboard::SAID, move || {
                        let _ = copied.try_set(None);
                    });
                }
            });
        }
    };
    let system = share::is_there().then(|| {
        let (title, url) = (title.clone(), url.clone());
        let pass_on = move |_| {
            let (title, url) = (title.clone(), url.clone());
            spawn_local(async move { share::page(&title, &url).await });
        };
        view! { <li><button class="link" type="button" on:click=pass_on>{site.text(Key::ShareSystem)}</button></li> }
            .late()
    });
    let (name, address) = (percent_encode(&title), percent_encode(&url));
    let mail = format!("mailto:?subject={name}&body={address}");
    let networks = site.publication().share.iter().map(|it| {
        let href = it.url.replace("{title}", &name).replace("{url}", &address);
        view! { <li><a href=href rel="noopener">{it.name.clone()}</a></li> }.late()
    });
    let networks = networks.collect::<Vec<_>>();
    let said = {
        let site = site.clone();
        text(move || match copied.get() {
            None => String::new(),
            Some(true) => site.text(Key::Copied).to_owned(),
            Some(false) => site.messages.fill(Key::CopyFailed, &[("url", &url)]),
        })
    };
    let ways = view! {
        <ul>
            {system}
            <li><button class="link" type="button" on:click=copy>{site.text(Key::CopyAddress)}</button></li>
            <li><a href=mail>{site.text(Key::ByEmail)}</a></li>
            {networks}
        </ul>
        <p class="said" role="status">{said}</p>
    }
    .late();
    view! {
        <button class="button" type="button" popovertarget=MENU>{site.text(Key::Share)}</button>
        {panel(MENU, "preferences share", Key::Share, ways)}
    }
    .late()
}
