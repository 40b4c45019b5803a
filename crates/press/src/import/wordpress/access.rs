//! Who may read an article, by what WordPress, its plugins and the text say.

use super::item::Item;
use super::plugin_fields;
use crate::import::gates::{self, Break, Gate, Markers, is_tight};
use crate::import::remarks::Remarks;
use crate::import::report::Topic;
use jumpline_article::Visibility;
use std::collections::BTreeSet;

/// Decides by the item's fields and the markers in its HTML. `is_named` says that its source names a gate, which broken
/// markup may have hidden from everybody but WordPress; `left` are gates by shortcodes that became no marker.
pub(super) fn decide(item: &Item, html: &str, is_named: bool, left: &BTreeSet<String>, remarks: &mut Remarks) -> Gate {
    let stated = stated(item, remarks);
    for name in left.iter().map(|it| format!("[{it}]")) {
        let text = "names a gate in code, a caption or an attribute, so all of it is for who has paid; if it only writes about \
            gates, take `visibility` and `<!--members-only-->` out";
        remarks.detail(Topic::Check, text, &name);
        remarks.gate(&name);
    }
    let Markers { gate, paid, more } = gates::markers(html);
    let visibility = match stated {
        _ if paid || !left.is_empty() => Visibility::Paid,
        Visibility::Public if gate.is_some() => Visibility::Members,
        Visibility::Public if is_named => Visibility::Paid,
        stated => stated,
    };
    let at = match visibility {
        Visibility::Public if more => Break::More,
        Visibility::Public => Break::None,
        _ if left.is_empty() && gate.is_some_and(|it| is_tight(html, it)) => Break::Gate,
        _ => Break::Start,
    };
    if visibility == Visibility::Public {
        for (key, _) in item.metas().filter(|(key, value)| plugin_fields::seems_to_restrict(key, value)) {
            let text = "is open to everybody, though a field that is not known here sounds like a gate; if it hid the article, write \
                `visibility: paid`";
            remarks.detail(Topic::Check, text, &format!("`{key}`"));
        }
    }
    let gate = Gate { visibility, at };
    gates::remark(gate, remarks);
    gate
}

/// What Jetpack's newsletter or another plugin says.
fn stated(item: &Item, remarks: &mut Remarks) -> Visibility {
    let jetpack = match item.meta("_jetpack_newsletter_access") {
        None | Some("everybody") => Visibility::Public,
        Some("subscribers") => Visibility::Members,
        Some("paid_subscribers" | "paid_subscribers_all_tiers") => Visibility::Paid,
        Some(other) => {
            let text = "has an access that is not known here and is taken for paid";
            remarks.detail(Topic::Check, text, &format!("`{other}`"));
            Visibility::Paid
        }
    };
    if jetpack != Visibility::Public {
        remarks.gate("`_jetpack_newsletter_access`");
    }
    let plugin = item.metas().find(|(key, value)| plugin_fields::restricts(key, value)).map(|it| it.0);
    if let Some(field) = plugin {
        remarks.detail(
            Topic::Check,
            "was restricted by a membership plugin and is taken for paid",
            &format!("`{field}`"),
        );
        remarks.gate(&format!("`{field}`"));
        return Visibility::Paid;
    }
    jetpack
}
