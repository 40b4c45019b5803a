//! An article, top to bottom.

use crate::components::body::Body;
use crate::components::breadcrumb::Breadcrumb;
use crate::components::byline::{Byline, Day};
use crate::components::card::{Card, CardKind};
use crate::components::comments::Comments;
use crate::components::contents::Contents;
use crate::components::jump::{Gate, GiftNote, SubscribeCall};
use crate::components::library::{ArticleTools, Opened};
use crate::components::meter::MeterNote;
use crate::components::picture::picture;
use crate::fixed::{Fix, flag, words};
use crate::messages::Key;
use crate::paths::Route;
use crate::paywall::Room;
use crate::paywall::wall::Gated;
use crate::picture::Fit;
use crate::site::{Site, Tongue};
use jumpline_article::{Image, Item, ItemKind, Jump, Visibility};
use leptos::prelude::*;

/// An article or a page.
#[component]
pub fn Article(
    /// The article, with its body where it did not come prerendered.
    item: Item,
) -> impl IntoView {
    let site = Site::current();
    let headline = site.headline(&item);
    let gated = item.is_gated();
    let extension = item.jumpline?;
    let is_article = extension.kind == ItemKind::Article;
    let section = extension.section.as_ref().and_then(|it| site.publication().section(it)).cloned();
    let steps = section.iter().map(|it| (Route::section(&it.slug), it.title.clone())).collect::<Vec<_>>();
    let kicker = section.as_ref().map(|it| {
        view! { <p class="kicker"><a href=site.href(&Route::section(&it.slug))>{it.title.clone()}</a></p> }
    });
    let updated = item.date_modified.filter(|it| Some(it) != item.date_published.as_ref()).map(|date| {
        view! { <span>{site.text(Key::Updated)}" "<Day date /></span> }
    });
    let (comments, permalink) = (extension.comments, extension.permalink.clone());
    let messages = site.messages;
    // Of the thread and of the line above the article.
    let count = RwSignal::new(comments.count);
    let meta = is_article.then(|| {
        view! {
            <p class="meta article-meta">
                <Byline authors=item.authors />
                {item.date_published.map(|date| view! { <Day date /> })}
                {updated}
                <span class="reading-time">{words(move || messages.count(Key::ReadingTime, extension.reading_time))}</span>
                <a href="#comments">{move || { let count = count.get(); words(move || messages.count(Key::Comments, count)) }}</a>
            </p>
        }
    });
    // Only the article's own words: what is said about it speaks as the rest of the page does.
    let tongue = site.tongue(item.language.as_deref());
    let standfirst =
        extension.standfirst.map(|it| view! { <p class="standfirst" lang=tongue.lang.clone() dir=tongue.dir>{it}</p> });
    let place = extension.permalink.clone();
    let behind = Gated {
        id: item.id,
        permalink: extension.permalink,
        visibility: extension.visibility,
        envelope: extension.envelope,
    };
    let room = Room::new(behind, extension.contents);
    let is_whole = flag(move || !gated || room.is_open());
    let language = tongue.lang.clone().unwrap_or_default();
    let opened =
        Opened { permalink: place, title: headline.clone(), language, minutes: extension.reading_time, is_whole };
    let contents = room.contents();
    let with_contents = move || contents.with(|it| it.len() > 1);
    let tools = is_article.then(|| view! { <ArticleTools opened /> }.fix());
    let text = view! {
        <article class="article" class:with-contents=with_contents>
            <header class="article-head">
                {kicker}
                <h1 id="title" tabindex="-1" lang=tongue.lang.clone() dir=tongue.dir>{headline.clone()}</h1>
                {standfirst}
                {meta}
                {tools}
            </header>
            {extension.image.map(|image| view! { <LeadPicture image tongue=tongue.clone() /> })}
            <Contents headings=contents tongue=tongue.clone() />
            {gated.then(|| view! { <GiftNote room /> })}
            <Body html=item.content_html tongue=tongue.clone() />
            <Gate visibility=extension.visibility tiers=extension.tiers room />
            {(extension.visibility == Visibility::Members).then(|| view! { <MeterNote /> })}
            <Tags tags=item.tags />
        </article>
    };
    Some(view! {
        <Breadcrumb steps here=headline.clone() tongue />
        {text.soon()}
        {is_article.then(|| view! {
            {view! { <Comments permalink summary=comments headline count /> }.soon()}
            <Neighbours previous=extension.previous next=extension.next />
            <Related items=extension.related />
            {(!gated).then(|| view! { <SubscribeCall /> })}
        }.fix())}
    })
}

/// The picture above the text.
#[component]
fn LeadPicture(image: Image, tongue: Tongue) -> impl IntoView {
    let caption = image.caption.clone();
    view! {
        <figure class="lead-picture" lang=tongue.lang dir=tongue.dir>
            {picture(&Site::current(), image, Fit::Text)}
            {caption.map(|it| view! { <figcaption>{it}</figcaption> })}
        </figure>
    }
}

/// Tags, each a link to everything that carries it.
#[component]
fn Tags(tags: Vec<String>) -> impl IntoView {
    if tags.is_empty() {
        return None;
    }
    let site = Site::current();
    let links =
        tags.into_iter().map(|tag| view! { <li><a href=site.href(&Route::tag(&tag)) rel="tag">{tag.clone()}</a></li> });
    let links = links.collect_view();
    Some(view! { <nav class="tags" aria-label=site.text(Key::Tags)><ul>{links}</ul></nav> })
}

/// The articles published before and after this one.
#[component]
fn Neighbours(previous: Option<Jump>, next: Option<Jump>) -> impl IntoView {
    if previous.is_none() && next.is_none() {
        return None;
    }
    let site = Site::current();
    let link = |jump: Option<Jump>, rel: &'static str, key: Key| {
        jump.map(|jump| {
            let href = site.href(&Route::Article(jump.permalink));
            let tongue = site.tongue(jump.language.as_deref());
            view! {
                <a class=rel href=href rel=rel data-ahead="">
                    <span class="meta">{site.text(key)}</span>" "<b lang=tongue.lang dir=tongue.dir>{jump.title}</b>
                </a>
            }
        })
    };
    Some(view! {
        <nav class="neighbours" aria-labelledby="neighbours-title">
            <h2 class="shelf-title" id="neighbours-title">{site.text(Key::ContinueReading)}</h2>
            <div class="neighbours-links">
                {link(previous, "prev", Key::PreviousArticle)}
                {link(next, "next", Key::NextArticle)}
            </div>
        </nav>
    })
}

/// Articles on the same things.
#[component]
fn Related(items: Vec<Item>) -> impl IntoView {
    if items.is_empty() {
        return None;
    }
    let site = Site::current();
    let cards = items.into_iter().map(|item| view! { <Card item kind=CardKind::Brief /> }).collect_view();
    let section = view! {
        <section class="related" aria-labelledby="related-title">
            <h2 class="shelf-title" id="related-title">{site.text(Key::Related)}</h2>
            <div class="cards">{cards}</div>
        </section>
    };
    Some(section.soon())
}
