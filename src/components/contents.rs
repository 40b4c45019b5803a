//! The table of contents beside an article, with the place marked.

use crate::browser::sight::{Watch, watch};
use crate::fixed::{Fix, Fixed};
use crate::messages::Key;
use crate::site::{Site, Tongue};
use jumpline_article::Heading;
use leptos::prelude::*;

/// Headings of the article; the one that is being read is marked.
#[component]
pub fn Contents(
    /// In the order of the article. They grow when the rest of a gated article is shown.
    headings: ReadSignal<Vec<Heading>>,
    /// Their language.
    tongue: Tongue,
) -> impl IntoView {
    move || list(headings.get(), &tongue)
}

fn list(headings: Vec<Heading>, tongue: &Tongue) -> Option<Fixed> {
    if headings.len() < 2 {
        return None;
    }
    let site = Site::current();
    let reading = RwSignal::new(None::<String>);
    let watching = StoredValue::new_local(None::<Watch>);
    Effect::new(move || {
        // The upper third of the window: a heading there is the one whose text is being read.
        let seen = move |heading: String, visible: bool| {
            if visible {
                reading.set(Some(heading));
            }
        };
        watching
            .set_value(watch(".prose :is(h2, h3)[id]", "0px 0px -66% 0px", move |it, visible| seen(it.id(), visible)));
    });
    let entries = headings
        .into_iter()
        .map(|heading| {
            let id = heading.id.clone();
            let current = move || reading.with(|it| it.as_deref() == Some(&id)).then_some("true");
            view! {
                <li class=format!("level-{}", heading.level) aria-current=current>
                    <a href=format!("#{}", heading.id) lang=tongue.lang.clone() dir=tongue.dir>{heading.text}</a>
                </li>
            }
        })
        .collect_view();
    Some(
        view! {
            <nav class="contents" id="contents" aria-labelledby="contents-title">
                <h2 id="contents-title">{site.text(Key::Contents)}</h2>
                <ol>{entries}</ol>
            </nav>
        }
        .fix(),
    )
}
