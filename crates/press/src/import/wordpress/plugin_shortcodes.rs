//! Shortcodes by which membership plugins hide what they enclose: those known by name, and those whose name says so.

use super::shortcode::Call;
use super::shortcodes::Unknown;
use super::sounds;
use crate::import::gates::PAID_GATE;
use crate::import::markup::{Piece, pieces};
use std::collections::BTreeSet;

/// Hide what they enclose from who has not paid or joined.
const GATES: &[&str] = &[
    "restrict",
    "membership",
    "mepr-show",
    "mepr-active",
    "s2if",
    "swpm_protected",
    "ihc-hide-content",
    "wcm_restrict",
    "memberful",
    "members_access",
    "members_logged_in",
    "paid",
    "is_paid",
    "pmpro_members",
    "um_loggedin",
    "private",
    "member",
    "loggedin",
    "leaky_paywall",
    "pay",
    "premium_content",
    "premium",
    "pms-restrict",
    "arm_restrict_content",
    "wlm_private",
    "passster",
    "content_protector",
    "ms-protect-content",
    "content_control",
    "um_show_content",
    "ppwp",
    "groups_can",
    "groups_can_not",
    "groups_member",
    "groups_non_member",
    "mm_access_decision",
    "mycred_sell_this",
    "wpf",
    "wpf_user_can_access",
    "memb_has_any_tag",
    "memb_has_all_tags",
    "memb_has_membership",
    "hidepost",
];

/// Hide what they enclose, too, and are words that people put into brackets: `[access denied]`.
const WORDS: &[&str] = &["access"];

/// Whether a shortcode is known to hide what it encloses. Names are in lower case.
pub(super) fn hides(call: &Call) -> bool {
    let name = call.name.as_str();
    GATES.contains(&name) || WORDS.contains(&name) && (call.encloses || !call.attributes.is_empty())
}

/// What lets one think that an unknown shortcode hides what it encloses: its name, or what it was called with.
pub(super) fn seems_to_hide(call: &Call) -> Option<String> {
    let Call { name, attributes, values, .. } = call;
    if sounds::like_a_gate(name) {
        return Some(format!("[{name}]"));
    }
    let attribute = attributes.iter().find(|(name, value)| sounds::like_a_gates_attribute(name, value)).map(|it| it.0);
    let said = attribute.or_else(|| values.iter().find(|it| sounds::is_one_word(it) && sounds::like_a_gate(it)));
    said.map(|it| format!("[{name} {it}]"))
}

/// Gates that still stand in HTML in which every shortcode was replaced that could be: in code, in a caption, in an
/// attribute. What follows a gate of its own is none of them.
pub(super) fn left_in(html: &str, unknown: &Unknown) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for piece in pieces(html) {
        match piece {
            Piece::Comment(PAID_GATE) => break,
            Piece::Comment(_) => {}
            // Neither comes in.
            Piece::Opaque(_) if matches!(piece.name().as_str(), "script" | "style") => {}
            piece => names.extend(named_in(piece.whole(), unknown)),
        }
    }
    names
}

/// Gates that a text names, read as loosely as WordPress reads it.
fn named_in<'a>(text: &'a str, unknown: &'a Unknown) -> impl Iterator<Item = String> + 'a {
    text.match_indices('[').filter_map(move |(at, _)| {
        let rest = &text[at + 1..];
        let end = rest.find(|it: char| !(it.is_ascii_alphanumeric() || matches!(it, '_' | '-'))).unwrap_or(rest.len());
        let name = rest[..end].to_ascii_lowercase();
        let is_called =
            rest[end..].starts_with(|it: char| it.is_whitespace() || it == '=') && !text[..at].ends_with('[');
        let is_closed = unknown.is_closed(&name);
        let is_word = WORDS.contains(&name.as_str()) || sounds::like_a_gate(&name);
        (GATES.contains(&name.as_str()) && (is_closed || is_called) || is_closed && is_word).then_some(name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gate_that_nobody_replaced_is_found() {
        for (html, expected) in [
            ("<pre>[restrict]a[/restrict]</pre>", "restrict"),
            ("<a title=\"[PAID level='1']a[/paid]\">b</a>", "paid"),
            ("<pre>[restrict <br>]a[/restrict]</pre>", "restrict"),
            ("<pre>[my_protector]a[/my_protector]</pre>", "my_protector"),
            ("<textarea>[pay=1]</textarea>", "pay"),
            ("<pre>[Access capability='read']a[/access]</pre>", "access"),
            ("<pre>[access denied]</pre>", ""),
            ("<pre>[MM_Access_Decision access='true']a[/MM_Access_Decision]</pre>", "mm_access_decision"),
            ("<!--members-only paid--><pre>[restrict]a[/restrict]</pre>", ""),
            ("<!-- [restrict] --><p>a</p><!-- [/restrict] -->", ""),
            ("<script>x[member ]</script>", ""),
            ("<pre>x[member] = [private] [my_protector]</pre>", ""),
            ("<pre>[[restrict]]a[[/restrict]] [[restrict paid=1]] &#91;restrict]</pre>", ""),
        ] {
            let mut unknown = Unknown::default();
            unknown.look_ahead(html);
            let found = left_in(html, &unknown).into_iter().collect::<Vec<_>>().join(" ");
            assert_eq!(found, expected, "{html}");
        }
    }
}
