//! What makes a comment worth a look before everybody sees it.

use crate::render::comments::tame;
use crate::render::tree::PARTING;
use ego_tree::iter::Edge;
use icu_normalizer::ComposingNormalizerBorrowed;
use icu_properties::props::{DefaultIgnorableCodePoint, GeneralCategory, GeneralCategoryGroup};
use icu_properties::{CodePointMapData, CodePointSetData};
use jumpline_article::Comment;
use jumpline_article::commenting::Moderation;
use scraper::{Html, Node, Selector};
use std::fmt;

/// Why a comment is worth a look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Suspicion {
    /// It has a word of the list, in its text, its author's name or an address.
    Word(String),
    /// It has more links than may be: so many.
    Links(usize),
}

impl fmt::Display for Suspicion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => write!(f, "the word “{word}”"),
            Self::Links(count) => write!(f, "{count} links"),
        }
    }
}

/// All that is suspicious about a comment. A word counts where it stands by itself, in any case: `ass` is not in `grass`, and
/// what nobody sees in a word does not hide it.
pub fn suspicions(comment: &Comment, rules: &Moderation) -> Vec<Suspicion> {
    let html = Html::parse_fragment(&comment.content_html);
    let Ok(links) = Selector::parse("a[href]") else { return Vec::new() };
    let targets: Vec<&str> = html.select(&links).filter_map(|it| it.attr("href")).collect();
    // The build takes elements out and leaves their words, which may join what stood apart.
    let published = Html::parse_fragment(&tame(comment.clone()).content_html);
    let texts = [plain(&html), plain(&published)];
    // A naked address is a link wherever it is shown.
    let naked = texts.iter().map(|it| it.matches("http://").count() + it.matches("https://").count());
    let count = naked.fold(targets.len(), usize::max);
    let seen = [&texts[0], &texts[1], &comment.author, comment.url.as_deref().unwrap_or_default()];
    let seen = folded(&seen.into_iter().chain(targets).collect::<Vec<_>>().join(" "));
    let stands = |word: &&String| {
        let word = folded(word);
        !word.trim().is_empty() && seen.contains(&word)
    };
    let words = rules.words.iter().filter(stands).map(|it| Suspicion::Word(it.clone()));
    let links = (count > rules.links as usize).then_some(Suspicion::Links(count));
    words.chain(links).collect()
}

/// The text as it is read: blocks and line breaks part words.
fn plain(html: &Html) -> String {
    let mut text = String::new();
    for edge in html.tree.root().traverse() {
        let (Edge::Open(node) | Edge::Close(node)) = edge;
        match (node.value(), edge) {
            (Node::Element(element), _) if PARTING.contains(&element.name()) => text.push('\n'),
            (Node::Text(more), Edge::Open(_)) => text.push_str(more),
            _ => {}
        }
    }
    text
}

/// Lower case, one blank between words and at both ends, so that a search finds whole words and nothing else.
fn folded(text: &str) -> String {
    let visible: String = text.chars().filter(|it| !is_invisible(*it)).collect();
    let lower = ComposingNormalizerBorrowed::new_nfkc().normalize(&visible).to_lowercase();
    let lower: String = lower.chars().filter(|it| !is_invisible(*it) && !is_decoration(*it)).collect();
    let words: Vec<&str> = lower.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
    format!(" {} ", words.join(" "))
}

/// Soft hyphens, joiners, variation selectors and the like (UAX #44), and controls that are no blank.
fn is_invisible(it: char) -> bool {
    CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(it) || it.is_control() && !it.is_whitespace()
}

/// A mark that is no letter, such as a line below one, and stands in no composed letter.
fn is_decoration(it: char) -> bool {
    !it.is_alphanumeric() && GeneralCategoryGroup::Mark.contains(CodePointMapData::<GeneralCategory>::new().get(it))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jumpline_article::{CommentId, Date};

    fn found(author: &str, content_html: &str) -> Vec<String> {
        let rules = Moderation {
            words: vec!["Casino".into(), "free  money".into(), "أرباح".into(), " ".into()],
            links: 1,
        };
        let id = CommentId::new("1").expect("is one");
        let date = Date::parse("2026-11-26T10:00:00Z").expect("is one");
        let comment = Comment { author: author.into(), content_html: content_html.into(), ..Comment::empty(id, date) };
        suspicions(&comment, &rules).iter().map(Suspicion::to_string).collect()
    }

    #[test]
    fn words_count_whole_and_wherever_a_reader_or_a_robot_sees_them() {
        assert_eq!(found("A", "<p>The CASINO, at last.</p>"), ["the word “Casino”"]);
        assert_eq!(found("Best Casino", "<p>Hello</p>"), ["the word “Casino”"]);
        assert_eq!(found("A", "<p><a href=\"https://casino.example\">here</a></p>"), ["the word “Casino”"]);
        assert_eq!(found("A", "<p>free\n<em>money</em>!</p>"), ["the word “free  money”"]);
        assert_eq!(found("A", "<p>لك أرباح كثيرة</p>"), ["the word “أرباح”"]);
        assert!(found("A", "<p>Casinos are another word, and so is freedom.</p>").is_empty());
        assert!(found("A", "").is_empty());
    }

    #[test]
    fn what_nobody_sees_does_not_hide_a_word() {
        for text in [
            "ca<em></em>sino",
            "<b>c</b>asino",
            "<p>A ca<a href=\"https://a.example\">si</a>no</p>",
            "ca\u{ad}sino",
            "ca&shy;sino",
            "ca\u{200b}sino",
            "c\u{200d}a\u{2060}s\u{feff}i\u{fe0f}n\u{34f}o",
            "ca\u{1}sino",
            "\u{ff23}asino",
            "𝐂𝐚𝐬𝐢𝐧𝐨",
            "c\u{332}asi\u{332}no",
            // The build takes these out, and leaves what stands in them.
            "ca<div></div>sino",
            "ca<h2>si</h2>no",
            "ca<!-- -->sino",
        ] {
            assert_eq!(found("A", text), ["the word “Casino”"], "{text}");
        }
        assert_eq!(found("Ca\u{ad}sino", ""), ["the word “Casino”"]);
        assert_eq!(found("A", "h<b>tt</b>p://a.example https://b.example"), ["2 links"]);
    }

    #[test]
    fn lines_part_words() {
        for text in
            ["<p>ca</p><p>sino</p>", "ca<br>sino", "<ul><li>ca</li><li>sino</li></ul>", "<p>ca\nsino</p>", "ca-sino"]
        {
            assert!(found("A", text).is_empty(), "{text}");
        }
        for text in ["one<br>casino<br>two", "<ol><li>casino</li><li>two</li></ol>", "<h1>casino</h1><div>two</div>"] {
            assert_eq!(found("A", text), ["the word “Casino”"], "{text}");
        }
    }

    #[test]
    fn links_count_once_whether_they_are_made_or_naked() {
        let made = "<a href=\"https://a.example\">https://a.example</a>";
        assert!(found("A", made).is_empty());
        assert_eq!(found("A", &[made, made].concat()), ["2 links"]);
        assert_eq!(found("A", "https://a.example http://b.example https://c.example"), ["3 links"]);
    }
}
