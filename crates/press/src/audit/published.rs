//! What a publisher shows to everybody on purpose: words that stand there too are no secret.

use super::{escapes, runs, shingles};
use crate::render::Rendered;
use crate::site::Site;
use serde_json::Value;
use std::collections::HashSet;

/// All published texts of a site, as plain text or HTML.
pub fn published(site: &Site) -> Vec<String> {
    let mut texts = Vec::new();
    strings(serde_json::to_value(&site.publication).unwrap_or_default(), &mut texts);
    for rendered in site.articles.iter().chain(&site.pages) {
        let item = &rendered.item;
        let extension = item.jumpline.as_ref();
        let image = extension.and_then(|it| it.image.as_ref());
        let standfirst = extension.and_then(|it| it.standfirst.clone());
        let parts = [item.title.clone(), item.summary.clone(), standfirst, image.map(|it| it.alt.clone())];
        texts.extend(parts.into_iter().flatten());
        texts.extend(image.and_then(|it| it.caption.clone()));
        texts.extend(item.content_html.clone().filter(|it| !is_rest_shown(rendered, it)));
    }
    texts
}

/// Whether what should be a teaser holds a good part of what should be hidden: then it is no teaser, and excuses nothing.
fn is_rest_shown(rendered: &Rendered, teaser: &str) -> bool {
    let Some(gated) = &rendered.gated else { return false };
    let rest = shingles::of(&gated.text);
    let mut shown = HashSet::new();
    runs::each(teaser.as_bytes(), 0, |run| shown.extend([run.hash]));
    if let Some((decoded, _)) = escapes::decode(teaser.as_bytes()) {
        runs::each(&decoded, 0, |run| shown.extend([run.hash]));
    }
    rest.iter().filter(|it| shown.contains(it)).count() * 4 > rest.len()
}

fn strings(value: Value, texts: &mut Vec<String>) {
    match value {
        Value::String(text) => texts.push(text),
        Value::Array(values) => values.into_iter().for_each(|it| strings(it, texts)),
        Value::Object(fields) => fields.into_iter().for_each(|it| strings(it.1, texts)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
