//! An article in a listing.

use super::byline::Meta;
use super::library::CardMark;
use super::picture::picture;
use crate::fixed::{Fix, Fixed};
use crate::messages::Key;
use crate::paths::Route;
use crate::picture::Fit;
use crate::site::Site;
use jumpline_article::{Image, Item, Visibility};
use leptos::prelude::*;

/// How much room a card has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardKind {
    /// The lead story of the home page: large, its picture loaded at once.
    Lead,
    /// One of many, with its picture.
    Plain,
    /// One of many without a picture: shelves and related articles.
    Brief,
}

/// An article in a listing. Its title's link is loaded ahead when it comes into view.
#[component]
pub fn Card(
    /// The article.
    item: Item,
    /// How much room it has.
    kind: CardKind,
    /// Level of its heading, 2 or 3.
    #[prop(default = 3)]
    level: u8,
    /// Whether to name its section; not where the whole listing is that section.
    #[prop(default = true)]
    with_section: bool,
) -> impl IntoView {
    let site = Site::current();
    let headline = site.headline(&item);
    let extension = item.jumpline.as_ref();
    let route = extension.map_or(Route::Nowhere, |it| Route::Article(it.permalink.clone()));
    let section = extension.and_then(|it| it.section.as_ref()).filter(|_| with_section);
    let kicker = section.and_then(|slug| site.publication().section(slug)).map(|section| {
        view! { <p class="kicker"><a href=site.href(&Route::section(&section.slug))>{section.title.clone()}</a></p> }
    });
    let standfirst = extension.and_then(|it| it.standfirst.clone()).or_else(|| item.summary.clone());
    let image = extension.and_then(|it| it.image.clone()).filter(|_| kind != CardKind::Brief);
    let gated = gate_mark(&site, &item);
    let permalink = extension.map(|it| it.permalink.clone());
    let link = view! { <CardMark permalink /><a href=site.href(&route) data-ahead="">{headline}</a> };
    let tongue = site.tongue(item.language.as_deref());
    let (lang, dir) = (tongue.lang.clone(), tongue.dir);
    let heading = if level == 2 {
        view! { <h2 lang=lang dir=dir>{link}</h2> }.fix()
    } else {
        view! { <h3 lang=lang dir=dir>{link}</h3> }.fix()
    };
    let class = match kind {
        CardKind::Lead => "card lead",
        CardKind::Plain => "card",
        CardKind::Brief => "card brief",
    };
    view! {
        <article class=class>
            <div class="card-text">
                {kicker}
                {heading}
                {standfirst.map(|it| view! { <p class="standfirst" lang=tongue.lang dir=tongue.dir>{it}</p> })}
                <Meta item=item.clone() />
                {gated}
            </div>
            {image.map(|image| view! { <CardPicture image href=site.href(&route) first=kind == CardKind::Lead /> })}
        </article>
    }
    .fix()
}

/// The mark of an article that is locked. What costs nothing does not look as if it did.
pub fn gate_mark(site: &Site, item: &Item) -> Option<Fixed> {
    let is_paid = item.jumpline.as_ref().is_some_and(|it| it.visibility == Visibility::Paid);
    let label = site.text(if is_paid { Key::GateLabel } else { Key::GateLabelMembers });
    item.is_gated().then(|| view! { <span class="gate-mark">{label}</span> }.fix())
}

/// The picture again leads to the article; for who cannot see it, the title's link is enough.
#[component]
fn CardPicture(image: Image, href: String, first: bool) -> impl IntoView {
    let image = Image { alt: String::new(), ..image };
    let picture = picture(&Site::current(), image, if first { Fit::Lead } else { Fit::Card });
    view! { <a class="card-picture" href=href tabindex="-1" aria-hidden="true">{picture}</a> }
}
