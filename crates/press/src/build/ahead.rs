//! Changes that are dated after the moment of a build: readers would be told of what has not happened.

use crate::fault::Fault;
use crate::render::Rendered;
use std::fs;

/// Names articles whose last change lies ahead. It is asked in every build, since the answer changes by itself.
pub(super) fn warnings(rendered: &[Rendered], now: i64) -> Vec<Fault> {
    let one = |it: &Rendered| {
        let updated = it.item.date_modified.as_ref().filter(|it| it.unix() > now)?;
        let message = format!(
            "was changed at {}, which has not come yet; write the day of the change, or leave `updated` out",
            updated.as_str()
        );
        Some(Fault::line(&it.file, line(&it.file), message))
    };
    rendered.iter().filter_map(one).collect()
}

/// Where a file says when it was changed; 0 when that cannot be told.
fn line(file: &str) -> usize {
    let text = fs::read_to_string(file).unwrap_or_default();
    let says = |it: &str| it.starts_with("updated:") || it.contains("\"date_modified\"");
    text.lines().position(says).map_or(0, |it| it + 1)
}
