//! Paths as they really are.

use std::fs;
use std::path::{Component, Path, PathBuf};

/// A path with everything that exists of it resolved.
pub(crate) fn whole(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for ancestor in path.ancestors() {
        if let (Ok(real), Ok(rest)) = (fs::canonicalize(ancestor), path.strip_prefix(ancestor)) {
            // What does not exist has no links, so its `..` mean what they say.
            let steps = rest.components();
            return steps.fold(real, |mut path, step| {
                if step == Component::ParentDir {
                    path.pop();
                } else {
                    path.push(step);
                }
                path
            });
        }
    }
    path
}
