//! Where Ghost hid a part of a text: the divider of the public preview, and blocks that only some readers saw.

use super::access::Access;
use crate::import::gates::{self, Break, GATE, Gate, PAID_GATE, is_tight};
use crate::import::markup::{Piece, pieces};
use crate::import::remarks::Remarks;
use crate::import::report::Topic;
use jumpline_article::Visibility;

const BEGIN: &str = "kg-gated-block:begin";
const END: &str = "kg-gated-block:end";

/// Who saw a block of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Seen {
    /// Everybody, or visitors and those who pay.
    Open,
    /// Only who had not joined or not paid: a call to do so.
    Call,
    Members,
    Paid,
    /// Nobody here knows.
    Unknown,
}

/// Decides who may read a text and where its gated part begins. Gives back the text with no marker but those of [`gates`].
pub(super) fn decide(content: &str, access: &Access, remarks: &mut Remarks) -> (String, Gate) {
    access.remark(remarks);
    let (html, hidden) = mark(content, access, remarks);
    let found = gates::markers(&html);
    let visibility = match access {
        _ if found.paid || hidden.block => Visibility::Paid,
        Access::Public if found.gate.is_some() => Visibility::Members,
        Access::Public => Visibility::Public,
        Access::Members => Visibility::Members,
        Access::Paid | Access::Tiers(_) | Access::Unknown(_) => Visibility::Paid,
    };
    let at = match visibility {
        Visibility::Public if found.more => Break::More,
        Visibility::Public => Break::None,
        _ if !hidden.any() && found.gate.is_some_and(|it| is_tight(&html, it)) => Break::Gate,
        _ => Break::Start,
    };
    let gate = Gate { visibility, at };
    gates::remark(gate, remarks);
    (html, gate)
}

/// Markers that Ghost sees and no reader of HTML does: in an attribute, in a script.
#[derive(Clone, Copy, Debug, Default)]
struct Hidden {
    divider: bool,
    block: bool,
}

impl Hidden {
    fn any(self) -> bool {
        self.divider || self.block
    }
}

fn mark(content: &str, access: &Access, remarks: &mut Remarks) -> (String, Hidden) {
    let mut html = String::with_capacity(content.len());
    let (mut dividers, mut blocks, mut at) = (0, 0, 0);
    // Until here nothing is taken over.
    let mut skip = 0;
    for piece in pieces(content) {
        let whole = piece.whole();
        at += whole.len();
        let inside = match piece {
            Piece::Comment(it) => it.trim_start_matches("<!--").trim_end_matches("-->").trim(),
            _ => "",
        };
        if whole == GATE {
            dividers += 1;
        }
        if inside.starts_with(BEGIN) {
            blocks += 1;
        }
        if at <= skip {
            // A divider counts wherever it stands.
            if whole == GATE && *access != Access::Public {
                html.push_str(GATE);
            }
            continue;
        }
        match inside {
            "members-only" => {
                if *access == Access::Public {
                    let text = "is open to everybody in Ghost, though a divider for a public preview stands in it; if it should be gated, \
                        write `visibility` and `<!--members-only-->`";
                    remarks.remark(Topic::Check, text);
                } else if whole == GATE {
                    html.push_str(GATE);
                }
            }
            it if it.starts_with(BEGIN) => match seen(it) {
                Seen::Open => {}
                Seen::Call => skip = end_of(content, at).unwrap_or(at),
                seen => html.push_str(gate(seen, it, remarks)),
            },
            it if it.starts_with(END) || it.to_ascii_lowercase().starts_with("members-only") => {}
            _ => html.push_str(whole),
        }
        if skip > at {
            remarks.remark(Topic::LeftOut, "calls to join or to pay, which only those saw who had not");
        }
    }
    let hidden = Hidden {
        divider: *access != Access::Public && content.matches(GATE).count() > dividers,
        block: content.matches(BEGIN).count() > blocks,
    };
    if hidden.any() {
        let text = "names a gate in code, a script or an attribute, so all of it is behind the wall; if it only writes about gates, take \
            `visibility` and `<!--members-only-->` out";
        remarks.remark(Topic::Check, text);
    }
    (html, hidden)
}

/// Where a block ends, from here on.
fn end_of(content: &str, from: usize) -> Option<usize> {
    let start = from + content[from..].find(END)?;
    Some(start + content[start..].find("-->")? + 3)
}

/// `nonMember:false memberSegment:"status:-free"`; anything else is nobody's guess.
fn seen(inside: &str) -> Seen {
    let value = |key: &str| {
        let rest = inside.split_once(key)?.1;
        let end = |it: char| it.is_whitespace() || matches!(it, '"' | '\'');
        let quoted = rest.starts_with(['"', '\'']);
        Some(if quoted { rest[1..].split(['"', '\'']).next()? } else { rest.split(end).next()? })
    };
    match (value("nonMember:"), value("memberSegment:")) {
        (Some("true"), Some("status:free,status:-free" | "status:-free")) => Seen::Open,
        (Some("true"), Some("" | "status:free")) => Seen::Call,
        (Some("false"), Some("status:free,status:-free")) => Seen::Members,
        (Some("false"), Some("status:-free")) => Seen::Paid,
        (Some("false"), Some("status:free")) => Seen::Call,
        _ => Seen::Unknown,
    }
}

fn gate(seen: Seen, block: &str, remarks: &mut Remarks) -> &'static str {
    let what = format!("`{}`", block.split_whitespace().collect::<Vec<_>>().join(" "));
    remarks.gate(&what);
    match seen {
        Seen::Members => {
            remarks.remark(Topic::Check, "has a part that only members saw; all from there on is behind the gate");
            GATE
        }
        Seen::Paid => {
            remarks.remark(
                Topic::Check,
                "has a part that only those saw who had paid; all from there on is behind the gate",
            );
            PAID_GATE
        }
        _ => {
            let text = "has a part that only some readers saw, and nobody here knows which; all from there on is for who has paid";
            remarks.detail(Topic::Check, text, &what);
            PAID_GATE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decided(content: &str, access: &Access) -> (String, Visibility, Break) {
        let (html, gate) = decide(content, access, &mut Remarks::default());
        (html, gate.visibility, gate.at)
    }

    #[test]
    fn a_divider_is_one_where_something_is_gated() {
        let body = "<p>a</p><!--members-only--><p>b</p>";
        let open = ("<p>a</p><p>b</p>".to_owned(), Visibility::Public, Break::None);
        assert_eq!(decided(body, &Access::Public), open);
        assert_eq!(decided(body, &Access::Paid), (body.to_owned(), Visibility::Paid, Break::Gate));
        assert_eq!(decided("<p>a</p>", &Access::Members).2, Break::Start);
        // Ghost knows this very spelling, and hides all of a text with another.
        assert_eq!(decided("<p>a</p><!-- members-only --><p>b</p>", &Access::Paid).2, Break::Start);
    }

    #[test]
    fn a_divider_that_only_ghost_sees_hides_everything() {
        for body in [
            "<img alt=\"<!--members-only-->\">SECRET<!--members-only--><p>b</p>",
            "<script><!--members-only--></script>SECRET<!--members-only--><p>b</p>",
            "<table><tr><td>a<!--members-only--></td></tr>SECRET</table>",
        ] {
            assert_eq!(decided(body, &Access::Paid).2, Break::Start, "{body}");
        }
    }

    #[test]
    fn blocks_are_for_whom_they_were() {
        let block = |params: &str| {
            format!("<p>a</p><!--kg-gated-block:begin {params} --><p>b</p><!--kg-gated-block:end--><p>c</p>")
        };
        for (params, html, visibility) in [
            (
                "nonMember:true memberSegment:\"status:free,status:-free\"",
                "<p>a</p><p>b</p><p>c</p>",
                Visibility::Public,
            ),
            ("nonMember:true memberSegment:\"\"", "<p>a</p><p>c</p>", Visibility::Public),
            ("nonMember:false memberSegment:\"status:free\"", "<p>a</p><p>c</p>", Visibility::Public),
            (
                "nonMember:false memberSegment:\"status:free,status:-free\"",
                "<p>a</p><!--members-only--><p>b</p><p>c</p>",
                Visibility::Members,
            ),
            (
                "nonMember:false memberSegment:\"status:-free\"",
                "<p>a</p><!--members-only paid--><p>b</p><p>c</p>",
                Visibility::Paid,
            ),
            ("memberSegment:\"label:vip\"", "<p>a</p><!--members-only paid--><p>b</p><p>c</p>", Visibility::Paid),
            ("nonMember:false", "<p>a</p><!--members-only paid--><p>b</p><p>c</p>", Visibility::Paid),
        ] {
            let found = decided(&block(params), &Access::Public);
            assert_eq!((found.0.as_str(), found.1), (html, visibility), "{params}");
        }
        let hidden = decided("<p title=\"<!--kg-gated-block:begin nonMember:false -->\">b</p>", &Access::Public);
        assert_eq!((hidden.1, hidden.2), (Visibility::Paid, Break::Start));
    }
}
