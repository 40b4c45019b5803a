//! Content, shell, cache and site are folders of their own, and the site is written over nothing that it is made of.

use super::Options;
use crate::real_path::whole;
use anyhow::bail;

/// Refuses folders that would run into each other.
///
/// # Errors
/// With the two that do.
pub(super) fn check(options: &Options) -> anyhow::Result<()> {
    let out = whole(&options.out);
    for folder in ["articles", "pages", "media", "static"].map(|it| options.content.join(it)) {
        if out.starts_with(whole(&folder)) {
            bail!(
                "--out {} lies in {}, so the next build would read the site as content; choose another folder",
                options.out.display(),
                folder.display()
            );
        }
    }
    for (name, folder) in [("--content", &options.content), ("--shell", &options.shell)] {
        if whole(folder).starts_with(&out) {
            bail!(
                "--out {} holds {name} {}; choose another folder for the site",
                options.out.display(),
                folder.display()
            );
        }
    }
    // What the cache knows of drafts and locked articles would be published with the site, and the site tidied away with the cache.
    let cache = whole(&options.cache);
    let around = [
        ("--cache", &options.cache, &cache, "--out", &options.out, &out),
        ("--out", &options.out, &out, "--cache", &options.cache, &cache),
    ];
    for (name, folder, inner, other, around, outer) in around {
        if inner.starts_with(outer) {
            bail!("{name} {} lies in {other} {}; choose a folder beside it", folder.display(), around.display());
        }
    }
    Ok(())
}
