//! What makes a comment worth a look before everybody sees it.

use jumpline_article::Comment;
use jumpline_article::commenting::Moderation;
use scraper::{Html, Selector};
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

/// All that is suspicious about a comment. A word counts where it stands by itself, in any case: `ass` is not in `grass`.
pub fn suspicions(comment: &Comment, rules: &Moderation) -> Vec<Suspicion> {
    let html = Html::parse_fragment(&comment.content_html);
    let Ok(links) = Selector::parse("a[href]") else { return Vec::new() };
    let targets: Vec<&str> = html.select(&links).filter_map(|it| it.attr("href")).collect();
    let text: String = html.root_element().text().collect::<Vec<_>>().join(" ");
    // A naked address is a link wherever it is shown.
    let naked = text.matches("http://").count() + text.matches("https://").count();
    let count = targets.len().max(naked);
    let seen = [text.as_str(), &comment.author, comment.url.as_deref().unwrap_or_default()];
    let seen = folded(&seen.into_iter().chain(targets).collect::<Vec<_>>().join(" "));
    let stands = |word: &&String| {
        let word = folded(word);
        !word.trim().is_empty() && seen.contains(&word)
    };
    let words = rules.words.iter().filter(stands).map(|it| Suspicion::Word(it.clone()));
    let links = (count > rules.links as usize).then_some(Suspicion::Links(count));
    words.chain(links).collect()
}

/// Lower case, one blank between words and at both ends, so that a search finds whole words and nothing else.
fn folded(text: &str) -> String {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
    format!(" {} ", words.join(" "))
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
    fn links_count_once_whether_they_are_made_or_naked() {
        let made = "<a href=\"https://a.example\">https://a.example</a>";
        assert!(found("A", made).is_empty());
        assert_eq!(found("A", &[made, made].concat()), ["2 links"]);
        assert_eq!(found("A", "https://a.example http://b.example https://c.example"), ["3 links"]);
    }
}
