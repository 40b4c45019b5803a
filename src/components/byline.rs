//! Who wrote it, when, and how long it takes.

use crate::fixed::{Fix, words};
use crate::messages::Key;
use crate::paths::Route;
use crate::site::Site;
use jumpline_article::{Author, Date, Item};
use leptos::prelude::*;

/// "By the News Desk", each name a link to everything by it.
#[component]
pub fn Byline(
    /// In the order of the byline; without a name they are left out.
    authors: Vec<Author>,
) -> impl IntoView {
    let site = Site::current();
    let names: Vec<String> = authors.into_iter().filter_map(|it| it.name).collect();
    if names.is_empty() {
        return None;
    }
    let sentence = site.text(Key::ByAuthor);
    let (before, after) = sentence.split_once("{names}").unwrap_or((sentence, ""));
    let links = names
        .into_iter()
        .enumerate()
        .map(|(index, name)| {
            let join = if index > 0 { site.text(Key::ListJoin) } else { "" };
            view! { {join}<a href=site.href(&Route::author(&name)) rel="author">{name.clone()}</a> }
        })
        .collect_view();
    Some(view! { <span class="byline">{before}{links}{after}</span> }.fix())
}

/// A day, exact for machines.
#[component]
pub fn Day(
    /// The day.
    date: Date,
) -> impl IntoView {
    let (messages, machine) = (Site::current().messages, date.as_str().to_owned());
    view! { <time datetime=machine>{words(move || messages.date(&date))}</time> }
}

/// The line below a card's title: byline, day, reading time, comments.
#[component]
pub fn Meta(
    /// The card.
    item: Item,
) -> impl IntoView {
    let messages = Site::current().messages;
    let extension = item.jumpline;
    let minutes = extension.as_ref().map_or(0, |it| it.reading_time);
    let reading_time = (minutes > 0).then(|| {
        let words = words(move || messages.count(Key::ReadingTime, minutes));
        view! { <span class="reading-time">{words}</span> }
    });
    // An empty thread is news on the article's own page, and noise on thirty cards.
    let count = extension.map_or(0, |it| it.comments.count);
    let comments = (count > 0).then(|| {
        let words = words(move || messages.count(Key::Comments, count));
        view! { <span class="comment-count">{words}</span> }
    });
    view! {
        <p class="meta">
            <Byline authors=item.authors />
            {item.date_published.map(|date| view! { <Day date /> })}
            {reading_time}
            {comments}
        </p>
    }
}
