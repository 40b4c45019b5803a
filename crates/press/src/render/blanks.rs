//! Links and pictures that Markdown leaves as text, since there is a blank in their address.

use super::body::{Body, short};
use super::markdown;
use crate::fault::Fault;
use crate::source::Format;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use std::ops::Range;

/// Warns of each, with the address as Markdown takes it.
pub(super) fn look(body: &Body<'_>) -> Vec<Fault> {
    if body.format != Format::Markdown || !body.text.contains("](") {
        return Vec::new();
    }
    texts(body.text).into_iter().flat_map(|it| left_over(body, it)).collect()
}

/// Where readers see what is written, as it is written.
fn texts(markdown: &str) -> Vec<Range<usize>> {
    let mut texts: Vec<Range<usize>> = Vec::new();
    let mut is_code = false;
    for (event, range) in Parser::new_ext(markdown, markdown::OPTIONS).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => is_code = true,
            Event::End(TagEnd::CodeBlock) => is_code = false,
            Event::Text(_) if !is_code => match texts.last_mut().filter(|it| it.end == range.start) {
                Some(last) => last.end = range.end,
                None => texts.push(range),
            },
            _ => {}
        }
    }
    texts
}

fn left_over(body: &Body<'_>, range: Range<usize>) -> Vec<Fault> {
    let text = &body.text[range.clone()];
    let fault = |(at, _): (usize, &str)| {
        let address = &text[at + 2..];
        let address = address[..address.find(')')?].trim();
        let has_blank = address.contains(char::is_whitespace) && !address.contains(['"', '<', '\n']);
        let is_address = address.contains('/') || address.contains('.');
        let message = format!(
            "the address `{}` has a blank in it, so readers see `](…)` and no link; write `](<{}>)`, or `%20` for each blank",
            short(address),
            short(address)
        );
        let is_meant_so = body.text[..range.start + at].ends_with('\\');
        (has_blank && is_address && !is_meant_so)
            .then(|| Fault::line(body.file, body.line_at(range.start + at), message))
    };
    text.match_indices("](").filter_map(fault).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let body = Body { file: "a.md", text, line: 5, format: Format::Markdown };
        look(&body).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn an_address_with_a_blank_is_named_with_its_mend() {
        assert_eq!(
            told("x\n\n![Fähre](/media/große Fähre.jpg) and\n[a](../2025/große datei.md)\n"),
            [
                "a.md:7: the address `/media/große Fähre.jpg` has a blank in it, so readers see `](…)` and no link; write \
                 `](</media/große Fähre.jpg>)`, or `%20` for each blank",
                "a.md:8: the address `../2025/große datei.md` has a blank in it, so readers see `](…)` and no link; write \
                 `](<../2025/große datei.md>)`, or `%20` for each blank",
            ]
        );
    }

    #[test]
    fn what_is_a_link_or_meant_as_text_is_not() {
        for text in [
            "[a](</media/a b.jpg>) ![b](/c%20d.jpg \"A title\")",
            "`[a](/b c.jpg)` \\[a\\](/b c.jpg) [a\\](/b c.jpg)",
            "```\n[a](/b c.jpg)\n```\n\n    [a](/b c.jpg)\n",
            "f[x](y, z) and [a] (b. c)",
        ] {
            assert_eq!(told(text), [""; 0], "{text}");
        }
    }
}
