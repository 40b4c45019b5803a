//! Cases, and strings that nobody would type by accident.

mod blocks;
mod commonmark;
mod inline;
mod inspect;
mod length;
mod pieces;

use super::to_html;
use inspect::inspect;
use std::cell::Cell;

thread_local! {
    /// How often a paragraph's bytes were looked at.
    pub(super) static STEPS: Cell<usize> = const { Cell::new(0) };
}

const REL: &str = " rel=\"ugc nofollow noopener\"";

/// Cases are written without `rel`.
fn check(cases: &[(&str, &str)]) {
    for (text, html) in cases {
        let made = to_html(text);
        assert_eq!(made.replace(REL, ""), *html, "{text:?}");
        assert_eq!(made.matches(REL).count(), made.matches("<a ").count(), "{text:?}");
        inspect(&made).unwrap_or_else(|fault| panic!("{fault}: {text:?} gave {made}"));
    }
}
