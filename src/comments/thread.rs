//! The section below an article: how many comments there are, the thread, and how to answer.

use super::rows::rows;
use super::view;
use crate::browser::fetch::{self, FetchError};
use crate::fixed::{Fix, Fixed};
use crate::messages::Key;
use crate::paths;
use crate::site::Site;
use jumpline_article::{Comment, CommentFile, CommentSummary, Permalink};
use leptos::html::Ol;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The comments of an article.
#[component]
pub fn Comments(
    /// The article.
    permalink: Permalink,
    /// What is known at publish time.
    summary: CommentSummary,
    /// The article's title.
    headline: String,
) -> impl IntoView {
    let site = Site::current();
    let said = match summary {
        CommentSummary { open: false, .. } => Some(Key::CommentsClosed),
        CommentSummary { count: 0, .. } => Some(Key::CommentsInvite),
        CommentSummary { .. } => None,
    };
    let said = said.map(|it| view! { <p>{site.text(it)}</p> });
    let reply = site.publication().email.as_ref().filter(|_| summary.open).map(|email| {
        let subject = site.messages.fill(Key::ReplySubject, &[("title", &headline)]);
        let href = format!("mailto:{email}?subject={}", encode(&subject));
        view! { <p><a class="button" href=href>{site.text(Key::LeaveReply)}</a></p> }
    });
    let thread = (summary.count > 0).then(|| view! { <Thread permalink /> });
    view! {
        <section class="comments" id="comments" aria-labelledby="comments-title">
            <h2 id="comments-title">{site.messages.count(Key::Comments, summary.count)}</h2>
            {said}
            {thread}
            {reply}
        </section>
    }
}

/// The thread: as the press wrote it, where the page came prerendered, else loaded.
#[component]
fn Thread(permalink: Permalink) -> impl IntoView {
    let site = Site::current();
    let (list, loaded) = (NodeRef::<Ol>::new(), RwSignal::new(None::<Result<Vec<Comment>, FetchError>>));
    let load = {
        let site = site.clone();
        move || {
            let url = site.file(&paths::comments(&permalink));
            loaded.set(None);
            spawn_local(async move {
                let file = fetch::text(&url).await;
                let comments = file.and_then(|it| CommentFile::from_json(&it).map_err(|_| FetchError::Missing));
                // The article may have been left meanwhile.
                let _ = loaded.try_set(Some(comments.map(|it| it.comments)));
            });
        }
    };
    let again = load.clone();
    Effect::new(move || {
        if list.get().is_some_and(|it| it.child_element_count() == 0) {
            load();
        }
    });
    let late = move || {
        let again = again.clone();
        loaded.get().map(|it| match it {
            Ok(comments) => view! { <ol class="thread">{drawn(&site, comments)}</ol> }.late(),
            Err(error) => view! {
                <p role="alert">{site.text(Key::CommentsFailed)}" "{site.fetch_error(&error)}</p>
                <p><button class="button" type="button" on:click=move |_| again()>{site.text(Key::TryAgain)}</button></p>
            }
            .late(),
        })
    };
    // The browser's view declares no children, so hydration walks past them.
    #[cfg(not(target_arch = "wasm32"))]
    let written = drawn(&Site::current(), super::Snapshot::current().0);
    #[cfg(target_arch = "wasm32")]
    let written = ();
    view! {
        <ol class="thread" id="thread" node_ref=list>{written}</ol>
        {late}
    }
}

fn drawn(site: &Site, comments: Vec<Comment>) -> Vec<Fixed> {
    rows(comments).into_iter().map(|it| view::comment(site, it)).collect()
}

/// Percent-encodes all but RFC 3986's unreserved characters, for the subject of a `mailto:` (RFC 6068).
fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => encoded.push(byte as char),
            _ => {
                let digit = |it: u8| char::from(b"0123456789ABCDEF"[usize::from(it)]);
                encoded.extend(['%', digit(byte >> 4), digit(byte & 15)]);
            }
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_cannot_leave_its_field() {
        assert_eq!(encode("Reply: A & B?\n"), "Reply%3A%20A%20%26%20B%3F%0A");
        assert_eq!(encode("é"), "%C3%A9");
    }
}
