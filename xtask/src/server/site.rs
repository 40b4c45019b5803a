//! Which file answers a path, by the rules of GitHub Pages.

use std::path::PathBuf;
use std::time::Duration;

use jumpline_article::BasePath;
use percent_encoding::percent_decode_str;

/// A built site on the disk and how it is served.
#[derive(Clone, Debug)]
pub struct Site {
    /// The directory that `press build` wrote.
    pub root: PathBuf,
    /// Where the site lives on its host.
    pub base: BasePath,
    /// Address of a script of the same origin that is put first into the head of every page: live reload, a test's probe.
    pub script: Option<&'static str>,
    /// The `Cache-Control` of every answer.
    pub cache: &'static str,
    /// Whether `file.br` is sent in place of `file` to those who accept it.
    pub brotli: bool,
    /// How much later than a page every other file comes.
    pub late: Duration,
}

impl Site {
    /// A site as a developer wants it: never cached, nothing added.
    pub fn new(root: impl Into<PathBuf>, base: BasePath) -> Self {
        Self { root: root.into(), base, script: None, cache: "no-cache", brotli: false, late: Duration::ZERO }
    }

    /// What stands at a path below the base (`/archive/`, percent-encoded as it came).
    pub(super) fn look_up(&self, path: &str) -> Found {
        let Some(steps) = steps(path) else { return Found::Nothing };
        let mut file = self.root.clone();
        file.extend(&steps);
        if file.is_dir() {
            if !path.ends_with('/') {
                return Found::Elsewhere(format!("{}/", self.base.join(path)));
            }
            file.push("index.html");
        } else if path.ends_with('/') {
            return Found::Nothing;
        }
        if file.is_file() {
            return Found::File(file);
        }
        let page = PathBuf::from(format!("{}.html", file.display()));
        if page.is_file() { Found::File(page) } else { Found::Nothing }
    }
}

/// What stands at a path.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    File(PathBuf),
    /// The address that the browser is sent to.
    Elsewhere(String),
    Nothing,
}

/// The decoded steps of a path, or `None` when it would leave the site or is not UTF-8.
fn steps(path: &str) -> Option<Vec<String>> {
    let parts = path.split('/').filter(|it| !it.is_empty());
    parts
        .map(|part| {
            let step = percent_decode_str(part).decode_utf8().ok()?.into_owned();
            let safe = step != "." && step != ".." && !step.contains(['/', '\\', '\0']);
            safe.then_some(step)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn site() -> (tempfile::TempDir, Site) {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("tag/überall")).unwrap();
        for name in ["index.html", "404.html", "tag/überall/index.html", "feed.json"] {
            fs::write(dir.path().join(name), name).unwrap();
        }
        let site = Site::new(dir.path(), BasePath::new("repo"));
        (dir, site)
    }

    #[test]
    fn directories_answer_with_their_index() {
        let (dir, site) = site();
        assert_eq!(site.look_up("/"), Found::File(dir.path().join("index.html")));
        assert_eq!(site.look_up("/tag/%C3%BCberall/"), Found::File(dir.path().join("tag/überall/index.html")));
        assert_eq!(site.look_up("/404"), Found::File(dir.path().join("404.html")));
    }

    #[test]
    fn a_directory_without_its_slash_is_redirected_below_the_base() {
        let (_dir, site) = site();
        assert_eq!(site.look_up("/tag/%C3%BCberall"), Found::Elsewhere("/repo/tag/%C3%BCberall/".to_owned()));
    }

    #[test]
    fn nothing_outside_the_site_is_served() {
        let (_dir, site) = site();
        for path in ["/../Cargo.toml", "/%2e%2e/Cargo.toml", "/..%2fCargo.toml", "/tag/", "/feed.json/", "/%ff", "/%2"]
        {
            assert_eq!(site.look_up(path), Found::Nothing, "{path}");
        }
    }
}
