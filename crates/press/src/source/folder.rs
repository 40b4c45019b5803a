//! The files of a content folder: articles and pages, the comments beside them, and what is neither.

use super::comment_file;
use super::nearest::nearest;
use super::strays::strays;
use crate::fault::Fault;
use anyhow::Context as _;
use jumpline_article::ItemKind;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Ends of the names of articles, in any case.
pub(crate) const ARTICLES: &[&str] = &[".md", ".markdown", ".html", ".htm", ".json"];

const COMMENTS: &str = ".comments.json";

/// A file of the content that may hold an article.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Where it is on the disk.
    pub path: PathBuf,
    /// Its folder below the content, with slashes: `articles/2025`.
    pub folder: String,
    /// An article or a page.
    pub kind: ItemKind,
}

impl SourceFile {
    /// The file's name, as a person would type it.
    pub fn name(&self) -> String {
        self.path.display().to_string()
    }
}

/// What stands in a content folder.
#[derive(Debug, Default)]
pub struct Folder {
    /// Files that hold articles and pages, in the order of their names.
    pub files: Vec<SourceFile>,
    /// Files of comments that lie beside no article.
    pub orphans: Vec<Fault>,
    /// Files that were passed over, though somebody may have meant them.
    pub warnings: Vec<Fault>,
}

/// Looks through `articles/` and `pages/`, also where links lead. Hidden files and folders are passed over.
///
/// # Errors
/// When a folder cannot be read, or has the right name in the wrong case.
pub fn folder(content: &Path) -> anyhow::Result<Folder> {
    let mut found = Folder::default();
    let mut comments = Vec::new();
    check_case(content)?;
    for (name, kind) in [("articles", ItemKind::Article), ("pages", ItemKind::Page)] {
        let root = content.join(name);
        if root.is_dir() {
            found.walk(content, &root, kind, &mut comments)?;
        }
    }
    let expected: BTreeSet<PathBuf> = found.files.iter().map(|it| comment_file(&it.path)).collect();
    let orphans = comments.iter().filter(|it| !expected.contains(*it));
    found.orphans = orphans.map(|it| orphan(it, &expected)).collect();
    found.warnings.extend(strays(content));
    Ok(found)
}

impl Folder {
    fn walk(&mut self, content: &Path, root: &Path, kind: ItemKind, comments: &mut Vec<PathBuf>) -> anyhow::Result<()> {
        let walk = WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter();
        for entry in walk.filter_entry(|it| it.depth() == 0 || !is_hidden(it.file_name())) {
            let entry = match entry {
                Ok(entry) => entry,
                // Editors leave hidden links to nowhere beside what is open.
                Err(error) if error.path().and_then(Path::file_name).is_some_and(is_hidden) => continue,
                Err(error) if error.loop_ancestor().is_some() => {
                    let link = error.path().unwrap_or(root).display().to_string();
                    self.warnings.push(Fault::file(link, "leads back to a folder around it and was passed over"));
                    continue;
                }
                Err(error) => {
                    let name = error.path().unwrap_or(root).display().to_string();
                    return Err(error).with_context(|| format!("{name}: cannot be read"));
                }
            };
            let path = entry.path();
            let Some(name) = entry.file_name().to_str() else {
                let message = "has a name that is not UTF-8 and was passed over; rename it";
                self.warnings.push(Fault::file(path.display().to_string(), message));
                continue;
            };
            if !entry.file_type().is_file() {
                continue;
            }
            let name = name.to_ascii_lowercase();
            if name.ends_with(COMMENTS) {
                comments.push(entry.into_path());
            } else if ARTICLES.iter().any(|it| name.ends_with(it)) {
                let inside = path.parent().and_then(|it| it.strip_prefix(content).ok());
                let steps = inside.into_iter().flat_map(Path::components).map(|it| it.as_os_str().to_string_lossy());
                let folder = steps.collect::<Vec<_>>().join("/");
                self.files.push(SourceFile { path: entry.into_path(), folder, kind });
            } else if !is_media(path) {
                let message = format!("is no article and was passed over; articles end in {}", ARTICLES.join(", "));
                self.warnings.push(Fault::file(path.display().to_string(), message));
            }
        }
        Ok(())
    }
}

pub(crate) fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// Pictures and the like: whoever shows them from here is told where they belong.
pub(super) fn is_media(path: &Path) -> bool {
    let kind = mime_guess::from_path(path).first();
    kind.is_some_and(|it| matches!(it.type_().as_str(), "image" | "audio" | "video") || it == "application/pdf")
}

/// Where `Articles/` is another folder than `articles/`, it would pass for a publication without any.
fn check_case(content: &Path) -> Result<(), Fault> {
    let folders = fs::read_dir(content).into_iter().flatten().flatten().filter(|it| it.path().is_dir());
    let names: Vec<String> = folders.filter_map(|it| it.file_name().into_string().ok()).collect();
    for wanted in ["articles", "pages", "media", "static"].into_iter().filter(|it| !content.join(it).is_dir()) {
        if let Some(name) = names.iter().find(|it| it.eq_ignore_ascii_case(wanted)) {
            let message = format!("is passed over under this name; rename it to `{wanted}`, in lower case");
            return Err(Fault::file(content.join(name).display().to_string(), message));
        }
    }
    Ok(())
}

/// Comments whose article is gone or goes by another name. `expected` are the names that comments may have.
fn orphan(comments: &Path, expected: &BTreeSet<PathBuf>) -> Fault {
    let stem = |it: &Path| {
        let name = it.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
        name[..name.len() - COMMENTS.len().min(name.len())].to_owned()
    };
    let own = stem(comments);
    let free: Vec<(String, &PathBuf)> = expected.iter().filter(|it| !it.exists()).map(|it| (stem(it), it)).collect();
    let beside: Vec<&str> =
        free.iter().filter(|it| it.1.parent() == comments.parent()).map(|it| it.0.as_str()).collect();
    // A title that was made longer or shorter is further away than a slip of the pen.
    let is_longer = |it: &&&str| !own.is_empty() && (it.starts_with(&own) || own.starts_with(**it));
    let meant = nearest(&own, beside.iter().copied()).or_else(|| beside.iter().find(is_longer).copied());
    let mend = match (meant, free.iter().find(|it| it.0 == own)) {
        (Some(name), _) => format!("rename it to {name}{COMMENTS}"),
        (None, Some((_, path))) => format!("move it to {}", path.display()),
        (None, None) => "name it after its article, or remove it".to_owned(),
    };
    Fault::file(
        comments.display().to_string(),
        format!("lies beside no article, so nobody sees these comments; {mend}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("has a temporary folder");
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().expect("has one")).expect("is writable");
            fs::write(path, "").expect("is writable");
        }
        folder
    }

    fn names(root: &Path, of: &[Fault]) -> Vec<String> {
        of.iter().map(|it| it.to_string().replace(&format!("{}/", root.display()), "")).collect()
    }

    #[test]
    fn what_looks_like_an_article_is_one_or_is_named() {
        let folder =
            content(&["articles/a.markdown", "articles/B.MD", "articles/c.htm", "articles/d.txt", "articles/.e.txt"]);
        let content = folder.path();
        fs::write(content.join("articles/f.jpg"), "").expect("is writable");
        let found = super::folder(content).expect("is readable");
        let read: Vec<_> = found.files.iter().map(|it| it.path.file_name().expect("has one").to_owned()).collect();
        assert_eq!(read, ["B.MD", "a.markdown", "c.htm"]);
        assert_eq!(
            names(content, &found.warnings),
            ["articles/d.txt: is no article and was passed over; articles end in .md, .markdown, .html, .htm, .json"]
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_and_lead_in_no_circle() {
        use std::os::unix::ffi::OsStrExt as _;
        use std::os::unix::fs::symlink;
        let folder = content(&["articles/a.md", "elsewhere/b.md", "elsewhere/c.md"]);
        let content = folder.path();
        symlink("../elsewhere/b.md", content.join("articles/b.md")).expect("links");
        symlink("../elsewhere", content.join("articles/more")).expect("links");
        symlink("..", content.join("elsewhere/around")).expect("links");
        symlink("nowhere", content.join("articles/.#a.md")).expect("links");
        fs::write(content.join("articles").join(OsStr::from_bytes(b"\xe4.md")), "").expect("is writable");
        let found = super::folder(content).expect("is readable");
        let read: Vec<_> = found
            .files
            .iter()
            .map(|it| format!("{}/{}", it.folder, it.path.file_name().expect("has one").display()))
            .collect();
        assert!(read.starts_with(&["articles/a.md".to_owned(), "articles/b.md".to_owned()]), "{read:?}");
        assert!(read.contains(&"articles/more/c.md".to_owned()), "{read:?}");
        let warnings = names(content, &found.warnings).join("\n");
        assert!(warnings.contains("leads back to a folder around it"), "{warnings}");
        assert!(warnings.contains("has a name that is not UTF-8"), "{warnings}");
        symlink("nowhere", content.join("articles/z.md")).expect("links");
        assert!(format!("{:#}", super::folder(content).expect_err("is torn")).contains("z.md: cannot be read"));
    }

    #[test]
    fn comments_without_an_article_name_their_mend() {
        for (files, expected) in [
            (&["talked.comments.json", "talked-more.md"][..], "; rename it to talked-more.comments.json"),
            (&["fery.comments.json", "ferry.md", "fog.md"], "; rename it to ferry.comments.json"),
            (&["fog.comments.json", "2025/fog.md"], "; move it to articles/2025/fog.comments.json"),
            (&["fog.comments.json", "ferry.md"], "; name it after its article, or remove it"),
            (&["fogs.comments.json", "fog.md", "fog.comments.json"], "; name it after its article, or remove it"),
        ] {
            let files: Vec<String> = files.iter().map(|it| format!("articles/{it}")).collect();
            let folder = content(&files.iter().map(String::as_str).collect::<Vec<_>>());
            let found = names(folder.path(), &super::folder(folder.path()).expect("is readable").orphans);
            assert!(found.len() == 1 && found[0].ends_with(expected), "{found:?} should say {expected}");
        }
        let folder =
            content(&["articles/a.md", "articles/a.comments.json", "articles/B.MD", "articles/B.comments.json"]);
        assert_eq!(super::folder(folder.path()).expect("is readable").orphans, []);
    }

    #[test]
    fn a_folder_in_the_wrong_case_is_named() {
        let folder = content(&["Articles/a.md"]);
        if !folder.path().join("articles").is_dir() {
            let error = super::folder(folder.path()).expect_err("is no folder").to_string();
            assert!(
                error.ends_with("Articles: is passed over under this name; rename it to `articles`, in lower case"),
                "{error}"
            );
        }
    }
}
