//! What a name lets one think: one rule for shortcodes, blocks, and the attributes and values of both.

/// Words in a name that speak of a gate.
const TELLING: &[&str] = &[
    "restrict",
    "protect",
    "private",
    "member",
    "paid",
    "paywall",
    "premium",
    "subscriber",
    "lock",
    "password",
    "permission",
    "content-control",
    "access-control",
    "logged-in",
    "loggedin",
    "logged-out",
    "loggedout",
    "user-role",
    "userrole",
    "user-status",
    "userstatus",
    "user-state",
    "userstate",
];

/// Words that hold one of those and speak of none.
const HARMLESS: &[&str] = &["block", "clock", "remember", "subscribers-total"];

/// What a name ends with that shows somebody who works there.
const COLLEAGUE: &[&str] = &["team-member", "teammember"];

/// Words in a name that speak of a form, a list or a button: it is for members and hides nothing.
const FORMS: &[&str] = &[
    "login",
    "logout",
    "register",
    "registration",
    "signup",
    "form",
    "account",
    "profile",
    "directory",
    "pricing",
    "button",
    "buttons",
    "list",
    "count",
];

/// Roles that WordPress and its shop come with. Others speak for themselves, or nobody knows what they are.
const ROLES: &[&str] =
    &["administrator", "editor", "author", "contributor", "subscriber", "customer", "shop_manager", "shop-manager"];

/// Whether a name lets one think that what it names is not for everybody.
pub(super) fn like_a_gate(name: &str) -> bool {
    let name = HARMLESS.iter().fold(words(name), |name, it| name.replace(it, "-"));
    let name = COLLEAGUE.iter().find_map(|it| name.strip_suffix(it)).unwrap_or(&name);
    TELLING.iter().any(|it| name.contains(it)) || name.split('-').any(|it| it == "roles")
}

/// Whether a name lets one think of a form or a button for members.
pub(super) fn like_a_form(name: &str) -> bool {
    words(name).split('-').any(|it| FORMS.contains(&it))
}

/// Whether an attribute lets one think that what it stands at is not for everybody. A `role` is a job title more often
/// than a reader's, and no lock of an editor keeps a reader out.
pub(super) fn like_a_gates_attribute(name: &str, value: &str) -> bool {
    match words(name).as_str() {
        _ if says_nothing(value) => false,
        name if is_editors(name) => false,
        "role" => ROLES.contains(&value) || is_one_word(value) && like_a_gate(value),
        name => like_a_gate(name),
    }
}

/// Whether a name, in words, is that of a lock by which an editor keeps writers from moving something.
pub(super) fn is_editors(words: &str) -> bool {
    matches!(words, "lock" | "locked" | "is-locked" | "template-lock")
}

/// Whether a value is a word of a plugin's, `logged_in`, and no prose.
pub(super) fn is_one_word(value: &str) -> bool {
    value.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || matches!(it, b'_' | b'-'))
}

/// Whether a value is one of the ways of saying no or nothing.
pub(super) fn says_nothing(value: &str) -> bool {
    let value = value.trim().to_ascii_lowercase();
    matches!(
        value.as_str(),
        "" | "0" | "no" | "off" | "false" | "none" | "default" | "public" | "everyone" | "everybody" | "a:0:{}"
    )
}

/// A name's words in lower case with hyphens between them: `userRole` and `user_role` are `user-role`.
pub(super) fn words(name: &str) -> String {
    let mut words = String::with_capacity(name.len() + 4);
    let mut after_small = false;
    for it in name.chars() {
        if it.is_ascii_uppercase() && after_small {
            words.push('-');
        }
        after_small = it.is_ascii_lowercase() || it.is_ascii_digit();
        words.push(if it.is_ascii_alphanumeric() { it.to_ascii_lowercase() } else { '-' });
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_speaks_of_a_gate_is_taken_for_one() {
        for name in [
            "my-restricted",
            "wpml_protected",
            "vip_members",
            "s2Member-x",
            "unlock_here",
            "adblock_locker",
            "memberpress/protected-content",
            "x/member-only",
            "is_user_logged_in",
            "UAGLoggedIn",
            "contentControls",
            "userRole",
            "visibilityByUserRole",
            "roles",
            "team_members_only",
        ] {
            assert!(like_a_gate(name), "{name}");
        }
        for name in [
            "blockquote",
            "su_clock",
            "remember_this",
            "content-block",
            "note",
            "column",
            "controls",
            "scroller",
            "team_member",
            "acme/teamMember",
            "showSubscribersTotal",
        ] {
            assert!(!like_a_gate(name), "{name}");
        }
        assert!(like_a_form("memberpress/login-form") && !like_a_form("content-restriction-start"));
    }

    #[test]
    fn an_attribute_speaks_by_its_name_and_says_something() {
        for (name, value, expected) in [
            ("roles", "um_member", true),
            ("passwords", "123", true),
            ("password", "", false),
            ("role", "subscriber", true),
            ("role", "gold_member", true),
            ("role", "Editor", false),
            ("role", "Member of the board", false),
            ("role", "button", false),
            ("locked", "on", false),
            ("restricted", "off", false),
        ] {
            assert_eq!(like_a_gates_attribute(name, value), expected, "{name} {value}");
        }
    }
}
