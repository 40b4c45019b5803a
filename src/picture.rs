//! Which size of a photograph a browser takes: what there is to choose from, and how much room it gets.

use jumpline_article::pictures::copy_of;

/// Where a photograph stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// In a column of text, or above it.
    Text,
    /// On the card of the lead story.
    Lead,
    /// On a card among others.
    Card,
}

impl Fit {
    /// Its width by that of the window, for `sizes` (HTML, 4.8.4.2.1). The style sheets say the same, and this comes first.
    pub fn sizes(self) -> &'static str {
        match self {
            Self::Text => "(min-width: 44rem) 42rem, 100vw",
            Self::Lead => "(min-width: 56rem) 39rem, (orientation: landscape) and (min-width: 36rem) 53vw, 100vw",
            Self::Card => "(min-width: 60rem) 24rem, (min-width: 40rem) 46vw, 100vw",
        }
    }
}

/// The value of `srcset` for a picture of this width and its copies; nothing where it has none.
pub fn choices(src: &str, width: u32, copies: &[u32]) -> Option<String> {
    let mut choices = String::new();
    for copy in copies {
        choices.push_str(&copy_of(src, *copy));
        choices.push(' ');
        choices.push_str(&copy.to_string());
        choices.push_str("w, ");
    }
    (!copies.is_empty()).then(|| choices + src + " " + &width.to_string() + "w")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_copies_come_first_and_the_whole_last() {
        let choices = choices("/repo/media/a.b.jpg", 2000, &[480, 960]);
        let expected = "/repo/media/a.b.480w.jpg 480w, /repo/media/a.b.960w.jpg 960w, /repo/media/a.b.jpg 2000w";
        assert_eq!(choices.as_deref(), Some(expected));
        assert_eq!(super::choices("/a.jpg", 400, &[]), None);
    }
}
