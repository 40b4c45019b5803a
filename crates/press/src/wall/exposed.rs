//! Places that everybody can read, or soon will: nothing that opens the wall is written there.

use crate::real_path::whole;
use anyhow::bail;
use std::fs;
use std::path::Path;

/// Where `press build` writes a site when nobody names another folder.
const USUAL: &str = "dist";

/// What stands in every page of a built site.
const PAGE: &str = "type=\"application/json\" id=\"jumpline-boot\"";

/// What a built reader has where the base path will stand.
const BASE: &str = "/__base__/";

/// Refuses a file in the content, in a site, or in the reader that sites are built from. `what` is the argument that named it.
///
/// # Errors
/// When everybody could read the file.
pub fn refuse(what: &str, path: &Path, content: &Path) -> anyhow::Result<()> {
    match where_public(path, content) {
        Some(place) => bail!(
            "{what} {}: lies in {place}, and whoever reads this file opens what is locked; write it to a folder that only you can read",
            path.display()
        ),
        None => Ok(()),
    }
}

/// What a file would lie in, when that is public.
pub(super) fn where_public(path: &Path, content: &Path) -> Option<String> {
    let path = whole(path);
    if path.starts_with(whole(content)) {
        return Some("the content, which is public".to_owned());
    }
    let is_usual =
        [Path::new(USUAL), &content.join("..").join(USUAL)].into_iter().any(|it| path.starts_with(whole(it)));
    if is_usual {
        return Some(format!("the site (`press build` writes it to {USUAL})"));
    }
    let folder = path.ancestors().skip(1).filter(|it| is_site(it) || is_shell(it)).last()?;
    Some(format!("the site in {}", folder.display()))
}

fn front_page(folder: &Path) -> Option<String> {
    Some(String::from_utf8_lossy(&fs::read(folder.join("index.html")).ok()?).into_owned())
}

/// Whether `press` wrote a page here.
pub(crate) fn is_site(folder: &Path) -> bool {
    front_page(folder).is_some_and(|it| it.contains(PAGE))
}

/// Whether this is a built reader, of which every file becomes one of the site. Its source has the page and no program beside it.
fn is_shell(folder: &Path) -> bool {
    let is_program =
        |it: fs::DirEntry| it.file_name().to_str().is_some_and(|it| it.starts_with("reader-") && it.ends_with(".js"));
    front_page(folder).is_some_and(|it| it.contains(BASE))
        && fs::read_dir(folder).is_ok_and(|it| it.flatten().any(is_program))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everybody_can_read_is_known() {
        let folder = tempfile::tempdir().expect("has a temporary folder");
        let (root, content) = (folder.path(), folder.path().join("content"));
        for (file, text) in [
            ("content/publication.toml", ""),
            ("site/index.html", "<script type=\"application/json\" id=\"jumpline-boot\">{}</script>"),
            ("site/ferry/index.html", ""),
            ("shell/index.html", "<link href=\"/__base__/x.css\">"),
            ("shell/reader-0.js", ""),
            ("source/index.html", "<link href=\"/__base__/x.css\">"),
        ] {
            fs::create_dir_all(root.join(file).parent().expect("has one")).expect("is writable");
            fs::write(root.join(file), text).expect("is writable");
        }
        for path in [
            "content/s.svg",
            "content/new/s",
            "site/s.svg",
            "site/ferry/s",
            "site/new/s",
            "shell/s",
            "dist/s",
            "x/../dist/s",
        ] {
            assert!(where_public(&root.join(path), &content).is_some(), "{path}");
        }
        for path in ["s.svg", "keys/secret", "source/s", "contents/s", "distance/s", "site/../s"] {
            assert_eq!(where_public(&root.join(path), &content), None, "{path}");
        }
    }
}
