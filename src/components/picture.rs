//! An article's main picture, in the size that its room needs.

use crate::fixed::{Fix, Fixed};
use crate::picture::{Fit, choices};
use crate::site::Site;
use jumpline_article::Image;
use leptos::prelude::*;

/// Draws it. What is seen first is not waited with.
pub fn picture(site: &Site, image: Image, fit: Fit) -> Fixed {
    let src = site.file(&image.src);
    let choices = choices(&src, image.width, &image.widths);
    let size = |it: u32| (it > 0).then(|| it.to_string());
    let is_first = fit != Fit::Card;
    view! {
        <img
            sizes=choices.is_some().then(|| fit.sizes())
            srcset=choices
            src=src
            alt=image.alt
            width=size(image.width)
            height=size(image.height)
            loading=(!is_first).then_some("lazy")
            fetchpriority=is_first.then_some("high")
            decoding=(fit != Fit::Text).then_some("async")
        />
    }
    .fix()
}
