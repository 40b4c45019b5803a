//! The table of contents beside an article, with the place marked.

use crate::browser::sight::{Watch, watch};
use crate::fixed::{Fix, Fixed};
use crate::messages::Key;
use crate::site::{Site, Tongue};
use jumpline_article::Heading;
use leptos::prelude::*;

/// All that lies above the lower two thirds of the window.
const ABOVE: &str = "1000000px 0px -66% 0px";

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
    // Which of them, from 1; 0 before the first.
    let reading = RwSignal::new(0_usize);
    let ids: Vec<String> = headings.iter().map(|it| it.id.clone()).collect();
    let watching = StoredValue::new_local(None::<Watch>);
    Effect::new(move || {
        let ids = ids.clone();
        // The last heading above this line is the one whose text is being read. Those that a jump passes cross it, too.
        let seen = move |heading: String, is_above: bool| {
            let Some(at) = ids.iter().position(|it| *it == heading) else { return };
            let now = reading.get_untracked();
            let then = if is_above { now.max(at + 1) } else { now.min(at) };
            if then != now {
                reading.set(then);
            }
        };
        watching.set_value(watch(".prose :is(h2, h3)[id]", ABOVE, move |it, is_above| seen(it.id(), is_above)));
    });
    let entries = headings
        .into_iter()
        .enumerate()
        .map(|(at, heading)| {
            let current = move || (reading.get() == at + 1).then_some("location");
            view! {
                <li class=format!("level-{}", heading.level)>
                    <a href=format!("#{}", heading.id) aria-current=current lang=tongue.lang.clone() dir=tongue.dir>{heading.text}</a>
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
