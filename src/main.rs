//! The browser's entry: hydrates the prerendered page.

use jumpline::app::App;
use jumpline::browser::{boot, links, secret, time};
use jumpline::fixed;
use jumpline::paths::{Route, carries_secret};
use jumpline_article::Page;
use leptos::mount::hydrate_from;
use leptos::prelude::*;

fn main() {
    secret::conceal(carries_secret);
    // The Wasm is here, and has taken its time already. Leptos' own executor begins with the first mount, and the words have to be
    // here before that.
    time::after(0, || wasm_bindgen_futures::spawn_local(start()));
}

async fn start() {
    let (site, page) = match boot::boot().await {
        Ok(all) => all,
        Err(error) => {
            secret::give_back();
            return boot::report(&error);
        }
    };
    let Some(root) = boot::root() else { return };
    let here = links::here(&site.publication().base);
    // The page of no address cannot know where it will be shown.
    let route = here.filter(|_| !matches!(page, Page::Unfilled)).map_or(Route::Nowhere, |it| it.route);
    let app = {
        let site = site.clone();
        move || view! { <App site route page /> }
    };
    time::pause().await;
    boot::mark("jumpline:hydrate-start");
    // What was not yet laid out is laid out in two tasks.
    fixed::once_alive(boot::announce_laid_out);
    hydrate_from(root, app).forget();
    while let Some(piece) = fixed::next() {
        time::pause().await;
        piece();
    }
    boot::mark("jumpline:hydrate-end");
    boot::announce_ready();
}
