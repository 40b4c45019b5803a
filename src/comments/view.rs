//! One comment, the same on the host and in the browser.

use super::rows::{DEEPEST, Row};
use crate::fixed::{Fix, Fixed};
use crate::messages::Key;
use crate::site::Site;
use jumpline_article::comment::Status;
use jumpline_article::{Comment, allow};
use leptos::prelude::*;

/// A comment at its place in the thread.
pub fn comment(site: &Site, row: Row) -> Fixed {
    let Row { comment, depth, answers } = row;
    let anchor = comment.id.anchor();
    let answers = answers.map(|(id, name)| {
        let name = if name.is_empty() { site.text(Key::CommentNobody).to_owned() } else { name };
        let words = site.messages.fill(Key::CommentAnswers, &[("name", &name)]);
        let class = if depth > DEEPEST { "comment-answers" } else { "visually-hidden" };
        view! { <a class=class href=format!("#{}", id.anchor())>{words}</a> }
    });
    let gone = match comment.status {
        Status::Published => None,
        Status::Deleted => Some(Key::CommentDeleted),
        Status::Held | Status::Hidden | Status::Spam => Some(Key::CommentHidden),
    };
    let gone = gone.map(|it| view! { <p class="comment-gone">{site.text(it)}</p> });
    let whole = gone.is_none().then(|| view! { {head(site, &comment)}<Text html=comment.content_html /> });
    view! {
        <li class="comment" id=anchor data-depth=depth.min(DEEPEST).to_string()>
            {answers}
            {whole}
            {gone}
        </li>
    }
    .fix()
}

/// Who wrote it, and when.
fn head(site: &Site, comment: &Comment) -> Fixed {
    let initial: String = comment.author.chars().next().into_iter().collect();
    let name = comment.author.clone();
    let name = match &comment.url {
        Some(url) => view! { <a href=url.clone() rel=allow::COMMENT_LINK_REL>{name}</a> }.fix(),
        None => view! { <bdi>{name}</bdi> }.fix(),
    };
    let mark = comment.by_author.then(|| view! { <span class="comment-mark">{site.text(Key::CommentByAuthor)}</span> });
    let edited = comment.edited.as_ref().map(|it| {
        view! { <span title=site.messages.date(it)>{site.text(Key::CommentEdited)}</span> }
    });
    let day = site.messages.date(&comment.date);
    view! {
        <p class="comment-head">
            <span class="comment-initial" aria-hidden="true">{initial}</span>
            <b class="comment-author">{name}</b>
            {mark}
            <a href=format!("#{}", comment.id.anchor())><time datetime=comment.date.as_str().to_owned()>{day}</time></a>
            {edited}
        </p>
    }
    .fix()
}

/// What a comment says.
#[cfg(not(target_arch = "wasm32"))]
#[component]
fn Text(html: String) -> impl IntoView {
    view! { <div class="comment-text" dir="auto" inner_html=html></div> }
}

/// What a comment says: through the sanitizer, wherever it came from.
#[cfg(target_arch = "wasm32")]
#[component]
fn Text(html: String) -> impl IntoView {
    use crate::browser::sanitize::fill_comment;
    view! { <div class="comment-text" dir="auto" use:fill_comment=html></div> }
}
