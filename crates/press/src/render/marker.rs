//! Comments that end a teaser, and what was meant to be one: text behind a marker that is misspelt would be public.

use super::tree::{Node, walk};
use crate::source::Head;
use crate::source::nearest::nearest;
use jumpline_article::Visibility;

/// A comment that ends the teaser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marker {
    /// `<!--more-->`: changes nothing in a public article.
    More,
    /// `<!--members-only-->`: gates the article by itself.
    MembersOnly,
}

/// What a comment marks. WordPress' and Ghost's own markers count too: a gate must hold even when an import missed it.
pub(super) fn marker(comment: &str) -> Option<Marker> {
    let comment = comment.trim().to_ascii_lowercase();
    if comment == "members-only"
        || comment.starts_with("wp:jetpack/paywall")
        || comment.starts_with("kg-gated-block:begin")
    {
        return Some(Marker::MembersOnly);
    }
    // WordPress allows a text of its own: `<!--more Read on-->`.
    (comment == "more" || comment.starts_with("more ")).then_some(Marker::More)
}

/// The strictest marker in a body.
pub(super) fn find(nodes: &[Node]) -> Option<Marker> {
    let mut found = None;
    walk(nodes, &mut |node| {
        if let Node::Comment(comment) = node
            && found != Some(Marker::MembersOnly)
        {
            found = marker(comment).or(found);
        }
    });
    found
}

/// Who may read it: what the head says, or what a marker implies. A head that says `public` does not meet such a marker.
pub(super) fn visibility(head: &Head, marker: Option<Marker>) -> Result<Visibility, String> {
    match (head.visibility, marker) {
        (Some(Visibility::Public), Some(Marker::MembersOnly)) => Err(
            "`<!--members-only-->` stands in an article with `visibility: public`; write `visibility: members` or `paid`, or remove the marker"
                .to_owned(),
        ),
        (None, Some(Marker::MembersOnly)) => Ok(Visibility::Members),
        (stated, _) => Ok(stated.unwrap_or_default()),
    }
}

/// What sounds like a gate and is none, as it is written. What stands behind a marker that holds is locked anyway, and what is
/// shown as code is text.
pub(super) fn misspelt(nodes: &[Node], is_gated: bool) -> Option<String> {
    search(nodes, is_gated).filter(|it| !it.is_empty())
}

/// As [`misspelt`]; an empty text where a marker ends the search.
fn search(nodes: &[Node], is_gated: bool) -> Option<String> {
    nodes.iter().find_map(|node| match node {
        Node::Comment(comment) => match marker(comment) {
            Some(Marker::MembersOnly) => Some(String::new()),
            Some(Marker::More) => is_gated.then(String::new),
            None => is_gate(comment).then(|| format!("<!--{comment}-->")),
        },
        Node::Text(text) => text.lines().map(str::trim).find(|it| is_gate_in_text(it)).map(ToOwned::to_owned),
        Node::Element(element) if element.is(&["code", "pre"]) => None,
        Node::Element(element) => search(&element.children, is_gated),
    })
}

/// How what [`misspelt`] found stands in the body: a marker in text was escaped there.
pub(super) fn as_written(gate: &str, body: &str) -> String {
    if !is_marker(gate) {
        return gate.to_owned();
    }
    let escaped = gate.replace('<', "&lt;");
    let ways = [escaped.replace('>', "&gt;"), escaped, format!("\\{gate}")];
    ways.into_iter().find(|it| body.contains(it.as_str())).unwrap_or_else(|| gate.to_owned())
}

fn is_marker(text: &str) -> bool {
    let inside = text.strip_prefix("<!--").and_then(|it| it.strip_suffix("-->"));
    inside.and_then(marker) == Some(Marker::MembersOnly)
}

/// What is wrong with a marker that is misspelt. No warning: what stands behind it may be paid for.
pub(super) fn not_a_marker(written: &str) -> String {
    let plain = written.replace("&lt;", "<").replace("&gt;", ">");
    if is_marker(plain.trim_start_matches('\\')) {
        let sign = if written.contains("&lt;") { "`&lt;`" } else { "text" };
        return format!(
            "`{written}` is no marker, since its brackets are written as {sign}, so everybody could read what follows; write \
             `<!--members-only-->`, or, to show it to readers, write it as code"
        );
    }
    format!(
        "`{written}` is no marker, so everybody could read what follows; did you mean `<!--members-only-->`? To show it to \
         readers, write it as code; a note to yourself needs other words"
    )
}

/// Words of which one makes a gate.
const GATES: &[&str] = &[
    "gate",
    "gated",
    "member",
    "members",
    "memberonly",
    "memberpress",
    "membersonly",
    "membership",
    "paid",
    "payed",
    "paying",
    "paywall",
    "premium",
    "subscriber",
    "subscribers",
    "subscribersonly",
    "subscription",
];

/// Words that stand beside them, and say nothing else.
const BESIDE: &[&str] = &[
    "area",
    "begin",
    "below",
    "block",
    "card",
    "content",
    "end",
    "exclusive",
    "for",
    "from",
    "here",
    "kg",
    "more",
    "only",
    "part",
    "section",
    "start",
    "starts",
    "the",
    "to",
    "wall",
];

/// Bytes of a comment that may be a marker; a longer one is a note.
const LONGEST: usize = 60;

/// Whether a comment says that what follows is not for everybody. A note to a colleague has other words, too.
fn is_gate(comment: &str) -> bool {
    if comment.len() > LONGEST && !comment.trim_start().starts_with("wp:") {
        return false;
    }
    let lower = comment.trim().to_lowercase();
    let words = |text: &str| -> Vec<String> {
        text.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).map(ToOwned::to_owned).collect()
    };
    // A block of WordPress: its name says it, or the first half of its name.
    if let Some(block) = lower.strip_prefix("wp:") {
        let name = block.split(char::is_whitespace).next().unwrap_or_default();
        let is_paid = |it: &String| it != "premium" && it != "subscription" && GATES.contains(&it.as_str());
        return name.starts_with("premium-content") || words(name).iter().any(is_paid);
    }
    let words = words(&lower);
    let is_known = |it: &String| GATES.contains(&it.as_str()) || BESIDE.contains(&it.as_str());
    if words.iter().any(|it| GATES.contains(&it.as_str())) && words.iter().all(is_known) {
        return true;
    }
    let joined = words.concat();
    joined.len() > 6 && nearest(&joined, ["membersonly", "paywall", "subscribersonly"]).is_some()
}

/// Whether a line of text was meant to be a marker: its dashes were made long ones, or its angles were escaped.
fn is_gate_in_text(line: &str) -> bool {
    let inside = line.strip_prefix(['<', '‹', '«', '＜']).map(str::trim_start).and_then(|it| it.strip_prefix('!'));
    let inside = inside.and_then(|it| it.strip_suffix(['>', '›', '»', '＞']));
    inside.is_some_and(|it| marker(it.trim_matches('-')) == Some(Marker::MembersOnly) || is_gate(it))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::html::parse;
    use crate::render::markdown;
    use crate::render::tests::labels;

    #[test]
    fn the_strictest_marker_counts() {
        let strictest = |html: &str| find(&parse(html).expect("is shallow"));
        assert_eq!(strictest("a<!--more-->b<!--members-only-->c"), Some(Marker::MembersOnly));
        assert_eq!(strictest("a<!--more-->b"), Some(Marker::More));
        assert_eq!(strictest("a<!--moreover-->b<code>&lt;!--more--></code>"), None);
    }

    fn found(markdown: &str, is_gated: bool) -> Option<String> {
        misspelt(&parse(&markdown::to_html(markdown, &labels())).expect("is shallow"), is_gated)
    }

    #[test]
    fn what_sounds_like_a_gate_is_found() {
        for gate in [
            "<!--members only-->",
            "<!-- member-only -->",
            "<!--members_only-->",
            "<!--membersonly-->",
            "<!-- Memebers-Only -->",
            "<!--paywall-->",
            "<!--paid-->",
            "<!-- paid content starts here -->",
            "<!--subscribers-only-->",
            "<!--kg-card-begin: paywall-->",
            "<!-- wp:memberpress/protected-content {\"rule\":7} -->",
            "<!—members-only—>",
            "‹!—members-only—›",
            "‹!–members-only–>",
            "<!- -members-only- ->",
            "&lt;!--members-only--&gt;",
        ] {
            for is_gated in [true, false] {
                let said = found(&format!("Teaser.\n\n{gate}\n\nPaid.\n"), is_gated);
                assert!(said.as_ref().is_some_and(|it| it.contains('!')), "{gate}: {said:?}");
            }
        }
        let html = parse("<p>a</p><!—members-only—><p>b</p>").expect("is shallow");
        assert!(misspelt(&html, false).is_some(), "a parser takes it for a comment");
        assert_eq!(found("a\n<!—paywall—>\nb", false).as_deref(), Some("<!—paywall—>"));
        assert!(found("a\n\n<!--more-->\n\nb\n\n<!--paywall-->\n\nc", false).is_some(), "more gates nothing here");
    }

    #[test]
    fn an_escaped_marker_is_told_as_it_is_written() {
        for (body, written, sign) in [
            ("a\n\n&lt;!--members-only--&gt;\n\nb", "&lt;!--members-only--&gt;", "written as `&lt;`"),
            ("a\n\n\\<!--members-only-->\n\nb", "\\<!--members-only-->", "written as text"),
        ] {
            let gate = as_written(&found(body, false).expect("is a gate"), body);
            assert_eq!(gate, written);
            assert!(not_a_marker(&gate).contains(sign) && !not_a_marker(&gate).contains("did you mean"), "{gate}");
        }
        assert!(not_a_marker("<!--paywall-->").contains("did you mean"));
    }

    #[test]
    fn what_says_something_else_is_left_alone() {
        for text in [
            "<!-- paid the photographer on Monday -->",
            "<!-- ask a member of the council -->",
            "<!-- TODO: is this still true? -->",
            "<!-- note -->",
            "<!--nextpage-->",
            "<!-- wp:paragraph --><p>a</p><!-- /wp:paragraph -->",
            "<!-- wp:jetpack/subscriptions /-->",
            "<!-- wp:premium/heading -->",
            "```html\n<!--paywall-->\n<!—members-only—>\n```",
            "Write `<!--members only-->` and nothing happens.",
            "    <!--paywall-->",
            "A line <!—members-only—> in a sentence.",
            "<!--members-only-->\n\na\n\n<!-- paid -->",
        ] {
            assert_eq!(found(text, false), None, "{text}");
        }
        assert_eq!(found("a\n\n<!--more-->\n\nb\n\n<!--/members-only-->", true), None);
    }
}
