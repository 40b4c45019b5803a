//! Files for the host and for crawlers: `content/static/`, copied as it is to the root of the site.

use crate::fault::Fault;
use crate::render::Rendered;
use crate::site::checks::{is_file, is_own};
use anyhow::Context as _;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// The folder below the content.
pub(crate) const FOLDER: &str = "static";

/// What programs leave in folders, and nobody means to publish.
const LITTER: &[&str] = &[".DS_Store", ".git", "Thumbs.db", "desktop.ini"];

/// Ends of the names of programs that a host may run, beside all that begin with `php`.
const PROGRAMS: &[&str] = &[
    "asax", "ascx", "ashx", "asmx", "asp", "aspx", "cfm", "cgi", "fcgi", "jsp", "jspx", "phar", "pht", "phtml", "pl",
    "shtm", "shtml", "stm",
];

/// What stands in the folder.
#[derive(Debug, Default)]
pub(crate) struct HostFiles {
    root: PathBuf,
    /// Below the folder, with slashes, in their order.
    paths: Vec<String>,
}

impl HostFiles {
    /// Looks through the folder, also where links lead; hidden files are what it is for.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(crate) fn of(content: &Path) -> anyhow::Result<Self> {
        let root = content.join(FOLDER);
        if !root.is_dir() {
            return Ok(Self::default());
        }
        let mut paths = Vec::new();
        for entry in
            WalkDir::new(&root).follow_links(true).sort_by_file_name().into_iter().filter_entry(|it| !is_litter(it))
        {
            let entry = entry.with_context(|| format!("{}: cannot be read", root.display()))?;
            if entry.file_type().is_file() {
                let inside = entry.path().strip_prefix(&root).unwrap_or(entry.path());
                let steps: Option<Vec<&str>> = inside.components().map(|it| it.as_os_str().to_str()).collect();
                let steps = steps
                    .with_context(|| format!("{}: has a name that is not UTF-8; rename it", entry.path().display()))?;
                paths.push(steps.join("/"));
            }
        }
        Ok(Self { root, paths })
    }

    /// Where they go, below the output folder.
    pub(crate) fn paths(&self) -> &[String] {
        &self.paths
    }

    /// Where one of them lies.
    pub(crate) fn disk(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// What must not be copied: programs, and what would stand where something of the site stands. `reserved` are the names at the top
    /// of the shell.
    pub(crate) fn check<'a>(&self, all: impl Iterator<Item = &'a Rendered>, reserved: &[String]) -> Vec<Fault> {
        let mut places = HashMap::new();
        for one in all {
            for (_, path) in one.paths() {
                places.insert(path.as_str().trim_matches('/').to_lowercase(), one.file.as_str());
            }
        }
        let fault = |path: &String| {
            let message = program(path).or_else(|| in_the_way(path, &places, reserved))?;
            Some(Fault::file(self.disk(path).display().to_string(), message))
        };
        self.paths.iter().filter_map(fault).collect()
    }
}

fn is_litter(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    entry.depth() > 0 && (LITTER.contains(&name.as_ref()) || name.starts_with("._"))
}

/// Why a file is refused that a host may run: readers trust a site of files, and nobody looks into programs.
fn program(path: &str) -> Option<String> {
    let extension = path.rsplit_once('.')?.1.to_ascii_lowercase();
    let is_program = extension.starts_with("php") || PROGRAMS.contains(&extension.as_str());
    is_program.then(|| format!("is a .{extension}, which a host may run; put it into a ZIP, or remove it"))
}

/// What of the site stands where a file would. Capitals make no difference, as on many disks and hosts.
fn in_the_way(path: &str, places: &HashMap<String, &str>, reserved: &[String]) -> Option<String> {
    let steps: Vec<String> = path.split('/').map(str::to_lowercase).collect();
    let first = &steps[0];
    if is_own(first) && steps.len() > 1 {
        return Some(format!("would stand in /{first}/, which the site keeps for itself; choose another folder"));
    }
    if is_own(first) || is_file(first) || reserved.iter().any(|it| it.to_lowercase() == *first) {
        return Some(format!("would stand over /{first}, which the site writes itself; remove or rename it"));
    }
    for (at, step) in steps.iter().enumerate() {
        if let Some(file) = places.get(&steps[..at].join("/")).filter(|_| is_file(step)) {
            return Some(format!("would stand over /{} of {file}; rename one of them", steps[..=at].join("/")));
        }
    }
    let whole = steps.join("/");
    let around =
        places.iter().filter(|it| it.0.strip_prefix(&whole).is_some_and(|it| it.is_empty() || it.starts_with('/')));
    let (place, file) = around.min()?;
    Some(format!("would stand in the way of /{place}/ of {file}; rename one of them"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_stands_over_anything() {
        let places = HashMap::from([("about/us".to_owned(), "us.md"), ("ferry".to_owned(), "ferry.md")]);
        let said = |path: &str| in_the_way(path, &places, &["reader-1.js".to_owned()]).unwrap_or_default();
        for (path, expected) in [
            ("_redirects", ""),
            (".well-known/security.txt", ""),
            ("google1.html", ""),
            ("ferry/notes.txt", ""),
            ("ferry.html", ""),
            ("old/index.html", ""),
            ("Robots.txt", "would stand over /robots.txt, which the site writes itself; remove or rename it"),
            ("sitemap-2.xml", "would stand over /sitemap-2.xml, which the site writes itself; remove or rename it"),
            ("reader-1.js", "would stand over /reader-1.js, which the site writes itself; remove or rename it"),
            ("media/a.pdf", "would stand in /media/, which the site keeps for itself; choose another folder"),
            ("Ferry/INDEX.html", "would stand over /ferry/index.html of ferry.md; rename one of them"),
            ("ferry", "would stand in the way of /ferry/ of ferry.md; rename one of them"),
            ("about", "would stand in the way of /about/us/ of us.md; rename one of them"),
        ] {
            assert_eq!(said(path), expected, "{path}");
        }
    }

    #[test]
    fn no_program_is_copied() {
        for path in ["a.php", "a.PHP7", "x/a.cgi", "a.b.phtml"] {
            assert!(program(path).is_some(), "{path}");
        }
        for path in [".htaccess", "_headers", "CNAME", "a.html", "a.php.zip", "BingSiteAuth.xml", "a.js"] {
            assert_eq!(program(path), None, "{path}");
        }
    }
}
