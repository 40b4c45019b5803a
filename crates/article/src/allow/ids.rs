//! Which ids a body may use.

/// Ids that belong to the page itself; a body may not take them, or it could stand in for a part of the page.
pub const RESERVED_IDS: &[&str] = &[
    "app",
    "at-hand-title",
    "benefits-title",
    "bring-title",
    "call-title",
    "comments",
    "comments-title",
    "contents",
    "contents-title",
    "continue-title",
    "email",
    "email-title",
    "feeds-title",
    "gate-title",
    "held-title",
    "invitation",
    "invitation-email",
    "invitation-title",
    "jumpline-boot",
    "keys",
    "keys-title",
    "latest-title",
    "library-all",
    "library-archive",
    "library-delete",
    "library-file",
    "library-keep",
    "library-said",
    "library-settled",
    "library-take",
    "library-taken",
    "main",
    "more",
    "neighbours-title",
    "outbox",
    "outbox-clear",
    "outbox-file",
    "outbox-keep",
    "pass-error",
    "pass-file",
    "pass-forget",
    "pass-hint",
    "pass-keep",
    "pass-link",
    "pass-said",
    "preferences",
    "related-title",
    "reply",
    "reply-ask",
    "reply-email",
    "reply-error",
    "reply-error-who",
    "reply-go-on",
    "reply-hint",
    "reply-home",
    "reply-left",
    "reply-more",
    "reply-name",
    "reply-place",
    "reply-remember",
    "reply-text",
    "reply-title",
    "reply-website",
    "share",
    "thread",
    "tiers-title",
    "title",
    "top",
];

/// Whether a body may use this id: neither one of the page's own nor `comment-12`, the place of a comment. Whatever is refused for that
/// is free with `-2` behind it, which the press counts on.
pub fn id(value: &str) -> bool {
    let is_of_a_comment =
        value.strip_prefix("comment-").is_some_and(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()));
    !value.is_empty()
        && !RESERVED_IDS.contains(&value)
        && !is_of_a_comment
        && !value.contains(|it: char| it.is_whitespace() || it.is_control())
}
