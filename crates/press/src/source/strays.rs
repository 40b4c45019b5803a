//! What looks like an article, or like a file for the host, and lies where nobody looks for one.

use super::folder::{ARTICLES, is_hidden, is_media};
use crate::fault::Fault;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Folders of the content that have a meaning.
const KNOWN: &[&str] = &["articles", "pages", "media", "static"];

/// Steps below the content that somebody may have put an article.
const DEEPEST: usize = 4;

/// Hidden names that a host or a browser asks for.
const HIDDEN: &[&str] = &[".domains", ".htaccess", ".nojekyll", ".well-known"];

/// Names without an end that a host looks for.
const HOST: &[&str] = &["_headers", "_redirects", "cname"];

/// Ends of the names of files that sites have beside their pages. Programs and people keep others here for themselves.
const BESIDE: &[&str] = &[".asc", ".config", ".htm", ".html", ".ico", ".txt", ".webmanifest", ".xml"];

/// Bytes of a file that tell what it is.
const BEGINNING: u64 = 4096;

/// A warning for each such file beside `publication.toml`, and for each folder with some.
pub(super) fn strays(content: &Path) -> Vec<Fault> {
    let mut entries: Vec<PathBuf> = fs::read_dir(content).into_iter().flatten().flatten().map(|it| it.path()).collect();
    entries.sort();
    let publication = fs::read_to_string(content.join("publication.toml")).unwrap_or_default();
    let stray = |path: &PathBuf| {
        let name = path.file_name()?.to_string_lossy();
        // Where a picture stands beside it, the publication names it: the icon, a screenshot.
        let is_named = publication.contains(name.as_ref());
        let found = match path.is_dir() {
            _ if is_hidden(name.as_ref().as_ref()) => None,
            true => in_folder(content, path),
            false => beside(path),
        };
        found.or_else(|| unread(path, &name).filter(|_| !is_named))
    };
    entries.iter().filter_map(stray).collect()
}

/// What a site has beside its pages; the press copies nothing from here.
fn unread(path: &Path, name: &str) -> Option<Fault> {
    let is_folder = path.is_dir();
    let is_note = ["readme", "license", "licence", "copying"].iter().any(|it| name.to_lowercase().starts_with(it));
    let is_host = HOST.contains(&name.to_lowercase().as_str());
    let is_beside = is_host || (!is_hidden(name.as_ref()) && !is_note && (ends(path, BESIDE) || is_media(path)));
    let is_stray = HIDDEN.contains(&name) || (is_beside && !is_folder);
    let message = match is_media(path) {
        true => {
            "lies outside of media/, so nobody sees it; move it there, or into static/ if it belongs at the root of the site"
        }
        false => "is read by nobody here; what belongs at the root of the site goes into static/",
    };
    is_stray.then(|| Fault::file(path.display().to_string(), message))
}

fn beside(path: &Path) -> Option<Fault> {
    let is_note = path.file_stem().is_some_and(|it| it.eq_ignore_ascii_case("readme"));
    let is_article = !is_note && ends(path, ARTICLES) && (ends(path, &ARTICLES[..2]) || begins_as_one(path));
    let message = "lies outside of articles/ and pages/, so nothing is made of it; move it";
    is_article.then(|| Fault::file(path.display().to_string(), message))
}

/// Another program may keep folders here, so only what has a head counts.
fn in_folder(content: &Path, folder: &Path) -> Option<Fault> {
    if folder.file_name().and_then(|it| it.to_str()).is_some_and(|it| KNOWN.contains(&it)) {
        return None;
    }
    let walk = WalkDir::new(folder).max_depth(DEEPEST).sort_by_file_name().into_iter();
    let files = walk.filter_entry(|it| it.depth() == 0 || !is_hidden(it.file_name())).flatten();
    let is_article = |it: &walkdir::DirEntry| {
        it.file_type().is_file() && ends(it.path(), &ARTICLES[..2]) && begins_as_one(it.path())
    };
    let mut articles = files.filter(is_article);
    let first = articles.next()?.into_path();
    let named = first.strip_prefix(content).unwrap_or(&first).display();
    let made = match articles.count() {
        0 => format!("{named} in it; move it"),
        more => format!("{named} and {more} more in it; move them"),
    };
    let message = format!("lies outside of articles/ and pages/, so nothing is made of {made}");
    Some(Fault::file(folder.display().to_string(), message))
}

fn ends(path: &Path, ends: &[&str]) -> bool {
    let name = path.file_name().map(|it| it.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    ends.iter().any(|it| name.ends_with(it))
}

/// Whether a file has front matter, or is an item of JSON Feed.
fn begins_as_one(path: &Path) -> bool {
    let mut bytes = Vec::new();
    let read = fs::File::open(path).and_then(|it| it.take(BEGINNING).read_to_end(&mut bytes));
    let text = String::from_utf8_lossy(&bytes);
    let text = text.trim_start_matches('\u{feff}');
    let is_json = ends(path, &[".json"]) && ["\"content_html\"", "\"content_text\""].iter().any(|it| text.contains(it));
    read.is_ok() && (is_json || text.lines().next().is_some_and(|it| it.trim_end() == "---"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_where_nobody_looks_are_named() {
        let folder = tempfile::tempdir().expect("has a temporary folder");
        let head = "---\ntitle: A\n---\n";
        for (file, text) in [
            ("publication.toml", "app.icon = \"icon.svg\""),
            ("README.md", "# How we work"),
            (".note.md", head),
            ("package.json", "{}"),
            ("index.html", "<!DOCTYPE html>"),
            (".htaccess", ""),
            (".well-known/security.txt", ""),
            (".gitignore", ""),
            ("CNAME", ""),
            ("LICENSE.txt", ""),
            ("_redirects", ""),
            ("ads.txt", ""),
            ("ferry.jpg", ""),
            ("icon.svg", ""),
            ("static/_headers", ""),
            ("x.md", "Text"),
            ("y.html", head),
            ("z.json", "{\"content_html\": \"\"}"),
            ("articles/a.md", head),
            ("pages/a.md", head),
            ("media/a.md", head),
            (".obsidian/a.md", head),
            ("posts/2025/a.md", head),
            ("posts/b.markdown", head),
            ("drafts/c.md", head),
            ("tools/readme.md", "# Tools"),
            ("tools/page.html", head),
        ] {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().expect("has one")).expect("is writable");
            fs::write(path, text).expect("is writable");
        }
        let root = format!("{}/", folder.path().display());
        let found: Vec<String> = strays(folder.path()).iter().map(|it| it.to_string().replace(&root, "")).collect();
        let unread = "is read by nobody here; what belongs at the root of the site goes into static/";
        let outside = "lies outside of articles/ and pages/, so nothing is made of";
        assert_eq!(
            found,
            [
                format!(".htaccess: {unread}"),
                format!(".well-known: {unread}"),
                format!("CNAME: {unread}"),
                format!("_redirects: {unread}"),
                format!("ads.txt: {unread}"),
                format!("drafts: {outside} drafts/c.md in it; move it"),
                "ferry.jpg: lies outside of media/, so nobody sees it; move it there, or into static/ if it belongs at the root of the site".to_owned(),
                format!("index.html: {unread}"),
                format!("posts: {outside} posts/2025/a.md and 1 more in it; move them"),
                format!("x.md: {outside} it; move it"),
                format!("y.html: {outside} it; move it"),
                format!("z.json: {outside} it; move it"),
            ]
        );
    }
}
