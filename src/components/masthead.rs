//! The head of every page: the name, one action, the sections.

use super::preferences::PreferencesControl;
use crate::messages::Key;
use crate::navigation::Navigation;
use crate::paths::Route;
use crate::site::Site;
use leptos::prelude::*;

/// Characters of a name that has no room beside the actions on a phone.
const LONG: usize = 32;

/// Name, sections, subscribe and reading settings.
#[component]
pub fn Masthead() -> impl IntoView {
    let site = Site::current();
    let place = Navigation::current().place();
    let entry = |route: Route, name: String| {
        let href = site.href(&route);
        let current = move || place.with(|it| it.route.is_within(&route)).then_some("page");
        view! { <li><a href=href aria-current=current>{name}</a></li> }
    };
    let sections =
        site.publication().sections.iter().map(|it| entry(Route::section(&it.slug), it.title.clone())).collect_view();
    let name = site.publication().title.clone();
    let class = if name.chars().count() > LONG { "masthead-name is-long" } else { "masthead-name" };
    view! {
        <header class="masthead">
            <div class="masthead-bar">
                <a class=class href=site.href(&Route::Home)>{name}</a>
                <div class="masthead-actions">
                    <PreferencesControl />
                    <a class="button" href=site.href(&Route::Subscribe)>{site.text(Key::Subscribe)}</a>
                </div>
            </div>
            <nav class="sections" aria-label=site.text(Key::SectionNav)>
                <ul>
                    {entry(Route::Home, site.text(Key::Latest).to_owned())}
                    {sections}
                    {entry(Route::archive(), site.text(Key::ArchiveTitle).to_owned())}
                </ul>
            </nav>
        </header>
    }
}
