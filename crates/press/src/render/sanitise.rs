//! Untrusted HTML through ammonia, by the allow-list that reader and press share.

use super::html::{self, TooDeep};
use super::srcset;
use super::tree::{Node, walk_mut};
use jumpline_article::allow;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Elements that HTML had once and that said something, and what says it now.
pub(super) const RENAMED: &[(&str, &str)] = &[("acronym", "abbr"), ("strike", "s"), ("tt", "code")];

static BUILDER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut builder = ammonia::Builder::empty();
    let attributes: HashMap<&str, HashSet<&str>> =
        allow::ATTRIBUTES.iter().map(|(element, list)| (*element, list.iter().copied().collect())).collect();
    builder
        .tags(allow::ELEMENTS.iter().copied().chain(RENAMED.iter().map(|it| it.0)).collect())
        .clean_content_tags(allow::DROPPED.iter().copied().collect())
        .generic_attributes(allow::GLOBAL_ATTRIBUTES.iter().copied().collect())
        .tag_attributes(attributes)
        .url_schemes(allow::LINK_SCHEMES.iter().copied().collect())
        .url_relative(ammonia::UrlRelative::PassThrough)
        .link_rel(None)
        // Teaser markers are comments; the tree takes them out.
        .strip_comments(false)
        .attribute_filter(attribute);
    builder
});

static COMMENT: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut builder = ammonia::Builder::empty();
    builder
        .tags(allow::COMMENT_ELEMENTS.iter().copied().collect())
        .clean_content_tags(allow::DROPPED.iter().copied().collect())
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"]))]))
        .url_schemes(allow::LINK_SCHEMES.iter().copied().collect())
        .url_relative(ammonia::UrlRelative::PassThrough)
        .link_rel(Some(allow::COMMENT_LINK_REL))
        .attribute_filter(attribute);
    builder
});

/// What is left of a comment's HTML: text, its emphasis, and links that are marked as a reader's.
///
/// What nests deeper than any comment does, to keep a parser busy, is text with all its signs.
pub(crate) fn comment(html: &str) -> String {
    if html::check_depth(html).is_err() {
        return html::write(&[Node::Text(html.to_owned())]).unwrap_or_default();
    }
    COMMENT.clean(html).to_string()
}

/// HTML in which only allowed elements, attributes and URLs are left. Comments stay, for the teaser's sake.
pub(crate) fn clean(html: &str) -> String {
    BUILDER.clean(html).to_string()
}

/// Cleaned HTML as a tree, in which elements of old have the names of those that took their places.
pub(super) fn parse(html: &str) -> Result<Vec<Node>, TooDeep> {
    let mut nodes = html::parse(&clean(html))?;
    walk_mut(&mut nodes, &mut |element| {
        if let Some((_, name)) = RENAMED.iter().find(|it| it.0 == element.name) {
            element.name = (*name).to_owned();
        }
    });
    Ok(nodes)
}

fn attribute<'u>(_element: &str, name: &str, value: &'u str) -> Option<Cow<'u, str>> {
    match name {
        "srcset" => srcset::parse(value).iter().all(|it| allow::url(&it.url)).then_some(Cow::Borrowed(value)),
        _ if allow::URL_ATTRIBUTES.contains(&name) => allow::url(value).then_some(Cow::Borrowed(value)),
        _ => Some(Cow::Borrowed(value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_that_would_keep_a_parser_busy_is_text() {
        let html = "<b></i>".repeat(9_300);
        let left = comment(&html);
        assert!(left.starts_with("&lt;b&gt;&lt;/i&gt;&lt;b&gt;"), "{left:.60}");
        assert_eq!(comment("<b>bold</b></i>"), "<b>bold</b>");
    }

    #[test]
    fn elements_of_old_go_on_to_say_what_they_said() {
        let html = "<p><strike>no</strike> <tt onclick=x>ls</tt> <acronym title=\"A\">a</acronym></p>";
        let nodes = parse(html).expect("is shallow");
        let expected = "<p><s>no</s> <code>ls</code> <abbr title=\"A\">a</abbr></p>";
        assert_eq!(html::write(&nodes).expect("is shallow"), expected);
    }

    #[test]
    fn nothing_active_is_left() {
        for (html, left) in [
            ("<script>alert(1)</script>a", "a"),
            ("<p onclick=alert(1)>a</p>", "<p>a</p>"),
            ("<a href=javascript:alert(1)>a</a>", "<a>a</a>"),
            ("<a href=' java\nscript:alert(1)'>a</a>", "<a>a</a>"),
            ("<img src=x onerror=alert(1)>", "<img src=\"x\">"),
            ("<img srcset='x 1x, javascript:y 2x'>", "<img>"),
            ("<img srcset='x 1x,javascript:y 2x'>", "<img>"),
            ("<svg><script>alert(1)</script></svg>a", "a"),
            ("<math><mi xlink:href=javascript:x>a</mi></math>", ""),
            ("<iframe srcdoc='<script>x</script>'></iframe>a", "a"),
            ("<p style='position:fixed'>a</p>", "<p>a</p>"),
            ("<form action=/x><input name=q><button>a</button></form>", "<input>a"),
            ("<noscript><p title='</noscript><img src=x onerror=y>'></noscript>", "<img src=\"x\">'&gt;"),
            ("<center>a</center>", "a"),
            ("<template><p>a</p></template>b", "b"),
        ] {
            assert_eq!(clean(html), left, "{html}");
        }
    }
}
