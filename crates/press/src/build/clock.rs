//! The moment of a build, which decides what has been published.

use jiff::Timestamp;

/// Now, in seconds since 1970: `SOURCE_DATE_EPOCH` when it is set, as reproducible builds have it, the clock otherwise.
pub(super) fn now() -> i64 {
    let stated = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|it| it.trim().parse().ok());
    stated.unwrap_or_else(|| Timestamp::now().as_second())
}
