//! A quiet sign that the next page is on its way.

use crate::fixed::Fix;
use crate::messages::Key;
use crate::navigation::Navigation;
use crate::site::Site;
use leptos::prelude::*;

/// A thin bar at the top of the window. Style shows it only when the wait is long enough to be noticed.
#[component]
pub fn Progress() -> impl IntoView {
    let loading = Navigation::current().loading();
    let label = Site::current().text(Key::Loading);
    view! {
        <div class="progress-place" role="status">
            {move || loading.get().then(|| view! { <div class="progress" role="progressbar" aria-label=label></div> }.late())}
        </div>
    }
}
