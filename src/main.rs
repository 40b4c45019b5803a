//! The browser's entry: hydrates a prerendered page, mounts on an empty one.

use jumpline::app::App;
use jumpline::browser::{boot, links, secret};
use jumpline::paths::{Route, carries_secret};
use jumpline::site::Site;
use leptos::mount::{hydrate_from, mount_to};
use leptos::prelude::*;

fn main() {
    secret::conceal(carries_secret);
    // Leptos' own executor begins with the first mount, and the catalogue has to be here before that.
    wasm_bindgen_futures::spawn_local(start());
}

async fn start() {
    let (boot, messages) = match boot::boot().await {
        Ok(all) => all,
        Err(error) => return boot::report(&error),
    };
    let Some((root, prerendered)) = boot::root() else { return };
    let site = Site::new(boot.publication, messages);
    let here = links::here(&site.publication().base);
    let route = here.as_ref().map_or(Route::Nowhere, |it| it.route.clone());
    let app = {
        let site = site.clone();
        move || view! { <App site route page=boot.page /> }
    };
    boot::mark("jumpline:hydrate-start");
    if prerendered {
        hydrate_from(root, app).forget();
    } else {
        mount_to(root, app).forget();
    }
    boot::mark("jumpline:hydrate-end");
    boot::announce_ready();
}
