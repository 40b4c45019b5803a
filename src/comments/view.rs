//! One comment: as the press writes it, and with what a reader can do with it.

use super::merge::{Line, Pending, What};
use super::outbox::Stage;
use super::rows::{DEEPEST, Row};
use crate::fixed::{Fix, Fixed};
use crate::messages::Key;
use crate::site::Site;
use jumpline_article::comment::Status;
use jumpline_article::commenting::Refusal;
use jumpline_article::{Comment, allow};
use leptos::prelude::*;

/// All that decides how a comment looks to this reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The comment, and what this reader did to it.
    pub line: Line,
    /// When it was written, seen from now.
    pub when: When,
    /// What can be done with it, in this order.
    pub acts: Vec<Act>,
    /// Where the article stands at its server, for who has to go there.
    pub post: Option<String>,
}

impl Seen {
    /// Whether it looks like this but for how long ago it was.
    pub fn is_older(&self, other: &Self) -> bool {
        self.when.exact == other.when.exact
            && self.acts == other.acts
            && self.post == other.post
            && self.line == other.line
    }
}

/// A date as a reader sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct When {
    /// How long ago.
    pub ago: String,
    /// Day and time.
    pub exact: String,
}

/// What can be done with a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Answer it.
    Reply,
    /// Like it, or no longer.
    Like,
    /// Copy its link.
    Copy,
    /// Change it.
    Edit,
    /// Delete it, once asked.
    Delete,
    /// Delete it.
    DeleteReally,
    /// Keep it after all.
    Keep,
    /// Change what was refused, and send it again.
    Mend,
    /// Send it again as it is.
    Again,
    /// Take back what waits in the outbox.
    TakeBack,
}

impl Act {
    /// Every one.
    pub const ALL: [Self; 10] = [
        Self::Reply,
        Self::Like,
        Self::Copy,
        Self::Edit,
        Self::Delete,
        Self::DeleteReally,
        Self::Keep,
        Self::Mend,
        Self::Again,
        Self::TakeBack,
    ];

    /// Its name in the page, and its words.
    pub fn name(self) -> (&'static str, Key) {
        match self {
            Self::Reply => ("reply", Key::CommentReply),
            Self::Like => ("like", Key::CommentLike),
            Self::Copy => ("copy", Key::CommentCopy),
            Self::Edit => ("edit", Key::CommentEdit),
            Self::Delete => ("delete", Key::CommentDelete),
            Self::DeleteReally => ("delete-really", Key::CommentDeleteReally),
            Self::Keep => ("keep", Key::CommentKeep),
            Self::Mend => ("mend", Key::CommentMend),
            Self::Again => ("again", Key::CommentAgain),
            Self::TakeBack => ("take-back", Key::CommentTakeBack),
        }
    }
}

/// A comment at its place in the thread, as the press writes it.
pub fn comment(site: &Site, row: Row) -> Fixed {
    item(site, row, None, None)
}

/// A comment with what can be done with it. In the browser only.
pub fn live(site: &Site, seen: Seen) -> Fixed {
    let Seen { line, when, acts, post } = seen;
    let name = named(site, &line.row.comment.author);
    let buttons = acts.into_iter().map(|it| button(site, it, &line, &name)).collect::<Vec<_>>();
    let said = line.pending.as_ref().and_then(|it| Some((said(site, it)?, post)));
    let held = line.held.then(|| site.text(Key::CommentHeld).to_owned());
    let said = said.or_else(|| held.map(|it| (it, None)));
    let said = said.map(|(text, link)| {
        let link = link.map(|it| view! { " "<a href=it.clone()>{it.clone()}</a> });
        view! { <p class="comment-note">{text}{link}</p> }
    });
    let tools = view! {
        {said}
        <div class="comment-tools">{buttons}</div>
    };
    item(site, line.row, Some(when), Some(tools.late()))
}

fn button(site: &Site, act: Act, line: &Line, name: &str) -> Fixed {
    let (attribute, key) = act.name();
    let text = site.text(key);
    let likes = line.row.comment.likes;
    if act == Act::Like {
        let count = site.messages.number(likes);
        let heart = if line.liked { "♥" } else { "♡" };
        let shown = if likes > 0 { format!("{heart} {count}") } else { heart.to_owned() };
        let (aloud, pressed) = (format!("{text} ({count}): {name}"), if line.liked { "true" } else { "false" });
        return view! {
            <button type="button" data-act=attribute aria-pressed=pressed>
                <span aria-hidden="true">{shown}</span>
                <span class="visually-hidden">{aloud}</span>
            </button>
        }
        .late();
    }
    view! { <button type="button" data-act=attribute aria-label=format!("{text}: {name}")>{text}</button> }.late()
}

/// The name of an author in a sentence.
pub fn named(site: &Site, author: &str) -> String {
    if author.is_empty() { site.text(Key::CommentSomebody).to_owned() } else { author.to_owned() }
}

/// How far something in the outbox got, in words.
pub fn said(site: &Site, pending: &Pending) -> Option<String> {
    let key = match (&pending.stage, pending.what) {
        (Stage::Refused(why), _) => return Some(refused(site, why)),
        (Stage::Unsure, _) => Key::CommentUnsure,
        (stage, What::Post) if stage.is_on_its_way() => Key::CommentSent,
        (_, What::Post) => Key::CommentWaits,
        (_, What::Edit) => Key::CommentEditWaits,
        (_, What::Delete) => Key::CommentDeleteWaits,
        // A like says itself what it is.
        (_, What::Like) => return None,
    };
    Some(site.text(key).to_owned())
}

/// The comment server's name, as a sentence names it.
pub fn host(site: &Site) -> String {
    let origin = site.publication().comments.provider.origin();
    origin.as_deref().and_then(|it| it.split("//").nth(1)).unwrap_or_default().to_owned()
}

fn refused(site: &Site, why: &Refusal) -> String {
    let (key, message) = match why {
        Refusal::Closed => (Key::RefusedClosed, ""),
        Refusal::TooShort => (Key::RefusedTooShort, ""),
        Refusal::TooLong => (Key::RefusedTooLong, ""),
        Refusal::Flood => (Key::RefusedFlood, ""),
        Refusal::Spam => (Key::RefusedSpam, ""),
        Refusal::SignIn => (Key::RefusedSignIn, ""),
        Refusal::NameMissing => (Key::RefusedName, ""),
        Refusal::Gone => (Key::RefusedGone, ""),
        Refusal::Other(message) if message.is_empty() => (Key::RefusedOtherSilently, ""),
        Refusal::Other(message) => (Key::RefusedOther, message.as_str()),
    };
    site.messages.fill(key, &[("host", &host(site)), ("message", message)])
}

fn item(site: &Site, row: Row, when: Option<When>, tools: Option<Fixed>) -> Fixed {
    let Row { comment, depth, answers } = row;
    let anchor = comment.id.anchor();
    let answers = answers.map(|(id, name)| {
        let name = name.map_or_else(|| site.text(Key::CommentNobody).to_owned(), |it| named(site, &it));
        let words = site.messages.fill(Key::CommentAnswers, &[("name", &name)]);
        let class = if depth > DEEPEST { "comment-answers" } else { "visually-hidden" };
        view! { <a class=class href=format!("#{}", id.anchor())>{words}</a> }
    });
    let gone = match comment.status {
        Status::Published => None,
        Status::Deleted => Some(Key::CommentDeleted),
        Status::Held | Status::Hidden | Status::Spam => Some(Key::CommentHidden),
    };
    // The focus goes to a comment that was just written.
    let tabindex = tools.is_some().then_some("-1");
    let gone = gone.map(|it| view! { <p class="comment-gone">{site.text(it)}</p> });
    let whole = gone.is_none().then(|| view! { {head(site, &comment, when)}<Text html=comment.content_html /> });
    view! {
        <li class="comment" id=anchor data-depth=depth.min(DEEPEST).to_string() tabindex=tabindex>
            {answers}
            {whole}
            {gone}
            {tools}
        </li>
    }
    .fix()
}

/// Who wrote it, and when.
fn head(site: &Site, comment: &Comment, when: Option<When>) -> Fixed {
    let name = named(site, &comment.author);
    let initial: String = name.chars().find(|it| it.is_alphanumeric()).into_iter().collect();
    let name = match &comment.url {
        Some(url) => view! { <a href=url.clone() rel=allow::COMMENT_LINK_REL>{name}</a> }.fix(),
        None => view! { <bdi>{name}</bdi> }.fix(),
    };
    let mark = comment.by_author.then(|| view! { <span class="comment-mark">{site.text(Key::CommentByAuthor)}</span> });
    let edited = comment.edited.as_ref().map(|it| {
        view! { <span title=site.messages.date(it)>{site.text(Key::CommentEdited)}</span> }
    });
    let (day, exact) = match when {
        Some(When { ago, exact }) => (ago, Some(exact)),
        None => (site.messages.date(&comment.date), None),
    };
    let aloud = exact.clone().map(|it| view! { <span class="visually-hidden">{site.text(Key::ListJoin)}{it}</span> });
    view! {
        <p class="comment-head">
            <span class="comment-initial" aria-hidden="true">{initial}</span>
            <b class="comment-author">{name}</b>
            {mark}
            <a href=format!("#{}", comment.id.anchor())><time datetime=comment.date.as_str().to_owned() title=exact>{day}</time>{aloud}</a>
            {edited}
        </p>
    }
    .fix()
}

/// What a comment says.
#[cfg(not(target_arch = "wasm32"))]
#[component]
pub fn Text(
    /// HTML, not sanitised yet.
    html: String,
) -> impl IntoView {
    view! { <div class="comment-text" dir="auto" inner_html=html></div> }
}

/// What a comment says: through the sanitizer, wherever it came from.
#[cfg(target_arch = "wasm32")]
#[component]
pub fn Text(
    /// HTML, not sanitised yet.
    html: String,
) -> impl IntoView {
    use crate::browser::sanitize::fill_comment;
    view! { <div class="comment-text" dir="auto" use:fill_comment=html></div> }
}
