//! Fields beside a post in which membership plugins keep who may read it.

use super::sounds;

/// Fields that restrict a post whatever they say, but for the ways of saying nothing.
const FIELDS: &[&str] = &[
    "_is_paid",
    "rcp_subscription_level",
    "rcp_access_level",
    "memberful_acl",
    "memberful_available_to_any_registered_user",
    "_edd_cr_restricted_to",
    "_wpmem_block",
    "_members_access_role",
    "_issuem_leaky_paywall_visibility",
    "patreon-level",
    "groups-read",
    "groups-groups_read_post",
    "laterpay_post_prices",
];

/// What the fields of Paid Member Subscriptions begin with; it has one for each of its rules.
const PAID_MEMBER_SUBSCRIPTIONS: &str = "pms-content-restrict-";

/// Ultimate Member's, which it writes beside posts that everybody may read, too.
const ULTIMATE_MEMBER: &str = "um_content_restriction";

/// Restrict Content's, which its paid version writes beside posts for every role, too.
const RESTRICT_CONTENT: &str = "rcp_user_level";

/// Indeed Membership Pro's, which it writes beside posts that everybody may read, too.
const MEMBERSHIP_PRO: &str = "ihc_mb_who";

/// ARMember's, in which no plan at all is a 0: only who is no member sees nothing.
const ARMEMBER: &str = "arm_access_plan";

/// WP Fusion's, which it writes beside posts that everybody may read, too.
const WP_FUSION: &str = "wpf-settings";

/// WordPress' own, which says who edits a post.
const EDIT_LOCK: &str = "_edit_lock";

/// Whether a field keeps a post from anybody. What cannot be understood does.
pub(super) fn restricts(key: &str, value: &str) -> bool {
    let value = value.trim();
    if key == ARMEMBER {
        return !value.is_empty();
    }
    if matches!(value, "" | "0" | "a:0:{}" | "no" | "false" | "None" | "none") {
        return false;
    }
    match key.strip_prefix(PAID_MEMBER_SUBSCRIPTIONS) {
        // How a restriction looks, not that there is one: it stands beside every post.
        Some("type") => value != "default",
        Some(_) => true,
        None if key == ULTIMATE_MEMBER => {
            !is_off(value, "_um_custom_access_settings") && !is_off(value, "_um_accessible")
        }
        None if key == WP_FUSION => value.contains("\"lock_content\"") && !is_off(value, "lock_content"),
        None if key == RESTRICT_CONTENT => !value.to_ascii_lowercase().trim_end_matches("\";}").ends_with("all"),
        None if key == MEMBERSHIP_PRO => !value.split(',').any(|it| it.trim() == "all"),
        None => FIELDS.contains(&key),
    }
}

/// Whether a field that is not known here lets one think that it keeps a post from somebody. Too many plugins write such
/// fields beside every post for all of them to be taken for gates.
pub(super) fn seems_to_restrict(key: &str, value: &str) -> bool {
    let is_known = FIELDS.contains(&key)
        || key.starts_with(PAID_MEMBER_SUBSCRIPTIONS)
        || [ULTIMATE_MEMBER, RESTRICT_CONTENT, MEMBERSHIP_PRO, ARMEMBER, WP_FUSION, EDIT_LOCK].contains(&key);
    !is_known && sounds::like_a_gate(key) && !sounds::says_nothing(value)
}

/// Whether a serialised PHP array says no, nothing or zero under a key.
fn is_off(array: &str, key: &str) -> bool {
    let value = array.split_once(&format!("\"{key}\";")).map_or("", |it| it.1);
    ["b:0;", "i:0;", "N;", "s:1:\"0\";", "s:0:\"\";"].iter().any(|it| value.starts_with(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_restricts_unless_it_says_nothing() {
        let member = |settings: &str, accessible: &str| {
            format!("a:2:{{s:26:\"_um_custom_access_settings\";{settings};s:14:\"_um_accessible\";{accessible};}}")
        };
        for (key, value, expected) in [
            ("_is_paid", "1", true),
            ("_is_paid", "0", false),
            ("patreon-level", "5", true),
            ("patreon-level", "0", false),
            ("pms-content-restrict-subscription-plan", "12", true),
            ("pms-content-restrict-user-status", "loggedin", true),
            ("pms-content-restrict-all-subscription-plans", "all", true),
            ("pms-content-restrict-type", "default", false),
            ("pms-content-restrict-type", "redirect", true),
            ("um_content_restriction", &member("b:0", "i:2"), false),
            ("um_content_restriction", &member("s:1:\"0\"", "s:1:\"0\""), false),
            ("um_content_restriction", &member("b:1", "i:0"), false),
            ("um_content_restriction", &member("b:1", "i:2"), true),
            ("um_content_restriction", &member("s:1:\"1\"", "s:1:\"2\""), true),
            ("um_content_restriction", "a:1:{broken", true),
            ("rcp_user_level", "Subscriber", true),
            ("rcp_user_level", "None", false),
            ("rcp_user_level", "All", false),
            ("rcp_user_level", "a:1:{i:0;s:3:\"all\";}", false),
            ("rcp_user_level", "a:1:{i:0;s:10:\"subscriber\";}", true),
            ("memberful_available_to_any_registered_user", "1", true),
            ("memberful_available_to_any_registered_user", "0", false),
            ("_edd_cr_restricted_to", "a:1:{i:0;a:1:{s:8:\"download\";s:1:\"4\";}}", true),
            ("_edd_cr_restricted_to", "a:0:{}", false),
            ("ihc_mb_who", "reg", true),
            ("ihc_mb_who", "2,3", true),
            ("ihc_mb_who", "all", false),
            ("ihc_mb_who", "", false),
            ("ihc_mb_type", "show", false),
            ("groups-read", "3", true),
            ("arm_access_plan", "0", true),
            ("arm_access_plan", "", false),
            ("wpf-settings", "a:1:{s:12:\"lock_content\";s:1:\"1\";}", true),
            ("wpf-settings", "a:1:{s:12:\"lock_content\";b:0;}", false),
            ("wpf-settings", "a:1:{s:10:\"apply_tags\";a:0:{}}", false),
            ("laterpay_post_prices", "a:1:{s:5:\"price\";d:0.5;}", true),
            ("groups-groups_read_post", "premium", true),
            ("_edit_lock", "1", false),
        ] {
            assert_eq!(restricts(key, value), expected, "{key} {value}");
        }
    }

    #[test]
    fn an_unknown_field_that_sounds_like_a_gate_is_named() {
        assert!(seems_to_restrict("_acme_members_only", "yes"));
        for (key, value) in [
            ("_acme_members_only", "no"),
            ("_edit_lock", "1712:1"),
            ("rcp_user_level", "All"),
            ("pms-content-restrict-type", "default"),
            ("_thumbnail_id", "7"),
        ] {
            assert!(!seems_to_restrict(key, value), "{key} {value}");
        }
    }
}
