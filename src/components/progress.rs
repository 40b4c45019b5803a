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
    let waits = StoredValue::new(0_u32);
    Effect::new(move || {
        is_late.set(false);
        let wait = waits.get_value().wrapping_add(1);
        waits.set_value(wait);
        if loading.get() {
            // Another page may have come meanwhile, and be waited for not so long.
            time::after(LATE, move || {
                if waits.get_value() == wait {
                    is_late.set(true);
                }
            });
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
