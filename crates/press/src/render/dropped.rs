//! What of a body no reader will see: elements that go with all that is in them, names in angles that a parser takes for tags,
//! and comments without an end.

use super::body::{Body, short};
use super::sanitise::RENAMED;
use super::tree::{Element, Node, text};
use super::{html, words};
use crate::fault::Fault;
use jumpline_article::allow;
use std::collections::BTreeMap;

/// Elements that HTML has or had: taken off, their text stays, as whoever wrote them expects.
const KNOWN: &[&str] = &[
    "address", "applet", "area", "article", "aside", "base", "basefont", "bgsound", "big", "blink", "body", "button",
    "canvas", "center", "command", "content", "data", "datalist", "dialog", "dir", "fieldset", "font", "footer",
    "form", "frame", "header", "hgroup", "html", "image", "isindex", "keygen", "label", "legend", "link", "listing",
    "main", "map", "marquee", "menu", "menuitem", "meta", "meter", "multicol", "nav", "nobr", "optgroup", "option",
    "output", "param", "portal", "progress", "rb", "rtc", "search", "shadow", "slot", "spacer", "tbody",
];

/// Prefixes of what word processors paste; nothing of it is ever seen.
const PASTED: &[&str] = &["o:", "v:", "w:", "m:", "st1:"];

/// Names in angles that are told of in one article.
const TOLD: usize = 5;

/// Warns of what goes. `body_html` is the body before anything was taken out.
///
/// # Errors
/// When a comment has no end: all that follows would go, and a marker among it would gate nothing.
pub(super) fn look(body: &Body<'_>, body_html: &str) -> Result<Vec<Fault>, Fault> {
    let is_comment = body_html.contains("<!--");
    if !is_comment && names(body_html).all(|it| allow::ELEMENTS.contains(&it.as_str())) {
        return Ok(Vec::new());
    }
    // What nests too deep is refused elsewhere.
    let nodes = html::parse(body_html).unwrap_or_default();
    let mut found = Found::default();
    found.walk(&nodes);
    let end = body_html.trim_end_matches(['-', '!']);
    if let Some(comment) = found
        .comments
        .iter()
        .find(|it| is_comment && end.ends_with(&format!("<!--{}", it.trim_end_matches(['-', '!']))))
    {
        let first = comment.lines().next().unwrap_or_default();
        let message = format!(
            "the comment `{}` never ends, so all that follows would be left out; end it with `-->`",
            short(&format!("<!--{first}"))
        );
        return Err(Fault::line(body.file, body.line_of(&format!("<!--{first}")), message));
    }
    let dropped = found.dropped.iter().map(|(name, all)| dropped(body, body_html, name, all));
    Ok(dropped.chain(found.unknown.iter().take(TOLD).map(|it| unknown(body, it))).collect())
}

/// The name of every tag that begins, in lower case.
fn names(html: &str) -> impl Iterator<Item = String> {
    let starts = html
        .match_indices('<')
        .map(|(at, _)| &html[at + 1..])
        .filter(|it| it.starts_with(|it: char| it.is_ascii_alphabetic()));
    starts.map(|it| {
        it[..it.find(|it: char| it.is_whitespace() || it == '>' || it == '/').unwrap_or(it.len())].to_ascii_lowercase()
    })
}

#[derive(Default)]
struct Found<'a> {
    comments: Vec<&'a str>,
    dropped: BTreeMap<&'a str, Vec<&'a Element>>,
    /// Each once, in the order of the text.
    unknown: Vec<&'a str>,
}

impl<'a> Found<'a> {
    fn walk(&mut self, nodes: &'a [Node]) {
        for node in nodes {
            match node {
                Node::Text(_) => {}
                Node::Comment(comment) => self.comments.push(comment),
                Node::Element(element) if allow::DROPPED.contains(&element.name.as_str()) => {
                    self.dropped.entry(&element.name).or_default().push(element);
                }
                Node::Element(element) => {
                    let name = element.name.as_str();
                    let is_known =
                        element.is(allow::ELEMENTS) || element.is(KNOWN) || RENAMED.iter().any(|it| it.0 == name);
                    if !is_known && !PASTED.iter().any(|it| name.starts_with(it)) && !self.unknown.contains(&name) {
                        self.unknown.push(name);
                    }
                    self.walk(&element.children);
                }
            }
        }
    }
}

fn dropped(body: &Body<'_>, html: &str, name: &str, all: &[&Element]) -> Fault {
    let (place, written) = body.tag(name);
    let words: u32 = all.iter().map(|it| words::count(&text(&it.children)).total()).sum();
    let words = match words {
        0 => String::new(),
        1 => " with a word in it".to_owned(),
        words => format!(" with {words} words in it"),
    };
    let close = format!("</{name}");
    let lower = html.to_ascii_lowercase();
    if lower.matches(&close).count() < all.len() && name != "embed" {
        let message = format!(
            "`{written}` is never closed, so all that follows was left out{words}; close it with `{close}>`, or remove it"
        );
        return Fault::line(body.file, place, message);
    }
    let more = match all.len() {
        1 => String::new(),
        count => format!(" and {} more", count - 1),
    };
    let mend = match name {
        "iframe" | "object" | "embed" => "link to what it shows",
        "svg" | "math" => "save it as a picture in content/media/ and show that",
        "textarea" | "title" | "select" | "xmp" | "plaintext" => "write its text without it, or as code",
        _ => "remove it, since nothing in an article runs or changes the page",
    };
    Fault::line(body.file, place, format!("`{written}`{more} was left out{words}; {mend}"))
}

fn unknown(body: &Body<'_>, name: &str) -> Fault {
    let (place, written) = body.tag(name);
    let escaped = written.replace('<', "&lt;").replace('>', "&gt;");
    let message = format!(
        "`{written}` is no element of HTML and was left out, as a tag is; write `{escaped}` when readers should see it, or write it as code"
    );
    Fault::line(body.file, place, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::markdown;
    use crate::render::tests::labels;
    use crate::source::Format;

    fn found(text: &str, format: Format) -> Vec<String> {
        let html = if format == Format::Html { text.to_owned() } else { markdown::to_html(text, &labels()) };
        match look(&Body { file: "a.md", text, line: 5, format }, &html) {
            Ok(warnings) => warnings.iter().map(ToString::to_string).collect(),
            Err(fault) => vec![format!("error: {fault}")],
        }
    }

    #[test]
    fn what_goes_is_named_with_its_line() {
        for (text, expected) in [
            ("a\n\n<!-- note to self\n\nAfter.\n", "error: a.md:7: the comment `<!-- note to self` never ends, so all"),
            ("a\n\n<!--members-only--\n\nAfter.\n", "error: a.md:7: the comment `<!--members-only--` never ends"),
            ("a[^1]\n\n<!-- x\n\n[^1]: b\n", "error: a.md:7: the comment `<!-- x` never ends"),
            (
                "a\n\n<script>\nx\n\nAfter one.\n",
                "a.md:7: `<script>` is never closed, so all that follows was left out with 3 words in it; close it with `</script>`",
            ),
            ("a\n\n<style>\n\nb", "a.md:7: `<style>` is never closed"),
            ("a\n\n<textarea>\n\nb\n", "a.md:7: `<textarea>` is never closed"),
            ("a\n\n<title>x\n\n<svg>\n", "a.md:7: `<title>` is never closed"),
            ("a\n\n<iframe src=\"x\">\n\nb\n", "a.md:7: `<iframe src=\"x\">` is never closed"),
            (
                "```\n<iframe>\n```\n\n<iframe src=\"https://www.youtube.example/embed/0123456789abcdef0123456789\"></iframe>\n",
                "a.md:9: `<iframe src=\"https://www.youtube.example/embed/0123456789abc…` was left out; link to what it shows",
            ),
            (
                "<svg><text>a b</text></svg>\n\n<svg></svg>",
                "a.md:5: `<svg>` and 1 more was left out with 2 words in it; save it",
            ),
            (
                "`<T>`\n\nAsk <Name Surname>.\n",
                "a.md:7: `<Name Surname>` is no element of HTML and was left out, as a tag is; write `&lt;Name Surname&gt;`",
            ),
            ("`Vec<T>`\n\na <T>\n", "a.md:7: `<T>` is no element of HTML"),
        ] {
            let said = found(text, Format::Markdown);
            assert!(said.len() == 1 && said[0].starts_with(expected), "{text}: {said:?}");
        }
        assert_eq!(found("Vec<String> and <T>, <T>.", Format::Markdown).len(), 2);
        assert!(
            found("<p>a</p>\n<p>To <editor@paper.example></p>", Format::Html)[0]
                .starts_with("a.md:6: `<editor@paper.example>`")
        );
    }

    #[test]
    fn what_stays_is_not_named() {
        for text in [
            "a <b>b</b> <!-- c --> d <!--more-->\n\nx",
            "<strike>a</strike> <tt>b</tt> <acronym>c</acronym>",
            "<center>a</center> <font color=red>b</font> <marquee>c</marquee> <form><button>d</button></form>",
            "```\n<T> <script> <!-- x\n```\n\n`<script>` and &lt;T&gt; and \\<T>",
            "<foo@bar.example> and <https://x.example>",
            "<p>a<o:p></o:p></p>",
            "if a <b and c> d then x<y and a<bc text",
            "<!--a-->\n\nends with a",
        ] {
            assert_eq!(found(text, Format::Markdown), [""; 0], "{text}");
        }
    }
}
