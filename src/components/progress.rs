//! A quiet sign that the next page is on its way.

use crate::browser::time;
use crate::fixed::Fix;
use crate::messages::Key;
use crate::navigation::Navigation;
use crate::site::Site;
use leptos::prelude::*;

/// Milliseconds after which it is said that one has to wait: most pages are there before, and say themselves what they are.
const LATE: u32 = 800;

/// A thin bar at the top of the window. Style shows it only when the wait is long enough to be noticed.
#[component]
pub fn Progress() -> impl IntoView {
    let loading = Navigation::current().loading();
    let label = Site::current().text(Key::Loading);
    let is_late = RwSignal::new(false);
    Effect::new(move || {
        is_late.set(false);
        if loading.get() {
            time::after(LATE, move || is_late.set(loading.get_untracked()));
        }
    });
    view! {
        // Outside of all landmarks, as only what is said may be; the bar itself is not.
        <div class="progress-place" role="status" aria-live="off">
            {move || loading.get().then(|| view! { <div class="progress" role="progressbar" aria-label=label></div> }.late())}
            <span class="visually-hidden" role="status">{move || is_late.get().then_some(label)}</span>
        </div>
    }
}
