//! The section below an article: how many comments there are, the thread, and how to answer.

use super::rows::rows;
use super::view;
use crate::browser::fetch;
use crate::encode::percent_encode;
use crate::fixed::{Fix, Fixed};
use crate::messages::Key;
use crate::navigation::LoadError;
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
        let href = format!("mailto:{email}?subject={}", percent_encode(&subject));
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
    let (list, loaded) = (NodeRef::<Ol>::new(), RwSignal::new(None::<Result<Vec<Comment>, LoadError>>));
    let load = {
        let site = site.clone();
        move || {
            let url = site.file(&paths::comments(&permalink));
            loaded.set(None);
            spawn_local(async move {
                let json = fetch::text(&url).await.map_err(LoadError::Fetch);
                let comments = json.and_then(|it| CommentFile::from_json(&it).map_err(|_| LoadError::Broken));
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
                <p role="alert">{site.text(Key::CommentsFailed)}" "{error.sentence(&site)}</p>
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
