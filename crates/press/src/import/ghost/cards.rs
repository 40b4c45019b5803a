//! Cards of Ghost's editor (Koenig) as plain elements: figures, links, details, paragraphs.

use super::cards_of_files::{audio, file, gallery, video};
use crate::import::embeds;
use crate::import::remarks::Remarks;
use crate::import::report::Topic;
use crate::render::tree::{Element, Node};

/// Cards that an article has no place for, and what a report calls them.
const LEFT_OUT: &[(&str, &str)] = &[
    ("kg-signup-card", "sign-up cards; the reader has its own"),
    ("kg-email-card", "cards that only e-mails showed"),
    ("kg-email-cta-card", "cards that only e-mails showed"),
    ("kg-collection-card", "cards that Ghost fills anew at every visit"),
    ("kg-paywall-card", "the call to subscribe that stood in the place of paid text"),
];

/// Turns cards into plain elements; everything else stays.
pub(super) fn shape(nodes: Vec<Node>, remarks: &mut Remarks) -> Vec<Node> {
    let mut shaped = Vec::with_capacity(nodes.len());
    for node in nodes {
        match node {
            Node::Element(element) => shaped.extend(card(element, remarks)),
            other => shaped.push(other),
        }
    }
    shaped
}

fn card(mut element: Element, remarks: &mut Remarks) -> Vec<Node> {
    let has = |class: &str| element.has_class(class);
    if let Some((_, what)) = LEFT_OUT.iter().find(|it| has(it.0)) {
        remarks.remark(Topic::LeftOut, what);
        return Vec::new();
    }
    let shaped = match () {
        () if has("kg-gallery-card") => Some(gallery(&element)),
        () if has("kg-video-card") => video(&element),
        () if has("kg-audio-card") => audio(&element, remarks),
        () if has("kg-file-card") => file(&element),
        () if has("kg-bookmark-card") => bookmark(&element, remarks),
        () if has("kg-embed-card") => embed(&element, remarks),
        () if has("kg-callout-card") => callout(&element),
        () if has("kg-toggle-card") => toggle(&element),
        () if has("kg-product-card-rating") => Some(rating(&element)),
        () => None,
    };
    if let Some(nodes) = shaped {
        return nodes;
    }
    if has("kg-header-card") && element.get("data-kg-background-image").or(element.get("style")).is_some_and(is_picture)
    {
        remarks.remark(Topic::LeftOut, "pictures behind the words of header cards");
    }
    element.children = shape(element.children, remarks);
    if says_twice(&element) {
        return element.children;
    }
    vec![Node::Element(element)]
}

/// Ghost's editor writes `<b><strong>` and `<i><em>` for one emphasis.
fn says_twice(element: &Element) -> bool {
    let inner = match element.name.as_str() {
        "b" => "strong",
        "i" => "em",
        _ => return false,
    };
    matches!(element.children.as_slice(), [Node::Element(it)] if it.name == inner)
}

fn is_picture(style: &str) -> bool {
    style.starts_with("http") || style.contains("url(")
}

/// What the first element of a class holds.
pub(super) fn find<'a>(element: &'a Element, class: &str) -> Option<&'a Element> {
    element.children.iter().filter_map(Node::element).find_map(|it| match it.has_class(class) {
        true => Some(it),
        false => find(it, class),
    })
}

/// The first element of a name.
pub(super) fn first<'a>(element: &'a Element, name: &str) -> Option<&'a Element> {
    element.children.iter().filter_map(Node::element).find_map(|it| match it.name == name {
        true => Some(it),
        false => first(it, name),
    })
}

/// The text of the first element of a class; empty when there is none.
pub(super) fn words(element: &Element, class: &str) -> String {
    let text = find(element, class).map(Element::text).unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The caption of a card, if it says anything.
pub(super) fn caption(element: &Element) -> Option<Element> {
    first(element, "figcaption").filter(|it| !it.text().trim().is_empty()).cloned()
}

pub(super) fn paragraph(children: Vec<Node>) -> Node {
    Node::Element(Element::new("p").holding(children))
}

pub(super) fn text(words: &str) -> Node {
    Node::Text(words.to_owned())
}

pub(super) fn link(href: &str, words: &str) -> Node {
    Node::Element(Element::new("a").with("href", href).holding(vec![text(words)]))
}

fn bookmark(element: &Element, remarks: &mut Remarks) -> Option<Vec<Node>> {
    let href = first(element, "a")?.get("href")?.to_owned();
    let (title, description) = (words(element, "kg-bookmark-title"), words(element, "kg-bookmark-description"));
    remarks.detail(Topic::Changed, "bookmark cards became links", &href);
    let mut line = vec![link(&href, if title.is_empty() { &href } else { &title })];
    if !description.is_empty() {
        line.extend([Node::Element(Element::new("br")), text(&description)]);
    }
    let caption = caption(element).map(|it| paragraph(it.children));
    Some([paragraph(line)].into_iter().chain(caption).collect())
}

/// A frame becomes a link; what has none, such as a quoted message, stays without its script.
fn embed(element: &Element, remarks: &mut Remarks) -> Option<Vec<Node>> {
    let caption = caption(element);
    // A path of our own is no frame of another site, and the cleaner knows what to do with it.
    let whole = |it: &&str| it.starts_with("http") || it.starts_with("//");
    let address = first(element, "iframe").and_then(|it| it.get("src").or(it.get("data-src"))).filter(whole);
    if let Some(url) = address.and_then(embeds::watch) {
        remarks.detail(Topic::Changed, "embeds became links", url.as_str());
        let title = first(element, "iframe").and_then(|it| it.get("title"));
        return Some(vec![embeds::link(&url, title, caption.map(|it| it.children).unwrap_or_default())]);
    }
    let quote = first(element, "blockquote")?.clone();
    remarks.remark(Topic::Changed, "embedded messages stayed as quotations, without their scripts");
    Some([Node::Element(quote)].into_iter().chain(caption.map(|it| paragraph(it.children))).collect())
}

fn callout(element: &Element) -> Option<Vec<Node>> {
    let words_of = find(element, "kg-callout-text")?;
    let emoji = words(element, "kg-callout-emoji");
    let mut line = words_of.children.clone();
    if !emoji.is_empty() {
        line.insert(0, text(&format!("{emoji} ")));
    }
    Some(vec![paragraph(line)])
}

fn toggle(element: &Element) -> Option<Vec<Node>> {
    let heading = words(element, "kg-toggle-heading-text");
    let content = find(element, "kg-toggle-content")?;
    let summary = Node::Element(Element::new("summary").holding(vec![text(&heading)]));
    let children = [summary].into_iter().chain([Node::Element(content.clone())]).collect();
    Some(vec![Node::Element(Element::new("details").holding(children))])
}

/// Stars are drawn, five of them, some bright.
fn rating(element: &Element) -> Vec<Node> {
    let stars =
        |class: &str| element.children.iter().filter_map(Node::element).filter(|it| it.has_class(class)).count();
    let (all, bright) = (stars("kg-product-card-rating-star").min(5), stars("kg-product-card-rating-active").min(5));
    match all {
        0 => Vec::new(),
        all => {
            vec![paragraph(vec![text(&format!("{}{}", "★".repeat(bright), "☆".repeat(all.saturating_sub(bright))))])]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::html::{parse, write};

    #[test]
    fn cards_are_plain_elements() {
        for (card, html) in [
            (
                "<figure class=\"kg-card kg-bookmark-card\"><a class=\"kg-bookmark-container\" href=\"https://a.example/\"><div class=\"kg-bookmark-content\">\
                 <div class=\"kg-bookmark-title\">A &amp; B</div><div class=\"kg-bookmark-description\">Words</div></div></a></figure>",
                "<p><a href=\"https://a.example/\">A &amp; B</a><br>Words</p>",
            ),
            (
                "<div class=\"kg-card kg-callout-card\"><div class=\"kg-callout-emoji\">💡</div><div class=\"kg-callout-text\">Note <b>this</b></div></div>",
                "<p>💡 Note <b>this</b></p>",
            ),
            (
                "<div class=\"kg-card kg-toggle-card\"><div class=\"kg-toggle-heading\"><h4 class=\"kg-toggle-heading-text\"><span>More</span></h4>\
                 <button class=\"kg-toggle-card-icon\"></button></div><div class=\"kg-toggle-content\"><p>Hidden</p></div></div>",
                "<details><summary>More</summary><div class=\"kg-toggle-content\"><p>Hidden</p></div></details>",
            ),
            (
                "<figure class=\"kg-card kg-embed-card\"><iframe src=\"https://www.youtube.com/embed/abc\" title=\"Film\"></iframe></figure>",
                "<p><a href=\"https://www.youtube.com/watch?v=abc\">Film</a></p>",
            ),
            (
                "<figure class=\"kg-card kg-embed-card\"><blockquote class=\"twitter-tweet\"><p>Hi</p></blockquote><script src=\"x\"></script></figure>",
                "<blockquote class=\"twitter-tweet\"><p>Hi</p></blockquote>",
            ),
            ("<p><b><strong>a</strong></b> <b>c</b></p>", "<p><strong>a</strong> <b>c</b></p>"),
            ("<div class=\"kg-card kg-signup-card\"><h2>Join</h2><form></form></div>", ""),
            ("<div class=\"kg-card kg-toggle-card\">torn</div>", "<div class=\"kg-card kg-toggle-card\">torn</div>"),
        ] {
            let shaped = shape(parse(card).expect("is shallow"), &mut Remarks::default());
            assert_eq!(write(&shaped).expect("writes"), html);
        }
    }
}
