//! Blocks that hide something from who has not paid or joined: those known by name, and those whose name or attributes
//! sound like it.

use super::delimiters::{Delimiter, delimiters};
use super::sounds;
use serde_json::{Map, Value};

/// Blocks whose content is for who has paid.
const PAID: &[&str] = &[
    "premium-content/container",
    "pmpro/membership",
    "woocommerce-memberships/member-content",
    "memberful/content",
    "wp-fusion/secure-block",
];

/// Blocks of Jetpack's that sound like a gate and are read otherwise.
const OTHERWISE: &[&str] = &["jetpack/paywall", LOGGED_OUT];

/// What stands in the place of paid text for who has not paid.
pub(super) const LOGGED_OUT: &str = "premium-content/logged-out-view";

/// What Steady's plugin writes into a text where its paywall stands.
pub(super) const STEADY: &str = "___STEADY_PAYWALL___";

/// Parts of a block that say on what device it shows, which is no gate.
const DEVICES: &[&str] =
    &["device", "screen", "browser", "viewport", "responsive", "desktop", "tablet", "mobile", "breakpoint"];

/// A block that hides something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Hides {
    /// Known to.
    Known,
    /// Its name or this attribute sounds like it.
    Seems(Option<String>),
}

/// Whether a block that encloses something hides it.
pub(super) fn of_open(name: &str, attributes: &Value) -> Option<Hides> {
    if PAID.contains(&name) {
        return Some(Hides::Known);
    }
    let (maker, own) = name.rsplit_once('/').unwrap_or(("", name));
    // Other premium blocks are better ones, for everybody.
    let is_better = maker.starts_with("premium") && maker != "premium-content";
    let sounds = !is_better && sounds::like_a_gate(maker) || sounds::like_a_gate(own);
    match sounds && !sounds::like_a_form(own) && !OTHERWISE.contains(&name) {
        true => Some(Hides::Seems(None)),
        false => attribute(attributes).map(|it| Hides::Seems(Some(it))),
    }
}

/// Whether a block without HTML of its own hides what follows it, such as the start of a restriction. Its maker's name says
/// nothing: makers of gates have forms and lists, too.
pub(super) fn of_void(name: &str) -> Option<Hides> {
    let own = name.rsplit_once('/').map_or(name, |it| it.1);
    let seems = name.contains('/') && !ends(name) && sounds::like_a_gate(own) && !sounds::like_a_form(own);
    if PAID.contains(&name) { Some(Hides::Known) } else { seems.then_some(Hides::Seems(None)) }
}

/// Whether a block without HTML is the end of a gate, and so nothing to talk about.
pub(super) fn ends(name: &str) -> bool {
    name.ends_with("-end") && sounds::like_a_gate(name)
}

/// Whether stored content names a block that hides what follows, wherever it stands: in a comment that was never closed, say.
pub(super) fn named_in(content: &str) -> bool {
    let hides = |it| match it {
        Delimiter::Open(name, attributes) => name == "jetpack/paywall" || of_open(name, &json(attributes)).is_some(),
        Delimiter::Void(name, _) => name == "jetpack/paywall" || of_void(name).is_some(),
        Delimiter::Close(_) => false,
    };
    content.contains(STEADY) || delimiters(content).any(hides)
}

/// Attributes as they are stored in a block's comment.
pub(super) fn json(attributes: &str) -> Value {
    serde_json::from_str(attributes).unwrap_or_default()
}

/// The attribute by which a plugin keeps a block from anybody, if there is one.
pub(super) fn attribute(attributes: &Value) -> Option<String> {
    attributes.as_object()?.iter().find(|(key, value)| restricts(key, value, false)).map(|it| it.0.clone())
}

/// `asks` says that it stands under a name that speaks of conditions, where values speak, too.
fn restricts(key: &str, value: &Value, asks: bool) -> bool {
    let words = sounds::words(key);
    match words.as_str() {
        words if sounds::is_editors(words) => return false,
        "content-controls" => return controls(value),
        "block-visibility" => return hides(value),
        _ if says_nothing(value) || is_of_devices(&words) => return false,
        _ => {}
    }
    let inside = asks || words.contains("visib") || words.contains("condition");
    match value {
        Value::String(value) => sounds::like_a_gates_attribute(key, value) || inside && speaks(value),
        _ if words != "role" && sounds::like_a_gate(key) => true,
        Value::Object(map) => map.iter().any(|(key, value)| restricts(key, value, inside)),
        Value::Array(list) => list.iter().any(|it| restricts("", it, inside)),
        Value::Bool(_) => asks && speaks(key),
        _ => false,
    }
}

/// Whether a condition asks who the reader is.
fn speaks(text: &str) -> bool {
    let words = sounds::words(text);
    sounds::like_a_gate(text) || words.split('-').any(|it| matches!(it, "login" | "user" | "role"))
}

/// Content Control's: on, and about more than devices.
fn controls(value: &Value) -> bool {
    let rules = value["rules"].as_object();
    let only_devices = rules.is_some_and(|it| !it.is_empty() && it.keys().all(|it| is_of_devices(it)));
    value["enabled"] == true && !only_devices
}

/// Block Visibility's, and WordPress' own switch: hidden from all, or under any condition that is not about devices.
fn hides(value: &Value) -> bool {
    let sets = value["controlSets"].as_array().map(Vec::as_slice).unwrap_or_default();
    let is_on = |it: &&Value| it["enable"] != false;
    let asks = |(key, value): (&String, &Value)| !is_of_devices(&sounds::words(key)) && !says_nothing(value);
    let set = |it: &Value| it["controls"].as_object().is_some_and(|it| it.iter().any(asks));
    *value == false
        || value["hideBlock"] == true
        || sets.iter().filter(is_on).any(set)
        || value.as_object().is_some_and(|it| it.iter().any(|(key, value)| restricts(key, value, true)))
}

fn is_of_devices(words: &str) -> bool {
    DEVICES.iter().any(|it| words.contains(it))
}

fn says_nothing(value: &Value) -> bool {
    let is_off =
        |it: &Map<String, Value>| ["enable", "enabled"].iter().any(|name| it.get(*name) == Some(&false.into()));
    match value {
        Value::Null => true,
        Value::Bool(it) => !it,
        Value::Number(it) => it.as_f64() == Some(0.0),
        Value::String(it) => sounds::says_nothing(it),
        Value::Array(it) => it.is_empty(),
        Value::Object(it) => it.is_empty() || is_off(it),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_by_which_plugins_hide_a_block_are_known() {
        for (json, expected) in [
            (r#"{"contentControls":{"enabled":true,"rules":{"user":{"userStatus":"logged_in"}}}}"#, true),
            (r#"{"contentControls":{"enabled":true}}"#, true),
            (r#"{"contentControls":{"enabled":false,"rules":{"user":{"userStatus":"logged_in"}}}}"#, false),
            (r#"{"contentControls":{"enabled":true,"rules":{"device":{"hideOn":{"mobile":true}}}}}"#, false),
            (
                r#"{"blockVisibility":{"controlSets":[{"id":1,"enable":true,"controls":{"userRole":{"visibilityByRole":"logged-in"}}}]}}"#,
                true,
            ),
            (
                r#"{"blockVisibility":{"controlSets":[{"enable":true,"controls":{"dateTime":{"schedules":[{"enable":true}]}}}]}}"#,
                true,
            ),
            (
                r#"{"blockVisibility":{"controlSets":[{"id":1,"enable":true,"controls":{"screenSize":{"hideOnScreenSize":{"large":true}}}}]}}"#,
                false,
            ),
            (
                r#"{"blockVisibility":{"controlSets":[{"id":1,"enable":false,"controls":{"userRole":{"visibilityByRole":"logged-in"}}}]}}"#,
                false,
            ),
            (r#"{"blockVisibility":{"controlSets":[{"id":1,"enable":true,"controls":[]}]}}"#, false),
            (r#"{"blockVisibility":{"hideBlock":true}}"#, true),
            (r#"{"metadata":{"blockVisibility":false}}"#, true),
            (r#"{"metadata":{"name":"Members only"}}"#, false),
            (r#"{"visibility":"logged-in"}"#, true),
            (r#"{"visibility":{"desktop":true,"mobile":false}}"#, false),
            (r#"{"visible":true}"#, false),
            (r#"{"otterConditions":[[{"type":"loggedInUser"}]]}"#, true),
            (r#"{"conditions":{"rules":[{"major":"page","minor":"12"}]}}"#, false),
            (r#"{"UAGDisplayConditions":"none"}"#, false),
            (r#"{"UAGLoggedIn":true}"#, true),
            (r#"{"rcpMembership":true}"#, true),
            (r#"{"restricted":false,"membershipLevels":[]}"#, false),
            (r#"{"membershipLevels":[3]}"#, true),
            (r#"{"controls":[{"control":"user_role","roles":["subscriber"]}]}"#, true),
            (r#"{"isLocked":true}"#, false),
            (r#"{"role":"Editor"}"#, false),
            (r#"{"role":"subscriber"}"#, true),
            (
                r#"{"lock":{"move":true,"remove":true},"templateLock":"all","className":"is-style-wide","layout":{"type":"flex"}}"#,
                false,
            ),
            (r#"{"anchor":"the-members","level":3,"displayAuthor":true,"displayPostDate":true}"#, false),
            ("{broken", false),
        ] {
            assert_eq!(attribute(&super::json(json)).is_some(), expected, "{json}");
        }
    }

    #[test]
    fn names_that_sound_like_a_gate_are_told_from_those_that_do_not() {
        let is_open = |name: &str| of_open(name, &Value::Null).is_some();
        for name in [
            "memberpress/protected-content",
            "passster/content-protection",
            "members/x",
            "x/member-only",
            "pmpro/membership",
        ] {
            assert!(is_open(name), "{name}");
        }
        for name in [
            "columns",
            "column",
            "group",
            "block",
            "heading",
            "list",
            "more",
            "accordion-item",
            "post-comments-form",
            "premium/heading",
            "ugb/team-member",
            "yoast/faq-block",
            "memberpress/login-form",
            "jetpack/subscriptions",
        ] {
            assert!(!is_open(name) && of_void(name).is_none(), "{name}");
        }
        assert!(of_void("pms/content-restriction-start").is_some() && of_void("acme/paywall").is_some());
        assert!(of_void("pms/content-restriction-end").is_none() && of_void("memberpress/account").is_none());
    }

    #[test]
    fn a_gate_is_named_wherever_it_stands() {
        for (content, expected) in [
            ("<p>a</p><!-- oops <!-- wp:x/member-only --><p>b</p>", true),
            ("<!--wp:group {\"contentControls\":{\"enabled\":true}}--><p>b</p>", true),
            ("<textarea>___STEADY_PAYWALL___</textarea>", true),
            ("&lt;!-- wp:jetpack/paywall /-->", false),
            ("<!-- /wp:x/member-only --><!-- wp:group -->", false),
        ] {
            assert_eq!(named_in(content), expected, "{content}");
        }
    }
}
